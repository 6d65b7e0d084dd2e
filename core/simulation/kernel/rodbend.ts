/**
 * Bending of a whole rod at once; kernel source, see `scalars.ts`. The energy is the quadratic one of inextensible rods,
 * E·I/(2 L³) Σ |x(i−1) − 2 x(i) + x(i+1) − b(i)|² (Bergou et al. 2006, doi:10.2312/SGP/SGP06/227-230), where b(i) is the
 * curvature at rest in the frames of the neighbouring segments; a backward Euler step of it is one pentadiagonal system, the
 * same for x, y and z, so that threads and steel wires keep their true stiffness at 2 ms without iterations.
 */
import { BAND, BENDING, CHECKED, COUNTS, FRAME, JAM, LENGTH, LOAD, REST, SLOT_COUNT, WEIGHT, X } from './rodtable.ts'
import { type D, type I, type Ptr, readDouble, readInt, writeDouble } from './scalars.ts'

/** Where thread touches, bending is no stiffer than this share of inertia: knots do not spring open. */
const YIELD: D = 0.05

/** Most that what is curved at rest springs in a substep, m: 0.2 m/s in fluid (estimate); no wall is as thin. */
const SPRING: D = 4e-4

/** Slows the tips down that spring into their curve. */
export function calmCurves(r: Ptr): void {
  const rest: Ptr = readInt(r + REST)
  const x: Ptr = readInt(r + X)
  const checked: Ptr = readInt(r + CHECKED)
  const slots = readInt(readInt(r + COUNTS) + SLOT_COUNT)
  for (let s: I = 0; s < slots; s++) {
    // the end of a curve goes with its neighbour
    const n = s + 1 < slots ? s + 1 : s
    if (readDouble(rest + s * 24) === 0 && readDouble(rest + n * 24) === 0) continue
    let far2: D = 0
    for (let a = s * 24; a < s * 24 + 24; a += 8) {
      const d = readDouble(x + a) - readDouble(checked + a)
      far2 += d * d
    }
    if (far2 <= SPRING * SPRING) continue
    const share = SPRING / Math.sqrt(far2)
    for (let a = s * 24; a < s * 24 + 24; a += 8) {
      const from = readDouble(checked + a)
      writeDouble(x + a, from + share * (readDouble(x + a) - from))
    }
  }
}

/** Moves the vertices of a rod to where bending takes them within `h` seconds. */
export function solveBend(r: Ptr, first: I, segments: I, h: D): void {
  if (segments < 2) return
  const x: Ptr = readInt(r + X)
  const weight: Ptr = readInt(r + WEIGHT)
  const band: Ptr = readInt(r + BAND)
  const load: Ptr = readInt(r + LOAD)
  const length: Ptr = readInt(r + LENGTH)
  const bending: Ptr = readInt(r + BENDING)
  const jam: Ptr = readInt(r + JAM)
  const rest: Ptr = readInt(r + REST)
  const last = first + segments
  const inertia = 1 / (h * h)
  for (let s = first; s <= last; s++) {
    const w = readDouble(weight + s * 8)
    const m: D = w > 0 ? inertia / w : 1e12
    const at = s * 24
    writeDouble(band + at, m)
    writeDouble(band + at + 8, 0)
    writeDouble(band + at + 16, 0)
    writeDouble(load + at, m * readDouble(x + at))
    writeDouble(load + at + 8, m * readDouble(x + at + 8))
    writeDouble(load + at + 16, m * readDouble(x + at + 16))
  }
  for (let s = first + 1; s < last; s++) {
    const before = readDouble(length + s * 8 - 8)
    const after = readDouble(length + s * 8)
    const l = 0.5 * (before + after)
    const stiff = readDouble(bending + s * 8) / (l * l * l)
    const touched = readDouble(jam + s * 8 - 8) + readDouble(jam + s * 8) + readDouble(jam + s * 8 + 8) > 0
    const w = readDouble(weight + s * 8)
    const most = w > 0 ? (YIELD * inertia) / w : stiff
    const c = touched && stiff > most ? most : stiff
    // unequal segments: the second difference of the unit tangents, times the mean length
    const p = l / before
    const q = l / after
    const at: Ptr = band + s * 24
    add(at - 24, c * p * p)
    add(at, c * (p + q) * (p + q))
    add(at + 24, c * q * q)
    add(at - 16, -c * p * (p + q))
    add(at + 8, -c * q * (p + q))
    add(at - 8, c * p * q)
    if (readDouble(rest + s * 24) !== 0 || readDouble(rest + s * 24 + 8) !== 0)
      restCurvature(r, s, 0.5 * l * l * c, p, q)
  }
  factor(band, first, last)
  substitute(band, load, x, first, last)
}

