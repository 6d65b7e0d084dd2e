import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js'
import type { Json } from '../records/canonical.ts'
import { type Digest, digestJson, digestToBytes } from '../records/digest.ts'
import type { RecordHeader } from '../records/envelope.ts'

/**
 * The chained state hash of a session: each link covers the one before, the input of its second and the whole state after
 * it. So two sessions agree at a tick only if they agreed at every tick before.
 */
export class StateChain {
  #link: Uint8Array

  constructor(header: RecordHeader) {
    this.#link = digestToBytes(digestJson(header as unknown as Json))
  }

  get hash(): Digest {
    return bytesToHex(this.#link)
  }

  /** Adds a second: its input, the world's state hash, and the states of case and score. */
  add(chunk: Uint8Array, world: Digest, runner: Uint8Array, score: Uint8Array): void {
    this.#link = sha256(concatBytes(this.#link, sha256(chunk), digestToBytes(world), sha256(runner), sha256(score)))
  }

  restore(hash: Digest): void {
    this.#link = digestToBytes(hash)
  }
}
