/**
 * Which tetrahedra may be stretched far or turned inside out, four at a time in single precision; kernel source, see
 * `lanes.ts` and `scalars.ts`. What is listed is to be looked at exactly: nothing that is so is left out.
 */
import {
  add,
  append,
  choose,
  div,
  every,
  type F,
  gather,
  gotX,
  gotY,
  gotZ,
  LANES,
  most,
  mul,
  root,
  row,
  setLane,
  size,
  sub,
  type V,
} from './lanes.ts'
import { type D, type I, type Ptr, readByte, readInt, readSingle, writeInt, writeSingle } from './scalars.ts'

/** Each tick looks at one in so many tetrahedra. */
export const SCAN_TURNS: I = 8
/** Bytes of room to work in: rows of four vertices, and of limits. */
export const SCAN_BYTES: I = 80
const LIMITS: Ptr = 64
/** Six volumes over the product of three edges, below which a tetrahedron is too flat to be judged in single precision. */
const FLAT: F = 0.05

/** How many tetrahedra below `end` have their turn with number `from`. */
function turnsOf(from: I, end: I): I {
  return (end - from + SCAN_TURNS - 1) >> 3
}

/** Copies the vertices of `count` tetrahedra (at most four) of a turn as rows to `room`; what was removed has none. */
function takeFour(vertices: Ptr, from: I, count: I, room: Ptr): void {
  for (let l: I = 0; l < 4; l++) {
    const at: Ptr = vertices + (from + l * SCAN_TURNS) * 16
    const exists = l < count && readInt(at) !== -1
    for (let k: I = 0; k < 4; k++) writeInt(room + k * 16 + l * 4, exists ? readInt(at + k * 4) : 0)
  }
}

let ux: V = every(0)
let uy: V = every(0)
let uz: V = every(0)
let vx: V = every(0)
let vy: V = every(0)
let vz: V = every(0)
let wx: V = every(0)
let wy: V = every(0)
let wz: V = every(0)

/** Fetches the edges at the first vertices of four tetrahedra. */
// @inline
function takeEdges(room: Ptr, places: Ptr): void {
  gather(room, places)
  const x = gotX
  const y = gotY
  const z = gotZ
  gather(room + 16, places)
  ux = sub(gotX, x)
  uy = sub(gotY, y)
  uz = sub(gotZ, z)
  gather(room + 32, places)
  vx = sub(gotX, x)
  vy = sub(gotY, y)
  vz = sub(gotZ, z)
  gather(room + 48, places)
  wx = sub(gotX, x)
  wy = sub(gotY, y)
  wz = sub(gotZ, z)
}

/** Product of the edges' lengths, times {@link FLAT}. */
// @inline
function flatSize(): V {
  const u = add(add(mul(ux, ux), mul(uy, uy)), mul(uz, uz))
  const v = add(add(mul(vx, vx), mul(vy, vy)), mul(vz, vz))
  const w = add(add(mul(wx, wx), mul(wy, wy)), mul(wz, wz))
  return mul(root(mul(mul(u, v), w)), every(FLAT))
}

/**
 * Lists which of the tetrahedra `from`, `from` + {@link SCAN_TURNS}, … below `end` may be stretched past their material's
 * limit: a number n stands for tetrahedron `from` + n × {@link SCAN_TURNS}. `limits` are squares of stretches, single, with room for rounding.
 * `tension`: nine numbers a tetrahedron, or 0 for tissue at ease. Returns how many.
 */
