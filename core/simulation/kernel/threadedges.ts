/**
 * Which edges of the surface the segments of threads may meet in this tick; kernel source, see `scalars.ts`. Vertices of a
 * thread meet faces (`surfacepairs.ts`), but between two of them a ridge may stand. Edges are those of the faces in the list
 * of a segment's first vertex; which of them are chosen depends on where everything is now alone.
 */
import {
  DRIFT,
  POSITION,
  SIFTED,
  THREAD_EDGES,
  THREAD_FACES,
  THREAD_NEAREST,
  TRIANGLES,
  VELOCITY,
} from './contacttable.ts'
import { gap2 } from './faceballs.ts'
import { ask, gatherFaces, siftFaces } from './facesearch.ts'
import { COUNTS, FIRST, HELD_SLOTS, LENGTH, PARTICLE, ROD, SLOT_COUNT, STEEL } from './rodtable.ts'
import { type D, type I, type Ptr, readByte, readDouble, readInt, readSingle, writeInt } from './scalars.ts'
import { crossEdge, crossHeight, crossOver, EDGE_BYTES } from './threadedgesolve.ts'
import { listedWithin, THREAD_LIST } from './threadlists.ts'

/** How much nearer a segment and an edge may come in a tick by themselves, m, beyond the segment's own speed. */
const REACH: D = 0.0005
/** Segments that are faster are looked after by what they meet, m. */
const FARTHEST: D = 0.003
/** A segment this far under an edge has come through it, beyond the nearest one, m; deeper ones belong elsewhere. */
const UNDER: D = 0.0005
/** Edges that a segment may meet in a tick. */
export const MOST_EDGES: I = 8

/** Lists segments and edges that may meet in this tick; returns how many. To be called after `findSurfacePairs`. */
export function findThreadEdges(c: Ptr, r: Ptr, tickS: D): I {
  const lengths: Ptr = readInt(r + LENGTH)
  const particle: Ptr = readInt(r + PARTICLE)
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  let count: I = 0
  for (let s: I = 0; s < slots - 1; s++) {
    const length = readDouble(lengths + s * 8)
    if (length <= 0 || isOverOne(c, s) || !isOutside(c, r, s) || !isOutside(c, r, s + 1) || isSteel(r, s)) continue
    const p = readInt(particle + s * 4)
    const q = readInt(particle + s * 4 + 4)
    const step = Math.max(speedOf(c, p), speedOf(c, q)) * tickS
    const reach = Math.min(FARTHEST, REACH + step)
    const found = findFaces(c, s, p, q, length + reach)
    if (found > 1) count = enterEdges(c, count, p, q, found, reach)
  }
  return count
}

/** Whether one face is the nearest to both ends of a segment: then no edge is between them. */
function isOverOne(c: Ptr, s: I): boolean {
  const nearest: Ptr = readInt(c + THREAD_NEAREST) + s * 4
  return readInt(nearest) >= 0 && readInt(nearest) === readInt(nearest + 4)
}

/** Whether a vertex is not in tissue, where its tract holds it: what lies there counts as if it could not be moved. */
function isOutside(c: Ptr, r: Ptr, s: I): boolean {
  const at: Ptr = readInt(c + POSITION) + readInt(readInt(r + PARTICLE) + s * 4) * 16
  return readSingle(at + 12) > 0 || readByte(readInt(r + HELD_SLOTS) + s) === 1
}

/** Whether a segment is of a needle. */
function isSteel(r: Ptr, s: I): boolean {
  const rod = readInt(readInt(r + ROD) + s * 4)
  return s - readInt(readInt(r + FIRST) + rod * 4) < readInt(readInt(r + STEEL) + rod * 4)
}

function speedOf(c: Ptr, p: I): D {
  return Math.sqrt(gap2(readInt(c + VELOCITY) + p * 16, 0, 0, 0))
}

/** Lists at SIFTED the faces near the segment from `p` to `q`, of which none that matters is farther than `far` from its start; returns how many. */
function findFaces(c: Ptr, s: I, p: I, q: I, far: D): I {
  const position: Ptr = readInt(c + POSITION)
  const at: Ptr = position + p * 16
  const end: Ptr = position + q * 16
  const listed = listedWithin(c, s, readSingle(at), readSingle(at + 4), readSingle(at + 8), far)
  if (listed >= 0) {
    const faces: Ptr = readInt(c + THREAD_FACES) + s * THREAD_LIST * 4
    const sifted: Ptr = readInt(c + SIFTED)
    for (let e: I = 0; e < listed; e++) writeInt(sifted + e * 4, readInt(faces + e * 4))
    return listed
  }
  const x = 0.5 * (readSingle(at) + readSingle(end))
  const y = 0.5 * (readSingle(at + 4) + readSingle(end + 4))
  const z = 0.5 * (readSingle(at + 8) + readSingle(end + 8))
  const half = 0.5 * Math.sqrt(gap2(at, readSingle(end), readSingle(end + 4), readSingle(end + 8)))
  ask(c, x, y, z, half + FARTHEST + readDouble(c + DRIFT))
  return siftFaces(c, gatherFaces(c))
}

