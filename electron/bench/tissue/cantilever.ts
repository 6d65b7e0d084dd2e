/** A neo-Hookean cantilever (L/h = 10, ν = 0.3) that settles under its own weight, and what beam theory says of it. */
import type { Kernel } from '../../../core/simulation/kernel/kernel.ts'
import { STEP_S } from '../../../core/simulation/tissue/clock.ts'
import { hold, loadLattice } from '../../../core/simulation/tissue/load.ts'
import { MATERIALS, materialNumber } from '../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE, type TissueMemory } from '../../../core/simulation/tissue/memory.ts'
import { adoptMesh } from '../../../core/simulation/tissue/mesh/adopt.ts'
import { createMesh } from '../../../core/simulation/tissue/mesh/mesh.ts'
import { packAll } from '../../../core/simulation/tissue/packall.ts'
import { boxLattice } from '../../../core/simulation/tissue/shapes.ts'
import { createTissue } from '../../../core/simulation/tissue/solver.ts'

/** Height and width, and length, m. */
const HIGH = 0.01
export const LONG = 10 * HIGH
const MATERIAL = materialNumber('training foam')
/** m/s²: so little that the tip sinks by less than 2 % of the length, and small strains may be assumed. */
export const GRAVITY = -0.2

const { shearPa, poisson, densityKgM3 } = MATERIALS[MATERIAL]
const YOUNG = 2 * shearPa * (1 + poisson)
/** Speed of shear waves, m/s. */
const WAVE = Math.sqrt(shearPa / densityKgM3)

/**
 * Deflection of the tip under the beam's own weight, m: bending by Euler and Bernoulli, q·L⁴/(8·E·I), and shear by
 * Timoshenko, q·L²/(2·κ·G·A) with κ = 5/6.
 */
export const DEFLECTION =
  -densityKgM3 * GRAVITY * LONG ** 2 * ((12 * LONG ** 2) / (8 * YOUNG * HIGH ** 2) + 1 / ((5 / 3) * shearPa))

/** Lowest angular frequency of the beam, rad/s (Euler and Bernoulli). */
const FREQUENCY = (3.516 / LONG ** 2) * HIGH * Math.sqrt(YOUNG / (12 * densityKgM3))
/** Damped just enough not to swing, it has settled to a fraction of a per cent after this, s. */
const SETTLED_S = 9 / FREQUENCY

export type Settled = {
  readonly tetrahedra: number
  /** Passes over all tetrahedra, each a substep. */
  readonly passes: number
  /** Deflection of the tip over that of theory. */
  readonly share: number
  readonly seconds: number
}

/** How a beam's memory is moved by a substep. */
export type Pass = (memory: TissueMemory, h: number, keep: number) => void

/** How far shear waves go in a substep of the engine's tick, as a share of a cube. */
export const courantOf = (through: number): number => (STEP_S * WAVE * through) / HIGH

/**
 * Lets a beam settle. @param through cubes through its height @param courant how far shear waves go in a substep, as a
 * share of a cube
 */
export function settle(
  kernelFor: (bytes: number) => Kernel,
  through: number,
  courant: number,
  passFor?: (memory: TissueMemory) => Pass,
): Settled {
  const edge = HIGH / through
  const lattice = boxLattice([10 * through, through, through], edge, [-LONG / 2, -HIGH / 2, -HIGH / 2], MATERIAL)
  const count = lattice.positions.length / 3
  const h = (courant * edge) / WAVE
  const tissue = createTissue(kernelFor, {
    particles: count + 8,
    tets: lattice.tetrahedra.length / 4,
    edges: 4,
    substepS: h,
  })
  const { memory } = tissue
  loadLattice(memory, lattice)
  const { rest, position, counts } = memory
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) if (rest[p * 4] < edge / 2 - LONG / 2) hold(memory, p)
  adoptMesh(createMesh(memory))
  packAll(memory)
  const keep = 1 - 2 * FREQUENCY * h
  const passes = Math.ceil(SETTLED_S / h)
  const pass = passFor?.(memory) ?? kernelPass(tissue.kernel)
  const began = performance.now()
  for (let i = 0; i < passes; i++) pass(memory, h, keep)
  const seconds = (performance.now() - began) / 1000
  let tip = 0
  let tips = 0
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (rest[p * 4] < LONG / 2 - edge / 2) continue
    tip += rest[p * 4 + 1] - position[p * 4 + 1]
    tips++
  }
  return { tetrahedra: counts[COUNT.tets], passes, share: tip / tips / DEFLECTION, seconds }
}

function kernelPass(kernel: Kernel): Pass {
  return ({ counts, position, previous, velocity, rest, tetBlocks }, h, keep) => {
    const particles = (counts[COUNT.particles] + 3) & ~3
    const x = position.byteOffset
    const v = velocity.byteOffset
    kernel.predict(x, previous.byteOffset, v, rest.byteOffset, particles, 0, GRAVITY, 0, h)
    kernel.solveTetrahedra(tetBlocks.byteOffset, counts[COUNT.tetBlocks], x, v, 1 / (h * h), h, 0, 0)
    kernel.finish(x, previous.byteOffset, v, particles, h, keep, 100)
  }
}
