/** Energy of soft tissue: how it moves, is strained, and lies in the field of gravity. For checks, not for a tick. */
import { restVolume, volumeNow } from './load.ts'
import { carriedShare, lame, MATERIALS } from './materials.ts'
import { COUNT, FIRST_PARTICLE, NONE, type TissueMemory } from './memory.ts'
import { cauchyGreen } from './mesh/strain.ts'
import type { Tissue } from './solver.ts'

const tensor = new Float64Array(6)

/** Joules; `height` against the origin of the field. */
export type TissueEnergy = { readonly motion: number; readonly strain: number; readonly height: number }

/**
 * Energy of all tetrahedra and particles, by the inertia and stiffness that they are solved with. Strain: Ψ = μ/2·(tr FᵀF − 3) − μ(J − 1) + λ/2·(J − 1)² over the volume at rest
 * (Macklin & Müller 2021, doi:10.1145/3487983.3488289), as the kernel solves it.
 */
export function energyOf({ memory, gravity }: Tissue): TissueEnergy {
  const { counts, position, velocity, rest, tetVertex } = memory
  let motion = 0
  let height = 0
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (position[p * 4 + 3] === 0) continue
    const mass = rest[p * 4 + 3]
    const inertia = velocity[p * 4 + 3]
    for (let i = 0; i < 3; i++) {
      motion += 0.5 * inertia * velocity[p * 4 + i] * velocity[p * 4 + i]
      height -= mass * gravity[i] * position[p * 4 + i]
    }
  }
  let strain = 0
  for (let t = 0; t < counts[COUNT.tets]; t++) if (tetVertex[t * 4] !== NONE) strain += strainOf(memory, t)
  return { motion, strain, height }
}

function strainOf(memory: TissueMemory, t: number): number {
  const { tetMaterial, substepS } = memory
  const six = restVolume(memory, t) * 6
  cauchyGreen(memory, t, tensor)
  const [xx, yy, zz, xy, yz, zx] = tensor
  const square = xx + yy + zz
  const det = xx * (yy * zz - yz * yz) + xy * (yz * zx - xy * zz) + zx * (xy * yz - yy * zx)
  const grown = (volumeNow(memory, t) < 0 ? -1 : 1) * Math.sqrt(Math.max(0, det)) - 1
  const material = MATERIALS[tetMaterial[t]]
  const { shearPa } = material
  const density = 0.5 * shearPa * (square - 3) - shearPa * grown + 0.5 * lame(material) * grown * grown
  return (carriedShare(tetMaterial[t], six / 6, substepS) * density * six) / 6
}
