/** Energy of soft tissue: how it moves, is strained, and lies in the field of gravity. For checks, not for a tick. */
import { carriedShare, lame, MATERIALS } from './materials.ts'
import { COUNT, FIRST_PARTICLE, NONE, type TissueMemory } from './memory.ts'
import type { Tissue } from './solver.ts'

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

const edges = new Float64Array(9)
const inverse = new Float64Array(9)

function strainOf({ position, rest, tetVertex, tetMaterial, substepS }: TissueMemory, t: number): number {
  spanned(rest, tetVertex, t)
  const six = invert()
  spanned(position, tetVertex, t)
  let square = 0
  // F = [a b c]·M, and its determinant by those of both.
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 3; column++) {
      let f = 0
      for (let k = 0; k < 3; k++) f += edges[k * 3 + row] * inverse[k * 3 + column]
      square += f * f
    }
  const grown = determinant() / six - 1
  const material = MATERIALS[tetMaterial[t]]
  const { shearPa } = material
  const density = 0.5 * shearPa * (square - 3) - shearPa * grown + 0.5 * lame(material) * grown * grown
  return (carriedShare(tetMaterial[t], six / 6, substepS) * density * six) / 6
}

/** Puts a tetrahedron's three edge vectors into `edges`, one after the other. */
function spanned(p: Float32Array, tetVertex: Uint32Array, t: number): void {
  const o = tetVertex[t * 4] * 4
  for (let k = 0; k < 3; k++)
    for (let i = 0; i < 3; i++) edges[k * 3 + i] = p[tetVertex[t * 4 + k + 1] * 4 + i] - p[o + i]
}

function determinant(): number {
  const [a, b, c, d, e, f, g, h, i] = edges
  return a * (e * i - f * h) + b * (f * g - d * i) + c * (d * h - e * g)
}

/** Puts into `inverse` the inverse of the matrix whose columns are `edges`, row by row; returns its determinant. */
function invert(): number {
  const six = determinant()
  for (let k = 0; k < 3; k++) {
    const b = ((k + 1) % 3) * 3
    const c = ((k + 2) % 3) * 3
    for (let i = 0; i < 3; i++) {
      const j = (i + 1) % 3
      const l = (i + 2) % 3
      inverse[k * 3 + i] = (edges[b + j] * edges[c + l] - edges[b + l] * edges[c + j]) / six
    }
  }
  return six
}