// @inline
function add(at: Ptr, by: D): void {
  writeDouble(at, readDouble(at) + by)
}

/** Load of the curvature at rest, along the mean directors of the two segments at `s`. */
function restCurvature(r: Ptr, s: I, scale: D, p: D, q: D): void {
  const frame: Ptr = readInt(r + FRAME)
  const one = readDouble(readInt(r + REST) + s * 24) * scale
  const two = readDouble(readInt(r + REST) + s * 24 + 8) * scale
  let oneX: D = 0
  let oneY: D = 0
  let oneZ: D = 0
  let twoX: D = 0
  let twoY: D = 0
  let twoZ: D = 0
  for (let at: Ptr = frame + s * 32 - 32; at <= frame + s * 32; at += 32) {
    const x = readDouble(at)
    const y = readDouble(at + 8)
    const z = readDouble(at + 16)
    const w = readDouble(at + 24)
    oneX += 1 - 2 * (y * y + z * z)
    oneY += 2 * (x * y + w * z)
    oneZ += 2 * (x * z - w * y)
    twoX += 2 * (x * y - w * z)
    twoY += 1 - 2 * (x * x + z * z)
    twoZ += 2 * (y * z + w * x)
  }
  const load: Ptr = readInt(r + LOAD) + s * 24
  bear(load, one * oneX + two * twoX, p, q)
  bear(load + 8, one * oneY + two * twoY, p, q)
  bear(load + 16, one * oneZ + two * twoZ, p, q)
}

// @inline
function bear(load: Ptr, b: D, p: D, q: D): void {
  add(load - 24, p * b)
  add(load, -(p + q) * b)
  add(load + 24, q * b)
}

/** L·D·Lᵀ in place: band holds D, and the first and second sub-diagonal of L at the column's slot. */
function factor(band: Ptr, first: I, last: I): void {
  for (let s = first; s <= last; s++) {
    const at: Ptr = band + s * 24
    let d = readDouble(at)
    let e = readDouble(at + 8)
    if (s > first) {
      const d1 = readDouble(at - 24)
      const l1 = readDouble(at - 16)
      const l2 = readDouble(at - 8)
      d -= l1 * l1 * d1
      e -= l1 * l2 * d1
    }
    if (s > first + 1) {
      const l2 = readDouble(at - 32)
      d -= l2 * l2 * readDouble(at - 48)
    }
    writeDouble(at, d)
    writeDouble(at + 8, e / d)
    writeDouble(at + 16, readDouble(at + 16) / d)
  }
}

function substitute(band: Ptr, load: Ptr, x: Ptr, first: I, last: I): void {
  let px: D = 0
  let py: D = 0
  let pz: D = 0
  let qx: D = 0
  let qy: D = 0
  let qz: D = 0
  let one: D = 0
  let two: D = 0
  for (let s = first; s <= last; s++) {
    const at: Ptr = load + s * 24
    const lx = readDouble(at) - one * px - two * qx
    const ly = readDouble(at + 8) - one * py - two * qy
    const lz = readDouble(at + 16) - one * pz - two * qz
    writeDouble(at, lx)
    writeDouble(at + 8, ly)
    writeDouble(at + 16, lz)
    two = s > first ? readDouble(band + s * 24 - 8) : 0
    one = readDouble(band + s * 24 + 8)
    qx = px
    qy = py
    qz = pz
    px = lx
    py = ly
    pz = lz
  }
  px = 0
  py = 0
  pz = 0
  qx = 0
  qy = 0
  qz = 0
  for (let s = last; s >= first; s--) {
    const at: Ptr = load + s * 24
    const d = 1 / readDouble(band + s * 24)
    one = readDouble(band + s * 24 + 8)
    two = readDouble(band + s * 24 + 16)
    const vx = readDouble(at) * d - one * px - two * qx
    const vy = readDouble(at + 8) * d - one * py - two * qy
    const vz = readDouble(at + 16) * d - one * pz - two * qz
    writeDouble(x + s * 24, vx)
    writeDouble(x + s * 24 + 8, vy)
    writeDouble(x + s * 24 + 16, vz)
    qx = px
    qy = py
    qz = pz
    px = vx
    py = vy
    pz = vz
  }
}
