/**
 * Clips: two rigid legs that stay on what lay between the jaws. The particles between them keep the distances that they
 * had when the legs met, by stiff constraints (XPBD).
 */
import { createBlock, slots } from '../../state.ts'
import { CLIPPED } from '../contact/toolcontact.ts'
import { COUNT, FIRST_PARTICLE, OWNER, type TissueMemory } from '../memory.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { placeInJaws, readyJaws, toolFrame } from './frame.ts'
import { uncrush } from './uncrush.ts'

export const MOST_CLIPS = 16
/**
 * Particles that a clip holds at most: those nearest to the plane of its legs. As many as lie beside that plane too, for
 * distances within a plane alone do not keep a thin wall from turning between the legs.
 */
const MOST_CLIPPED = 24

/** A clip: how many particles, how far it has closed (0–1), directions when it was set, then its particles. */
export const CLIP = slots([
  'count', // 0: no clip
  'tight',
  'alongX',
  'alongY',
  'alongZ',
  'upX',
  'upY',
  'upZ',
] as const)
const HEAD = 8
/** Of each particle: number, and place along the legs, in the closing direction, and aside, m. */
const EACH = 4
export const CLIP_SLOTS = HEAD + MOST_CLIPPED * EACH

/** Thickness that closed legs leave, as a share of what it was. */
const FLAT = 0.5
/** Share of the way that legs close in a tick. */
const CLOSING = 0.1
/** Give of a clip's hold on a pair, m/N. */
const GIVE = 1e-5
/** Share of what moves within a clip that is left after a substep: legs and squeezed tissue would shake each other for good. */
const SWAYS = 0.5

export type Clips = { readonly rows: Float64Array; readonly bytes: Uint8Array<ArrayBuffer> }

export function createClips(): Clips {
  const block = createBlock({ float64: { rows: MOST_CLIPS * CLIP_SLOTS }, uint32: {}, uint16: {}, uint8: {} })
  return { rows: block.float64.rows, bytes: block.bytes }
}

const place = new Float64Array(3)
const axis = new Float64Array(9)
/** Squared distance to the plane of the legs of each particle that a clip in the making holds. */
const away = new Float64Array(MOST_CLIPPED)

/** The piece of tissue that each of them is part of. */
const pieces = new Uint32Array(MOST_CLIPPED)

/** A free place for a clip, or −1. */
export function freeClip({ rows }: Clips): number {
  for (let c = 0; c < MOST_CLIPS; c++) if (rows[c * CLIP_SLOTS] === 0) return c
  return -1
}

/**
 * Sets clip `c` on what is between a tool's jaws, in the shape that it had before they crushed it, and marks it in `bound`.
 * Returns how many particles that is; with none there is no clip.
 */
export function setClip(
  { rows }: Clips,
  c: number,
  tool: Float64Array,
  { memory, tetPiece, vertexTet }: Mesh,
  bound: Uint8Array,
): number {
  const { position, rest, owner, counts } = memory
  const row = c * CLIP_SLOTS
  readyJaws(tool)
  let count = 0
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (owner[p] !== OWNER.tissue || bound[p] !== 0) continue
    if (!placeInJaws(tool, position, p * 4, place)) continue
    const d2 = 0.01 * place[1] * place[1] + place[2] * place[2]
    if (count === MOST_CLIPPED && d2 >= away[count - 1]) continue
    if (count < MOST_CLIPPED) count++
    let n = count - 1
    for (; n > 0 && away[n - 1] > d2; n--) {
      away[n] = away[n - 1]
      rows.copyWithin(row + HEAD + n * EACH, row + HEAD + (n - 1) * EACH, row + HEAD + n * EACH)
    }
    away[n] = d2
    rows[row + HEAD + n * EACH] = p
    for (let i = 0; i < 3; i++) rows[row + HEAD + n * EACH + 1 + i] = place[i]
  }
  for (let n = 0; n < count; n++) {
    const p = rows[row + HEAD + n * EACH]
    bound[p] = CLIPPED
    pieces[n] = tetPiece[vertexTet[p]]
  }
  for (let n = 0; n < count; n++)
    if (pieces.indexOf(pieces[n]) === n) uncrush(rows, row + HEAD, EACH, pieces, count, pieces[n], rest)
  toolFrame(tool, axis)
  for (let i = 0; i < 6; i++) rows[row + CLIP.alongX + i] = axis[i]
  rows[row + CLIP.tight] = 0
  rows[row] = count
  return count
}

/** Closes clips further; they let go of tissue that is gone. Returns how many fell off. */
export function workClips({ rows }: Clips, { owner }: TissueMemory, bound: Uint8Array): number {
  let fell = 0
  for (let row = 0; row < rows.length; row += CLIP_SLOTS) {
    if (rows[row] === 0) continue
    rows[row + CLIP.tight] = Math.min(1, rows[row + CLIP.tight] + CLOSING)
    for (let n = rows[row] - 1; n >= 0; n--) {
      const at = row + HEAD + n * EACH
      if (owner[rows[at]] === OWNER.tissue) continue
      bound[rows[at]] = 0
      rows.copyWithin(at, at + EACH, row + HEAD + rows[row] * EACH)
      rows[row]--
    }
    if (rows[row] === 0) fell++
  }
  return fell
}

