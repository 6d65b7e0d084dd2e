/**
 * Memory for kernel sources that work on one number at a time, in double precision: loops that search, branch, and follow
 * indices. They are written once, like those of `lanes.ts`; in WebAssembly another file takes this one's place
 * (`assembly/scalars.ts`). There +, −, ×, ÷, `Math.sqrt`, `abs`, `min`, `max` on `D` are the machine's, exactly rounded as
 * here, so both give the same bits.
 *
 * Integers are `I`, of 32 bits with a sign: their sums and products must stay within, and NONE reads as −1. Pointers are
 * byte offsets into the memory that `bindScalars` names, multiples of the size of what lies there.
 */

/** Double precision. */
export type D = number
/** Integer of 32 bits. */
export type I = number
/** Byte offset. */
export type Ptr = number

let singles = new Float32Array(0)
let doubles = new Float64Array(0)
let integers = new Int32Array(0)
let bytes = new Uint8Array(0)

/** Says which memory pointers point into. */
export function bindScalars(memory: ArrayBuffer): void {
  singles = new Float32Array(memory)
  doubles = new Float64Array(memory)
  integers = new Int32Array(memory)
  bytes = new Uint8Array(memory)
}

export const readSingle = (at: Ptr): D => singles[at >> 2]
export const readDouble = (at: Ptr): D => doubles[at >> 3]
export const readInt = (at: Ptr): I => integers[at >> 2]
export const readByte = (at: Ptr): I => bytes[at]

/** A number as single precision holds it. */
export const roundSingle = (x: D): D => Math.fround(x)
/** Rounds to single precision. */
export function writeSingle(at: Ptr, x: D): void {
  singles[at >> 2] = x
}
export function writeDouble(at: Ptr, x: D): void {
  doubles[at >> 3] = x
}
export function writeInt(at: Ptr, x: I): void {
  integers[at >> 2] = x
}
export function writeByte(at: Ptr, x: I): void {
  bytes[at] = x
}

/** The greatest integer that is not above `x`, held within 32 bits; 0 for NaN. */
export const floorInt = (x: D): I => Math.max(-2147483648, Math.min(2147483647, Math.floor(x))) | 0
/** The low 32 bits of a product. */
export const times = (a: I, b: I): I => Math.imul(a, b)
