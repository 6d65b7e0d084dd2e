import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Patient, Start } from '../../core/anatomy/patient.ts'
import { createBody, stepBody } from '../../core/physiology/body.ts'
import { type Treatment, treat } from '../../core/physiology/treat.ts'
import { WAVE_LENGTH } from '../../core/simulation/snapshot.ts'
import { createWorldBlock } from '../../core/simulation/worldstate.ts'

export type BodyTask = {
  readonly patient: Patient
  readonly start: Start
  readonly ticks: number
  readonly orders: readonly (Treatment & { readonly tick: number })[]
}

/** Lives a body through its treatments and answers the digest of its whole state: runs in any JavaScript engine. */
export function bodyDigest({ patient, start, ticks, orders }: BodyTask): string {
  const block = createWorldBlock()
  const body = createBody(block.float64, patient, start)
  for (let tick = 0; tick < ticks; tick++) {
    for (const order of orders) if (order.tick === tick) treat(body.state, patient, order)
    stepBody(body, tick % WAVE_LENGTH)
  }
  return bytesToHex(sha256(block.bytes))
}
