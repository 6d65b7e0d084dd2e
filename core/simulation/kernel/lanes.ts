/**
 * Arithmetic of the kernel on one lane at a time. The kernel's sources are written once, against this face: here every
 * operation is rounded to single precision, in WebAssembly (`assembly/lanes.ts`) the same operation works on four lanes
 * at once. Lanes never mix, so both give the same bits.
 *
 * Pointers are byte offsets into the memory that `bind` names.
 */

/** Four numbers of single precision; here the one of the present lane. */
export type V = number
/** Byte offset. */
export type Ptr = number
/** Single precision. */
export type F = number
/** A count. */
export type Count = number

const { fround, sqrt, abs } = Math
let floats = new Float32Array(0)
let whole = new Uint32Array(0)
let lane = 0

/** How often a block is worked on: once for each lane here, once in all with SIMD. */
export const LANES = 4

/** Says which memory pointers point into. */
export function bind(memory: ArrayBuffer): void {
  floats = new Float32Array(memory)
  whole = new Uint32Array(memory)
}

export function setLane(next: number): void {
  lane = next
}

export const add = (a: V, b: V): V => fround(a + b)
export const sub = (a: V, b: V): V => fround(a - b)
export const mul = (a: V, b: V): V => fround(a * b)
export const div = (a: V, b: V): V => fround(a / b)
export const root = (a: V): V => fround(sqrt(a))
export const size = (a: V): V => abs(a)
export const negative = (a: V): V => -a
/** The smaller one, `a` where neither is. */
export const least = (a: V, b: V): V => (b < a ? b : a)
/** The greater one, `a` where neither is. */
export const most = (a: V, b: V): V => (a < b ? b : a)
/** `a` where `test` is above zero, else `b`. */
export const choose = (test: V, a: V, b: V): V => (test > 0 ? a : b)
/** Whether any lane is above zero. */
export const some = (test: V): boolean => test > 0
export const every = (x: F): V => fround(x)

/** Four numbers that lie side by side. */
export function row(at: Ptr): V {
  return floats[(at >> 2) + lane]
}

/** Four words that lie side by side. */
export function words(at: Ptr): V {
  return whole[(at >> 2) + lane]
}

export function keepWords(at: Ptr, a: V): void {
  whole[(at >> 2) + lane] = a
}

/** Writes four numbers that lie side by side. */
export function keep(at: Ptr, a: V): void {
  floats[(at >> 2) + lane] = a
}

/** Four integers that lie side by side, as numbers. */
export function integers(at: Ptr): V {
  return whole[(at >> 2) + lane]
}

/** An integer (below 2²⁴), the same for all lanes. */
export const everyInteger = (n: Count): V => n

/** The words `first`, `first` + 1, `first` + 2, `first` + 3. */
export const wordsFrom = (first: Count): V => first + lane

/** The sum of a row, the same on each lane's side: (a + b) + (c + d). */
export function sumOfRow(at: Ptr): F {
  const i = at >> 2
  return fround(fround(floats[i] + floats[i + 1]) + fround(floats[i + 2] + floats[i + 3]))
}

/** The greatest of a row. */
export function mostOfRow(at: Ptr): F {
  const i = at >> 2
  return Math.max(Math.max(floats[i], floats[i + 1]), Math.max(floats[i + 2], floats[i + 3]))
}

/** Bytes of the table with which words are packed. */
export const TABLE_BYTES = 256

/** Fills the table: for each set of lanes, the bytes of their words one after the other. */
export function fillTable(table: Uint8Array): void {
  for (let set = 0; set < 16; set++) {
    let to = set * 16
    for (let l = 0; l < 4; l++) if ((set >> l) & 1) for (let b = 0; b < 4; b++) table[to++] = l * 4 + b
  }
}

/**
 * Writes the numbers of those lanes from `first` on whose `test` is above zero and that lie before `end`, one after the
 * other, and tells how many. In WebAssembly four words at `at` are written in any case, and `table` is that of {@link fillTable}.
 */
export function append(at: Ptr, first: Count, end: Count, test: V, _table: Ptr): Count {
  if (!(test > 0) || first + lane >= end) return 0
  whole[at >> 2] = first + lane
  return 1
}

/** Writes those of the four words at `from` whose lanes' `test` is above zero; otherwise like {@link append}. */
export function appendWords(at: Ptr, from: Ptr, test: V, _table: Ptr): Count {
  if (!(test > 0)) return 0
  whole[at >> 2] = whole[(from >> 2) + lane]
  return 1
}

/** A bijection of `w` for each `h`, and of `h` for each `w`. */
export function mixWords(h: V, w: V): V {
  const x = h ^ w
  return Math.imul((x << 13) | (x >>> 19), 0x9e3779b1) + 0x27d4eb2f
}

/** What was gathered last. */
export let gotX: V = 0
export let gotY: V = 0
export let gotZ: V = 0
export let gotW: V = 0

/** Fetches, for each lane, the particle whose number stands at `indices`. */
export function gather(indices: Ptr, particles: Ptr): void {
  const at = (particles >> 2) + whole[(indices >> 2) + lane] * 4
  gotX = floats[at]
  gotY = floats[at + 1]
  gotZ = floats[at + 2]
  gotW = floats[at + 3]
}

/** One of four particles as it lies in memory; here the one of the present lane. */
export type Row = number

/**
 * Fetches the particle whose number stands at place `n` (0–3) of `indices`. Four of them give the lanes of x, y, z and w.
 * Other than {@link gather} this leaves everything in registers: for the innermost loops.
 */
export const fetch = (indices: Ptr, _n: Count, particles: Ptr): Row =>
  (particles >> 2) + whole[(indices >> 2) + lane] * 4
export const xOf = (a: Row, _b: Row, _c: Row, _d: Row): V => floats[a]
export const yOf = (a: Row, _b: Row, _c: Row, _d: Row): V => floats[a + 1]
export const zOf = (a: Row, _b: Row, _c: Row, _d: Row): V => floats[a + 2]
export const wOf = (a: Row, _b: Row, _c: Row, _d: Row): V => floats[a + 3]

/** Fetches one particle for all lanes. */
export function gatherOne(particle: Ptr): void {
  const at = particle >> 2
  gotX = floats[at]
  gotY = floats[at + 1]
  gotZ = floats[at + 2]
  gotW = floats[at + 3]
}

/** Writes each lane's particle back. */
export function scatter(indices: Ptr, particles: Ptr, x: V, y: V, z: V, w: V): void {
  const at = (particles >> 2) + whole[(indices >> 2) + lane] * 4
  floats[at] = x
  floats[at + 1] = y
  floats[at + 2] = z
  floats[at + 3] = w
}

/** Fetches four particles that follow each other. */
export function gatherRun(at: Ptr): void {
  const i = (at >> 2) + lane * 4
  gotX = floats[i]
  gotY = floats[i + 1]
  gotZ = floats[i + 2]
  gotW = floats[i + 3]
}

export function scatterRun(at: Ptr, x: V, y: V, z: V, w: V): void {
  const i = (at >> 2) + lane * 4
  floats[i] = x
  floats[i + 1] = y
  floats[i + 2] = z
  floats[i + 3] = w
}
