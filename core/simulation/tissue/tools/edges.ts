/** Edges of instruments that cut: a blade or hook along its shaft, scissors where their blades meet. */
import { sin } from '../../exactmath.ts'
import { cutPatch, startCut } from '../cutting/cut.ts'
import { type Cutter, createCutter } from '../cutting/cutter.ts'
import { createPatch, type Patch } from '../cutting/patch.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { INSTRUMENTS } from './catalogue.ts'
import { isSharp, TOOL } from './tool.ts'

/** A cut goes on while its edge was out of tissue for no longer than this, ticks. */
const PAUSE = 10
/** Scissors cut what lies within this of the line on which their blades meet, m. */
const BITE = 0.004

export type Edges = { readonly cutter: Cutter; readonly patch: Patch; readonly now: Float64Array }

export const createEdges = (mesh: Mesh): Edges => ({
  cutter: createCutter(mesh),
  patch: createPatch(),
  now: new Float64Array(6),
})

/**
 * Cuts what a tool's edge swept in this tick. Returns how many faces it opened.
 * Throws `simulation/tissue-full` when there is no room for what the cut adds.
 */
export function cutWith(edges: Edges, tool: Float64Array): number {
  const { cutter, patch, now } = edges
  const there = layEdge(tool, now)
  const began = tool[TOOL.edged] === 1
  if (there && began) {
    for (let i = 0; i < 6; i++) {
      patch.corner[i] = tool[TOOL.edgeX + i]
      patch.corner[6 + i] = now[i]
    }
  }
  for (let i = 0; i < 6; i++) tool[TOOL.edgeX + i] = now[i]
  tool[TOOL.edged] = there ? 1 : 0
  if (!there || !began) return 0
  if (tool[TOOL.cut] === 0) tool[TOOL.cut] = startCut(cutter.mesh)
  const opened = cutPatch(cutter, patch, tool[TOOL.cut])
  tool[TOOL.idle] = cutter.crossed > 0 ? 0 : tool[TOOL.idle] + 1
  if (tool[TOOL.idle] > PAUSE) tool[TOOL.cut] = 0
  return opened
}

/** Where the edge is, if there is one now. */
function layEdge(tool: Float64Array, now: Float64Array): boolean {
  const kind = INSTRUMENTS[tool[TOOL.kind]]
  const scissors = kind.jaws?.kind === 'scissors'
  if (!scissors && !isSharp(tool)) return false
  const { length } = kind
  const jaws = kind.jaws?.length ?? 0
  // Blades meet first at the hinge, at last at their tips.
  const met = scissors ? (jaws * tool[TOOL.jaw]) / length : 0
  const half = scissors && kind.jaws ? Math.min(BITE, sin(kind.jaws.open * tool[TOOL.jaw]) * jaws + BITE / 2) : 0
  for (let i = 0; i < 3; i++) {
    const along = tool[TOOL.bx + i] - tool[TOOL.ax + i]
    const at = tool[TOOL.ax + i] + along * met
    now[i] = scissors ? at - tool[TOOL.upX + i] * half : at
    now[3 + i] = scissors ? at + tool[TOOL.upX + i] * half : at + (along * (kind.edge ?? 0)) / length
  }
  // Opening blades cut nothing.
  return !scissors || tool[TOOL.jaw] < tool[TOOL.jawBefore] || tool[TOOL.edged] === 1
}
