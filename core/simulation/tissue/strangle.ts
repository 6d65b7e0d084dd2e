/**
 * What thread strangles: once the tissue in a loop, of a ligating instrument or under a set knot, is drawn narrow enough,
 * vessels that end beyond it are tied; they open again where the knot gives way.
 */
import type { TissueField } from './fieldtype.ts'
import { CLOSURE, closeSite, reopenSite } from './fluid/bleed.ts'
import { type FluidMemory, SITE_WORD, SITE_WORDS } from './fluid/memory.ts'
import { COUNT, FIRST_PARTICLE, OWNER, type TissueMemory } from './memory.ts'
import type { ThreadMemory } from './thread/memory.ts'

/** Tissue in a loop that is drawn to this share of its width at rest lets nothing flow (estimate). */
const STRANGLED = 0.8
/** What lies within this of the plane of a loop is in it, m. */
const PLANE = 3e-3
/** A vessel's end belongs to what a loop strangles up to this far from it, m. */
const REACH = 25e-3

/**
 * Ties what the loop of thread from slot `first` to slot `last`, of that length in m, strangles: how many vessels, −1 as
 * long as it is not narrow enough. `loopMiddle` tells where it lies.
 */
export function strangle(field: TissueField, t: ThreadMemory, first: number, last: number, length: number): number {
  measureLoop(t, first, last)
  if (widthIn(field.tissue.memory, length) > STRANGLED) return -1
  return forSitesIn(field, length, CLOSURE.open, (memory, s) => closeSite(memory, s, CLOSURE.tie, 0))
}

/** Opens the vessels again that such a loop ties. */
export function unstrangle(field: TissueField, t: ThreadMemory, first: number, last: number, length: number): void {
  measureLoop(t, first, last)
  forSitesIn(field, length, CLOSURE.tie, reopenSite)
}

/** Middle of the loop that was looked at last, m. */
export const loopMiddle = new Float64Array(3)
/** Its unit normal. */
const normal = new Float64Array(3)

function measureLoop(t: ThreadMemory, first: number, last: number): void {
  loopMiddle.fill(0)
  normal.fill(0)
  const x = t.checked
  for (let s = first; s < last; s++) for (let k = 0; k < 3; k++) loopMiddle[k] += x[3 * s + k] / (last - first)
  for (let s = first; s < last; s++) {
    const a = 3 * s
    for (let k = 0; k < 3; k++) {
      const i = (k + 1) % 3
      const j = (k + 2) % 3
      normal[k] +=
        (x[a + i] - loopMiddle[i]) * (x[a + 3 + j] - loopMiddle[j]) -
        (x[a + j] - loopMiddle[j]) * (x[a + 3 + i] - loopMiddle[i])
    }
  }
  const size = Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2])
  if (size > 0) for (let k = 0; k < 3; k++) normal[k] /= size
}

/** Sums over the tissue in a loop: weight, place now and at rest, square of how far it is from the middle across the loop, now and at rest. */
const sums = new Float64Array(9)
/** Tissue in a loop is told by so many particles at least. */
const FEWEST = 4

/** How wide the tissue in the measured loop is against its width at rest; 1 where there is too little to tell. */
function widthIn({ position, rest, owner, counts }: TissueMemory, length: number): number {
  // Half the length reaches across any loop, however it is drawn out.
  const reach2 = 0.0625 * length * length
  let found = 0
  sums.fill(0)
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (owner[p] !== OWNER.tissue) continue
    const weight = weightIn(position, p, reach2)
    if (weight === 0) continue
    found++
    sums[0] += weight
    for (let k = 0; k < 3; k++) {
      sums[1 + k] += weight * position[p * 4 + k]
      sums[4 + k] += weight * rest[p * 4 + k]
    }
  }
  if (found < FEWEST) return 1
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (owner[p] !== OWNER.tissue) continue
    const weight = weightIn(position, p, reach2)
    if (weight === 0) continue
    for (let k = 0; k < 3; k++) {
      // across the normal only
      const across = weight * (1 - normal[k] * normal[k])
      const now = position[p * 4 + k] - sums[1 + k] / sums[0]
      const before = rest[p * 4 + k] - sums[4 + k] / sums[0]
      sums[7] += across * now * now
      sums[8] += across * before * before
    }
  }
  return sums[8] > 0 ? Math.sqrt(sums[7] / sums[8]) : 1
}

/** How far a particle lies over the plane of the measured loop, m, and the square of how far aside of its middle, m². */
const off = new Float64Array(2)

function measureOff(position: Float32Array, p: number): void {
  let height = 0
  let d2 = 0
  for (let k = 0; k < 3; k++) {
    const d = position[p * 4 + k] - loopMiddle[k]
    height += d * normal[k]
    d2 += d * d
  }
  off[0] = height
  off[1] = d2 - height * height
}

/** How much a particle counts as in the measured loop: less the farther it is from its plane, nothing where it is not. @param reach2 square of how far the loop reaches, m² */
function weightIn(position: Float32Array, p: number, reach2: number): number {
  measureOff(position, p)
  return off[1] > reach2 ? 0 : Math.max(0, 1 - Math.abs(off[0]) / PLANE)
}

/** Calls with each bleeding site over the measured loop that is closed so; how many there are. */
function forSitesIn(
  { liquids, tissue }: TissueField,
  length: number,
  closure: number,
  call: (memory: FluidMemory, site: number) => void,
): number {
  if (!liquids) return 0
  let found = 0
  const { memory } = liquids.fluid
  const { siteWord, size } = memory
  const { position } = tissue.memory
  for (let s = 0; s < size.sites; s++) {
    const w = s * SITE_WORDS
    if (siteWord[w + SITE_WORD.kind] === 0 || siteWord[w + SITE_WORD.closure] !== closure) continue
    measureOff(position, siteWord[w + SITE_WORD.a])
    if (Math.abs(off[0]) >= REACH || off[1] >= 0.25 * length * length) continue
    call(memory, s)
    found++
  }
  return found
}
