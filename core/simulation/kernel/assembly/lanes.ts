/** The face of `../lanes.ts` for WebAssembly: four lanes at once. AssemblyScript, not TypeScript. */

export type V = v128
export type Ptr = usize
export type F = f32
export type Count = i32

export const LANES: i32 = 1
export function setLane(next: i32): void {}

export function add(a: v128, b: v128): v128 { return f32x4.add(a, b) }
export function sub(a: v128, b: v128): v128 { return f32x4.sub(a, b) }
export function mul(a: v128, b: v128): v128 { return f32x4.mul(a, b) }
export function div(a: v128, b: v128): v128 { return f32x4.div(a, b) }
export function root(a: v128): v128 { return f32x4.sqrt(a) }
export function size(a: v128): v128 { return f32x4.abs(a) }
export function negative(a: v128): v128 { return f32x4.neg(a) }
export function least(a: v128, b: v128): v128 { return f32x4.pmin(a, b) }
export function most(a: v128, b: v128): v128 { return f32x4.pmax(a, b) }
export function choose(test: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, f32x4.gt(test, f32x4.splat(0)))
}
export function some(test: v128): bool { return v128.any_true(f32x4.gt(test, f32x4.splat(0))) }
export function every(x: f32): v128 { return f32x4.splat(x) }
export function row(at: usize): v128 { return v128.load(at) }

export function words(at: usize): v128 { return v128.load(at) }
export function keepWords(at: usize, a: v128): void { v128.store(at, a) }
export function wordsFrom(first: i32): v128 { return i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3)) }
export function keep(at: usize, a: v128): void { v128.store(at, a) }
export function integers(at: usize): v128 { return f32x4.convert_i32x4_u(v128.load(at)) }
export function everyInteger(n: i32): v128 { return f32x4.splat(<f32>n) }
export function sumOfRow(at: usize): f32 { return (load<f32>(at) + load<f32>(at + 4)) + (load<f32>(at + 8) + load<f32>(at + 12)) }
export function mostOfRow(at: usize): f32 {
  return max<f32>(max<f32>(load<f32>(at), load<f32>(at + 4)), max<f32>(load<f32>(at + 8), load<f32>(at + 12)))
}
// @inline
export function append(at: usize, first: i32, end: i32, test: v128, table: usize): i32 {
  let those = i32x4.bitmask(f32x4.gt(test, f32x4.splat(0)))
  const left = end - first
  if (left < 4) those &= (1 << left) - 1
  v128.store(at, i8x16.swizzle(wordsFrom(first), v128.load(table + (<usize>those << 4))))
  return popcnt(those)
}
// @inline
export function appendWords(at: usize, from: usize, test: v128, table: usize): i32 {
  const those = i32x4.bitmask(f32x4.gt(test, f32x4.splat(0)))
  v128.store(at, i8x16.swizzle(v128.load(from), v128.load(table + (<usize>those << 4))))
  return popcnt(those)
}
export function mixWords(h: v128, w: v128): v128 {
  const x = v128.xor(h, w)
  const turned = v128.or(i32x4.shl(x, 13), i32x4.shr_u(x, 19))
  return i32x4.add(i32x4.mul(turned, i32x4.splat(0x9e3779b1)), i32x4.splat(0x27d4eb2f))
}

export let gotX: v128 = f32x4.splat(0)
export let gotY: v128 = f32x4.splat(0)
export let gotZ: v128 = f32x4.splat(0)
export let gotW: v128 = f32x4.splat(0)

// @inline
function turn(a: v128, b: v128, c: v128, d: v128): void {
  const ab = v128.shuffle<f32>(a, b, 0, 1, 4, 5)
  const abHigh = v128.shuffle<f32>(a, b, 2, 3, 6, 7)
  const cd = v128.shuffle<f32>(c, d, 0, 1, 4, 5)
  const cdHigh = v128.shuffle<f32>(c, d, 2, 3, 6, 7)
  gotX = v128.shuffle<f32>(ab, cd, 0, 2, 4, 6)
  gotY = v128.shuffle<f32>(ab, cd, 1, 3, 5, 7)
  gotZ = v128.shuffle<f32>(abHigh, cdHigh, 0, 2, 4, 6)
  gotW = v128.shuffle<f32>(abHigh, cdHigh, 1, 3, 5, 7)
}

