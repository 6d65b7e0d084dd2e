/**
 * A drop in hand and one face, which moves within a substep from `begin` to `now`; kernel source, see `scalars.ts`.
 * Vertices have four numbers each; `a`, `b`, `c` are rows of the faces' vertices.
 */
import { type D, type I, type Ptr, readInt, readSingle } from './scalars.ts'

/** Distance in metres at which a drop's centre lies on a surface. */
export const CONTACT: D = 0.00125
/** Barycentric overlap of neighbouring faces. */
export const OVERLAP: D = 0.02
let rowA: Ptr = 0
let rowB: Ptr = 0
let rowC: Ptr = 0
let begin: Ptr = 0
let now: Ptr = 0
/** Planes of the faces: see `faceplanes.ts`. */
export let normals: Ptr = 0
export let seconds: Ptr = 0
export let thirds: Ptr = 0

/** The drop in hand: where it is, where the substep began, and its weights on the face that it met. */
export let handX: D = 0
export let handY: D = 0
export let handZ: D = 0
export let startX: D = 0
export let startY: D = 0
export let startZ: D = 0
export let handB: D = 0
export let handC: D = 0

/** Says where faces, their vertices and their planes lie. */
export function takeFaces(a: Ptr, b: Ptr, c: Ptr, from: Ptr, to: Ptr, normal: Ptr, second: Ptr, third: Ptr): void {
  rowA = a
  rowB = b
  rowC = c
  begin = from
  now = to
  normals = normal
  seconds = second
  thirds = third
}

/** Takes a drop in hand. */
export function takeDrop(position: Ptr, start: Ptr): void {
  handX = readSingle(position)
  handY = readSingle(position + 4)
  handZ = readSingle(position + 8)
  startX = readSingle(start)
  startY = readSingle(start + 4)
  startZ = readSingle(start + 8)
}

export function moveHand(x: D, y: D, z: D): void {
  handX = x
  handY = y
  handZ = z
}

export function weighHand(b: D, c: D): void {
  handB = b
  handC = c
}

/** Distance in metres in front of a face at which the substep began; −1 for a face without area. */
export function beganAt(t: I): D {
  const a: Ptr = begin + readInt(rowA + t * 4) * 16
  const b: Ptr = begin + readInt(rowB + t * 4) * 16
  const c: Ptr = begin + readInt(rowC + t * 4) * 16
  const ax = readSingle(a)
  const ay = readSingle(a + 4)
  const az = readSingle(a + 8)
  const ux = readSingle(b) - ax
  const uy = readSingle(b + 4) - ay
  const uz = readSingle(b + 8) - az
  const vx = readSingle(c) - ax
  const vy = readSingle(c + 4) - ay
  const vz = readSingle(c + 8) - az
  const nx = uy * vz - uz * vy
  const ny = uz * vx - ux * vz
  const nz = ux * vy - uy * vx
  const length = Math.sqrt(nx * nx + ny * ny + nz * nz)
  if (!(length > 1e-12)) return -1
  return (nx * (startX - ax) + ny * (startY - ay) + nz * (startZ - az)) / length
}

/** A number of a vertex at a share `f` of the substep. */
function between(vertex: I, axis: I, f: D): D {
  const at: Ptr = vertex * 16 + axis * 4
  return readSingle(now + at) * f + readSingle(begin + at) * (1 - f)
}

/**
 * Where the drop went through a face in this substep it is put back on the point of the face that it met, in front. `s`
 * is the distance now, below 0. Tells whether it did.
 */
export function bringBack(t: I, s: D): boolean {
  const s0 = Math.max(0, beganAt(t))
  const f = s0 / (s0 - s)
  const a = readInt(rowA + t * 4)
  const b = readInt(rowB + t * 4)
  const c = readInt(rowC + t * 4)
  const ax = between(a, 0, f)
  const ay = between(a, 1, f)
  const az = between(a, 2, f)
  const bx = between(b, 0, f) - ax
  const by = between(b, 1, f) - ay
  const bz = between(b, 2, f) - az
  const cx = between(c, 0, f) - ax
  const cy = between(c, 1, f) - ay
  const cz = between(c, 2, f) - az
  const wx = startX + (handX - startX) * f - ax
  const wy = startY + (handY - startY) * f - ay
  const wz = startZ + (handZ - startZ) * f - az
  const bb = bx * bx + by * by + bz * bz
  const bc = bx * cx + by * cy + bz * cz
  const cc = cx * cx + cy * cy + cz * cz
  const wb = wx * bx + wy * by + wz * bz
  const wc = wx * cx + wy * cy + wz * cz
  const det = bb * cc - bc * bc
  if (!(det > 1e-24)) return false
  const u = (wb * cc - wc * bc) / det
  const v = (wc * bb - wb * bc) / det
  if (!(u >= -OVERLAP && v >= -OVERLAP && u + v <= 1 + OVERLAP)) return false
  const plane: Ptr = normals + t * 16
  handX = onFace(t, 0, u, v) + readSingle(plane) * CONTACT
  handY = onFace(t, 1, u, v) + readSingle(plane + 4) * CONTACT
  handZ = onFace(t, 2, u, v) + readSingle(plane + 8) * CONTACT
  handB = u
  handC = v
  return true
}

/** A number of the point of a face with these weights of the second and third vertex, now. */
export function onFace(t: I, axis: I, u: D, v: D): D {
  const at: Ptr = now + axis * 4
  return (
    readSingle(at + readInt(rowA + t * 4) * 16) * (1 - u - v) +
    readSingle(at + readInt(rowB + t * 4) * 16) * u +
    readSingle(at + readInt(rowC + t * 4) * 16) * v
  )
}

/** How far that point went in this substep. */
export function faceWay(t: I, axis: I, u: D, v: D): D {
  const at: Ptr = axis * 4
  const a: Ptr = at + readInt(rowA + t * 4) * 16
  const b: Ptr = at + readInt(rowB + t * 4) * 16
  const c: Ptr = at + readInt(rowC + t * 4) * 16
  return (
    (readSingle(now + a) - readSingle(begin + a)) * (1 - u - v) +
    (readSingle(now + b) - readSingle(begin + b)) * u +
    (readSingle(now + c) - readSingle(begin + c)) * v
  )
}
