/** Scratch of cutting, and the search for the edges of tetrahedra that a patch crosses. */
import { COUNT, NONE, OWNER } from '../memory.ts'
import { type Mesh, nextStamp } from '../mesh/mesh.ts'
import { crossing, heightOver, type Patch } from './patch.ts'

/** A mesh with what cutting it needs; nothing of it is state. */
export type Cutter = {
  readonly mesh: Mesh
  /** For each particle: bits of where it lies beside the patch, see {@link sortParticles}. */
  readonly outside: Uint16Array
  /** Open table of the edges that were looked at, by their two particles. */
  readonly seen: Uint32Array
  stamp: number
  readonly seenFrom: Uint32Array
  readonly seenTo: Uint32Array
  /** The crossing of each, or NONE. */
  readonly seenCrossing: Uint32Array
  /** Crossed edges: particles (the lower number first), place of the crossing (0–1), triangle of the patch. */
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly place: Float64Array
  readonly triangle: Uint8Array
  /** The particle that was put there, or NONE. */
  readonly middle: Uint32Array
  crossed: number
  /** Mean length of crossed edges, m. */
  span: number
  /** Faces to open, from one side: tetrahedron × 4 + vertex opposite; a face may be listed more than once. */
  readonly faces: Uint32Array
  /** Particles that came to lie on the cut in this tick; they carry the stamp `on`. */
  readonly touched: Uint32Array
  touchedCount: number
  on: number
}

export function createCutter(mesh: Mesh): Cutter {
  const particles = mesh.memory.owner.length
  const edges = mesh.memory.tetMaterial.length * 6
  let size = 64
  while (size < edges * 1.3) size *= 2
  return {
    mesh,
    outside: new Uint16Array(particles),
    seen: new Uint32Array(size),
    seenFrom: new Uint32Array(size),
    seenTo: new Uint32Array(size),
    seenCrossing: new Uint32Array(size),
    stamp: 0,
    from: new Uint32Array(edges),
    to: new Uint32Array(edges),
    place: new Float64Array(edges),
    triangle: new Uint8Array(edges),
    middle: new Uint32Array(edges),
    crossed: 0,
    span: 0,
    faces: new Uint32Array(edges * 2),
    touched: new Uint32Array(particles),
    touchedCount: 0,
    on: 0,
  }
}

const OUTSIDE_BOX = 63
const ONE_SIDE_OF_FIRST = 64 | 128
const ONE_SIDE_OF_SECOND = 256 | 512

/** Lists the edges of tetrahedra that cross the patch, each once, in the order of tetrahedra. */
export function findCrossings(cutter: Cutter, patch: Patch): void {
  const { mesh, outside } = cutter
  const { tetVertex, counts } = mesh.memory
  sortParticles(cutter, patch)
  cutter.crossed = 0
  cutter.stamp = nextStamp(mesh.work)
  const end = counts[COUNT.tets] * 4
  for (let base = 0; base < end; base += 4) {
    const a = tetVertex[base]
    if (a === NONE) continue
    const b = tetVertex[base + 1]
    const c = tetVertex[base + 2]
    const d = tetVertex[base + 3]
    const all = outside[a] & outside[b] & outside[c] & outside[d]
    if ((all & OUTSIDE_BOX) !== 0) continue
    if ((all & ONE_SIDE_OF_FIRST) !== 0 && (all & ONE_SIDE_OF_SECOND) !== 0) continue
    tryEdge(cutter, patch, a, b)
    tryEdge(cutter, patch, a, c)
    tryEdge(cutter, patch, a, d)
    tryEdge(cutter, patch, b, c)
    tryEdge(cutter, patch, b, d)
    tryEdge(cutter, patch, c, d)
  }
}

/**
 * Bits 0–5: beyond a side of the patch's box; 6, 7 and 8, 9: above or below the plane of either triangle, told only of
 * what lies within the box.
 */
function sortParticles({ mesh, outside }: Cutter, patch: Patch): void {
  const { position, counts } = mesh.memory
  const { box, normal } = patch
  const x0 = box[0]
  const y0 = box[1]
  const z0 = box[2]
  const x1 = box[3]
  const y1 = box[4]
  const z1 = box[5]
  const first = normal[0] === 0 && normal[1] === 0 && normal[2] === 0 ? ONE_SIDE_OF_FIRST : 0
  const second = normal[3] === 0 && normal[4] === 0 && normal[5] === 0 ? ONE_SIDE_OF_SECOND : 0
  for (let p = 0; p < counts[COUNT.particles]; p++) {
    const x = position[p * 4]
    const y = position[p * 4 + 1]
    const z = position[p * 4 + 2]
    outside[p] =
      (x < x0 ? 1 : 0) |
      (y < y0 ? 2 : 0) |
      (z < z0 ? 4 : 0) |
      (x > x1 ? 8 : 0) |
      (y > y1 ? 16 : 0) |
      (z > z1 ? 32 : 0) |
      first |
      second
    if ((outside[p] & OUTSIDE_BOX) !== 0) continue
    const h = heightOver(patch, 0, x, y, z)
    const k = heightOver(patch, 1, x, y, z)
    outside[p] |= (h > 0 ? 64 : h < 0 ? 128 : 0) | (k > 0 ? 256 : k < 0 ? 512 : 0)
  }
}

function tryEdge(cutter: Cutter, patch: Patch, a: number, b: number): void {
  const { seen, seenFrom, seenTo, seenCrossing, outside, stamp, mesh } = cutter
  const { owner, position } = mesh.memory
  const both = outside[a] & outside[b]
  if ((both & OUTSIDE_BOX) !== 0) return
  if ((both & ONE_SIDE_OF_FIRST) !== 0 && (both & ONE_SIDE_OF_SECOND) !== 0) return
  const from = a < b ? a : b
  const to = a < b ? b : a
  const slot = slotOf(cutter, from, to)
  if (seen[slot] === stamp) return
  seen[slot] = stamp
  seenFrom[slot] = from
  seenTo[slot] = to
  seenCrossing[slot] = NONE
  if (owner[from] === OWNER.bone && owner[to] === OWNER.bone) return
  const t = crossing(patch, position, from, to)
  if (t < 0) return
  const i = cutter.crossed++
  cutter.from[i] = from
  cutter.to[i] = to
  cutter.place[i] = t
  cutter.triangle[i] = patch.hit
  cutter.middle[i] = NONE
  seenCrossing[slot] = i
}

/** The slot of an edge in the table of those looked at, or the free one where it would be. */
function slotOf({ seen, seenFrom, seenTo, stamp }: Cutter, from: number, to: number): number {
  const mask = seen.length - 1
  let slot = (Math.imul(from, 73856093) ^ Math.imul(to, 19349663)) & mask
  while (seen[slot] === stamp && (seenFrom[slot] !== from || seenTo[slot] !== to)) slot = (slot + 1) & mask
  return slot
}

/** The crossing of the patch with the edge between two particles that was found last, or NONE. */
export function crossingOf(cutter: Cutter, a: number, b: number): number {
  const slot = slotOf(cutter, a < b ? a : b, a < b ? b : a)
  return cutter.seen[slot] === cutter.stamp ? cutter.seenCrossing[slot] : NONE
}
