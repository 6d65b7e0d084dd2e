/** The kernel's neo-Hookean tetrahedra in plain TypeScript: typed arrays of doubles, scalar loops, no rounding. */
import { CURVED } from '../../../core/simulation/kernel/tetrahedra.ts'
import { lame, MATERIALS } from '../../../core/simulation/tissue/materials.ts'
import { COUNT, type TissueMemory } from '../../../core/simulation/tissue/memory.ts'
import type { Pass } from './cantilever.ts'

/** Vertices (times 4), inverse rest matrix (row by row), compliances of shape and of volume. */
type Mesh = { readonly vertices: Uint32Array; readonly numbers: Float64Array }

const NUMBERS = 11

/** Moves a tissue's memory as the kernel would, in doubles of its own; `position` is written back. */
export function plainPass(gravity: number): (memory: TissueMemory) => Pass {
  return (memory) => {
    const count = memory.counts[COUNT.particles] * 4
    const x = Float64Array.from(memory.position.subarray(0, count))
    const before = new Float64Array(count)
    const v = new Float64Array(count)
    const mesh = meshOf(memory)
    return ({ position }, h, keep) => {
      for (let i = 0; i < count; i += 4) {
        before[i] = x[i]
        before[i + 1] = x[i + 1]
        before[i + 2] = x[i + 2]
        if (x[i + 3] === 0) continue
        v[i + 1] += gravity * h
        x[i] += v[i] * h
        x[i + 1] += v[i + 1] * h
        x[i + 2] += v[i + 2] * h
      }
      solve(x, mesh, 1 / (h * h))
      const rate = keep / h
      for (let i = 0; i < count; i += 4) {
        for (let k = i; k < i + 3; k++) {
          v[k] = (x[k] - before[k]) * rate
          position[k] = x[k]
        }
      }
    }
  }
}

function meshOf({ tetVertex, tetMaterial, rest, counts }: TissueMemory): Mesh {
  const tets = counts[COUNT.tets]
  const vertices = new Uint32Array(tets * 4)
  const numbers = new Float64Array(tets * NUMBERS)
  for (let t = 0; t < tets; t++) {
    for (let k = 0; k < 4; k++) vertices[t * 4 + k] = tetVertex[t * 4 + k] * 4
    const [o, a, b, c] = vertices.subarray(t * 4, t * 4 + 4)
    const e = (p: number, axis: number) => rest[p + axis] - rest[o + axis]
    const cross = (p: number, q: number, i: number, j: number) => e(p, i) * e(q, j) - e(p, j) * e(q, i)
    const six = e(a, 0) * cross(b, c, 1, 2) + e(a, 1) * cross(b, c, 2, 0) + e(a, 2) * cross(b, c, 0, 1)
    const pairs = [
      [b, c],
      [c, a],
      [a, b],
    ]
    for (let row = 0; row < 3; row++)
      for (let axis = 0; axis < 3; axis++) {
        const [p, q] = pairs[row]
        numbers[t * NUMBERS + row * 3 + axis] = cross(p, q, (axis + 1) % 3, (axis + 2) % 3) / six
      }
    const material = MATERIALS[tetMaterial[t]]
    numbers[t * NUMBERS + 9] = 6 / (material.shearPa * six)
    numbers[t * NUMBERS + 10] = 6 / ((lame(material) - material.shearPa) * six)
  }
  return { vertices, numbers }
}

