/** The face of `../scalars.ts` for WebAssembly. AssemblyScript, not TypeScript. */

export type D = f64
export type I = i32
export type Ptr = usize

// @inline
export function readSingle(at: usize): f64 { return <f64>load<f32>(at) }
// @inline
export function readDouble(at: usize): f64 { return load<f64>(at) }
// @inline
export function readInt(at: usize): i32 { return load<i32>(at) }
// @inline
export function readByte(at: usize): i32 { return <i32>load<u8>(at) }
// @inline
export function roundSingle(x: f64): f64 { return <f64><f32>x }
// @inline
export function writeSingle(at: usize, x: f64): void { store<f32>(at, <f32>x) }
// @inline
export function writeDouble(at: usize, x: f64): void { store<f64>(at, x) }
// @inline
export function writeInt(at: usize, x: i32): void { store<i32>(at, x) }
// @inline
export function writeByte(at: usize, x: i32): void { store<u8>(at, <u8>x) }
// @inline
export function floorInt(x: f64): i32 { return <i32>Math.floor(x) }
// @inline
export function times(a: i32, b: i32): i32 { return a * b }
