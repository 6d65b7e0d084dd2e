/**
 * The force of tissue on an instrument: what the stressed tetrahedra around the faces that it touches pull at those
 * faces' particles, by the energy of the solver (see `kernel/tetrahedra.ts`) and each material's own moduli. The solver's
 * impulses cannot be used: in one pass a substep, a particle of a milligram passes on no more than a fraction of it.
 */

import { closest, gapSquare } from '../kernel/segmenttriangle.ts'
import type { TissueField } from '../tissue/fieldtype.ts'
import { lame, MATERIALS } from '../tissue/materials.ts'
import { COUNT, NONE, type TissueMemory } from '../tissue/memory.ts'
import { CAPSULE, CAPSULE_SLOTS } from '../tissue/tools/capsules.ts'

/** A face this near to an instrument's surface is touched, m. */
const TOUCH_M = 0.0003

const SHEAR = Float64Array.from(MATERIALS, ({ shearPa }) => shearPa)
const BULK = Float64Array.from(MATERIALS, (material) => lame(material) - material.shearPa)

/** Ends of the axis of a capsule, m. */
const x = new Float64Array(6)
const e = new Float64Array(18)
const f = new Float64Array(9)

/** Scratch of the reading, for a field of so many particles. */
export type Reaction = { readonly marked: Uint8Array; readonly force: Float64Array }

export const createReaction = (particles: number): Reaction => ({
  marked: new Uint8Array(particles),
  force: new Float64Array(3),
})

/** Sets `force` to that of tissue on tool number `t` (N, field frame); returns the number of faces that it touches. */
export function readReaction(reaction: Reaction, field: TissueField, t: number): number {
  const { marked, force } = reaction
  force.fill(0)
  const touched = markTouched(reaction, field, t)
  if (touched === 0) return 0
  const { memory } = field.tissue
  const { tetVertex, counts } = memory
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) {
    const a = tetVertex[tet * 4]
    if (a === NONE) continue
    const b = tetVertex[tet * 4 + 1]
    const c = tetVertex[tet * 4 + 2]
    const d = tetVertex[tet * 4 + 3]
    const count = marked[a] + marked[b] + marked[c] + marked[d]
    // A tetrahedron that is touched with all its corners pulls at none of them on balance.
    if (count === 0 || count === 4) continue
    addPull(memory, tet, marked, force)
  }
  return touched
}

function markTouched({ marked }: Reaction, { tissue, surface, capsules }: TissueField, t: number): number {
  const { position, counts } = tissue.memory
  const { triangles } = surface
  const { rows } = capsules
  marked.fill(0, 0, counts[COUNT.particles])
  let touched = 0
  for (let n = 0; n < capsules.count; n++) {
    const at = n * CAPSULE_SLOTS
    if (rows[at + CAPSULE.tool] !== t) continue
    const reach = rows[at + CAPSULE.radius] + TOUCH_M
    for (let i = 0; i < 6; i++) x[i] = rows[at + i]
    const lowX = Math.min(x[0], x[3]) - reach
    const lowY = Math.min(x[1], x[4]) - reach
    const lowZ = Math.min(x[2], x[5]) - reach
    const topX = Math.max(x[0], x[3]) + reach
    const topY = Math.max(x[1], x[4]) + reach
    const topZ = Math.max(x[2], x[5]) + reach
    for (let face = 0; face < surface.count; face++) {
      const i = triangles[face * 3] * 4
      const j = triangles[face * 3 + 1] * 4
      const k = triangles[face * 3 + 2] * 4
      if (Math.max(position[i], position[j], position[k]) < lowX) continue
      if (Math.min(position[i], position[j], position[k]) > topX) continue
      if (Math.max(position[i + 1], position[j + 1], position[k + 1]) < lowY) continue
      if (Math.min(position[i + 1], position[j + 1], position[k + 1]) > topY) continue
      if (Math.max(position[i + 2], position[j + 2], position[k + 2]) < lowZ) continue
      if (Math.min(position[i + 2], position[j + 2], position[k + 2]) > topZ) continue
      const ax = position[i]
      const ay = position[i + 1]
      const az = position[i + 2]
      closest(
        x[0] - ax,
        x[1] - ay,
        x[2] - az,
        x[3] - x[0],
        x[4] - x[1],
        x[5] - x[2],
        position[j] - ax,
        position[j + 1] - ay,
        position[j + 2] - az,
        position[k] - ax,
        position[k + 1] - ay,
        position[k + 2] - az,
      )
      if (gapSquare > reach * reach) continue
      touched++
      marked[i >> 2] = 1
      marked[j >> 2] = 1
      marked[k >> 2] = 1
    }
  }
  return touched
}

