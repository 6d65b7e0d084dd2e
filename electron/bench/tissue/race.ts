/** The first race: identical edges and volumes, same mesh, same passes, one thread, all rivals by turns in one run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kernel } from '../../../core/simulation/kernel/kernel.ts'
import { sourceRoot } from '../../host/index.ts'
import { atLeast, type BenchRow, figure, percentile } from '../row.ts'
import { edgeVolumeMesh, ITERATIONS, judge, kernelBody, type RaceBody } from './edgevolume.ts'
import { joltBody } from './jolt.ts'
import { plainBody } from './plain.ts'

const MESHES = [
  { cubes: [20, 10, 13], turns: 40 },
  { cubes: [27, 27, 27], turns: 12 },
] as const
/** Ticks in a row of one rival, so that it has the caches to itself. */
const ROW = 5

export async function raceRows(kernelFor: (bytes: number) => Kernel): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const { cubes, turns } of MESHES) {
    const mesh = edgeVolumeMesh(cubes)
    const bodies = { kernel: kernelBody(mesh, kernelFor), jolt: await joltBody(mesh), plain: plainBody(mesh) }
    const times = byTurns(bodies, turns)
    const ms = (name: keyof typeof bodies) => percentile(times[name], 0.5)
    const title = `race: ${mesh.sixVolumes.length} tetrahedra × ${ITERATIONS}`
    const fastest = (name: keyof typeof bodies) => Math.min(...times[name])
    const versus = (name: 'jolt' | 'plain', label: string, budget: number) => {
      const byMedian = ms(name) / ms('kernel')
      const byFastest = fastest(name) / fastest('kernel')
      return {
        ...atLeast(`${title}, against ${label}`, Math.min(byMedian, byFastest), '×', budget),
        rival: `${ms(name).toFixed(2)} ms; by medians ${byMedian.toFixed(2)}, by fastest ticks ${byFastest.toFixed(2)}`,
      }
    }
    rows.push(
      figure(`${title}, kernel`, ms('kernel'), 'ms'),
      versus('jolt', `jolt-physics ${joltVersion()}`, 3),
      versus('plain', 'plain TypeScript', 4),
    )
    for (const name of ['kernel', 'jolt', 'plain'] as const) {
      const { sag, volumeError } = judge(mesh, bodies[name].read())
      const volume = `volumes off by ${(100 * volumeError).toFixed(2)} %`
      rows.push({ ...figure(`${title}, sag at the end, ${name}`, sag * 1000, 'mm'), rival: volume })
    }
  }
  return rows
}

function byTurns<Name extends string>(bodies: Readonly<Record<Name, RaceBody>>, turns: number): Record<Name, number[]> {
  const names = Object.keys(bodies) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (let turn = 0; turn < turns; turn++)
    for (const name of names)
      for (let i = 0; i < ROW; i++) {
        const began = performance.now()
        bodies[name].step()
        times[name].push(performance.now() - began)
      }
  return times
}

function joltVersion(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(sourceRoot, 'node_modules', 'jolt-physics', 'package.json'), 'utf8'),
  )
  return manifest.version
}