export function listStretched(
  vertices: Ptr,
  materials: Ptr,
  places: Ptr,
  rest: Ptr,
  tension: Ptr,
  from: I,
  end: I,
  limits: Ptr,
  room: Ptr,
  list: Ptr,
  table: Ptr,
): I {
  const none = every(0)
  const one = every(1)
  const all = turnsOf(from, end)
  let found: I = 0
  for (let n: I = 0; n < all; n += 4) {
    const first = from + n * SCAN_TURNS
    takeFour(vertices, first, all - n, room)
    for (let l: I = 0; l < 4; l++) {
      const tet = n + l < all ? first + l * SCAN_TURNS : first
      const limit = readSingle(limits + readByte(materials + tet) * 4)
      writeSingle(room + LIMITS + l * 4, tension === 0 ? limit : limit / stretchOf(tension + tet * 36))
    }
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      takeEdges(room, rest)
      const yz = sub(mul(vy, wz), mul(vz, wy))
      const zx = sub(mul(vz, wx), mul(vx, wz))
      const xy = sub(mul(vx, wy), mul(vy, wx))
      const six = add(add(mul(ux, yz), mul(uy, zx)), mul(uz, xy))
      const whole = sub(six, flatSize())
      const per = div(one, six)
      const ax = mul(yz, per)
      const ay = mul(zx, per)
      const az = mul(xy, per)
      const bx = mul(sub(mul(wy, uz), mul(wz, uy)), per)
      const by = mul(sub(mul(wz, ux), mul(wx, uz)), per)
      const bz = mul(sub(mul(wx, uy), mul(wy, ux)), per)
      const cx = mul(sub(mul(uy, vz), mul(uz, vy)), per)
      const cy = mul(sub(mul(uz, vx), mul(ux, vz)), per)
      const cz = mul(sub(mul(ux, vy), mul(uy, vx)), per)
      takeEdges(room, places)
      // The columns of F; then C and Gershgorin's bound of its greatest eigenvalue.
      const xx = add(add(mul(ux, ax), mul(vx, bx)), mul(wx, cx))
      const yx = add(add(mul(uy, ax), mul(vy, bx)), mul(wy, cx))
      const zxs = add(add(mul(uz, ax), mul(vz, bx)), mul(wz, cx))
      const xyy = add(add(mul(ux, ay), mul(vx, by)), mul(wx, cy))
      const yy = add(add(mul(uy, ay), mul(vy, by)), mul(wy, cy))
      const zy = add(add(mul(uz, ay), mul(vz, by)), mul(wz, cy))
      const xz = add(add(mul(ux, az), mul(vx, bz)), mul(wx, cz))
      const yzz = add(add(mul(uy, az), mul(vy, bz)), mul(wy, cz))
      const zz = add(add(mul(uz, az), mul(vz, bz)), mul(wz, cz))
      const cxx = add(add(mul(xx, xx), mul(yx, yx)), mul(zxs, zxs))
      const cyy = add(add(mul(xyy, xyy), mul(yy, yy)), mul(zy, zy))
      const czz = add(add(mul(xz, xz), mul(yzz, yzz)), mul(zz, zz))
      const cxy = size(add(add(mul(xx, xyy), mul(yx, yy)), mul(zxs, zy)))
      const cyz = size(add(add(mul(xyy, xz), mul(yy, yzz)), mul(zy, zz)))
      const czx = size(add(add(mul(xz, xx), mul(yzz, yx)), mul(zz, zxs)))
      const bound = most(most(add(add(cxx, cxy), czx), add(add(cyy, cxy), cyz)), add(add(czz, cyz), czx))
      const under = sub(row(room + LIMITS), bound)
      found += append(list + found * 4, n, all, choose(whole, choose(under, none, one), one), table)
    }
  }
  return found
}

/** The square of a stretch that a tension (nine numbers, row by row) does not exceed. */
function stretchOf(tension: Ptr): D {
  let rows: D = 0
  let columns: D = 0
  for (let i: I = 0; i < 3; i++) {
    let across: D = 0
    let along: D = 0
    for (let k: I = 0; k < 3; k++) {
      across += Math.abs(readSingle(tension + (i * 3 + k) * 4))
      along += Math.abs(readSingle(tension + (k * 3 + i) * 4))
    }
    rows = Math.max(rows, across)
    columns = Math.max(columns, along)
  }
  return rows * columns
}

/** Lists, in the same way, which tetrahedra may be turned inside out. */
export function listTurned(vertices: Ptr, places: Ptr, from: I, end: I, room: Ptr, list: Ptr, table: Ptr): I {
  const none = every(0)
  const one = every(1)
  const all = turnsOf(from, end)
  let found: I = 0
  for (let n: I = 0; n < all; n += 4) {
    takeFour(vertices, from + n * SCAN_TURNS, all - n, room)
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      takeEdges(room, places)
      const yz = sub(mul(vy, wz), mul(vz, wy))
      const zx = sub(mul(vz, wx), mul(vx, wz))
      const xy = sub(mul(vx, wy), mul(vy, wx))
      const six = add(add(mul(ux, yz), mul(uy, zx)), mul(uz, xy))
      found += append(list + found * 4, n, all, choose(sub(six, flatSize()), none, one), table)
    }
  }
  return found
}
