import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalize, type Json } from './canonical.ts'

/** A SHA-256 digest as 64 lower-case hexadecimal digits. */
export type Digest = string

/** The digest of bytes. */
export function digestBytes(bytes: Uint8Array): Digest {
  return bytesToHex(sha256(bytes))
}

/** The digest of the UTF-8 form of a text. */
export function digestText(text: string): Digest {
  return digestBytes(utf8ToBytes(text))
}

/** The digest of the canonical JSON of a value (RFC 8785). */
export function digestJson(value: Json): Digest {
  return digestText(canonicalize(value))
}

/** Bytes of a digest; throws on anything but hexadecimal digits. */
export function digestToBytes(digest: Digest): Uint8Array {
  return hexToBytes(digest)
}