/** Holds what is in clips, once. @param h s */
export function solveClips({ rows }: Clips, { position, previous }: TissueMemory, h: number): void {
  const soft = GIVE / (h * h)
  for (let row = 0; row < rows.length; row += CLIP_SLOTS) {
    const flat = 1 - (1 - FLAT) * rows[row + CLIP.tight]
    // What gives way between the legs goes sideways, most of it along them: its volume stays.
    const wideAside = 1 / Math.sqrt(Math.sqrt(flat))
    const wideAlong = wideAside * wideAside * wideAside
    const end = row + HEAD + rows[row] * EACH
    for (let a = row + HEAD; a < end; a += EACH)
      for (let b = a + EACH; b < end; b += EACH) {
        const along = (rows[b + 1] - rows[a + 1]) * wideAlong
        const up = (rows[b + 2] - rows[a + 2]) * flat
        const aside = (rows[b + 3] - rows[a + 3]) * wideAside
        keep(position, rows[a] * 4, rows[b] * 4, Math.sqrt(along * along + up * up + aside * aside), soft)
      }
    calm(rows, row, position, previous)
  }
}

/** Lets what a clip holds go on together: the ways of its particles in this substep come nearer to their mean. */
function calm(rows: Float64Array, row: number, position: Float32Array, previous: Float32Array): void {
  for (let axis = 0; axis < 3; axis++) {
    let mean = 0
    for (let n = 0; n < rows[row]; n++) {
      const p = rows[row + HEAD + n * EACH] * 4 + axis
      mean += (position[p] - previous[p]) / rows[row]
    }
    for (let n = 0; n < rows[row]; n++) {
      const p = rows[row + HEAD + n * EACH] * 4 + axis
      previous[p] = position[p] - mean - (position[p] - previous[p] - mean) * SWAYS
    }
  }
}

function keep(position: Float32Array, p: number, q: number, length: number, soft: number): void {
  const x = position[q] - position[p]
  const y = position[q + 1] - position[p + 1]
  const z = position[q + 2] - position[p + 2]
  const far = Math.sqrt(x * x + y * y + z * z)
  const wp = position[p + 3]
  const wq = position[q + 3]
  if (!(far > 1e-9) || wp + wq === 0) return
  const lambda = (far - length) / ((wp + wq + soft) * far)
  position[p] += wp * lambda * x
  position[p + 1] += wp * lambda * y
  position[p + 2] += wp * lambda * z
  position[q] -= wq * lambda * x
  position[q + 1] -= wq * lambda * y
  position[q + 2] -= wq * lambda * z
}

const means = new Float64Array(3)
/** Moments of the places: rows of 3. */
const moments = new Float64Array(9)
const weights = new Float64Array(3)

/**
 * Where clip `c` is, for drawing: fills `pose` with its middle (m) and the unit directions of its legs, towards the hand
 * that set it, and of their closing, as the affine map that takes the places of its particles closest to where they are
 * turns them.
 */
export function clipPose({ rows }: Clips, c: number, { position }: TissueMemory, pose: Float64Array): void {
  const row = c * CLIP_SLOTS
  const count = rows[row]
  for (let i = 0; i < 3; i++) {
    let sum = 0
    for (let n = 0; n < count; n++) sum += position[rows[row + HEAD + n * EACH] * 4 + i]
    pose[i] = sum / count
    means[i] = meanOf(rows, row, 1 + i)
  }
  findMoments(rows, row)
  for (let d = 0; d < 2; d++) {
    findWeights(d)
    let size2 = 0
    for (let i = 0; i < 3; i++) {
      let sum = 0
      for (let n = 0; n < count; n++) {
        const at = row + HEAD + n * EACH
        let weight = 0
        for (let k = 0; k < 3; k++) weight += weights[k] * (rows[at + 1 + k] - means[k])
        sum += weight * (position[rows[at] * 4 + i] - pose[i])
      }
      pose[3 + d * 3 + i] = sum
      size2 += sum * sum
    }
    const known = size2 > 1e-18
    for (let i = 0; i < 3; i++)
      pose[3 + d * 3 + i] = known ? pose[3 + d * 3 + i] / Math.sqrt(size2) : rows[row + CLIP.alongX + d * 3 + i]
  }
}

function findMoments(rows: Float64Array, row: number): void {
  moments.fill(0)
  for (let n = 0; n < rows[row]; n++) {
    const at = row + HEAD + n * EACH + 1
    for (let i = 0; i < 3; i++)
      for (let k = 0; k < 3; k++) moments[i * 3 + k] += (rows[at + i] - means[i]) * (rows[at + k] - means[k])
  }
}

/** Weights of the places along each axis that tell direction `d` alone: without, the others would draw it aside. */
function findWeights(d: number): void {
  const e = (d + 1) % 3
  const f = (d + 2) % 3
  const ee = moments[e * 4]
  const ff = moments[f * 4]
  const ef = moments[e * 3 + f]
  const de = moments[d * 3 + e]
  const df = moments[d * 3 + f]
  const determinant = ee * ff - ef * ef
  weights.fill(0)
  weights[d] = 1
  const size = ee + ff
  if (!(determinant > 1e-4 * size * size)) return
  weights[e] = (df * ef - de * ff) / determinant
  weights[f] = (de * ef - df * ee) / determinant
}

function meanOf(rows: Float64Array, row: number, slot: number): number {
  let sum = 0
  for (let n = 0; n < rows[row]; n++) sum += rows[row + HEAD + n * EACH + slot]
  return sum / rows[row]
}
