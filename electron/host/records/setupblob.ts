import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { SessionSetup } from '../../../core/session/setup.ts'

/** Largest setup that is taken back out of the store, in bytes of JSON. */
const SETUP_BYTES_MAX = 16 * 1024 * 1024

/** A setup as it lies in the store: some 200 kB of JSON in about a tenth of that. */
export function packSetup(setup: SessionSetup): Buffer {
  return deflateRawSync(JSON.stringify(setup))
}

export function unpackSetup(blob: Uint8Array): SessionSetup {
  return JSON.parse(inflateRawSync(blob, { maxOutputLength: SETUP_BYTES_MAX }).toString('utf8')) as SessionSetup
}
