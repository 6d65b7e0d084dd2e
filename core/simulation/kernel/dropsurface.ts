/** The surface that drops of liquid run over: its faces and vertices; kernel source, see `scalars.ts`. */
import {
  type D,
  type I,
  type Ptr,
  readByte,
  readDouble,
  readInt,
  readSingle,
  writeByte,
  writeDouble,
  writeInt,
} from './scalars.ts'

/**
 * Lays the corners of `count` faces (three vertices each) as rows `a`, `b`, `c`, and lists the vertices that they use in
 * `used`, each once, in order of first use; returns how many these are, or −1 where one is not below `vertices`. `marks`: a
 * byte a vertex, 1 for one that is used, and 2 for one that was before.
 */
export function bindFaces(corners: Ptr, count: I, a: Ptr, b: Ptr, c: Ptr, used: Ptr, marks: Ptr, vertices: I): I {
  for (let v: I = 0; v < vertices; v++) writeByte(marks + v, (readByte(marks + v) & 1) << 1)
  let n: I = 0
  for (let f: I = 0; f < count; f++) {
    for (let k: I = 0; k < 3; k++) {
      const v = readInt(corners + f * 12 + k * 4)
      if (v < 0 || v >= vertices) return -1
      writeInt((k === 0 ? a : k === 1 ? b : c) + f * 4, v)
      const mark = readByte(marks + v)
      if ((mark & 1) !== 0) continue
      writeByte(marks + v, mark | 1)
      writeInt(used + n * 4, v)
      n++
    }
  }
  return n
}

/** Bits of `uses` while some vertices are measured anew: these, and the others of their faces. */
const MOVED: I = 4
const BESIDE: I = 8
const MEASURED: I = 12

/**
 * Area around each of `vertices` vertices, a third of its faces', and the unit normal there (three doubles), of a surface
 * whose vertices lie at `laid` (four numbers each).
 */
export function measureVertices(
  a: Ptr,
  b: Ptr,
  c: Ptr,
  faces: I,
  used: Ptr,
  usedCount: I,
  laid: Ptr,
  area: Ptr,
  normal: Ptr,
  uses: Ptr,
  vertices: I,
): void {
  for (let v: I = 0; v < vertices; v++) writeDouble(area + v * 8, 0)
  for (let i: I = 0; i < usedCount; i++) mark(uses + readInt(used + i * 4), MOVED)
  measureMarked(a, b, c, faces, used, usedCount, laid, area, normal, uses)
}

/** Does the same where `count` vertices listed in `moved`, and only these, have been laid anew. */
export function measureMoved(
  a: Ptr,
  b: Ptr,
  c: Ptr,
  faces: I,
  used: Ptr,
  usedCount: I,
  laid: Ptr,
  area: Ptr,
  normal: Ptr,
  uses: Ptr,
  moved: Ptr,
  count: I,
): void {
  for (let n: I = 0; n < count; n++) mark(uses + readInt(moved + n * 4), MOVED)
  for (let f: I = 0; f < faces; f++) {
    const i: Ptr = uses + readInt(a + f * 4)
    const j: Ptr = uses + readInt(b + f * 4)
    const k: Ptr = uses + readInt(c + f * 4)
    if (((readByte(i) | readByte(j) | readByte(k)) & MOVED) === 0) continue
    mark(i, BESIDE)
    mark(j, BESIDE)
    mark(k, BESIDE)
  }
  measureMarked(a, b, c, faces, used, usedCount, laid, area, normal, uses)
}

// @inline
function mark(use: Ptr, bit: I): void {
  writeByte(use, readByte(use) | bit)
}

/** Measures the vertices that are marked, and takes their marks off. */
function measureMarked(
  a: Ptr,
  b: Ptr,
  c: Ptr,
  faces: I,
  used: Ptr,
  usedCount: I,
  laid: Ptr,
  area: Ptr,
  normal: Ptr,
  uses: Ptr,
): void {
  for (let i: I = 0; i < usedCount; i++) {
    const v = readInt(used + i * 4)
    if ((readByte(uses + v) & MEASURED) === 0) continue
    writeDouble(area + v * 8, 0)
    for (let k: I = 0; k < 24; k += 8) writeDouble(normal + v * 24 + k, 0)
  }
  for (let f: I = 0; f < faces; f++) {
    const i = readInt(a + f * 4)
    const j = readInt(b + f * 4)
    const k = readInt(c + f * 4)
    const useI = readByte(uses + i) & MEASURED
    const useJ = readByte(uses + j) & MEASURED
    const useK = readByte(uses + k) & MEASURED
    if ((useI | useJ | useK) === 0) continue
    const ati: Ptr = laid + i * 16
    const atj: Ptr = laid + j * 16
    const atk: Ptr = laid + k * 16
    const ux = readSingle(atj) - readSingle(ati)
    const uy = readSingle(atj + 4) - readSingle(ati + 4)
    const uz = readSingle(atj + 8) - readSingle(ati + 8)
    const vx = readSingle(atk) - readSingle(ati)
    const vy = readSingle(atk + 4) - readSingle(ati + 4)
    const vz = readSingle(atk + 8) - readSingle(ati + 8)
    const nx = uy * vz - uz * vy
    const ny = uz * vx - ux * vz
    const nz = ux * vy - uy * vx
    const third = Math.sqrt(nx * nx + ny * ny + nz * nz) / 6
    if (useI !== 0) addFace(area + i * 8, normal + i * 24, third, nx, ny, nz)
    if (useJ !== 0) addFace(area + j * 8, normal + j * 24, third, nx, ny, nz)
    if (useK !== 0) addFace(area + k * 8, normal + k * 24, third, nx, ny, nz)
  }
  for (let i: I = 0; i < usedCount; i++) {
    const v = readInt(used + i * 4)
    const use = readByte(uses + v)
    if ((use & MEASURED) === 0) continue
    writeByte(uses + v, use & ~MEASURED)
    const at: Ptr = normal + v * 24
    const x = readDouble(at)
    const y = readDouble(at + 8)
    const z = readDouble(at + 16)
    const length = Math.sqrt(x * x + y * y + z * z)
    const scale: D = length > 1e-14 ? 1 / length : 0
    writeDouble(at, x * scale)
    writeDouble(at + 8, y * scale)
    writeDouble(at + 16, z * scale)
  }
}

// @inline
function addFace(area: Ptr, normal: Ptr, third: D, nx: D, ny: D, nz: D): void {
  writeDouble(area, readDouble(area) + third)
  writeDouble(normal, readDouble(normal) + nx)
  writeDouble(normal + 8, readDouble(normal + 8) + ny)
  writeDouble(normal + 16, readDouble(normal + 16) + nz)
}