function solve(x: Float64Array, { vertices, numbers }: Mesh, perStep: number): void {
  for (let at = 0, n = 0; at < vertices.length; at += 4, n += NUMBERS) {
    const o = vertices[at]
    const a = vertices[at + 1]
    const b = vertices[at + 2]
    const c = vertices[at + 3]
    const ax = x[a] - x[o]
    const ay = x[a + 1] - x[o + 1]
    const az = x[a + 2] - x[o + 2]
    const bx = x[b] - x[o]
    const by = x[b + 1] - x[o + 1]
    const bz = x[b + 2] - x[o + 2]
    const cx = x[c] - x[o]
    const cy = x[c + 1] - x[o + 1]
    const cz = x[c + 2] - x[o + 2]
    const m00 = numbers[n]
    const m01 = numbers[n + 1]
    const m02 = numbers[n + 2]
    const m10 = numbers[n + 3]
    const m11 = numbers[n + 4]
    const m12 = numbers[n + 5]
    const m20 = numbers[n + 6]
    const m21 = numbers[n + 7]
    const m22 = numbers[n + 8]
    const fx = ax * m00 + bx * m10 + cx * m20
    const fy = ay * m00 + by * m10 + cy * m20
    const fz = az * m00 + bz * m10 + cz * m20
    const gx = ax * m01 + bx * m11 + cx * m21
    const gy = ay * m01 + by * m11 + cy * m21
    const gz = az * m01 + bz * m11 + cz * m21
    const kx = ax * m02 + bx * m12 + cx * m22
    const ky = ay * m02 + by * m12 + cy * m22
    const kz = az * m02 + bz * m12 + cz * m22
    const px = gy * kz - gz * ky
    const py = gz * kx - gx * kz
    const pz = gx * ky - gy * kx
    const qx = ky * fz - kz * fy
    const qy = kz * fx - kx * fz
    const qz = kx * fy - ky * fx
    const rx = fy * gz - fz * gy
    const ry = fz * gx - fx * gz
    const rz = fx * gy - fy * gx
    const volume = fx * px + fy * py + fz * pz
    const k1 = volume - 2
    const sx = fx + k1 * px
    const sy = fy + k1 * py
    const sz = fz + k1 * pz
    const tx = gx + k1 * qx
    const ty = gy + k1 * qy
    const tz = gz + k1 * qz
    const ux = kx + k1 * rx
    const uy = ky + k1 * ry
    const uz = kz + k1 * rz
    const square = fx * fx + fy * fy + fz * fz + gx * gx + gy * gy + gz * gz + kx * kx + ky * ky + kz * kz
    const exact = square + volume * (volume - 4)
    const small = 0.5 * (sx * sx + sy * sy + sz * sz + tx * tx + ty * ty + tz * tz + ux * ux + uy * uy + uz * uz)
    const strain = Math.sqrt(exact > 1e-4 ? exact : Math.max(small, 1e-24))
    const per = 1 / strain
    const d1x = per * (sx * m00 + tx * m01 + ux * m02)
    const d1y = per * (sy * m00 + ty * m01 + uy * m02)
    const d1z = per * (sz * m00 + tz * m01 + uz * m02)
    const d2x = per * (sx * m10 + tx * m11 + ux * m12)
    const d2y = per * (sy * m10 + ty * m11 + uy * m12)
    const d2z = per * (sz * m10 + tz * m11 + uz * m12)
    const d3x = per * (sx * m20 + tx * m21 + ux * m22)
    const d3y = per * (sy * m20 + ty * m21 + uy * m22)
    const d3z = per * (sz * m20 + tz * m21 + uz * m22)
    const e1x = px * m00 + qx * m01 + rx * m02
    const e1y = py * m00 + qy * m01 + ry * m02
    const e1z = pz * m00 + qz * m01 + rz * m02
    const e2x = px * m10 + qx * m11 + rx * m12
    const e2y = py * m10 + qy * m11 + ry * m12
    const e2z = pz * m10 + qz * m11 + rz * m12
    const e3x = px * m20 + qx * m21 + rx * m22
    const e3y = py * m20 + qy * m21 + ry * m22
    const e3z = pz * m20 + qz * m21 + rz * m22
    const d0x = -(d1x + d2x + d3x)
    const d0y = -(d1y + d2y + d3y)
    const d0z = -(d1z + d2z + d3z)
    const e0x = -(e1x + e2x + e3x)
    const e0y = -(e1y + e2y + e3y)
    const e0z = -(e1z + e2z + e3z)
    const w0 = x[o + 3]
    const w1 = x[a + 3]
    const w2 = x[b + 3]
    const w3 = x[c + 3]
    const dd =
      w0 * (d0x * d0x + d0y * d0y + d0z * d0z) +
      w1 * (d1x * d1x + d1y * d1y + d1z * d1z) +
      w2 * (d2x * d2x + d2y * d2y + d2z * d2z) +
      w3 * (d3x * d3x + d3y * d3y + d3z * d3z)
    const de =
      w0 * (d0x * e0x + d0y * e0y + d0z * e0z) +
      w1 * (d1x * e1x + d1y * e1y + d1z * e1z) +
      w2 * (d2x * e2x + d2y * e2y + d2z * e2z) +
      w3 * (d3x * e3x + d3y * e3y + d3z * e3z)
    const ee =
      w0 * (e0x * e0x + e0y * e0y + e0z * e0z) +
      w1 * (e1x * e1x + e1y * e1y + e1z * e1z) +
      w2 * (e2x * e2x + e2y * e2y + e2z * e2z) +
      w3 * (e3x * e3x + e3y * e3y + e3z * e3z)
    const n0 = m00 + m10 + m20
    const n1 = m01 + m11 + m21
    const n2 = m02 + m12 + m22
    const curve =
      w0 * (n0 * n0 + n1 * n1 + n2 * n2) +
      w1 * (m00 * m00 + m01 * m01 + m02 * m02) +
      w2 * (m10 * m10 + m11 * m11 + m12 * m12) +
      w3 * (m20 * m20 + m21 * m21 + m22 * m22)
    const give = numbers[n + 9] * perStep
    const yields = numbers[n + 10] * perStep
    const s = -strain / (Math.max(dd, CURVED * curve) + give)
    const t = -(volume - 1 + de * s) / (ee + yields)
    x[o] += w0 * (s * d0x + t * e0x)
    x[o + 1] += w0 * (s * d0y + t * e0y)
    x[o + 2] += w0 * (s * d0z + t * e0z)
    x[a] += w1 * (s * d1x + t * e1x)
    x[a + 1] += w1 * (s * d1y + t * e1y)
    x[a + 2] += w1 * (s * d1z + t * e1z)
    x[b] += w2 * (s * d2x + t * e2x)
    x[b + 1] += w2 * (s * d2y + t * e2y)
    x[b + 2] += w2 * (s * d2z + t * e2z)
    x[c] += w3 * (s * d3x + t * e3x)
    x[c + 1] += w3 * (s * d3y + t * e3y)
    x[c + 2] += w3 * (s * d3z + t * e3z)
  }
}
