/** Strokes: a blade's edge, or a pair of scissor jaws, from tick to tick, in tissue that moves meanwhile. */
import { type Block, createBlock, slots } from '../../state.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { cutPatch, startCut } from './cut.ts'
import type { Cutter } from './cutter.ts'
import { createPatch, type Patch } from './patch.ts'

/** Slots of a stroke; metres in the field. */
const STROKE = slots([
  'cut', // number of the cut, 0 before it begins
  'idle', // way since anything was crossed
  'ax', // where the edge cut last: its ends
  'ay',
  'az',
  'bx',
  'by',
  'bz',
  'anchorA', // the particle on the cut that was nearest to each end then, 0 for none
  'anchorB',
  'nearAx', // and where it was
  'nearAy',
  'nearAz',
  'nearBx',
  'nearBy',
  'nearBz',
  'reach', // by how much patches are longer than the edge at either end
] as const)
const SLOTS = 17

/**
 * Share of the crossed edges' mean length by which patches are longer than the edge at either end. Only what reaches from
 * edge to edge of tetrahedra is opened: without this, cuts would be too shallow by about that much.
 */
const REACH = 0.35

/** An edge moves at least this far before it cuts on, m: shorter patches have no sure direction. */
const LEAST = 2e-4
/** Each patch reaches this far back over the last one, m, so that nothing is left between. */
const OVERLAP = 2e-4
/** An edge that crossed nothing for so long a way begins another cut, m: longer than any edge of tetrahedra. */
const PAUSE = 0.02

/** The strokes of several edges. */
export type Strokes = {
  /** The whole state. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly each: readonly Float64Array[]
  readonly patch: Patch
}

export function createStrokes(edges: number): Strokes {
  const plan = { float64: { all: edges * SLOTS }, uint32: {}, uint16: {}, uint8: {} }
  const block: Block<typeof plan> = createBlock(plan)
  const each = Array.from({ length: edges }, (_, i) => block.float64.all.subarray(i * SLOTS, (i + 1) * SLOTS))
  return { bytes: block.bytes, each, patch: createPatch() }
}

/** Ends the stroke of an edge: where it is set down next, another cut begins. */
export function liftEdge(strokes: Strokes, which: number): void {
  strokes.each[which].fill(0)
}

/**
 * Takes edge `which` to `ends` (x, y, z of both ends, m) and cuts what it passed since the last call. The place where it
 * cut last is carried along with the tissue there, so that the cut goes on from its front. Returns the number of faces
 * opened. Throws `simulation/tissue-full`.
 */
export function strokeEdge(strokes: Strokes, cutter: Cutter, which: number, ends: Float64Array): number {
  const { patch } = strokes
  const stroke = strokes.each[which]
  const { position } = cutter.mesh.memory
  if (stroke[STROKE.cut] === 0) {
    stroke[STROKE.cut] = startCut(cutter.mesh)
    for (let i = 0; i < 6; i++) stroke[STROKE.ax + i] = ends[i]
    return 0
  }
  carry(stroke, position, STROKE.anchorA, STROKE.nearAx, STROKE.ax)
  carry(stroke, position, STROKE.anchorB, STROKE.nearBx, STROKE.bx)
  const moved = Math.max(distance(stroke, STROKE.ax, ends, 0), distance(stroke, STROKE.bx, ends, 3))
  if (moved < LEAST) return 0
  for (let i = 0; i < 6; i++) {
    const from = stroke[STROKE.ax + i]
    patch.corner[i] = from - ((ends[i] - from) * OVERLAP) / moved
    patch.corner[6 + i] = ends[i]
    stroke[STROKE.ax + i] = ends[i]
  }
  lengthen(patch.corner, 0, stroke[STROKE.reach])
  lengthen(patch.corner, 6, stroke[STROKE.reach])
  const opened = cutPatch(cutter, patch, stroke[STROKE.cut])
  if (cutter.crossed === 0) {
    stroke[STROKE.idle] += moved
    if (stroke[STROKE.idle] > PAUSE) stroke.fill(0)
    return 0
  }
  stroke[STROKE.idle] = 0
  stroke[STROKE.reach] = REACH * cutter.span
  anchor(stroke, cutter, STROKE.anchorA, STROKE.nearAx, STROKE.ax)
  anchor(stroke, cutter, STROKE.anchorB, STROKE.nearBx, STROKE.bx)
  return opened
}

/**
 * Cuts between two jaws that close from their pivot on, as stroke `which`; `jaws` holds the pivot and both tips as far
 * apart as they were when they began to close (m), `share` how much of their length has met, 0–1. Returns the number of
 * faces opened. Throws `simulation/tissue-full`.
 */
export function closeJaws(strokes: Strokes, cutter: Cutter, which: number, jaws: Float64Array, share: number): number {
  const { patch } = strokes
  const stroke = strokes.each[which]
  if (stroke[STROKE.cut] === 0) stroke[STROKE.cut] = startCut(cutter.mesh)
  for (let i = 0; i < 3; i++) {
    patch.corner[i] = jaws[i]
    patch.corner[6 + i] = jaws[i]
    patch.corner[3 + i] = jaws[i] + (jaws[3 + i] - jaws[i]) * share
    patch.corner[9 + i] = jaws[i] + (jaws[6 + i] - jaws[i]) * share
  }
  return cutPatch(cutter, patch, stroke[STROKE.cut])
}

/** Makes the edge at `at` of a patch's corners longer by `reach` at either end. */
function lengthen(corner: Float64Array, at: number, reach: number): void {
  const length = distance(corner, at, corner, at + 3)
  if (length === 0) return
  for (let i = at; i < at + 3; i++) {
    const more = ((corner[i + 3] - corner[i]) * reach) / length
    corner[i] -= more
    corner[i + 3] += more
  }
}

/** Moves an end of the edge as its anchor has moved. */
function carry(stroke: Float64Array, position: Float32Array, which: number, near: number, end: number): void {
  const particle = stroke[which]
  if (particle === 0) return
  for (let axis = 0; axis < 3; axis++) {
    const now = position[particle * 4 + axis]
    stroke[end + axis] += now - stroke[near + axis]
    stroke[near + axis] = now
  }
}

/**
 * Takes the particle on the cut that lies nearest to an end of the edge as its anchor: of the front if there is one, for
 * walls that are open draw back to either side.
 */
function anchor(
  stroke: Float64Array,
  { mesh, touched, touchedCount }: Cutter,
  which: number,
  near: number,
  end: number,
) {
  const { position } = mesh.memory
  let best = Infinity
  let isFront = false
  for (let i = 0; i < touchedCount; i++) {
    const d = distance(position, touched[i] * 4, stroke, end)
    const isWhole = !isDoubled(mesh, touched[i])
    if (isWhole === isFront ? d >= best : isFront) continue
    isFront = isWhole
    best = d
    stroke[which] = touched[i]
  }
  for (let axis = 0; axis < 3; axis++) stroke[near + axis] = position[stroke[which] * 4 + axis]
}

/** Whether a particle was doubled since changes were cleared. */
function isDoubled({ changes }: Mesh, particle: number): boolean {
  for (let i = 0; i < changes.copyCount; i += 2) if (changes.copies[i] === particle) return true
  return false
}

function distance(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number): number {
  const x = b[j] - a[i]
  const y = b[j + 1] - a[i + 1]
  const z = b[j + 2] - a[i + 2]
  return Math.sqrt(x * x + y * y + z * z)
}