/** Enters the edges of `count` faces sifted over which the segment from `p` to `q` lies no higher than `reach`. */
function enterEdges(c: Ptr, first: I, p: I, q: I, count: I, reach: D): I {
  const triangles: Ptr = readInt(c + TRIANGLES)
  const sifted: Ptr = readInt(c + SIFTED)
  const position: Ptr = readInt(c + POSITION)
  let end = first
  let nearest: D = Infinity
  for (let n: I = 0; n < count; n++) {
    const face: Ptr = triangles + readInt(sifted + n * 4) * 12
    for (let k: I = 0; k < 3; k++) {
      const i = readInt(face + k * 4)
      const j = readInt(face + (k === 2 ? 0 : k + 1) * 4)
      // Each edge is met from the face that has its ends in the order of their numbers.
      if (i > j || !crossEdge(position, p, q, i, j, reach)) continue
      const b = across(c, count, i, j)
      if (b < 0) continue
      const a = readInt(face + (k === 0 ? 2 : k - 1) * 4)
      if (!crossOver(position, i, j, a, b) || crossHeight > reach) continue
      if (Math.abs(crossHeight) < Math.abs(nearest)) nearest = crossHeight
      if (end - first < MOST_EDGES) end = enter(c, first, end, p, q, i, j, a, b)
    }
  }
  return dropDeep(c, first, end, Math.min(0, nearest) - UNDER)
}

/** The corner across the edge from `i` to `j` of the other face at it, among those sifted; −1 where there is none. */
function across(c: Ptr, count: I, i: I, j: I): I {
  const triangles: Ptr = readInt(c + TRIANGLES)
  const sifted: Ptr = readInt(c + SIFTED)
  for (let n: I = 0; n < count; n++) {
    const face: Ptr = triangles + readInt(sifted + n * 4) * 12
    const x = readInt(face)
    const y = readInt(face + 4)
    const z = readInt(face + 8)
    if (x === j && y === i) return z
    if (y === j && z === i) return x
    if (z === j && x === i) return y
  }
  return -1
}

/** Enters an edge in the order of the numbers of its ends among those of a segment, from `first` to `end`; returns the new end. */
function enter(c: Ptr, first: I, end: I, p: I, q: I, i: I, j: I, a: I, b: I): I {
  const pairs: Ptr = readInt(c + THREAD_EDGES)
  let slot = end
  while (slot > first) {
    const before: Ptr = pairs + (slot - 1) * EDGE_BYTES
    const x = readInt(before + 8)
    if (x < i || (x === i && readInt(before + 12) < j)) break
    for (let k: I = 0; k < EDGE_BYTES; k += 4) writeInt(before + EDGE_BYTES + k, readInt(before + k))
    slot--
  }
  const to: Ptr = pairs + slot * EDGE_BYTES
  writeInt(to, p)
  writeInt(to + 4, q)
  writeInt(to + 8, i)
  writeInt(to + 12, j)
  writeInt(to + 16, a)
  writeInt(to + 20, b)
  return end + 1
}

/** Drops the pairs from `first` to `end` whose segment lies deeper under the edge than `lowest`; returns the new end. */
function dropDeep(c: Ptr, first: I, end: I, lowest: D): I {
  const pairs: Ptr = readInt(c + THREAD_EDGES)
  const position: Ptr = readInt(c + POSITION)
  let kept = first
  for (let n = first; n < end; n++) {
    const pair: Ptr = pairs + n * EDGE_BYTES
    const i = readInt(pair + 8)
    const j = readInt(pair + 12)
    if (!crossEdge(position, readInt(pair), readInt(pair + 4), i, j, Infinity)) continue
    if (!crossOver(position, i, j, readInt(pair + 16), readInt(pair + 20)) || crossHeight < lowest) continue
    for (let k: I = 0; k < EDGE_BYTES; k += 4) writeInt(pairs + kept * EDGE_BYTES + k, readInt(pair + k))
    kept++
  }
  return kept
}
