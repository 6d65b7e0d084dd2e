import { fromBase64 } from './base64.ts'
import { digestBytes } from './digest.ts'
import { isSealed, type RecordFile, recordFileSchema, recordFileText } from './envelope.ts'
import { CHUNK_TICKS, decodeChunk, type InputChunk } from './inputlog.ts'
import { MalformedBytes } from './varint.ts'

/** Largest record file that is read: about a day of moving hands. */
export const RECORD_BYTES = 256 * 1024 * 1024

/** Why a file is no sound record. */
export type ShapeFault =
  | 'record/too-large'
  | 'record/not-json'
  | 'record/wrong-shape'
  | 'record/not-canonical'
  | 'record/hash'
  | 'record/chunk-missing'
  | 'record/chunk-malformed'
  | 'record/chunk-order'
  | 'record/chunk-hash'

/** `off` leaves out every hash and canonical form, so that a test can show what replay alone catches. */
export type Checksums = 'on' | 'off'

export type ReadRecord =
  | { readonly ok: true; readonly file: RecordFile; readonly chunks: readonly InputChunk[] }
  | { readonly ok: false; readonly reason: ShapeFault; readonly tick?: number }

/** Reads a record file: shape, order and, unless switched off, hashes and canonical form. */
export function readRecordFile(bytes: Uint8Array, checksums: Checksums): ReadRecord {
  if (bytes.length > RECORD_BYTES) return { ok: false, reason: 'record/too-large' }
  const text = decodeText(bytes)
  const json = text === undefined ? undefined : parseJson(text)
  if (json === undefined) return { ok: false, reason: 'record/not-json' }
  const parsed = recordFileSchema.safeParse(json.value)
  if (!parsed.success) return { ok: false, reason: 'record/wrong-shape' }
  const file = parsed.data
  if (checksums === 'on' && recordFileText(file) !== text) return { ok: false, reason: 'record/not-canonical' }
  if (checksums === 'on' && !isSealed(file.record)) return { ok: false, reason: 'record/hash' }
  return readChunks(file, checksums)
}

function readChunks(file: RecordFile, checksums: Checksums): ReadRecord {
  const { record } = file
  const count = Math.ceil(record.ticks / CHUNK_TICKS)
  if (file.input.length !== count || record.chunks.length !== count || record.states.length !== count)
    return { ok: false, reason: 'record/chunk-missing', tick: Math.min(file.input.length, count) * CHUNK_TICKS }
  const chunks: InputChunk[] = []
  for (let i = 0; i < count; i++) {
    const tick = i * CHUNK_TICKS
    const bytes = fromBase64(file.input[i])
    if (!bytes) return { ok: false, reason: 'record/chunk-malformed', tick }
    if (checksums === 'on' && digestBytes(bytes) !== record.chunks[i])
      return { ok: false, reason: 'record/chunk-hash', tick }
    const chunk = readChunk(bytes)
    if (!chunk) return { ok: false, reason: 'record/chunk-malformed', tick }
    const ticks = Math.min(CHUNK_TICKS, record.ticks - tick)
    if (chunk.index !== i || chunk.firstTick !== tick || chunk.ticks !== ticks)
      return { ok: false, reason: 'record/chunk-order', tick }
    chunks.push(chunk)
  }
  return { ok: true, file, chunks }
}

function readChunk(bytes: Uint8Array): InputChunk | undefined {
  try {
    return decodeChunk(bytes)
  } catch (error) {
    if (error instanceof MalformedBytes) return undefined
    throw error
  }
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
