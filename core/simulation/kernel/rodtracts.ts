/**
 * One pass of all tracts of needles: the rods in them and the tissue around share what is between them; kernel source, see
 * `scalars.ts`. What a tract is: `tissue/thread/tract.ts`.
 */
import {
  ACTIVE,
  BACK,
  BARY,
  DRAG,
  FIRST,
  FRICTION,
  HAND,
  KNOT,
  LENGTH,
  LOADS,
  PLACE,
  POSITION,
  PULLS,
  REACT,
  SEGMENTS,
  SHEATHED,
  SLID,
  SOFT,
  STAY,
  TET,
  TET_VERTEX,
  TRACT_COUNTS,
  TRACT_ROD,
  WEIGHT,
  X,
} from './rodtable.ts'
import {
  type D,
  floorInt,
  type I,
  type Ptr,
  readByte,
  readDouble,
  readInt,
  readSingle,
  writeByte,
  writeDouble,
  writeSingle,
} from './scalars.ts'

/** Begins a substep: friction holds the rod where it held it before, or where it has slid to. */
export function startTracts(r: Ptr): void {
  const slid: Ptr = readInt(r + SLID)
  const points = readInt(readInt(r + TRACT_COUNTS))
  for (let n: I = 0; n < points; n++) {
    if (readByte(slid + n) === 1) writeDouble(readInt(r + STAY) + n * 8, readDouble(readInt(r + PLACE) + n * 8))
    writeByte(slid + n, 0)
    writeDouble(readInt(r + PULLS) + n * 8, 0)
  }
}

/** Solves all points once, for the rods at `x` and the tissue at its positions, within a substep of `h` seconds. */
export function solveTracts(r: Ptr, h: D): void {
  const active: Ptr = readInt(r + ACTIVE)
  const points = readInt(readInt(r + TRACT_COUNTS))
  for (let n: I = 0; n < points; n++) {
    if (readByte(active + n) === 0) continue
    // where the tetrahedron was cut away, the rod is free
    const lost = !isKnot(r, n) && readInt(corners(r, n)) === -1
    if (lost || !follow(r, n)) writeByte(active + n, 0)
    else if (isSheathed(r, n)) writeByte(readInt(r + SLID) + n, 1)
    else hold(r, n, h)
  }
}

// @inline
function isKnot(r: Ptr, n: I): boolean {
  return readByte(readInt(r + KNOT) + n) === 1
}

/** Whether a tool lies between the rod and the tissue at a point: there the rod slides freely. */
function isSheathed(r: Ptr, n: I): boolean {
  const slot = floorInt(readDouble(readInt(r + PLACE) + n * 8))
  return !isKnot(r, n) && readByte(readInt(r + SHEATHED) + slot) === 1
}

// @inline
function tetOf(r: Ptr, n: I): I {
  return readInt(readInt(r + TET) + n * 4)
}

/** Where the particles of a point's tetrahedron are named. */
// @inline
function corners(r: Ptr, n: I): Ptr {
  return readInt(r + TET_VERTEX) + tetOf(r, n) * 16
}

/** The point that was located last. */
let pointX: D = 0
let pointY: D = 0
let pointZ: D = 0

function locate(r: Ptr, n: I): void {
  if (isKnot(r, n)) {
    const x: Ptr = readInt(r + X) + tetOf(r, n) * 24
    pointX = readDouble(x)
    pointY = readDouble(x + 8)
    pointZ = readDouble(x + 16)
    return
  }
  const vertices = corners(r, n)
  const bary: Ptr = readInt(r + BARY) + n * 32
  pointX = 0
  pointY = 0
  pointZ = 0
  for (let i: I = 0; i < 4; i++) {
    const p: Ptr = readInt(r + POSITION) + readInt(vertices + i * 4) * 16
    const b = readDouble(bary + i * 8)
    pointX += b * readSingle(p)
    pointY += b * readSingle(p + 4)
    pointZ += b * readSingle(p + 8)
  }
}

/** Segments that a rod may slide in a substep. */
const STEPS: I = 8
/** How far beyond its end, in segments, a rod still counts as in the point. */
const LEAVE: D = 0.5

/**
 * Finds the segment of the rod that is at the point, from the one that was there. False when the rod has left the point
 * with its end or its start.
 */
function follow(r: Ptr, n: I): boolean {
  locate(r, n)
  const rod = readInt(readInt(r + TRACT_ROD) + n * 4)
  const first = readInt(readInt(r + FIRST) + rod * 4)
  const last = first + readInt(readInt(r + SEGMENTS) + rod * 4) - 1
  const lengths: Ptr = readInt(r + LENGTH)
  const place: Ptr = readInt(r + PLACE) + n * 8
  let s = floorInt(readDouble(place))
  if (s > last) s = last
  let share = along(r, s)
  for (let step: I = 0; step < STEPS && (share < 0 || share > 1); step++) {
    const next: I = share < 0 ? s - 1 : s + 1
    if (next < first || next > last) {
      if (share < -LEAVE || share > 1 + LEAVE) return false
      break
    }
    const there = along(r, next)
    // at a bend the point may lie beyond both segments: the farther of the two counts, by as much as it is farther
    if (share > 1 && there < 0) {
      const before = readDouble(lengths + s * 8)
      const after = readDouble(lengths + next * 8)
      const off = (share - 1) * before + there * after
      if (off > 0) s = next
      share = off > 0 ? off / after : 1 + off / before
      break
    }
    s = next
    share = there
  }
  writeDouble(place, s + (share < 0 ? 0 : share > 1 ? 1 : share))
  return true
}

