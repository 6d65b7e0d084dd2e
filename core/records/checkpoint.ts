import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { fromBase64, toBase64 } from './base64.ts'

// Checkpoints of the record log: the text of https://c2sp.org/tlog-checkpoint in the envelope of https://c2sp.org/signed-note.

const ED25519 = 1
const SIGNATURE_MARK = '\u2014 '

/** The state of a log: who keeps it, how many leaves it has, and the root over them. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array }

/** A key that may sign: a name without spaces or plus signs, and 32 secret bytes. */
export type NoteSigner = { name: string; secretKey: Uint8Array }

/** A key that may be trusted. */
export type NoteVerifier = { name: string; publicKey: Uint8Array }

/** What opening a note found. `signers` are the trusted keys whose signatures hold. */
export type OpenedCheckpoint =
  | { ok: true; checkpoint: Checkpoint; signers: string[] }
  | { ok: false; code: 'checkpoint/malformed' | 'checkpoint/unsigned' | 'checkpoint/forged' }

/** The public half of a signer. */
export function verifierOf(signer: NoteSigner): NoteVerifier {
  return { name: signer.name, publicKey: ed25519.getPublicKey(signer.secretKey) }
}

/** The signed note of a checkpoint. */
export function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): string {
  const text = checkpointText(checkpoint)
  return `${text}\n${signatureLine(text, signer)}`
}

/** The same note with one more signature, such as an instructor's under the machine's. */
export function countersign(note: string, signer: NoteSigner): string {
  const cut = note.indexOf('\n\n')
  if (cut < 0) throw new TypeError('not a signed note')
  return note + signatureLine(note.slice(0, cut + 1), signer)
}

/**
 * Reads a note. At least one trusted key must have signed; a signature that claims a trusted key and does not hold makes
 * the note forged; signatures of unknown keys are passed over.
 */
export function openCheckpoint(note: string, trusted: readonly NoteVerifier[]): OpenedCheckpoint {
  const cut = note.indexOf('\n\n')
  if (cut < 0 || !note.endsWith('\n')) return { ok: false, code: 'checkpoint/malformed' }
  const text = note.slice(0, cut + 1)
  const checkpoint = parseText(text)
  if (!checkpoint) return { ok: false, code: 'checkpoint/malformed' }
  const signers: string[] = []
  for (const line of note.slice(cut + 2, -1).split('\n')) {
    const signature = parseSignature(line)
    if (!signature) return { ok: false, code: 'checkpoint/malformed' }
    const key = trusted.find(
      (candidate) => candidate.name === signature.name && sameBytes(keyId(candidate), signature.keyId),
    )
    if (!key) continue
    if (!holds(signature.bytes, text, key)) return { ok: false, code: 'checkpoint/forged' }
    signers.push(key.name)
  }
  return signers.length > 0 ? { ok: true, checkpoint, signers } : { ok: false, code: 'checkpoint/unsigned' }
}

function checkpointText(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`
}

function parseText(text: string): Checkpoint | undefined {
  const [origin, size, root, ...rest] = text.split('\n')
  const bytes = root === undefined ? undefined : fromBase64(root)
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size) || bytes?.length !== 32) return undefined
  if (rest.length !== 1 || rest[0] !== '') return undefined
  return { origin, size: Number(size), root: bytes }
}

function signatureLine(text: string, signer: NoteSigner): string {
  const signature = ed25519.sign(utf8ToBytes(text), signer.secretKey)
  return `${SIGNATURE_MARK}${signer.name} ${toBase64(concatBytes(keyId(verifierOf(signer)), signature))}\n`
}

function parseSignature(line: string): { name: string; keyId: Uint8Array; bytes: Uint8Array } | undefined {
  if (!line.startsWith(SIGNATURE_MARK)) return undefined
  const [name, base64, ...rest] = line.slice(SIGNATURE_MARK.length).split(' ')
  const bytes = base64 === undefined ? undefined : fromBase64(base64)
  if (!name || rest.length > 0 || bytes?.length !== 4 + 64) return undefined
  return { name, keyId: bytes.slice(0, 4), bytes: bytes.slice(4) }
}

function keyId(key: NoteVerifier): Uint8Array {
  return sha256(concatBytes(utf8ToBytes(`${key.name}\n`), Uint8Array.of(ED25519), key.publicKey)).slice(0, 4)
}

function holds(signature: Uint8Array, text: string, key: NoteVerifier): boolean {
  try {
    return ed25519.verify(signature, utf8ToBytes(text), key.publicKey)
  } catch {
    // A signature or key that is no point on the curve holds nothing.
    return false
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
