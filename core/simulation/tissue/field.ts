/** An operative field: tissue, the instruments in it, and how they act on each other in a tick. */

import { SimulationError } from '../contract.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { createBlock, hashBlock, slots } from '../state.ts'
import { createToolContact, findPairs, type Surface, solvePairs, type ToolContact } from './contact/toolcontact.ts'
import { removeDebris, removeStray } from './cutting/remove.ts'
import { tear } from './cutting/tear.ts'
import { createEvents, note, type TissueEvents } from './events.ts'
import { COUNT, FIRST_PARTICLE, NONE, OWNER, type TissueSize } from './memory.ts'
import { adoptMesh } from './mesh/adopt.ts'
import { freeFaces } from './mesh/faces.ts'
import { clearChanges, createMesh, type Mesh, TALLY } from './mesh/mesh.ts'
import { packAll, repack } from './pack.ts'
import { createTissue, STEP_S, SUBSTEPS, stepTissue, type Tissue } from './solver.ts'
import { type Capsules, createCapsules, layCapsules, markCapsules } from './tools/capsules.ts'
import { createEdges, type Edges, hasRoom, partWith } from './tools/edges.ts'
import { clearLoads, GRASP_SLOTS, solveGrasp, workGrasp } from './tools/grasp.ts'
import { feelTool, pullTool, TOOL, TOOL_SLOTS } from './tools/tool.ts'

/** Instruments at once. */
export const MOST_TOOLS = 4
const MOST_PAIRS = 8192
/** What is further from the origin along an axis has fallen out of the field, m. */
const FAR_M = 0.6

export const CLOCK = slots(['tick'] as const)

const PLAN = {
  float64: { tools: MOST_TOOLS * TOOL_SLOTS, grasps: MOST_TOOLS * GRASP_SLOTS },
  uint32: { clock: 4 },
  uint16: {},
} as const

