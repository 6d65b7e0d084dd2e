/** Liquid against the surface of tissue: which faces drops may meet in a tick, and that they meet them. */
import { ADHESION } from '../../kernel/dropcontact.ts'
import { CONTACT } from '../../kernel/dropfaces.ts'
import { BLOCK } from '../../kernel/faceboxes.ts'
import type { Flow } from './flow.ts'
import { TICK_S } from './scale.ts'
import type { Surface } from './surface.ts'
import { strideOf } from './surfacemotion.ts'

/** Metres around a drop's path in which faces count: contact, adhesion, and what gravity and pressure may add. */
const NEAR = CONTACT + ADHESION + 0.0008
/** Faces that go less far in a tick, in metres, leave lists as they are when those are cut down. */
const CALM = 0.0006

/** Lists the faces that each waking drop may meet in this tick. */
export function listContacts(flow: Flow, surface: Surface): void {
  const { kernel, boxes, blocks, groups } = flow
  kernel.listFaces(
    flow.cells.byteOffset,
    flow.cellCount[0]!,
    flow.awake.byteOffset,
    flow.position.byteOffset,
    flow.start.byteOffset,
    flow.velocity.byteOffset,
    boxes.byteOffset,
    strideOf(boxes),
    blocks.byteOffset,
    strideOf(blocks),
    groups.byteOffset,
    strideOf(groups),
    surface.groupCount,
    flow.hit.byteOffset,
    flow.marks.byteOffset,
    flow.faces,
    flow.from.byteOffset,
    flow.to.byteOffset,
    flow.listed.byteOffset,
    flow.listed.length,
    flow.listedCount.byteOffset,
    flow.table.byteOffset,
    TICK_S,
    // what a face gave a drop in one substep, that flies on in the next
    NEAR + 0.5 * surface.motion,
  )
}

/** Keeps drops in front of the faces, which travel from `begin` to `now` in substep `s`; then friction. */
export function solveContacts(flow: Flow, surface: Surface, s: number): void {
  const { kernel, listed } = flow
  if (s === 0 || surface.motion > 0) planeSurface(flow, surface)
  kernel.takeFaces(
    flow.a.byteOffset,
    flow.b.byteOffset,
    flow.c.byteOffset,
    flow.begin.byteOffset,
    flow.now.byteOffset,
    flow.normals.byteOffset,
    flow.seconds.byteOffset,
    flow.thirds.byteOffset,
  )
  kernel.solveContacts(
    flow.position.byteOffset,
    flow.start.byteOffset,
    flow.liquid.byteOffset,
    flow.traits.byteOffset,
    flow.count,
    flow.from.byteOffset,
    flow.to.byteOffset,
    listed.byteOffset,
    flow.listedCount.byteOffset,
    listed.length,
    s === 0 && surface.motion < CALM ? 1 : 0,
    flow.margins.byteOffset,
    surface.motion,
    flow.table.byteOffset,
    flow.touching.byteOffset,
    flow.weights.byteOffset,
  )
}

/** Computes the planes of faces near drops, where `now` has them. */
function planeSurface(flow: Flow, surface: Surface): void {
  flow.kernel.planeFaces(
    flow.a.byteOffset,
    flow.b.byteOffset,
    flow.c.byteOffset,
    flow.now.byteOffset,
    flow.marks.byteOffset,
    surface.groupCount * BLOCK,
    flow.normals.byteOffset,
    flow.seconds.byteOffset,
    flow.thirds.byteOffset,
    flow.margins.byteOffset,
  )
}
