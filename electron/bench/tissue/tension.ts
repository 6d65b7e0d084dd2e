/** How true a material is to itself: a bar is stretched by a tenth, and what it pulls with is weighed. */
import type { Kernel } from '../../../core/simulation/kernel/kernel.ts'
import { MOST_SUBSTEPS, SUBSTEPS, TICK_S } from '../../../core/simulation/tissue/clock.ts'
import { hold, loadLattice } from '../../../core/simulation/tissue/load.ts'
import { MATERIALS, materialNumber } from '../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE } from '../../../core/simulation/tissue/memory.ts'
import { adoptMesh } from '../../../core/simulation/tissue/mesh/adopt.ts'
import { createMesh } from '../../../core/simulation/tissue/mesh/mesh.ts'
import { packAll } from '../../../core/simulation/tissue/packall.ts'
import { boxLattice } from '../../../core/simulation/tissue/shapes.ts'
import { createTissue, stepTissue } from '../../../core/simulation/tissue/solver.ts'
import { type BenchRow, figure } from '../row.ts'

const CUBES = [4, 8, 4] as const
const EDGE = 0.004
const STRAIN = 0.1
const DRAW = 100
const REST = 100
/** kg; so heavy that it stays, and what it moves by shows the force. */
const SCALE_KG = 1000

/** Force of a bar of 16 × 32 × 16 mm at 10 % strain, held at both ends, over E·A·ε. */
export function forceOfStretch(kernelFor: (bytes: number) => Kernel, material: string, substeps = SUBSTEPS): number {
  const h = TICK_S / substeps
  const tissue = createTissue(kernelFor, { particles: 400, tets: 800, edges: 16, substepS: h })
  const { memory, gravity } = tissue
  gravity[1] = 0
  loadLattice(memory, boxLattice(CUBES, EDGE, [0, 0, 0], materialNumber(material)))
  const { position, rest, counts } = memory
  const below: number[] = []
  const above: number[] = []
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (rest[p * 4 + 1] < EDGE / 2) below.push(p)
    else if (rest[p * 4 + 1] > EDGE * (CUBES[1] - 0.5)) above.push(p)
  }
  for (const p of [...below, ...above]) hold(memory, p)
  adoptMesh(createMesh(memory))
  packAll(memory)
  for (let tick = 1; tick <= DRAW + REST; tick++) {
    const drawn = STRAIN * EDGE * CUBES[1] * Math.min(1, tick / DRAW)
    for (const p of above) position[p * 4 + 1] = rest[p * 4 + 1] + drawn
    stepTissue(tissue)
  }
  for (const p of below) position[p * 4 + 3] = 1 / SCALE_KG
  stepTissue(tissue)
  // From rest, it has moved by F/m·h² times 1 + 2 + … in the substeps of the tick.
  const steps = (substeps * (substeps + 1)) / 2
  let force = 0
  for (const p of below) force += ((position[p * 4 + 1] - rest[p * 4 + 1]) * SCALE_KG) / (steps * h * h)
  const { shearPa, poisson } = MATERIALS[materialNumber(material)]
  return force / (2 * shearPa * (1 + poisson) * CUBES[0] * CUBES[2] * EDGE * EDGE * STRAIN)
}

const STIFF = ['gallbladder wall', 'bile duct', 'skin']

export const tensionRows = (kernelFor: (bytes: number) => Kernel): BenchRow[] => [
  ...['liver', 'fat', 'muscle', ...STIFF].map((material) => row(kernelFor, material, SUBSTEPS)),
  ...STIFF.map((material) => row(kernelFor, material, MOST_SUBSTEPS)),
]

const row = (kernelFor: (bytes: number) => Kernel, material: string, substeps: number): BenchRow =>
  figure(
    `tissue: force of ${material} at 10 % strain in ${substeps} substeps, of theory`,
    100 * forceOfStretch(kernelFor, material, substeps),
    '%',
  )