/** Where the point lies along the segment at `s`: 0 at its start, 1 at its end. */
function along(r: Ptr, s: I): D {
  const a: Ptr = readInt(r + X) + s * 24
  const x = readDouble(a)
  const y = readDouble(a + 8)
  const z = readDouble(a + 16)
  const ux = readDouble(a + 24) - x
  const uy = readDouble(a + 32) - y
  const uz = readDouble(a + 40) - z
  const dot = (pointX - x) * ux + (pointY - y) * uy + (pointZ - z) * uz
  return dot / (ux * ux + uy * uy + uz * uz + 1e-24)
}

/** Brings rod and tissue together across the rod; along it with as much as friction holds. */
function hold(r: Ptr, n: I, h: D): void {
  const place = readDouble(readInt(r + PLACE) + n * 8)
  const rod = readInt(readInt(r + TRACT_ROD) + n * 4)
  const first = readInt(readInt(r + FIRST) + rod * 4)
  const last = first + readInt(readInt(r + SEGMENTS) + rod * 4) - 1
  const floor = floorInt(place)
  const s = floor < last ? floor : last
  const share = place - s
  const x: Ptr = readInt(r + X) + s * 24
  const weight: Ptr = readInt(r + WEIGHT) + s * 8
  const hands: Ptr = readInt(r + HAND) + s * 8
  const a0 = readDouble(weight) * (1 - share)
  const a1 = readDouble(weight + 8) * share
  const hand = (1 - share) * readDouble(hands) + share * readDouble(hands + 8)
  let sum = a0 * (1 - share) + a1 * share + hand
  sum += isKnot(r, n) ? readDouble(readInt(r + WEIGHT) + tetOf(r, n) * 8) : tissueWeight(r, n)
  if (!(sum > 0)) return
  // across the rod: where the place on the rod is from the point
  let dx = (1 - share) * readDouble(x) + share * readDouble(x + 24) - pointX
  let dy = (1 - share) * readDouble(x + 8) + share * readDouble(x + 32) - pointY
  let dz = (1 - share) * readDouble(x + 16) + share * readDouble(x + 40) - pointZ
  // along the rod: how far the material of the rod has gone through the point since it last held
  const ux = readDouble(x + 24) - readDouble(x)
  const uy = readDouble(x + 32) - readDouble(x + 8)
  const uz = readDouble(x + 40) - readDouble(x + 16)
  const length2 = ux * ux + uy * uy + uz * uz + 1e-24
  if (place === first || place === last + 1) {
    // an end that goes out is not held
    const out = (dx * ux + dy * uy + dz * uz) / length2
    dx -= out * ux
    dy -= out * uy
    dz -= out * uz
  }
  const gone = (place - readDouble(readInt(r + STAY) + n * 8)) * readDouble(readInt(r + LENGTH) + s * 8)
  const across = Math.sqrt(dx * dx + dy * dy + dz * dz) / sum
  // what a sliding knot presses the rod with is in what it holds
  const turned: D = isKnot(r, n) ? 0 : readDouble(readInt(r + FRICTION) + s * 8) * across
  const soft = readDouble(readInt(r + SOFT) + n * 8)
  const newton = soft / (h * h)
  const most = readDouble(readInt(r + DRAG) + n * 8) / newton + turned
  const least = -readDouble(readInt(r + BACK) + n * 8) / newton - turned
  // what the passes before have held counts
  const pull: Ptr = readInt(r + PULLS) + n * 8
  const before = readDouble(pull) / newton
  const wanted = before + gone / sum
  const all = wanted > most ? most : wanted < least ? least : wanted
  if (all !== wanted) writeByte(readInt(r + SLID) + n, 1)
  writeDouble(pull, all * newton)
  const back = (all - before) / Math.sqrt(length2)
  const px = -dx / sum + back * ux
  const py = -dy / sum + back * uy
  const pz = -dz / sum + back * uz
  move(readInt(r + LOADS) + n * 24, -newton, px, py, pz)
  // no more than brings the tool to where the tissue is
  if (hand > 0) move(readInt(r + REACT) + rod * 24, Math.min(soft, sum / hand), px, py, pz)
  move(x, a0, px, py, pz)
  move(x + 24, a1, px, py, pz)
  if (isKnot(r, n)) {
    const v = tetOf(r, n)
    move(readInt(r + X) + v * 24, -readDouble(readInt(r + WEIGHT) + v * 8), px, py, pz)
  } else pushTissue(r, n, px, py, pz)
}

/** Inverse mass of a point of the tissue, 1/kg. */
function tissueWeight(r: Ptr, n: I): D {
  const vertices = corners(r, n)
  const bary: Ptr = readInt(r + BARY) + n * 32
  let sum: D = 0
  for (let i: I = 0; i < 4; i++) {
    const b = readDouble(bary + i * 8)
    sum += b * b * readSingle(readInt(r + POSITION) + readInt(vertices + i * 4) * 16 + 12)
  }
  return sum
}

// @inline
function move(at: Ptr, by: D, px: D, py: D, pz: D): void {
  writeDouble(at, readDouble(at) + by * px)
  writeDouble(at + 8, readDouble(at + 8) + by * py)
  writeDouble(at + 16, readDouble(at + 16) + by * pz)
}

function pushTissue(r: Ptr, n: I, px: D, py: D, pz: D): void {
  const vertices = corners(r, n)
  const bary: Ptr = readInt(r + BARY) + n * 32
  for (let i: I = 0; i < 4; i++) {
    const p: Ptr = readInt(r + POSITION) + readInt(vertices + i * 4) * 16
    const w = readDouble(bary + i * 8) * readSingle(p + 12)
    writeSingle(p, readSingle(p) - w * px)
    writeSingle(p + 4, readSingle(p + 4) - w * py)
    writeSingle(p + 8, readSingle(p + 8) - w * pz)
  }
}
