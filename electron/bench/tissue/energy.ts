/** How much energy comes back after a block of tissue was drawn aside and let go: none should. */
import type { Kernel } from '../../../core/simulation/kernel/kernel.ts'
import { SUBSTEPS, TICK_S } from '../../../core/simulation/tissue/clock.ts'
import { energyOf } from '../../../core/simulation/tissue/energy.ts'
import { hold, loadLattice, release } from '../../../core/simulation/tissue/load.ts'
import { materialNumber } from '../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE } from '../../../core/simulation/tissue/memory.ts'
import { adoptMesh } from '../../../core/simulation/tissue/mesh/adopt.ts'
import { createMesh } from '../../../core/simulation/tissue/mesh/mesh.ts'
import { packAll } from '../../../core/simulation/tissue/packall.ts'
import { boxLattice } from '../../../core/simulation/tissue/shapes.ts'
import { createTissue, stepTissue, type Tissue } from '../../../core/simulation/tissue/solver.ts'
import { atMost, type BenchRow } from '../row.ts'

const CUBES = [4, 5, 4] as const
const EDGE = 0.004
const SETTLE = 400
const DRAW = 50
const WATCH = 300

/**
 * Energy after release, tick by tick, as shares of what was put in: first 1, at rest 0.
 * @param by how far the block's top is drawn aside, m
 */
export function energyAfterYank(
  kernelFor: (bytes: number) => Kernel,
  material: string,
  by: number,
  substeps = SUBSTEPS,
): number[] {
  const tissue = createTissue(kernelFor, { particles: 400, tets: 800, edges: 16, substepS: TICK_S / substeps })
  const { memory } = tissue
  loadLattice(memory, boxLattice(CUBES, EDGE, [0, 0, 0], materialNumber(material)))
  const { position, rest, counts } = memory
  const top: number[] = []
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (rest[p * 4 + 1] < EDGE * 0.5) hold(memory, p)
    else if (rest[p * 4 + 1] > EDGE * (CUBES[1] - 0.5)) top.push(p)
  }
  adoptMesh(createMesh(memory))
  packAll(memory)
  for (let i = 0; i < SETTLE; i++) stepTissue(tissue)
  const floor = total(tissue)
  const from = top.map((p) => position[p * 4])
  for (const p of top) hold(memory, p)
  for (let i = 1; i <= DRAW; i++) {
    for (let n = 0; n < top.length; n++) position[top[n] * 4] = from[n] + (by * i) / DRAW
    stepTissue(tissue)
  }
  for (const p of top) release(memory, p)
  const all = [total(tissue) - floor]
  for (let i = 0; i < WATCH; i++) {
    stepTissue(tissue)
    all.push(total(tissue) - floor)
  }
  return all.map((joules) => joules / all[0])
}

function total(tissue: Tissue): number {
  const { motion, strain, height } = energyOf(tissue)
  return motion + strain + height
}

/** The most by which energies rise again above what they had fallen to. */
export function greatestRise(energies: readonly number[]): number {
  let least = Infinity
  let rise = 0
  for (const energy of energies) {
    least = Math.min(least, energy)
    rise = Math.max(rise, energy - least)
  }
  return rise
}

export function energyRows(kernelFor: (bytes: number) => Kernel): BenchRow[] {
  const rows: BenchRow[] = []
  for (const material of ['liver', 'fat', 'muscle', 'gallbladder wall', 'bile duct', 'skin']) {
    const rise = Math.max(...[0.004, 0.012].map((by) => greatestRise(energyAfterYank(kernelFor, material, by))))
    rows.push(atMost(`tissue: energy that comes back, ${material}`, 100 * rise, '%', 1))
  }
  return rows
}
