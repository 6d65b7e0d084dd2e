/** Grasps on thread: how vertices are held, aimed and let go; what a grasp does in a substep: `kernel/rodgrasps.ts`. */
import { STRIDE } from '../../kernel/rodgrasps.ts'
import type { TissueMemory } from '../memory.ts'
import type { ThreadMemory } from './memory.ts'

/** Takes hold of a vertex; it stays until `limit` newtons pull at it. */
export function grasp(t: ThreadMemory, tissue: TissueMemory, slot: number, limit: number): void {
  t.held[slot] = 1
  t.limit[slot] = limit
  t.pull[slot] = 0
  t.pace[slot] = STRIDE
  tissue.position[4 * t.particle[slot]! + 3] = 0
  for (let a = 3 * slot; a < 3 * slot + 3; a++) t.target[a] = t.checked[a]!
}

/** Lets a vertex go. */
export function release(t: ThreadMemory, tissue: TissueMemory, slot: number): void {
  t.held[slot] = 0
  const p = 4 * t.particle[slot]!
  tissue.position[p + 3] = 1 / tissue.rest[p + 3]!
}

/** Says where the hand wants a held vertex, metres. */
export function aim(t: ThreadMemory, slot: number, x: number, y: number, z: number): void {
  t.target[3 * slot] = x
  t.target[3 * slot + 1] = y
  t.target[3 * slot + 2] = z
}
