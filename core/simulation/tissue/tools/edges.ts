/** Instruments that part tissue: blades and hooks along their edge, scissors as they close, burr and phaco at their tip. */
import { cos, sin } from '../../exactmath.ts'
import { TICK_S } from '../clock.ts'
import { type Cutter, createCutter } from '../cutting/cutter.ts'
import { separateAlong } from '../cutting/dissect.ts'
import { grind, ground, leftUnder } from '../cutting/grind.ts'
import { closeJaws, createStrokes, liftEdge, type Strokes, strokeEdge } from '../cutting/stroke.ts'
import { note, type TissueEvents } from '../events.ts'
import { coagulated, MATERIALS, materialNumber } from '../materials.ts'
import { COUNT } from '../memory.ts'
import { type Mesh, TALLY } from '../mesh/mesh.ts'
import { INSTRUMENTS, REMOVERS, type Remover } from './catalogue.ts'
import { INJECTED_PLANES, JET_PLANES, PLANES } from './planes.ts'
import { isRinsing, isSharp, TOOL } from './tool.ts'

/** Jaws that close past this opening have begun to cut. */
const BEGUN = 0.95
/** Room that a cut in one tick may need; with less left nothing cuts any more. */
const SPARE_PARTICLES = 600
const SPARE_TETS = 3000
const SPARE_EDGES = 600

/** Opening jaws part what is this near to them, m. */
const SPREADS = 0.003
/** Water that is injected at a plane lifts it at once no farther around than this, m. */
const LIFTS = 0.012
/** A jet keeps its force for so far, m. */
const JET = 0.006

export type Edges = {
  readonly mesh: Mesh
  readonly cutter: Cutter
  readonly strokes: Strokes
  readonly ends: Float64Array
  readonly capsule: Float64Array
  readonly ball: Float64Array
  readonly worn: Float64Array
}

export const createEdges = (mesh: Mesh, tools: number): Edges => ({
  mesh,
  cutter: createCutter(mesh),
  strokes: createStrokes(tools),
  ends: new Float64Array(9),
  capsule: new Float64Array(7),
  ball: new Float64Array(4),
  worn: new Float64Array(MATERIALS.length),
})

/** Whether cutting has room to go on. */
export function hasRoom({ memory: { counts, size } }: Mesh): boolean {
  return (
    counts[COUNT.particles] + SPARE_PARTICLES <= size.particles &&
    counts[COUNT.tets] + SPARE_TETS <= size.tets &&
    (counts[COUNT.edges] === 0 || counts[COUNT.edges] + SPARE_EDGES <= size.edges)
  )
}

/** Parts what tool number `t` parts in this tick, and notes it. */
export function partWith(edges: Edges, tool: Float64Array, t: number, events: TissueEvents): void {
  const kind = INSTRUMENTS[tool[TOOL.kind]]
  const cuts = kind.edge !== undefined || kind.jaws?.kind === 'scissors'
  const jets = isRinsing(tool)
  const spreads = jets || (kind.jaws?.kind === 'maryland' && tool[TOOL.jaw] > tool[TOOL.jawBefore])
  if (!cuts && !kind.removes && !spreads) return
  if (!hasRoom(edges.mesh)) {
    note(events, 'full', t, 0)
    return
  }
  const pieces = edges.mesh.tally[TALLY.pieces]
  if (kind.removes) {
    const volume = tool[TOOL.pedal] > 0 ? wear(edges, tool, kind.removes) : 0
    if (tool[TOOL.pedal] === 0) tool[TOOL.layer] = 0
    if (volume > 0) note(events, 'removed', t, volume)
  } else if (spreads) {
    const parted = jets ? wash(edges, tool) : spread(edges, tool)
    if (parted > 0) note(events, 'spread', t, parted)
  } else {
    const opened = kind.jaws ? snip(edges, tool, t) : slice(edges, tool, t)
    if (opened > 0) note(events, 'cut', t, opened)
  }
  if (edges.mesh.tally[TALLY.pieces] > pieces) note(events, 'freed', t, edges.mesh.tally[TALLY.pieces])
}

function slice({ strokes, cutter, ends }: Edges, tool: Float64Array, t: number): number {
  if (!isSharp(tool)) {
    liftEdge(strokes, t)
    return 0
  }
  const kind = INSTRUMENTS[tool[TOOL.kind]]
  const share = (kind.edge ?? 0) / kind.length
  for (let i = 0; i < 3; i++) {
    ends[i] = tool[TOOL.ax + i]
    ends[3 + i] = tool[TOOL.ax + i] + (tool[TOOL.bx + i] - tool[TOOL.ax + i]) * share
  }
  return strokeEdge(strokes, cutter, t, ends)
}

