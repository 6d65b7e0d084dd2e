/**
 * Water that is pressed between two sheets of tissue (hydrodissection). Where a natural plane was parted within tissue, its
 * faces enclose a room: a surface of its own, turned inwards. What is injected there keeps its volume, as one constraint
 * over that surface, so the sheets are lifted off each other; where it finds no room, the plane parts at the rim: the pocket grows. Once the rim has come to
 * the open, the water runs out.
 */
import { slots } from '../../state.ts'
import type { Surface } from '../contact/toolcontact.ts'
import type { TissueMemory } from '../memory.ts'
import { areaOf } from '../mesh/volume.ts'
import {
  addFace,
  createEnclosure,
  ENCLOSED,
  type Enclosure,
  openEnclosure,
  pushEnclosed,
  weighEnclosed,
} from './enclosure.ts'

/** What is kept of a pocket. */
export const POCKET = slots([
  'ml', // water in it
  'seed', // a particle of its surface, plus one; 0 for none
] as const)
export const POCKET_SLOTS = Object.keys(POCKET).length

/** Volume that a pascal makes room for, as a share of the whole: little, so that the constraint stays gentle (a design value). */
const GIVE_PER_PA = 2e-6
/** What a thumb on a plunger presses into loose tissue, Pa (an estimate). */
const MOST_PA = 2000
/** A particle goes no further for it in a substep, m. */
const FARTHEST = 0.002
/** A surface that encloses more than this at rest is the outside of tissue, not that of a room in it, m³. */
const SOLID_M3 = 1e-10

/** A pocket: its state, and scratch that follows the surface. */
export type Pocket = {
  readonly state: Float64Array
  readonly scratch: {
    /** Version of the surface for which the rest holds. */
    version: number
    /** `room`: it is enclosed; `open`: its surface goes on to the outside. */
    kind: 'none' | 'room' | 'open'
    faces: number
    particles: number
    /** Area of one of its sheets at rest, m²; volume that there was room for in the last solve, m³. */
    area: number
    held: number
  }
  /** Numbers of its faces, and its particles. */
  readonly face: Uint32Array
  readonly particle: Uint32Array
  readonly isOf: Uint8Array
  readonly enclosure: Enclosure
}

/** @param state its part of the field's state @param faces, particles the most that a surface has */
export const createPocket = (state: Float64Array, faces: number, particles: number): Pocket => ({
  state,
  scratch: { version: -1, kind: 'none', faces: 0, particles: 0, area: 0, held: 0 },
  face: new Uint32Array(faces),
  particle: new Uint32Array(particles),
  isOf: new Uint8Array(particles),
  enclosure: createEnclosure(particles),
})

/** Finds the pocket's surface anew where that of the tissue has changed. */
export function followSurface(pocket: Pocket, { rest }: TissueMemory, surface: Surface): void {
  const { scratch, state } = pocket
  if (scratch.version === surface.version) return
  scratch.version = surface.version
  scratch.kind = 'none'
  scratch.faces = 0
  scratch.particles = 0
  if (state[POCKET.seed] === 0) return
  walk(pocket, surface, state[POCKET.seed] - 1)
  scratch.kind = measureRest(pocket, rest, surface) < SOLID_M3 ? 'room' : 'open'
}

/** Lists all faces that hang together with a particle. */
function walk({ scratch, face, particle, isOf }: Pocket, { triangles, count }: Surface, seed: number): void {
  isOf.fill(0)
  isOf[seed] = 1
  particle[0] = seed
  scratch.particles = 1
  for (let before = 0; before < scratch.particles; ) {
    before = scratch.particles
    scratch.faces = 0
    for (let f = 0; f < count; f++) {
      const a = triangles[f * 3]
      const b = triangles[f * 3 + 1]
      const c = triangles[f * 3 + 2]
      if ((isOf[a] | isOf[b] | isOf[c]) === 0) continue
      face[scratch.faces++] = f
      if (isOf[a] === 0) particle[scratch.particles++] = a
      isOf[a] = 1
      if (isOf[b] === 0) particle[scratch.particles++] = b
      isOf[b] = 1
      if (isOf[c] === 0) particle[scratch.particles++] = c
      isOf[c] = 1
    }
  }
}

/** Measures the area, and returns the volume at rest that its faces enclose as seen from outside, m³: none between sheets. */
function measureRest({ scratch, face }: Pocket, p: Float32Array, { triangles }: Surface): number {
  let six = 0
  let area = 0
  for (let i = 0; i < scratch.faces; i++) {
    const a = triangles[face[i] * 3] * 4
    const b = triangles[face[i] * 3 + 1] * 4
    const c = triangles[face[i] * 3 + 2] * 4
    six +=
      p[a] * (p[b + 1] * p[c + 2] - p[b + 2] * p[c + 1]) +
      p[a + 1] * (p[b + 2] * p[c] - p[b] * p[c + 2]) +
      p[a + 2] * (p[b] * p[c + 1] - p[b + 1] * p[c])
    area += areaOf(p, a, b, c)
  }
  scratch.area = area / 2
  return six / 6
}

/** Keeps the volume of the water in a pocket, once. @param h s */
export function solvePocket(pocket: Pocket, { position }: TissueMemory, { triangles }: Surface, h: number): void {
  const { state, scratch, face, particle, enclosure } = pocket
  if (scratch.kind !== 'room' || state[POCKET.ml] === 0) return
  const { sums } = enclosure
  openEnclosure(enclosure, particle, scratch.particles)
  for (let f = 0; f < scratch.faces; f++) {
    const at = face[f] * 3
    addFace(enclosure, position, triangles[at], triangles[at + 1], triangles[at + 2])
  }
  weighEnclosed(enclosure, position, particle, scratch.particles)
  const wanted = state[POCKET.ml] * 1e-6
  scratch.held = -sums[ENCLOSED.six] / 6
  const weight = sums[ENCLOSED.weight] + (wanted * GIVE_PER_PA) / (h * h)
  if (!(weight > 0)) return
  // Their outer sides face the water: its volume grows as theirs falls.
  const lambda = (-wanted - sums[ENCLOSED.six] / 6) / weight
  sums[ENCLOSED.lambda] = Math.max(-MOST_PA * h * h, Math.min(lambda, 0))
  pushEnclosed(enclosure, position, particle, scratch.particles, FARTHEST)
}

/** Whether a point (m) is within `reach` of the pocket's particles. */
export function isNear(
  { scratch, particle }: Pocket,
  { position }: TissueMemory,
  at: Float64Array,
  reach: number,
): boolean {
  for (let i = 0; i < scratch.particles; i++) {
    const p = particle[i] * 4
    const x = position[p] - at[0]
    const y = position[p + 1] - at[1]
    const z = position[p + 2] - at[2]
    if (x * x + y * y + z * z < reach * reach) return true
  }
  return false
}
