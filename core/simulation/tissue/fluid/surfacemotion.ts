/** The surface from tick to tick: when it is measured anew, how far it moves, and where it was. */
import { BLOCK } from '../../kernel/faceboxes.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { copyVertex, measureVertices, SLACK, type Surface } from './surface.ts'

/** Begins a tick: finds how far the tissue moved, and measures it anew where that was too far. */
export function prepareSurface(surface: Surface, memory: FluidMemory): void {
  const { used, usedCount, stirred } = surface
  const position = surface.tissue.position
  const laid = memory.surfaceLaid
  const before = memory.surfaceBefore
  let most = 0
  let motion = 0
  for (let i = 0; i < usedCount; i++) {
    const v = used[i]!
    const dx = position[v * 4]! - laid[v * 3]!
    const dy = position[v * 4 + 1]! - laid[v * 3 + 1]!
    const dz = position[v * 4 + 2]! - laid[v * 3 + 2]!
    const d2 = dx * dx + dy * dy + dz * dz
    if (d2 > most) most = d2
    const ex = position[v * 4]! - before[v * 3]!
    const ey = position[v * 4 + 1]! - before[v * 3 + 1]!
    const ez = position[v * 4 + 2]! - before[v * 3 + 2]!
    const e2 = ex * ex + ey * ey + ez * ez
    if (e2 > motion) motion = e2
  }
  surface.motion = Math.sqrt(motion)
  if (motion > 0) surface.isSettled = false
  surface.isStirred = most > SLACK * SLACK
  if (!surface.isStirred) return
  for (let k = 0; k < 3; k++) {
    stirred[k] = 1e9
    stirred[k + 3] = -1e9
  }
  for (let i = 0; i < usedCount; i++) {
    const v = used[i]!
    for (let k = 0; k < 3; k++) {
      const now = position[v * 4 + k]!
      if (Math.abs(now - laid[v * 3 + k]!) > SLACK * 0.25) {
        for (let m = 0; m < 3; m++) {
          const p = position[v * 4 + m]!
          const q = laid[v * 3 + m]!
          stirred[m] = Math.min(stirred[m]!, p, q)
          stirred[m + 3] = Math.max(stirred[m + 3]!, p, q)
        }
        break
      }
    }
  }
  for (let i = 0; i < usedCount; i++) copyVertex(surface, laid, used[i]!)
  measureVertices(surface, laid)
}

/** Lays boxes around all faces on their way through the whole tick. */
export function boxSurface(surface: Surface, memory: FluidMemory): void {
  if (surface.isSettled) return
  advanceSurface(surface, memory, 0, 1)
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
export function advanceSurface(surface: Surface, memory: FluidMemory, from: number, to: number): void {
  const { used, usedCount, begin, now } = surface
  const position = surface.tissue.position
  const before = memory.surfaceBefore
  for (let i = 0; i < usedCount; i++) {
    const v = used[i]!
    for (let k = 0; k < 3; k++) {
      const b = before[v * 3 + k]!
      const way = position[v * 4 + k]! - b
      begin[v * 4 + k] = b + way * from
      now[v * 4 + k] = b + way * to
    }
  }
}

/** Ends a tick: remembers where the surface was. */
export function rememberSurface(surface: Surface, memory: FluidMemory): void {
  // Those inside, too: a cut may bring them to the surface in the next tick, and they have not leapt there.
  for (let v = 0; v < memory.count[FLUID_COUNT.vertices]!; v++) copyVertex(surface, memory.surfaceBefore, v)
}
