/**
 * A uniform hash of the free faces by the boxes around them (Teschner et al. 2003, "Optimized spatial hashing for collision
 * detection of deformable objects", VMV), and balls around them; kernel source, see `scalars.ts`. Both are laid anew only
 * when the surface is another, or has moved too far: who asks adds what it drifted since.
 */
import {
  BALLS,
  BASE,
  CELLS,
  ENTRIES,
  ENTRY_ROOM,
  FACE_ROOM,
  FOUND,
  GREATEST,
  GROUPS,
  POINT_COUNT,
  POINTS,
  POSITION,
  QUERY,
  SEEN,
  STARTS,
  TRIANGLES,
} from './contacttable.ts'
import {
  type D,
  floorInt,
  type I,
  type Ptr,
  readInt,
  readSingle,
  times,
  writeDouble,
  writeInt,
  writeSingle,
} from './scalars.ts'

/** Cells in a metre. */
const PER_CELL: D = 1 / 0.006
export const BUCKETS: I = 4096
/** Faces that follow each other and have a ball in common. */
export const GROUP: I = 8
/** Queries before marks of faces met are cleared. */
const MOST_QUERIES: I = 1000000000
/** What rounding may take from a radius, m. */
const SLACK: D = 1e-7

function bucket(x: I, y: I, z: I): I {
  return (times(x, 73856093) ^ times(y, 19349663) ^ times(z, 83492791)) & (BUCKETS - 1)
}

/** Number of the cell along an axis. */
function cell(x: D): I {
  return floorInt(x * PER_CELL)
}

/** Takes where all particles are now as their base. */
export function layBase(c: Ptr, particles: I): void {
  for (let p: I = 0; p < particles; p++) basePoint(c, p)
}

/** Takes where a particle is now as its base. */
export function basePoint(c: Ptr, p: I): void {
  const at: Ptr = readInt(c + POSITION) + p * 16
  const base: Ptr = readInt(c + BASE) + p * 16
  writeSingle(base, readSingle(at))
  writeSingle(base + 4, readSingle(at + 4))
  writeSingle(base + 8, readSingle(at + 8))
}

/** Lays grid and balls over the faces at their base; returns 0 when their cells are more than there is room for. */
export function layFaces(c: Ptr, faces: I): I {
  const starts: Ptr = readInt(c + STARTS)
  findCells(c)
  for (let b: I = 0; b <= BUCKETS; b++) writeInt(starts + b * 4, 0)
  for (let f: I = 0; f < faces; f++) eachCell(c, f, false)
  let sum: I = 0
  for (let b: I = 0; b < BUCKETS; b++) {
    sum += readInt(starts + b * 4)
    writeInt(starts + b * 4, sum)
  }
  writeInt(starts + BUCKETS * 4, sum)
  if (sum > readInt(c + ENTRY_ROOM)) return 0
  for (let f: I = 0; f < faces; f++) eachCell(c, f, true)
  layBalls(c, faces)
  if (readInt(c + QUERY) > MOST_QUERIES) {
    for (let f: I = 0; f < readInt(c + FACE_ROOM); f++) writeInt(readInt(c + SEEN) + f * 4, 0)
    writeInt(c + QUERY, 0)
  }
  return 1
}

/** Finds the cells of all points of the surface. */
function findCells(c: Ptr): void {
  const base: Ptr = readInt(c + BASE)
  const cells: Ptr = readInt(c + CELLS)
  const points: Ptr = readInt(c + POINTS)
  const count = readInt(c + POINT_COUNT)
  for (let n: I = 0; n < count; n++) {
    const p = readInt(points + n * 4)
    const at: Ptr = base + p * 16
    writeInt(cells + p * 12, cell(readSingle(at)))
    writeInt(cells + p * 12 + 4, cell(readSingle(at + 4)))
    writeInt(cells + p * 12 + 8, cell(readSingle(at + 8)))
  }
}

/** Lists the faces in cells within `reach` of a place, each once; returns how many. */
export function gatherFaces(c: Ptr, x: D, y: D, z: D, reach: D): I {
  const starts: Ptr = readInt(c + STARTS)
  const entries: Ptr = readInt(c + ENTRIES)
  const seen: Ptr = readInt(c + SEEN)
  const found: Ptr = readInt(c + FOUND)
  const query = readInt(c + QUERY) + 1
  writeInt(c + QUERY, query)
  const x1 = cell(x + reach)
  const y0 = cell(y - reach)
  const y1 = cell(y + reach)
  const z0 = cell(z - reach)
  const z1 = cell(z + reach)
  let count: I = 0
  for (let i: I = cell(x - reach); i <= x1; i++)
    for (let j: I = y0; j <= y1; j++)
      for (let k: I = z0; k <= z1; k++) {
        const b: Ptr = starts + bucket(i, j, k) * 4
        const end = readInt(b + 4)
        for (let e = readInt(b); e < end; e++) {
          const f = readInt(entries + e * 4)
          if (readInt(seen + f * 4) === query) continue
          writeInt(seen + f * 4, query)
          writeInt(found + count * 4, f)
          count++
        }
      }
  return count
}

