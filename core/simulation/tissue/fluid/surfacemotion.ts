/** The surface from tick to tick: when it is measured anew, how far it moves, and where it was. */
import { BLOCK } from '../../kernel/faceboxes.ts'
import type { FluidMemory } from './memory.ts'
import { SLACK, stirMoved } from './stir.ts'
import { measureStirred, type Surface } from './surface.ts'

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
  if (sums[4]! <= SLACK * SLACK) return
  measureStirred(surface, memory.surfaceLaid, stirMoved(surface, memory))
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
