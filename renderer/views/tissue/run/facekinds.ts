import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import type { TissueMemory } from '../../../../core/simulation/tissue/memory.ts'

/** For each material what it was before heat coagulated it: what heat does is drawn particle by particle. */
const FRESH = Uint8Array.from(MATERIALS, ({ name }, m) => {
  const raw = MATERIALS.findIndex((one) => name === `${one.name}, coagulated`)
  return raw < 0 ? m : raw
})

/** How far from the plane of the first surface a face may lie and still be part of it, as a share of its size. */
const NEAR = 0.08
/** Least cosine between a face and the first surface. */
const ALIKE = 0.94

/**
 * Tells the skin that an organ came with from the walls that cutting opened, in the shape at rest: what lies on the
 * first surface is skin, however finely it was divided since. Faces that are held are where tissue goes on: there it was
 * cut out of the body.
 */
export class FaceKinds {
  private readonly cell: number
  private readonly cells = new Map<number, number[]>()
  /** Centre and unit normal of each face of the first surface. */
  private readonly faces: number[] = []

  constructor({ rest, position }: TissueMemory, triangles: Uint32Array, count: number) {
    let sum = 0
    for (let t = 0; t < count; t++) {
      if (isHeld(position, triangles, t)) continue
      read(rest, triangles, t)
      for (let i = 0; i < 6; i++) this.faces.push(face[i])
      sum += face[6]
    }
    const skin = this.faces.length / 6
    this.cell = Math.max(1e-4, Math.sqrt(sum / Math.max(1, skin)) * 1.6)
    for (let t = 0; t < skin; t++) {
      const key = this.key(this.faces[t * 6], this.faces[t * 6 + 1], this.faces[t * 6 + 2])
      const list = this.cells.get(key)
      if (list) list.push(t)
      else this.cells.set(key, [t])
    }
  }

  /** Writes the kind of each triangle: fresh material × 2, and 1 more where it was opened. */
  write(
    { rest, tetMaterial }: TissueMemory,
    triangles: Uint32Array,
    corners: Uint32Array,
    count: number,
    kind: Uint8Array,
  ) {
    for (let t = 0; t < count; t++) {
      read(rest, triangles, t)
      kind[t] = FRESH[tetMaterial[corners[t] >> 2]] * 2 + (this.isSkin() ? 0 : 1)
    }
  }

  private isSkin(): boolean {
    const { cell, faces } = this
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (let dz = -1; dz <= 1; dz++) {
          const list = this.cells.get(this.key(face[0] + dx * cell, face[1] + dy * cell, face[2] + dz * cell))
          for (let i = 0; list && i < list.length; i++) {
            const f = list[i] * 6
            const alike = face[3] * faces[f + 3] + face[4] * faces[f + 4] + face[5] * faces[f + 5]
            if (alike < ALIKE) continue
            let off = 0
            for (let k = 0; k < 3; k++) off += (face[k] - faces[f + k]) * faces[f + 3 + k]
            if (Math.abs(off) < NEAR * cell) return true
          }
        }
    return false
  }

  private key(x: number, y: number, z: number): number {
    const at = (v: number) => Math.floor(v / this.cell) + 512
    return (at(x) * 1024 + at(y)) * 1024 + at(z)
  }
}

const isHeld = (position: Float32Array, triangles: Uint32Array, t: number): boolean =>
  position[triangles[t * 3] * 4 + 3] === 0 &&
  position[triangles[t * 3 + 1] * 4 + 3] === 0 &&
  position[triangles[t * 3 + 2] * 4 + 3] === 0

/** Centre, unit normal and area of the face read last. */
const face = new Float64Array(7)

function read(rest: Float32Array, triangles: Uint32Array, t: number): void {
  const a = triangles[t * 3] * 4
  const b = triangles[t * 3 + 1] * 4
  const c = triangles[t * 3 + 2] * 4
  for (let i = 0; i < 3; i++) face[i] = (rest[a + i] + rest[b + i] + rest[c + i]) / 3
  const [ux, uy, uz] = [rest[b] - rest[a], rest[b + 1] - rest[a + 1], rest[b + 2] - rest[a + 2]]
  const [vx, vy, vz] = [rest[c] - rest[a], rest[c + 1] - rest[a + 1], rest[c + 2] - rest[a + 2]]
  const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
  const twice = Math.sqrt(nx * nx + ny * ny + nz * nz)
  const share = twice > 0 ? 1 / twice : 0
  face[3] = nx * share
  face[4] = ny * share
  face[5] = nz * share
  face[6] = twice / 2
}
