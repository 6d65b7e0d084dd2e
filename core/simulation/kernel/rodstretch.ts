/**
 * Stretching of a whole rod at once; kernel source, see `scalars.ts`. The constraints |x(i+1) − x(i)| = L(i) of a chain
 * couple only neighbours, so that one tridiagonal system gives all XPBD multipliers (Macklin et al. 2016,
 * doi:10.1145/2994258.2994272; direct solve for chains as in Han and Harada 2013,
 * doi:10.2312/PE.vriphys.vriphys13.053-060, and Deul et al. 2018, doi:10.1111/cgf.13326). Two hundred segments stay
 * inextensible with no iterations. Contact may stretch them after that; then length has the last word: segments longer than
 * their tension makes them are shortened again, one after the other from either end of a rod in turn (strain limiting:
 * Provot 1995, Graphics Interface, 147–154).
 */
import { AXIAL, DIAGONAL, DIRECTION, LENGTH, MOST, MULTIPLIER, OFF, RIGHT, TOUCH, WEIGHT, X } from './rodtable.ts'
import { type D, type I, type Ptr, readByte, readDouble, readInt, writeDouble } from './scalars.ts'

/** Projects the segments of a rod to their lengths, compliance from E·A. Adds to the multipliers of this substep of `h` seconds. */
export function solveStretch(r: Ptr, first: I, segments: I, h: D): void {
  const x: Ptr = readInt(r + X)
  const weight: Ptr = readInt(r + WEIGHT)
  const direction: Ptr = readInt(r + DIRECTION)
  const multiplier: Ptr = readInt(r + MULTIPLIER)
  const diagonal: Ptr = readInt(r + DIAGONAL)
  const right: Ptr = readInt(r + RIGHT)
  const offs: Ptr = readInt(r + OFF)
  const length: Ptr = readInt(r + LENGTH)
  const axial: Ptr = readInt(r + AXIAL)
  const last = first + segments
  let px: D = 0
  let py: D = 0
  let pz: D = 0
  for (let s = first; s < last; s++) {
    const at: Ptr = x + s * 24
    let nx = readDouble(at + 24) - readDouble(at)
    let ny = readDouble(at + 32) - readDouble(at + 8)
    let nz = readDouble(at + 40) - readDouble(at + 16)
    const n = Math.sqrt(nx * nx + ny * ny + nz * nz)
    if (n > 1e-12) {
      nx /= n
      ny /= n
      nz /= n
    }
    writeDouble(direction + s * 24, nx)
    writeDouble(direction + s * 24 + 8, ny)
    writeDouble(direction + s * 24 + 16, nz)
    const w = readDouble(weight + s * 8)
    const compliance = readDouble(length + s * 8) / (readDouble(axial + s * 8) * h * h)
    let d = w + readDouble(weight + s * 8 + 8) + compliance
    let b = readDouble(length + s * 8) - n - compliance * readDouble(multiplier + s * 8)
    if (s > first) {
      const off = -w * (px * nx + py * ny + pz * nz)
      const m = off / readDouble(diagonal + s * 8 - 8)
      d -= m * off
      b -= m * readDouble(right + s * 8 - 8)
      writeDouble(offs + s * 8, off)
    }
    writeDouble(diagonal + s * 8, d)
    writeDouble(right + s * 8, b)
    px = nx
    py = ny
    pz = nz
  }
  let next: D = 0
  for (let s = last - 1; s >= first; s--) {
    const above: D = s + 1 < last ? readDouble(offs + s * 8 + 8) * next : 0
    next = (readDouble(right + s * 8) - above) / readDouble(diagonal + s * 8)
    writeDouble(multiplier + s * 8, readDouble(multiplier + s * 8) + next)
    const at: Ptr = x + s * 24
    const nx = readDouble(direction + s * 24)
    const ny = readDouble(direction + s * 24 + 8)
    const nz = readDouble(direction + s * 24 + 16)
    moveBy(at, -(readDouble(weight + s * 8) * next), nx, ny, nz)
    moveBy(at + 24, readDouble(weight + s * 8 + 8) * next, nx, ny, nz)
  }
}