function snip({ strokes, cutter, ends }: Edges, tool: Float64Array, t: number): number {
  const { jaws, length } = INSTRUMENTS[tool[TOOL.kind]]
  if (!jaws) return 0
  if (tool[TOOL.jaw] > BEGUN) liftEdge(strokes, t)
  if (tool[TOOL.jaw] >= tool[TOOL.jawBefore]) return 0
  const ahead = cos(jaws.open) * jaws.length
  const aside = sin(jaws.open) * jaws.length
  for (let i = 0; i < 3; i++) {
    const axis = (tool[TOOL.ax + i] - tool[TOOL.bx + i]) / length
    const hinge = tool[TOOL.ax + i] - axis * jaws.length
    ends[i] = hinge
    ends[3 + i] = hinge + axis * ahead + tool[TOOL.upX + i] * aside
    ends[6 + i] = hinge + axis * ahead - tool[TOOL.upX + i] * aside
  }
  return closeJaws(strokes, cutter, t, ends, 1 - tool[TOOL.jaw])
}

/** Parts natural planes between jaws that open. Returns the number of faces. */
function spread({ mesh, capsule }: Edges, tool: Float64Array): number {
  const { jaws, length } = INSTRUMENTS[tool[TOOL.kind]]
  if (!jaws || tool[TOOL.touched] === 0) return 0
  for (let i = 0; i < 3; i++) {
    capsule[i] = tool[TOOL.ax + i]
    capsule[3 + i] = tool[TOOL.ax + i] + ((tool[TOOL.bx + i] - tool[TOOL.ax + i]) * jaws.length) / length
  }
  capsule[6] = SPREADS + sin(jaws.open * tool[TOOL.jaw]) * jaws.length
  return part(mesh, capsule, PLANES)
}

/** Parts natural planes that a jet reaches. Returns the number of faces. */
function wash({ mesh, capsule }: Edges, tool: Float64Array): number {
  const { length } = INSTRUMENTS[tool[TOOL.kind]]
  for (let i = 0; i < 3; i++) {
    capsule[i] = tool[TOOL.ax + i]
    capsule[3 + i] = tool[TOOL.ax + i] + ((tool[TOOL.ax + i] - tool[TOOL.bx + i]) * JET) / length
  }
  capsule[6] = SPREADS
  return part(mesh, capsule, JET_PLANES)
}

/**
 * Parts the natural plane at a needle's point that injects, as far around it as it takes for the two sheets to come off
 * each other. Returns the number of faces.
 */
export function lift({ mesh, capsule }: Edges, tool: Float64Array): number {
  if (!hasRoom(mesh)) return 0
  for (let i = 0; i < 6; i++) capsule[i] = tool[TOOL.ax + (i % 3)]
  const copies = mesh.changes.copyCount
  for (let n = 0; n < INJECTED_PLANES.length; n++) {
    capsule[6] = SPREADS
    let parted = separateAlong(mesh, capsule, INJECTED_PLANES[n])
    if (parted === 0) continue
    while (mesh.changes.copyCount === copies && capsule[6] < LIFTS) {
      capsule[6] *= 1.3
      parted += separateAlong(mesh, capsule, INJECTED_PLANES[n])
    }
    return parted
  }
  return 0
}

function part(mesh: Mesh, capsule: Float64Array, planes: typeof PLANES): number {
  let parted = 0
  for (let n = 0; n < planes.length; n++) parted += separateAlong(mesh, capsule, planes[n])
  return parted
}

/** Thickness of what it can wear is told up to this, m. */
const FEELS = 0.012
/** It wears what is this near to its ball, m. */
const NEAR = 0.0003
/** Share of the full rate at which it wears without any press. */
const IDLE = 0.15

/** By remover and material how deep it wears in a tick under full press, m; as heat leaves a material, it wears alike. */
const WEARS: Readonly<Record<keyof typeof REMOVERS, Float64Array>> = {
  burr: wearsOf(REMOVERS.burr),
  phaco: wearsOf(REMOVERS.phaco),
}

function wearsOf({ wears }: Remover): Float64Array {
  const table = new Float64Array(MATERIALS.length)
  for (const [name, speed] of Object.entries(wears)) {
    const row = materialNumber(name)
    table[row] = table[coagulated(row)] = speed * TICK_S
  }
  return table
}

/** Wears away what the tip touches, and tells the tool what that is and how much of it is left. Returns the volume, m³. */
function wear({ mesh, ball, worn }: Edges, tool: Float64Array, by: keyof typeof REMOVERS): number {
  const { shaftRadius, length } = INSTRUMENTS[tool[TOOL.kind]]
  let force2 = 0
  for (let i = 0; i < 3; i++) {
    ball[i] = tool[TOOL.ax + i] + ((tool[TOOL.bx + i] - tool[TOOL.ax + i]) * shaftRadius) / length
    force2 += tool[TOOL.forceX + i] * tool[TOOL.forceX + i]
  }
  ball[3] = shaftRadius + NEAR
  const press = Math.min(1, IDLE + Math.sqrt(force2) / REMOVERS[by].fullN)
  for (let m = 0; m < worn.length; m++) worn[m] = WEARS[by][m] * press
  grind(mesh, ball, worn)
  tool[TOOL.layer] = ground[1] + 1
  tool[TOOL.left] = ground[1] < 0 ? FEELS : leftUnder(mesh.memory, ball, worn, FEELS)
  return ground[0]
}
