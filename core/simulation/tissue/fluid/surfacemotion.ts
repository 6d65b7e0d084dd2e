/** The surface from tick to tick: when it is measured anew, how far it moves, and where it was. */
import { BLOCK } from '../../kernel/faceboxes.ts'
import type { FluidMemory } from './memory.ts'
import { measureVertices, SLACK, type Surface } from './surface.ts'

/** Begins a tick: finds how far the tissue moved, and measures it anew where that was too far. */
export function prepareSurface(surface: Surface, memory: FluidMemory): void {
  const { kernel, used, usedCount, goal, sums, particles } = surface
  goal.set(particles)
  kernel.farthestWay(
    used.byteOffset,
    (usedCount + 3) & ~3,
    goal.byteOffset,
    memory.surfaceBefore.byteOffset,
    memory.surfaceLaid.byteOffset,
    sums.byteOffset,
  )
  surface.motion = Math.sqrt(sums[0]!)
  if (surface.motion > 0) surface.isSettled = false
  surface.isStirred = sums[4]! > SLACK * SLACK
  if (!surface.isStirred) return
  findStirred(surface, memory.surfaceLaid)
  memory.surfaceLaid.set(particles)
  measureVertices(surface, memory.surfaceLaid)
}

/** The box around what moved since the surface was measured. */
function findStirred({ used, usedCount, goal, stirred }: Surface, laid: Float32Array): void {
  for (let k = 0; k < 3; k++) {
    stirred[k] = 1e9
    stirred[k + 3] = -1e9
  }
  for (let i = 0; i < usedCount; i++) {
    const v = used[i]! * 4
    for (let k = 0; k < 3; k++) {
      if (Math.abs(goal[v + k]! - laid[v + k]!) <= SLACK * 0.25) continue
      for (let m = 0; m < 3; m++) {
        stirred[m] = Math.min(stirred[m]!, goal[v + m]!, laid[v + m]!)
        stirred[m + 3] = Math.max(stirred[m + 3]!, goal[v + m]!, laid[v + m]!)
      }
      break
    }
  }
}

/** Lays boxes around all faces on their way through the whole tick. */
export function boxSurface(surface: Surface): void {
  if (surface.isSettled) return
  advanceSurface(surface, 0, 1)
  surface.isSettled = surface.motion === 0
  const { kernel, boxes, blocks, groups, triangles } = surface
  const stride = strideOf(boxes)
  const blockStride = strideOf(blocks)
  const blockCount = Math.ceil(triangles / BLOCK)
  surface.groupCount = Math.ceil(blockCount / BLOCK)
  kernel.boxFaces(
    surface.a.byteOffset,
    surface.b.byteOffset,
    surface.c.byteOffset,
    surface.begin.byteOffset,
    surface.now.byteOffset,
    triangles,
    boxes.byteOffset,
    stride,
  )
  const sums = surface.sums.byteOffset
  kernel.boxBlocks(boxes.byteOffset, stride, triangles, blocks.byteOffset, blockStride, sums)
  kernel.boxBlocks(blocks.byteOffset, blockStride, blockCount, groups.byteOffset, strideOf(groups), sums)
}

/** Bytes between the six rows of boxes. */
export const strideOf = (boxes: Float32Array): number => (boxes.length / 6) * 4

/** Sets `begin` and `now` to shares `from` and `to` of the way that the surface makes in this tick. */
export function advanceSurface(surface: Surface, from: number, to: number): void {
  surface.kernel.advanceVertices(
    surface.before.byteOffset,
    surface.goal.byteOffset,
    surface.begin.byteOffset,
    surface.now.byteOffset,
    surface.particles.length >> 2,
    from,
    to,
  )
}

/** Ends a tick: remembers where the surface was, and what lies inside: a cut may bring it to the surface. */
export function rememberSurface({ particles, before }: Surface): void {
  before.set(particles)
}