// @inline
export function gather(indices: usize, particles: usize): void {
  turn(
    v128.load(particles + <usize>load<u32>(indices) * 16),
    v128.load(particles + <usize>load<u32>(indices + 4) * 16),
    v128.load(particles + <usize>load<u32>(indices + 8) * 16),
    v128.load(particles + <usize>load<u32>(indices + 12) * 16),
  )
}

export type Row = v128
// @inline
export function fetch(indices: usize, n: i32, particles: usize): v128 {
  return v128.load(particles + (<usize>load<u32>(indices + (<usize>n << 2)) << 4))
}
// @inline
export function xOf(a: v128, b: v128, c: v128, d: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 0, 1, 4, 5), 0, 2, 4, 6)
}
// @inline
export function yOf(a: v128, b: v128, c: v128, d: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 0, 1, 4, 5), 1, 3, 5, 7)
}
// @inline
export function zOf(a: v128, b: v128, c: v128, d: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(a, b, 2, 3, 6, 7), v128.shuffle<f32>(c, d, 2, 3, 6, 7), 0, 2, 4, 6)
}
// @inline
export function wOf(a: v128, b: v128, c: v128, d: v128): v128 {
  return v128.shuffle<f32>(v128.shuffle<f32>(a, b, 2, 3, 6, 7), v128.shuffle<f32>(c, d, 2, 3, 6, 7), 1, 3, 5, 7)
}

// @inline
export function gatherOne(particle: usize): void {
  gotX = v128.load32_splat(particle)
  gotY = v128.load32_splat(particle, 4)
  gotZ = v128.load32_splat(particle, 8)
  gotW = v128.load32_splat(particle, 12)
}

// @inline
export function scatter(indices: usize, particles: usize, x: v128, y: v128, z: v128, w: v128): void {
  const xy = v128.shuffle<f32>(x, y, 0, 4, 1, 5)
  const xyHigh = v128.shuffle<f32>(x, y, 2, 6, 3, 7)
  const zw = v128.shuffle<f32>(z, w, 0, 4, 1, 5)
  const zwHigh = v128.shuffle<f32>(z, w, 2, 6, 3, 7)
  v128.store(particles + <usize>load<u32>(indices) * 16, v128.shuffle<f32>(xy, zw, 0, 1, 4, 5))
  v128.store(particles + <usize>load<u32>(indices + 4) * 16, v128.shuffle<f32>(xy, zw, 2, 3, 6, 7))
  v128.store(particles + <usize>load<u32>(indices + 8) * 16, v128.shuffle<f32>(xyHigh, zwHigh, 0, 1, 4, 5))
  v128.store(particles + <usize>load<u32>(indices + 12) * 16, v128.shuffle<f32>(xyHigh, zwHigh, 2, 3, 6, 7))
}

// @inline
export function gatherRun(at: usize): void {
  turn(v128.load(at), v128.load(at, 16), v128.load(at, 32), v128.load(at, 48))
}

// @inline
export function scatterRun(at: usize, x: v128, y: v128, z: v128, w: v128): void {
  const xy = v128.shuffle<f32>(x, y, 0, 4, 1, 5)
  const xyHigh = v128.shuffle<f32>(x, y, 2, 6, 3, 7)
  const zw = v128.shuffle<f32>(z, w, 0, 4, 1, 5)
  const zwHigh = v128.shuffle<f32>(z, w, 2, 6, 3, 7)
  v128.store(at, v128.shuffle<f32>(xy, zw, 0, 1, 4, 5))
  v128.store(at, v128.shuffle<f32>(xy, zw, 2, 3, 6, 7), 16)
  v128.store(at, v128.shuffle<f32>(xyHigh, zwHigh, 0, 1, 4, 5), 32)
  v128.store(at, v128.shuffle<f32>(xyHigh, zwHigh, 2, 3, 6, 7), 48)
}
