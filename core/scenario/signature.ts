import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Problem } from '../contract/errors.ts'
import { canonicalize } from '../records/canonical.ts'
import { type Digest, digestBytes, digestText } from '../records/digest.ts'
import type { PackSignature } from './manifest.ts'
import { problemAt } from './problems.ts'
import type { PackFiles } from './unzip.ts'

export const SIGNATURE_FILE = 'signature.json'

/** Keeps a signature over a digest list from being taken for a signature over anything else. */
const CONTEXT = 'sina-pack-v1\n'

/** SHA-256 of every file but the signature, by path. */
export function digestList(files: PackFiles): Record<string, Digest> {
  const paths = [...files.keys()].filter((path) => path !== SIGNATURE_FILE).sort()
  return Object.fromEntries(paths.map((path) => [path, digestBytes(files.get(path)!)]))
}

/** What identifies a pack's content: the digest of its canonical digest list (RFC 8785). Signing does not change it. */
export function packDigest(files: PackFiles): Digest {
  return digestText(canonicalize(digestList(files)))
}

/** Content of `signature.json` for these files. `secretKey`: 32 bytes, Ed25519. */
export function signPack(files: PackFiles, secretKey: Uint8Array, signer: string): PackSignature {
  const digests = digestList(files)
  return {
    algorithm: 'ed25519',
    digests,
    publicKey: bytesToHex(ed25519.getPublicKey(secretKey)),
    signature: bytesToHex(ed25519.sign(messageOf(digests), secretKey)),
    signer,
  }
}

/** What is wrong with a signature; empty when every file is as it was signed. Who signed is for the host to trust or not. */
export function signatureProblems(files: PackFiles, signature: PackSignature): Problem[] {
  const actual = digestList(files)
  const wrong = [...new Set([...Object.keys(actual), ...Object.keys(signature.digests)])]
    .sort()
    .filter((path) => actual[path] !== signature.digests[path])
  if (wrong.length > 0)
    return wrong.map((path) => problemAt('pack/bad-signature', path, '', 'The file is not the one that was signed.'))
  return verifies(signature)
    ? []
    : [problemAt('pack/bad-signature', SIGNATURE_FILE, '/signature', 'The signature does not fit the list.')]
}

function verifies({ digests, signature, publicKey }: PackSignature): boolean {
  try {
    return ed25519.verify(hexToBytes(signature), messageOf(digests), hexToBytes(publicKey))
  } catch {
    return false
  }
}

function messageOf(digests: Readonly<Record<string, Digest>>): Uint8Array {
  return utf8ToBytes(CONTEXT + canonicalize(digests))
}