/** Counts a face in each cell that its box meets, or enters it there. */
function eachCell(c: Ptr, f: I, enter: boolean): void {
  const cells: Ptr = readInt(c + CELLS)
  const starts: Ptr = readInt(c + STARTS)
  const entries: Ptr = readInt(c + ENTRIES)
  const face: Ptr = readInt(c + TRIANGLES) + f * 12
  const i: Ptr = cells + readInt(face) * 12
  const j: Ptr = cells + readInt(face + 4) * 12
  const k: Ptr = cells + readInt(face + 8) * 12
  const x1 = highest(i, j, k)
  const y1 = highest(i + 4, j + 4, k + 4)
  const z1 = highest(i + 8, j + 8, k + 8)
  const y0 = lowest(i + 4, j + 4, k + 4)
  const z0 = lowest(i + 8, j + 8, k + 8)
  for (let x = lowest(i, j, k); x <= x1; x++)
    for (let y = y0; y <= y1; y++)
      for (let z = z0; z <= z1; z++) {
        const b: Ptr = starts + bucket(x, y, z) * 4
        const n = readInt(b)
        if (enter) {
          writeInt(entries + (n - 1) * 4, f)
          writeInt(b, n - 1)
        } else writeInt(b, n + 1)
      }
}

function lowest(i: Ptr, j: Ptr, k: Ptr): I {
  const x = readInt(i)
  const y = readInt(j)
  const z = readInt(k)
  const least = x < y ? x : y
  return least < z ? least : z
}

function highest(i: Ptr, j: Ptr, k: Ptr): I {
  const x = readInt(i)
  const y = readInt(j)
  const z = readInt(k)
  const most = x > y ? x : y
  return most > z ? most : z
}

function layBalls(c: Ptr, faces: I): void {
  const base: Ptr = readInt(c + BASE)
  const balls: Ptr = readInt(c + BALLS)
  const triangles: Ptr = readInt(c + TRIANGLES)
  let greatest: D = 0
  for (let f: I = 0; f < faces; f++) {
    const at: Ptr = triangles + f * 12
    const i: Ptr = base + readInt(at) * 16
    const j: Ptr = base + readInt(at + 4) * 16
    const k: Ptr = base + readInt(at + 8) * 16
    const x = (readSingle(i) + readSingle(j) + readSingle(k)) / 3
    const y = (readSingle(i + 4) + readSingle(j + 4) + readSingle(k + 4)) / 3
    const z = (readSingle(i + 8) + readSingle(j + 8) + readSingle(k + 8)) / 3
    const most = Math.max(gap2(i, x, y, z), Math.max(gap2(j, x, y, z), gap2(k, x, y, z)))
    greatest = Math.max(greatest, most)
    writeBall(balls + f * 16, x, y, z, Math.sqrt(most))
  }
  writeDouble(c + GREATEST, Math.sqrt(greatest))
  const groups: Ptr = readInt(c + GROUPS)
  for (let g: I = 0; g * GROUP < faces; g++) {
    const from: I = g * GROUP
    const count: I = faces - from < GROUP ? faces - from : GROUP
    let x: D = 0
    let y: D = 0
    let z: D = 0
    for (let n: I = 0; n < count; n++) {
      const ball: Ptr = balls + (from + n) * 16
      x += readSingle(ball) / count
      y += readSingle(ball + 4) / count
      z += readSingle(ball + 8) / count
    }
    let most: D = 0
    for (let n: I = 0; n < count; n++) {
      const ball: Ptr = balls + (from + n) * 16
      most = Math.max(most, Math.sqrt(gap2(ball, x, y, z)) + readSingle(ball + 12))
    }
    writeBall(groups + g * 16, x, y, z, most)
  }
}

function writeBall(at: Ptr, x: D, y: D, z: D, radius: D): void {
  writeSingle(at, x)
  writeSingle(at + 4, y)
  writeSingle(at + 8, z)
  writeSingle(at + 12, radius + SLACK)
}

/** Square of the distance of what lies at `at` from a place, m². */
export function gap2(at: Ptr, x: D, y: D, z: D): D {
  const dx = readSingle(at) - x
  const dy = readSingle(at + 4) - y
  const dz = readSingle(at + 8) - z
  return dx * dx + dy * dy + dz * dz
}
