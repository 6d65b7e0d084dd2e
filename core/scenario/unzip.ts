import { Inflate } from 'fflate'
import type { Problem } from '../contract/errors.ts'
import { crc32 } from './crc32.ts'
import { packLimits } from './manifest.ts'
import { problemAt } from './problems.ts'

/** Path within the pack, with slashes, to its bytes. */
export type PackFiles = ReadonlyMap<string, Uint8Array>

/** A zip's own word on one of its files; nothing of it is believed before it was checked against the bytes. */
type Entry = {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  readonly isLink: boolean
  readonly offset: number
}

class Refusal extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.reason)
    this.problem = problem
  }
}

const END_SIGNATURE = 0x06054b50
const CENTRAL_SIGNATURE = 0x02014b50
const LOCAL_SIGNATURE = 0x04034b50
const PUSH_BYTES = 16_384
/** Below this size the ratio says nothing: a small file of one letter is no bomb. */
const RATIO_FROM_BYTES = 65_536

/**
 * Reads a `.sinapack`. The list at the end of the zip is checked first (names, links, encryption, counts, sizes, ratio,
 * overlaps); only then each file is inflated in small pushes that stop at its declared size, and compared with its CRC.
 * A single folder around everything is taken off.
 */
export function readZip(bytes: Uint8Array): { files: PackFiles } | { problems: Problem[] } {
  try {
    const entries = listEntries(bytes)
    checkEntries(entries, bytes.byteLength)
    const files = new Map<string, Uint8Array>()
    for (const entry of entries) if (!entry.name.endsWith('/')) files.set(entry.name, unpack(bytes, entry))
    return { files: withoutOuterFolder(files) }
  } catch (cause) {
    if (cause instanceof Refusal) return { problems: [cause.problem] }
    throw cause
  }
}

function refuse(...problem: Parameters<typeof problemAt>): never {
  throw new Refusal(problemAt(...problem))
}

function listEntries(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end < 0) refuse('pack/not-zip', '', '', 'No end of a zip was found.')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || at === 0xffffffff) refuse('pack/zip-unsupported', '', '', 'ZIP64 is not taken.')
  if (count > packLimits.files)
    refuse('pack/too-many-files', '', '', `${count} files; at most ${packLimits.files} are taken.`)
  const entries: Entry[] = []
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL_SIGNATURE)
      refuse('pack/damaged', '', '', 'The list of files is damaged.')
    const nameLength = view.getUint16(at + 28, true)
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > end) refuse('pack/damaged', '', '', 'The list of files is damaged.')
    entries.push({
      name: decodeName(bytes.subarray(at + 46, at + 46 + nameLength)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      isLink: view.getUint32(at + 38, true) >>> 28 === 0xa,
      offset: view.getUint32(at + 42, true),
    })
    at = next
  }
  return entries
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= lowest; at--) if (view.getUint32(at, true) === END_SIGNATURE) return at
  return -1
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('pack/bad-path', '', '', 'A file name is not UTF-8.')
  }
}

function checkEntries(entries: readonly Entry[], zipBytes: number): void {
  const seen = new Set<string>()
  let total = 0
  for (const { name, flags, method, isLink, packedSize, size } of entries) {
    if (!isSafePath(name)) refuse('pack/bad-path', name, '', 'The path leaves the pack or has forbidden characters.')
    if (isLink) refuse('pack/bad-path', name, '', 'Links are not taken.')
    if (seen.has(name.toLowerCase())) refuse('pack/bad-path', name, '', 'The path stands twice.')
    seen.add(name.toLowerCase())
    if ((flags & 1) !== 0) refuse('pack/zip-unsupported', name, '', 'The file is encrypted.')
    if (method !== 0 && method !== 8) refuse('pack/zip-unsupported', name, '', `Compression ${method} is not taken.`)
    if (packedSize > zipBytes) refuse('pack/damaged', name, '', 'The file is longer than the zip.')
    total += size
    if (total > packLimits.totalBytes)
      refuse('pack/too-large', name, '', `Unpacks to more than ${packLimits.totalBytes} bytes.`)
    if (size > RATIO_FROM_BYTES && size > packedSize * packLimits.compressionRatio)
      refuse('pack/zip-bomb', name, '', `Unpacks to more than ${packLimits.compressionRatio} times its size.`)
  }
  checkOverlap(entries, zipBytes)
}

/** Files that share bytes can unpack without limit (Fifield 2019, USENIX WOOT): each must have its own. */
function checkOverlap(entries: readonly Entry[], zipBytes: number): void {
  const ordered = [...entries].sort((a, b) => a.offset - b.offset)
  ordered.forEach((entry, i) => {
    const next = ordered[i + 1]?.offset ?? zipBytes
    if (entry.offset + 30 + entry.packedSize > next)
      refuse('pack/zip-bomb', entry.name, '', 'Files overlap in the zip.')
  })
}

/** Relative, no `.` or `..` parts, only characters that every file system takes. A folder ends in a slash. */
export function isSafePath(path: string): boolean {
  if (path.length === 0 || path.length > 200) return false
  const parts = (path.endsWith('/') ? path.slice(0, -1) : path).split('/')
  return parts.every((part) => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(part) && !part.endsWith('.'))
}

function unpack(bytes: Uint8Array, { name, method, crc, packedSize, size, offset }: Entry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (offset + 30 > bytes.byteLength || view.getUint32(offset, true) !== LOCAL_SIGNATURE)
    refuse('pack/damaged', name, '', 'The file is not where the list says.')
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (start + packedSize > bytes.byteLength) refuse('pack/damaged', name, '', 'The file is cut short.')
  const packed = bytes.subarray(start, start + packedSize)
  const out = method === 0 ? packed.slice() : inflate(packed, size, name)
  if (out.byteLength !== size || crc32(out) !== crc) refuse('pack/damaged', name, '', 'Size or checksum differ.')
  return out
}

function inflate(packed: Uint8Array, size: number, name: string): Uint8Array {
  const out = new Uint8Array(size)
  let filled = 0
  const stream = new Inflate((chunk) => {
    if (filled + chunk.byteLength > size) refuse('pack/zip-bomb', name, '', 'Unpacks to more than it declares.')
    out.set(chunk, filled)
    filled += chunk.byteLength
  })
  try {
    for (let at = 0; at < packed.byteLength; at += PUSH_BYTES)
      stream.push(packed.subarray(at, at + PUSH_BYTES), at + PUSH_BYTES >= packed.byteLength)
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    refuse('pack/damaged', name, '', 'The compressed data are damaged.')
  }
  if (filled !== size) refuse('pack/damaged', name, '', 'Unpacks to less than it declares.')
  return out
}

function withoutOuterFolder(files: PackFiles): PackFiles {
  if (files.has('pack.json')) return files
  const folders = new Set([...files.keys()].map((path) => path.slice(0, path.indexOf('/') + 1)))
  const [folder] = folders
  if (folders.size !== 1 || folder === '') return files
  return new Map([...files].map(([path, bytes]) => [path.slice(folder.length), bytes]))
}