export type TissueField = {
  readonly tissue: Tissue
  readonly mesh: Mesh
  readonly edges: Edges
  readonly events: TissueEvents
  readonly tools: Float64Array
  readonly grasps: Float64Array
  readonly clock: Uint32Array
  /** For each particle the number of the tool that holds it, less one. */
  readonly bound: Uint8Array
  readonly surface: Surface
  /** The whole state beside the tissue's. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Views of one tool. */
export const toolOf = ({ tools }: TissueField, t: number): Float64Array =>
  tools.subarray(t * TOOL_SLOTS, (t + 1) * TOOL_SLOTS)

/** An empty field. @param kernelFor gives a kernel with that many bytes of memory */
export function createField(kernelFor: (bytes: number) => Kernel, size: TissueSize): TissueField {
  const tissue = createTissue(kernelFor, size)
  const block = createBlock({ ...PLAN, uint8: { bound: (size.particles + 7) & ~7 } })
  const { tools, grasps } = block.float64
  for (let t = 0; t < MOST_TOOLS; t++) tools[t * TOOL_SLOTS + TOOL.kind] = -1
  const corners = size.tets * 4
  const surface: Surface = { triangles: new Uint32Array(corners * 3), corners: new Uint32Array(corners), count: 0 }
  const { bound } = block.uint8
  const mesh = createMesh(tissue.memory)
  const edges = createEdges(mesh, MOST_TOOLS)
  const events = createEvents()
  const field = {
    tissue,
    mesh,
    edges,
    events,
    tools,
    grasps,
    clock: block.uint32.clock,
    bound,
    surface,
    bytes: block.bytes,
  }
  tissue.actors.push(toolsOf(field))
  return field
}

/** Readies a field for its first tick, once everything is loaded. */
export function settleField(field: TissueField): void {
  adoptMesh(field.mesh)
  packAll(field.tissue.memory)
  clearChanges(field.mesh)
  refreshSurface(field)
}

/** Brings kernel and surface up to date with the mesh after cutting. */
export function followMesh(field: TissueField): void {
  const { changes } = field.mesh
  repack(field.tissue.memory, changes.tets, changes.tetCount)
  clearChanges(field.mesh)
  refreshSurface(field)
}

function refreshSurface({ tissue, surface }: TissueField): void {
  surface.count = freeFaces(tissue.memory, surface.triangles, surface.corners)
}

/** Advances the field by one tick of 10 ms. Throws `simulation/not-finite` if a particle is nowhere. */
export function stepField(field: TissueField): void {
  field.clock[CLOCK.tick]++
  field.events.count = 0
  stepTissue(field.tissue)
  const { position, counts } = field.tissue.memory
  let strayed = false
  for (let i = FIRST_PARTICLE * 4; i < counts[COUNT.particles] * 4; i += 4) {
    const most = Math.max(Math.abs(position[i]), Math.abs(position[i + 1]), Math.abs(position[i + 2]))
    // False for what is not a number, too.
    if (most <= FAR_M) continue
    if (!(most - most === 0)) throw new SimulationError('simulation/not-finite', `position[${i}]`)
    strayed ||= field.tissue.memory.owner[i >> 2] === OWNER.tissue
  }
  if (!strayed) return
  const volume = removeStray(field.mesh, FAR_M)
  if (volume > 0) note(field.events, 'removed', -1, volume)
  followMesh(field)
}

/** All blocks that hold state, in a fixed order. */
const blocksOf = ({ tissue, mesh, edges, bytes }: TissueField): readonly Uint8Array<ArrayBuffer>[] => [
  tissue.memory.bytes,
  mesh.bytes,
  edges.strokes.bytes,
  bytes,
]

/** A copy of the whole state of a field. */
export function saveField(field: TissueField): readonly Uint8Array<ArrayBuffer>[] {
  return blocksOf(field).map((bytes) => bytes.slice())
}

/** Restores what `saveField` gave for a field of the same size. */
export function restoreField(field: TissueField, saved: readonly Uint8Array<ArrayBuffer>[]): void {
  blocksOf(field).forEach((bytes, i) => {
    bytes.set(saved[i])
  })
  refreshSurface(field)
}

/** SHA-256 of the whole state, a hash for each block. */
export function hashField(field: TissueField): string {
  return blocksOf(field).map(hashBlock).join('-')
}

/** The instruments of a field as an actor of its tissue. */
function toolsOf(field: TissueField) {
  const capsules: Capsules = createCapsules(MOST_TOOLS)
  const contact: ToolContact = createToolContact(MOST_PAIRS)
  const all = Array.from({ length: MOST_TOOLS }, (_, t) => toolOf(field, t))
  const grasps = all.map((_, t) => field.grasps.subarray(t * GRASP_SLOTS, (t + 1) * GRASP_SLOTS))
  let substep = 0
  return {
    prepare(): void {
      const { memory } = field.tissue
      substep = 0
      for (let t = 0; t < MOST_TOOLS; t++) {
        if (all[t][TOOL.kind] < 0) continue
        workGrasp(all[t], t, grasps[t], memory, field.bound, field.events)
        all[t][TOOL.touched] = 0
        for (let slot = TOOL.gripX; slot <= TOOL.gripZ; slot++) all[t][slot] = 0
      }
      clearLoads(field.tools, field.grasps)
      layCapsules(capsules, field.tools)
      findPairs(contact, memory, field.surface, capsules)
    },
    solve(h: number): void {
      substep++
      const share = h / (STEP_S * SUBSTEPS)
      markCapsules(capsules)
      for (let t = 0; t < MOST_TOOLS; t++) {
        if (all[t][TOOL.kind] < 0) continue
        pullTool(all[t], substep * share, share, h)
        all[t][TOOL.room] = Infinity
        solveGrasp(all[t], grasps[t], field.tissue.memory, h, share)
      }
      layCapsules(capsules, field.tools)
      solvePairs(contact, field.tissue.memory, field.surface, capsules, field.tools, field.bound)
    },
    finish(): void {
      const pieces = field.mesh.tally[TALLY.pieces]
      for (let t = 0; t < MOST_TOOLS; t++) {
        if (all[t][TOOL.kind] < 0) continue
        partWith(field.edges, all[t], t, field.events)
        feelTool(all[t])
      }
      const { mesh, events } = field
      const torn = hasRoom(mesh) ? tear(mesh, field.bound) : NONE
      if (torn !== NONE) note(events, 'torn', -1, torn)
      if (mesh.tally[TALLY.pieces] > pieces) {
        const debris = removeDebris(mesh)
        if (debris > 0) note(events, 'removed', -1, debris)
      }
      if (mesh.changes.tetCount > 0) followMesh(field)
    },
  }
}
