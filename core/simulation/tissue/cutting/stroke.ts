/**
 * Strokes: a blade's edge, or a pair of scissor jaws, from tick to tick. What a stroke has to remember is state.
 */
import { type Block, createBlock } from '../../state.ts'
import { cutPatch, startCut } from './cut.ts'
import type { Cutter } from './cutter.ts'
import { createPatch, type Patch } from './patch.ts'

/** An edge moves at least this far before it cuts on, m: shorter patches have no sure direction. */
const LEAST = 2e-4
/** Each patch reaches this far back over the last one, m, as tissue springs back behind the blade between ticks. */
const OVERLAP = 3e-4

/** The strokes of several edges. */
export type Strokes = {
  /** The whole state. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each edge cut last: both ends, m. */
  readonly edge: Float64Array
  /** The cut that each edge is at, 0 for none. */
  readonly cut: Uint32Array
  readonly patch: Patch
}

export function createStrokes(edges: number): Strokes {
  const plan = { float64: { edge: edges * 6 }, uint32: { cut: edges }, uint16: {}, uint8: {} }
  const block: Block<typeof plan> = createBlock(plan)
  return { bytes: block.bytes, ...block.float64, ...block.uint32, patch: createPatch() }
}

/** Ends the stroke of an edge: where it is set down next, another cut begins. */
export function liftEdge(strokes: Strokes, which: number): void {
  strokes.cut[which] = 0
}

/**
 * Takes edge `which` to `ends` (x, y, z of both ends, m) and cuts what it passes since the last call. Returns the number
 * of faces opened. Throws `simulation/tissue-full`.
 */
export function strokeEdge(strokes: Strokes, cutter: Cutter, which: number, ends: Float64Array): number {
  const { edge, cut, patch } = strokes
  const at = which * 6
  if (cut[which] === 0) {
    cut[which] = startCut(cutter.mesh)
    for (let i = 0; i < 6; i++) edge[at + i] = ends[i]
    return 0
  }
  const first = distance(edge, at, ends, 0)
  const second = distance(edge, at + 3, ends, 3)
  if (Math.max(first, second) < LEAST) return 0
  const back = OVERLAP / Math.max(first, second)
  for (let i = 0; i < 6; i++) {
    patch.corner[i] = edge[at + i] - (ends[i] - edge[at + i]) * back
    patch.corner[6 + i] = ends[i]
    edge[at + i] = ends[i]
  }
  return cutPatch(cutter, patch, cut[which])
}

function distance(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const x = b[j] - a[i]
  const y = b[j + 1] - a[i + 1]
  const z = b[j + 2] - a[i + 2]
  return Math.sqrt(x * x + y * y + z * z)
}

/**
 * Cuts between two jaws that close from their pivot on, as stroke `which`; `jaws` holds the pivot and both tips as far
 * apart as they were when they began to close (m), `share` how much of their length has met, 0–1. Returns the number of
 * faces opened. Throws `simulation/tissue-full`.
 */
export function closeJaws(strokes: Strokes, cutter: Cutter, which: number, jaws: Float64Array, share: number): number {
  const { cut, patch } = strokes
  if (cut[which] === 0) cut[which] = startCut(cutter.mesh)
  for (let i = 0; i < 3; i++) {
    patch.corner[i] = jaws[i]
    patch.corner[6 + i] = jaws[i]
    patch.corner[3 + i] = jaws[i] + (jaws[3 + i] - jaws[i]) * share
    patch.corner[9 + i] = jaws[i] + (jaws[6 + i] - jaws[i]) * share
  }
  return cutPatch(cutter, patch, cut[which])
}
