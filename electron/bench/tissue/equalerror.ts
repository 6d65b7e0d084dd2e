/**
 * The second race: time to an error of 5 % of a cantilever's deflection, the kernel against the same algorithm in plain
 * TypeScript; how the error falls with the mesh, and what the engine's own substeps make of the beam.
 */
import type { Kernel } from '../../../core/simulation/kernel/kernel.ts'
import { SUBSTEPS } from '../../../core/simulation/tissue/clock.ts'
import { atLeast, atMost, type BenchRow, figure, percentile } from '../row.ts'
import { courantOf, DEFLECTION, GRAVITY, LONG, type Settled, settle } from './cantilever.ts'
import { plainPass } from './plainhookean.ts'

/** Cubes through the beam's height, and how far waves go in a substep, at which the race is run. */
const THROUGH = 4
const COURANT = 0.25
/** Meshes by which the order of convergence is found. */
const MESHES = [1, 2, 4]

export function equalErrorRows(kernelFor: (bytes: number) => Kernel): BenchRow[] {
  const plain = plainPass(GRAVITY)
  const kernel: Settled[] = []
  const rival: Settled[] = []
  // By turns, so that both meet the same machine.
  for (const runs of [2, 1]) {
    for (let run = 0; run < runs; run++) kernel.push(settle(kernelFor, THROUGH, COURANT))
    rival.push(settle(kernelFor, THROUGH, COURANT, plain))
  }
  const seconds = (runs: readonly Settled[]) =>
    percentile(
      runs.map((run) => run.seconds),
      0.5,
    )
  const [one] = kernel
  const title = `cantilever: ${one.tetrahedra} tetrahedra`
  const engine = settle(kernelFor, THROUGH, courantOf(THROUGH))
  const limits = MESHES.map((through) => limitOf(kernelFor, through))
  return [
    figure('cantilever: deflection of theory', (100 * DEFLECTION) / LONG, '% of length'),
    {
      ...atMost(`${title}, error of deflection`, 100 * Math.abs(one.share - 1), '%', 5),
      rival: `plain TypeScript ${(100 * Math.abs(rival[0].share - 1)).toFixed(2)} %`,
    },
    figure(`${title}, substeps a tick for that`, (SUBSTEPS * courantOf(THROUGH)) / COURANT, ''),
    figure(`${title}, time to settle`, seconds(kernel), 's'),
    {
      ...atLeast(`${title}, against plain TypeScript`, seconds(rival) / seconds(kernel), '×', 3),
      rival: `${seconds(rival).toFixed(2)} s`,
    },
    figure(`${title}, deflection at ${SUBSTEPS} substeps a tick, of theory`, engine.share, '×'),
    ...MESHES.map((through, i) =>
      figure(`cantilever: ${through} cubes high, error in the limit of fine substeps`, 100 * (1 - limits[i]), '%'),
    ),
    figure('cantilever: order of convergence', orderOf(limits), ''),
  ]
}

/** Deflection in the limit of fine substeps, of theory's: softness falls with the square of the substep. */
function limitOf(kernelFor: (bytes: number) => Kernel, through: number): number {
  const coarse = settle(kernelFor, through, COURANT, plainPass(GRAVITY)).share
  const fine = settle(kernelFor, through, COURANT / 2, plainPass(GRAVITY)).share
  return fine - (coarse - fine) / 3
}

/** Slope of the error's logarithm by that of the cubes through the height. */
function orderOf(limits: readonly number[]): number {
  const last = limits.length - 1
  return Math.log((1 - limits[0]) / (1 - limits[last])) / Math.log(MESHES[last] / MESHES[0])
}