/** Moves a vertex along a direction. */
// @inline
export function moveBy(at: Ptr, by: D, nx: D, ny: D, nz: D): void {
  writeDouble(at, readDouble(at) + by * nx)
  writeDouble(at + 8, readDouble(at + 8) + by * ny)
  writeDouble(at + 16, readDouble(at + 16) + by * nz)
}

/** Strain that is left, beyond that of the tension; and how much of that. */
const LEFT: D = 0.01
const TENSE: D = 1.5
/** How much of its lightness a vertex has here that something pushes: what it lies on goes before length. */
const TOUCHED: D = 0.02
/** Sweeps there and back. */
const SWEEPS: I = 12

/** Finds how long the segments of a rod may be after contact, in a substep of `h` seconds. */
export function measureMost(r: Ptr, first: I, segments: I, h: D): void {
  const multiplier: Ptr = readInt(r + MULTIPLIER)
  const axial: Ptr = readInt(r + AXIAL)
  const length: Ptr = readInt(r + LENGTH)
  const most: Ptr = readInt(r + MOST)
  for (let s = first; s < first + segments; s++) {
    const tense = (-TENSE * readDouble(multiplier + s * 8)) / (h * h * readDouble(axial + s * 8))
    writeDouble(most + s * 8, readDouble(length + s * 8) * (1 + LEFT + (tense > 0 ? tense : 0)))
  }
}

/** Whether a segment of a rod is longer than its tension makes it. */
export function isLong(r: Ptr, first: I, segments: I): boolean {
  const x: Ptr = readInt(r + X)
  const most: Ptr = readInt(r + MOST)
  for (let s = first; s < first + segments; s++) {
    const at: Ptr = x + s * 24
    const dx = readDouble(at + 24) - readDouble(at)
    const dy = readDouble(at + 32) - readDouble(at + 8)
    const dz = readDouble(at + 40) - readDouble(at + 16)
    const allowed = readDouble(most + s * 8)
    if (dx * dx + dy * dy + dz * dz > allowed * allowed) return true
  }
  return false
}

/** Shortens the segments of a rod that are too long. After the first sweep only those beside what was shortened can be. */
export function limitStretch(r: Ptr, first: I, segments: I): void {
  const end = first + segments
  let from = first
  let to = end - 1
  for (let sweep: I = 0; sweep < SWEEPS; sweep++) {
    let low = end
    let high = first - 1
    for (let s = from; s < end && (s <= to || high === s - 1); s++) {
      if (!shorten(r, s)) continue
      if (low === end) low = s
      high = s
    }
    if (low === end) return
    from = low - 1
    to = high
    low = end
    high = first - 1
    for (let s = to; s >= first && (s >= from || low === s + 1); s--) {
      if (!shorten(r, s)) continue
      if (low === end) high = s
      low = s
    }
    if (low === end) return
    from = low
    to = high + 1
  }
}

/** Shortens a segment; false when it is short enough or cannot be. */
function shorten(r: Ptr, s: I): boolean {
  const at: Ptr = readInt(r + X) + s * 24
  const dx = readDouble(at + 24) - readDouble(at)
  const dy = readDouble(at + 32) - readDouble(at + 8)
  const dz = readDouble(at + 40) - readDouble(at + 16)
  const far2 = dx * dx + dy * dy + dz * dz
  const most = readDouble(readInt(r + MOST) + s * 8)
  if (far2 <= most * most) return false
  const weight: Ptr = readInt(r + WEIGHT) + s * 8
  const touch: Ptr = readInt(r + TOUCH) + s
  const w = readByte(touch) === 0 ? readDouble(weight) : TOUCHED * readDouble(weight)
  const v = readByte(touch + 1) === 0 ? readDouble(weight + 8) : TOUCHED * readDouble(weight + 8)
  if (!(w + v > 0)) return false
  const far = Math.sqrt(far2)
  const by = (far - most) / (far * (w + v))
  moveBy(at, w * by, dx, dy, dz)
  moveBy(at + 24, -(v * by), dx, dy, dz)
  return true
}