/** Adds what tetrahedron `tet` pulls at its marked corners, N. */
function addPull(memory: TissueMemory, tet: number, marked: Uint8Array, force: Float64Array): void {
  const { tetVertex, rest, position, tetMaterial } = memory
  const o = tetVertex[tet * 4]
  for (let k = 0; k < 3; k++) {
    const p = tetVertex[tet * 4 + 1 + k] * 4
    for (let axis = 0; axis < 3; axis++) {
      e[k * 3 + axis] = rest[p + axis] - rest[o * 4 + axis]
      e[9 + k * 3 + axis] = position[p + axis] - position[o * 4 + axis]
    }
  }
  // Rows of six times the volume times the inverse of the rest edges: normals of the faces opposite to each corner.
  const n0x = e[4] * e[8] - e[5] * e[7]
  const n0y = e[5] * e[6] - e[3] * e[8]
  const n0z = e[3] * e[7] - e[4] * e[6]
  const n1x = e[7] * e[2] - e[8] * e[1]
  const n1y = e[8] * e[0] - e[6] * e[2]
  const n1z = e[6] * e[1] - e[7] * e[0]
  const n2x = e[1] * e[5] - e[2] * e[4]
  const n2y = e[2] * e[3] - e[0] * e[5]
  const n2z = e[0] * e[4] - e[1] * e[3]
  const six = e[0] * n0x + e[1] * n0y + e[2] * n0z
  for (let r = 0; r < 3; r++) {
    f[r * 3] = (e[9 + r] * n0x + e[12 + r] * n1x + e[15 + r] * n2x) / six
    f[r * 3 + 1] = (e[9 + r] * n0y + e[12 + r] * n1y + e[15 + r] * n2y) / six
    f[r * 3 + 2] = (e[9 + r] * n0z + e[12 + r] * n1z + e[15 + r] * n2z) / six
  }
  const c0 = f[4] * f[8] - f[5] * f[7]
  const c1 = f[5] * f[6] - f[3] * f[8]
  const c2 = f[3] * f[7] - f[4] * f[6]
  const c3 = f[7] * f[2] - f[8] * f[1]
  const c4 = f[8] * f[0] - f[6] * f[2]
  const c5 = f[6] * f[1] - f[7] * f[0]
  const c6 = f[1] * f[5] - f[2] * f[4]
  const c7 = f[2] * f[3] - f[0] * f[5]
  const c8 = f[0] * f[4] - f[1] * f[3]
  const grown = f[0] * c0 + f[1] * c1 + f[2] * c2
  const shear = SHEAR[tetMaterial[tet]]
  const round = shear * (grown - 2) + BULK[tetMaterial[tet]] * (grown - 1)
  const p0 = shear * f[0] + round * c0
  const p1 = shear * f[1] + round * c1
  const p2 = shear * f[2] + round * c2
  const p3 = shear * f[3] + round * c3
  const p4 = shear * f[4] + round * c4
  const p5 = shear * f[5] + round * c5
  const p6 = shear * f[6] + round * c6
  const p7 = shear * f[7] + round * c7
  const p8 = shear * f[8] + round * c8
  // The first corner's normal is minus the sum of the others'; a corner is drawn by −P·n/6.
  let wx = 0
  let wy = 0
  let wz = 0
  const first = marked[o]
  const w0 = marked[tetVertex[tet * 4 + 1]] - first
  const w1 = marked[tetVertex[tet * 4 + 2]] - first
  const w2 = marked[tetVertex[tet * 4 + 3]] - first
  wx = w0 * n0x + w1 * n1x + w2 * n2x
  wy = w0 * n0y + w1 * n1y + w2 * n2y
  wz = w0 * n0z + w1 * n1z + w2 * n2z
  force[0] -= (p0 * wx + p1 * wy + p2 * wz) / 6
  force[1] -= (p3 * wx + p4 * wy + p5 * wz) / 6
  force[2] -= (p6 * wx + p7 * wy + p8 * wz) / 6
}
