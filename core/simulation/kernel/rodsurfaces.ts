/** How threads take part in contact with surfaces within a substep; kernel source, see `scalars.ts`. Why: `tissue/fieldsurfaces.ts`. */
import { COUNTS, HELD_SLOTS, JAM, PARTICLE, POSITION, SLOT_COUNT, SURFACE, TAUT, TISSUE_REST } from './rodtable.ts'
import {
  type D,
  type I,
  type Ptr,
  readByte,
  readDouble,
  readInt,
  readSingle,
  writeDouble,
  writeSingle,
} from './scalars.ts'

/** Vertices count for tissue as this at most, kg: what is yanked through cuts, and throws nothing about. */
const HEAVIEST: D = 1e-3

/** Readies vertices for contact: with the mass that their solver reckons with; until `feelSurfaces`. */
export function weighRods(r: Ptr): void {
  const particle: Ptr = readInt(r + PARTICLE)
  const surface: Ptr = readInt(r + SURFACE)
  const held: Ptr = readInt(r + HELD_SLOTS)
  const jam: Ptr = readInt(r + JAM)
  const taut: Ptr = readInt(r + TAUT)
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  for (let s: I = 0; s < slots; s++) {
    const p = readInt(particle + s * 4) * 16
    const at: Ptr = readInt(r + POSITION) + p
    for (let axis: I = 0; axis < 3; axis++) writeDouble(surface + s * 24 + axis * 8, readSingle(at + axis * 4))
    if (readByte(held + s) === 1) continue
    const own = readSingle(readInt(r + TISSUE_REST) + p + 12)
    const mass = own * (1 + Math.max(readDouble(jam + s * 8), readDouble(taut + s * 8)))
    writeSingle(at + 12, 1 / Math.min(mass, Math.max(HEAVIEST, own)))
  }
}

/** Takes what surfaces pushed the vertices by to their solver, and gives them their own mass again. */
export function feelSurfaces(r: Ptr): void {
  const particle: Ptr = readInt(r + PARTICLE)
  const surface: Ptr = readInt(r + SURFACE)
  const held: Ptr = readInt(r + HELD_SLOTS)
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  for (let s: I = 0; s < slots; s++) {
    const p = readInt(particle + s * 4) * 16
    const at: Ptr = readInt(r + POSITION) + p
    for (let axis: I = 0; axis < 3; axis++) {
      const pushed: Ptr = surface + s * 24 + axis * 8
      const before = readDouble(pushed)
      writeDouble(pushed, readSingle(at + axis * 4) - before)
      writeSingle(at + axis * 4, before)
    }
    writeSingle(at + 12, readByte(held + s) === 1 ? 0 : 1 / readSingle(readInt(r + TISSUE_REST) + p + 12))
  }
}
