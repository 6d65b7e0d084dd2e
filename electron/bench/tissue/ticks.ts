/** What a tick of the reference scene costs, how cost grows with the mesh, and what a tick leaves for the garbage collector. */
import { PerformanceObserver } from 'node:perf_hooks'
import type { Kernel } from '../../../core/simulation/kernel/kernel.ts'
import { hashField } from '../../../core/simulation/tissue/field.ts'
import { FLUID_COUNT } from '../../../core/simulation/tissue/fluid/memory.ts'
import { COUNT } from '../../../core/simulation/tissue/memory.ts'
import { atLeast, atMost, type BenchRow, figure, percentile } from '../row.ts'
import { openReference, REFERENCE_CUBES, type ReferenceParts, type ReferenceScene } from './reference.ts'

const TICKS = 2000
/** Ticks before anything is measured. */
const WARM = 100
/** Ticks between hashes of the whole state. */
const HASHED = 100
const GROWTH = [
  { cubes: 10, ticks: 300 },
  { cubes: 14, ticks: 300 },
  { cubes: REFERENCE_CUBES, ticks: 200 },
  { cubes: 26, ticks: 100 },
  { cubes: 34, ticks: 60 },
]

export async function tickRows(kernelFor: (bytes: number) => Kernel): Promise<BenchRow[]> {
  return [...(await referenceRows(kernelFor)), ...partRows(kernelFor), ...growthRows(kernelFor)]
}

async function referenceRows(kernelFor: (bytes: number) => Kernel): Promise<BenchRow[]> {
  const scene = openReference(kernelFor, REFERENCE_CUBES)
  for (let tick = 0; tick < WARM; tick++) scene.tick()
  const times = new Float64Array(TICKS)
  const events = new Uint32Array(1)
  const processor = process.threadCpuUsage()
  const collections = await collectionsIn(() => play(scene, times, events))
  const used = process.threadCpuUsage(processor)
  const ticks = [...times]
  const mean = sum(ticks) / TICKS
  const { counts } = scene.field.tissue.memory
  const title = 'tissue: reference scene'
  return [
    figure(`${title}, tetrahedra at the end`, counts[COUNT.tets], ''),
    figure(`${title}, drops at the end`, scene.field.liquids?.fluid.memory.count[FLUID_COUNT.particles] ?? 0, ''),
    figure(`${title}, events`, events[0], ''),
    figure(`${title}, tick, median`, percentile(ticks, 0.5), 'ms'),
    atMost(`${title}, tick, mean`, mean, 'ms', 1.8),
    atMost(`${title}, tick, p95`, percentile(ticks, 0.95), 'ms', 4),
    atMost(`${title}, tick, max`, Math.max(...ticks), 'ms', 8),
    figure(`${title}, tick, processor time, mean`, (used.user + used.system) / 1000 / TICKS, 'ms'),
    atMost(`${title}, headset tier, tick, mean`, mean, 'ms', 1.5),
    atLeast(`${title}, replay against real time`, 10 / mean, '×', 5),
    atMost(`${title}, garbage collections in ${TICKS} ticks`, collections, '', 0),
    figure(`${title}, garbage of a tick`, garbageOf(scene), 'bytes'),
  ]
}

/** Plays ticks as a session does: with their events read, and the state hashed every so often, in the tick's time. */
function play(scene: ReferenceScene, times: Float64Array, events: Uint32Array): void {
  for (let tick = 0; tick < times.length; tick++) {
    const began = performance.now()
    scene.tick()
    events[0] += scene.field.events.count
    if (tick % HASHED === HASHED - 1) hashField(scene.field)
    times[tick] = performance.now() - began
  }
}

/** How often the garbage collector ran meanwhile. */
async function collectionsIn(work: () => void): Promise<number> {
  let count = 0
  const observer = new PerformanceObserver((list) => {
    count += list.getEntries().length
  })
  await turns()
  observer.observe({ entryTypes: ['gc'] })
  work()
  await turns()
  count += observer.takeRecords().length
  observer.disconnect()
  return count
}

/** A few turns of the event loop, in which entries are handed over. */
async function turns(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** Bytes by which the heap grows in a tick: the median of those in which the collector did not run. */
function garbageOf(scene: ReferenceScene): number {
  const grown = new Float64Array(101)
  for (let tick = 0; tick < grown.length; tick++) {
    const before = process.memoryUsage().heapUsed
    scene.tick()
    grown[tick] = process.memoryUsage().heapUsed - before
  }
  return percentile(
    [...grown].filter((bytes) => bytes >= 0),
    0.5,
  )
}

/** The same ticks without some of the parts. */
function partRows(kernelFor: (bytes: number) => Kernel): BenchRow[] {
  const median = (parts: ReferenceParts) => {
    const scene = openReference(kernelFor, REFERENCE_CUBES, parts)
    return percentile(timesOf(scene, 400), 0.5)
  }
  return [
    figure(
      'tissue: tick with instruments in the air, median',
      median({ thread: true, fluid: true, lifted: 0.2 }),
      'ms',
    ),
    figure('tissue: tick without thread and liquid, median', median({ thread: false, fluid: false }), 'ms'),
    figure('tissue: tick without liquid, median', median({ thread: true, fluid: false }), 'ms'),
    figure('tissue: tick without thread, median', median({ thread: false, fluid: true }), 'ms'),
  ]
}

function timesOf(scene: ReferenceScene, ticks: number): number[] {
  for (let tick = 0; tick < WARM; tick++) scene.tick()
  const times = new Float64Array(ticks)
  for (let tick = 0; tick < ticks; tick++) {
    const began = performance.now()
    scene.tick()
    times[tick] = performance.now() - began
  }
  return [...times]
}

/** Tissue, instruments and thread from 1,000 to 50,000 tetrahedra, and the exponent by which cost grows (1: linear). */
function growthRows(kernelFor: (bytes: number) => Kernel): BenchRow[] {
  const points = GROWTH.map(({ cubes, ticks }) => {
    const scene = openReference(kernelFor, cubes, { thread: true, fluid: false })
    return { tets: scene.field.tissue.memory.counts[COUNT.tets], ms: percentile(timesOf(scene, ticks), 0.5) }
  })
  const x = points.map(({ tets }) => Math.log(tets))
  const y = points.map(({ ms }) => Math.log(ms))
  const [mx, my] = [sum(x) / x.length, sum(y) / y.length]
  const exponent = sum(x.map((xi, i) => (xi - mx) * (y[i] - my))) / sum(x.map((xi) => (xi - mx) ** 2))
  return [
    ...points.map(({ tets, ms }) => figure(`tissue: ${tets} tetrahedra, tick, median`, ms, 'ms')),
    figure('tissue: growth of cost with tetrahedra', exponent, 'exponent'),
  ]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
