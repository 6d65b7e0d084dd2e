/** Minutes of violence on every scene of living tissue: what must never happen, and how tissue is once it is let alone. */
import { wasmKernel } from '../../core/simulation/kernel/kernel.ts'
import { openScene, type RunningScene } from '../../core/simulation/scene/scene.ts'
import type { Scene } from '../../core/simulation/scene/schema.ts'
import { kernelWasm } from '../engine/kernel.ts'
import { sourceRoot } from '../host/index.ts'
import { namedScenes, readScene } from '../shell/scenefiles.ts'
import { atMost, type BenchGroup, type BenchRow, figure } from './row.ts'
import { fullnessOf, fullnessUnbound, letRest, offAlone, offAsWhole } from './tissue/afterwards.ts'
import { FASTEST_M_S, violentHand } from './tissue/violence.ts'

const MINUTES = 10
/** Ticks of violence between two rests. */
const BOUT_TICKS = 3000
/** A scene of which less tissue is left is laid anew: violence on nothing would show nothing. */
const LEAST_LEFT = 0.5
/** Share by which a volume may differ from that at rest. */
const MOST_OFF = 0.01

/** What one scene showed in all its bouts. */
type Tally = {
  bouts: number
  anew: number
  fastest: number
  inverted: number
  pieces: number
  off: number
  worst: number
}

export const benchSoak: BenchGroup = async ({ minutes = MINUTES, scenes: only }) => {
  const module = await WebAssembly.compile(await kernelWasm(sourceRoot))
  const scenes = namedScenes(sourceRoot, only).map((name) => readScene(sourceRoot, name))
  const rows: BenchRow[] = []
  for (const scene of scenes) {
    process.stderr.write(`soaking ${scene.name} …\n`)
    const found = soak(scene, minutes, () => openScene(scene, (bytes) => wasmKernel(module, bytes)))
    for (const { name, value, unit } of found) process.stderr.write(`  ${name}: ${value} ${unit}\n`)
    rows.push(...found)
  }
  return rows
}

function soak(scene: Scene, minutes: number, open: () => RunningScene): BenchRow[] {
  const title = `soak: ${scene.name}`
  const tally: Tally = { bouts: 0, anew: 0, fastest: 0, inverted: 0, pieces: 0, off: 0, worst: 0 }
  const errors: string[] = []
  let running: RunningScene | undefined
  let whole = 0
  const bouts = Math.ceil((minutes * 6000) / BOUT_TICKS)
  const used = process.threadCpuUsage()
  for (let bout = 0; bout < bouts; bout++) {
    try {
      if (!running) {
        running = open()
        letRest(running)
        whole = fullnessOf(running.field).rest
        tally.anew++
      }
      bear(running, bout + 1, tally)
      process.stderr.write(`  bout ${bout + 1}: ${JSON.stringify(tally)}\n`)
      if (fullnessOf(running.field).rest < LEAST_LEFT * whole) running = undefined
    } catch (error) {
      errors.push(
        `bout ${bout + 1}: ${error instanceof Error ? `${error.message} ${error.stack?.split('\n')[1]?.trim()}` : String(error)}`,
      )
      running = undefined
    }
  }
  const { user, system } = process.threadCpuUsage(used)
  return [
    { ...atMost(`${title}, errors`, errors.length, '', 0), ...(errors.length > 0 ? { rival: errors.join('; ') } : {}) },
    atMost(`${title}, greatest speed`, tally.fastest, 'm/s', FASTEST_M_S),
    atMost(`${title}, tetrahedra inside out 2 s after it`, tally.inverted, '', 0),
    atMost(`${title}, volume of all tissue, clips and threads taken off, off by`, 100 * tally.off, '%', 100 * MOST_OFF),
    atMost(`${title}, volume of a piece that nothing presses off by`, 100 * tally.worst, '%', 100 * MOST_OFF),
    figure(`${title}, most pieces`, tally.pieces, ''),
    figure(`${title}, laid anew`, tally.anew - 1, 'times'),
    figure(`${title}, tick`, (user + system) / 1000 / (bouts * BOUT_TICKS), 'ms'),
  ]
}

/** One bout of violence, and the two seconds after it. */
function bear(running: RunningScene, seed: number, tally: Tally): void {
  const act = violentHand(running, seed)
  for (let tick = 0; tick < BOUT_TICKS; tick++) {
    const speed = act()
    // What is not a number is worse than all.
    if (!(speed <= tally.fastest)) tally.fastest = Number.isNaN(speed) ? Infinity : speed
  }
  letRest(running)
  const { field } = running
  const rested = fullnessOf(field)
  tally.bouts++
  tally.inverted = Math.max(tally.inverted, rested.inverted)
  tally.pieces = Math.max(tally.pieces, rested.pieces.length)
  tally.off = Math.max(tally.off, offAsWhole(fullnessUnbound(field)))
  tally.worst = Math.max(tally.worst, offAlone(field))
}
