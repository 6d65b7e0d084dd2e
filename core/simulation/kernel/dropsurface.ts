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
  vertices: I,
): void {
  for (let v: I = 0; v < vertices; v++) writeDouble(area + v * 8, 0)
  for (let i: I = 0; i < usedCount; i++) {
    const at: Ptr = normal + readInt(used + i * 4) * 24
    for (let k: I = 0; k < 24; k += 8) writeDouble(at + k, 0)
  }
  for (let f: I = 0; f < faces; f++) {
    const i = readInt(a + f * 4)
    const j = readInt(b + f * 4)
    const k = readInt(c + f * 4)
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
    addFace(area + i * 8, normal + i * 24, third, nx, ny, nz)
    addFace(area + j * 8, normal + j * 24, third, nx, ny, nz)
    addFace(area + k * 8, normal + k * 24, third, nx, ny, nz)
  }
  for (let i: I = 0; i < usedCount; i++) {
    const at: Ptr = normal + readInt(used + i * 4) * 24
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
