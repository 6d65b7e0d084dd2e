/** A rod world in small: gravity, rods, velocities; as the solver of tissue does it in each substep of 2 ms. */
import { createTissueMemory, type TissueMemory, tissueBytes } from '../../../../../core/simulation/tissue/memory.ts'
import { aim } from '../../../../../core/simulation/tissue/thread/grasp.ts'
import type { RodMaterial } from '../../../../../core/simulation/tissue/thread/materials.ts'
import {
  addRod,
  createThreadMemory,
  ROD_COUNT,
  threadBytes,
} from '../../../../../core/simulation/tissue/thread/memory.ts'
import { solveThreads } from '../../../../../core/simulation/tissue/thread/solve.ts'
import { createTractMemory, tractBytes } from '../../../../../core/simulation/tissue/thread/tract.ts'
import { createWorkspace, PROXY, workspaceBytes } from '../../../../../core/simulation/tissue/thread/workspace.ts'
import { wasm } from '../fixtures.ts'

export const H = 0.002
/** Points of tracts. */
const POINTS = 64
export type Vec = readonly [x: number, y: number, z: number]

export function rodWorld(gravity: Vec = [0, -9.81, 0], slots = 512) {
  const tissueSize = { particles: slots + 64, tets: 64, edges: 16 }
  const size = { rods: 8, slots, proxies: 16 }
  const start = tissueBytes(tissueSize)
  const ofTracts = start + threadBytes(size)
  const kernel = wasm(ofTracts + tractBytes(POINTS) + workspaceBytes(size))
  const tissue = createTissueMemory(tissueSize, kernel.memory)
  const thread = createThreadMemory(size, kernel.memory, start)
  const tracts = createTractMemory(POINTS, kernel.memory, ofTracts)
  const work = createWorkspace(thread, tracts, tissue, kernel, ofTracts + tractBytes(POINTS))
  let passed = 0
  const world = {
    tissue,
    thread,
    work,
    tracts,
    /** Called after each substep. */
    after: () => {},
    /** Pairs that passed through each other so far. */
    passed: () => passed,
    add: (points: number[], m: RodMaterial) => addRod(thread, tissue, points, m),
    at: (slot: number): Vec =>
      [...tissue.position.subarray(4 * thread.particle[slot]!, 4 * thread.particle[slot]! + 3)] as never as Vec,
    aim: (slot: number, [x, y, z]: Vec) => aim(thread, slot, x, y, z),
    proxy: (index: number, a: Vec, b: Vec, radius: number, friction = 0.1) => {
      thread.counts[ROD_COUNT.proxies] = Math.max(thread.counts[ROD_COUNT.proxies]!, index + 1)
      work.proxies.set([...a, ...b, radius, friction], PROXY * index)
    },
    substep(extra?: () => void) {
      predict(tissue, gravity)
      extra?.()
      passed += solveThreads(thread, work, H)
      velocities(tissue)
      world.after()
    },
    run(seconds: number, each?: (time: number) => void) {
      const n = Math.round(seconds / H)
      for (let i = 0; i < n; i++) {
        each?.((i + 1) * H)
        world.substep()
      }
    },
    /** Fastest vertex, m/s; NaN if anything is. */
    fastest() {
      let most = 0
      for (let s = 0; s < thread.counts[ROD_COUNT.slots]!; s++) {
        const p = 4 * thread.particle[s]!
        const v = Math.hypot(tissue.velocity[p]!, tissue.velocity[p + 1]!, tissue.velocity[p + 2]!)
        if (!(v <= most)) most = v
      }
      return most
    },
    /** Largest strain of a segment of the rod. */
    strain(rod: number) {
      let most = -1
      const first = thread.first[rod]!
      for (let s = first; s < first + thread.segments[rod]!; s++) {
        const a = world.at(s)
        const b = world.at(s + 1)
        most = Math.max(most, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) / thread.length[s]! - 1)
      }
      return most
    },
    /** Points of a rod, x y z …. */
    points(rod: number) {
      const first = thread.first[rod]!
      return Array.from({ length: thread.segments[rod]! + 1 }, (_, i) => [...world.at(first + i)]).flat()
    },
  }
  return world
}

/** Points of a straight rod of `segments` equal segments. */
export function straight(from: Vec, to: Vec, segments: number): number[] {
  const points = []
  for (let i = 0; i <= segments; i++)
    for (let k = 0; k < 3; k++) points.push(from[k]! + ((to[k]! - from[k]!) * i) / segments)
  return points
}

function predict(tissue: TissueMemory, gravity: Vec) {
  const n = tissue.owner.length
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < 3; k++) {
      const a = 4 * i + k
      tissue.previous[a] = tissue.position[a]!
      if (tissue.position[4 * i + 3] === 0) continue
      tissue.velocity[a] = tissue.velocity[a]! + gravity[k]! * H
      tissue.position[a] = tissue.position[a]! + tissue.velocity[a]! * H
    }
  }
}

function velocities(tissue: TissueMemory) {
  const { position, previous, velocity } = tissue
  for (let i = 0; i < 4 * tissue.owner.length; i += 4) {
    let squared = 0
    for (let k = i; k < i + 3; k++) {
      velocity[k] = (position[k]! - previous[k]!) / H
      squared += velocity[k]! * velocity[k]!
    }
    if (squared > 64) for (let k = i; k < i + 3; k++) velocity[k] = velocity[k]! * (8 / Math.sqrt(squared))
  }
}
