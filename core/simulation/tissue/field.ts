/** An operative field: tissue, the instruments, threads and liquids in it, and how they act on each other in a tick. */
import { SimulationError } from '../contract.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { createBlock } from '../state.ts'
import { finish, type Steps } from '../steps.ts'
import { contactBytes, createContact } from './contact/memory.ts'
import { removeStray } from './cutting/remove.ts'
import { createEvents, note } from './events.ts'
import { createEnergy } from './fieldenergy.ts'
import { createLiquids, stepLiquids } from './fieldliquids.ts'
import { admitPatient, type PatientAtRest } from './fieldpatient.ts'
import { pocketActor } from './fieldpockets.ts'
import { stonesIn, suckStones } from './fieldstones.ts'
import { syringeActor } from './fieldsyringes.ts'
import { createThreads, threadActor, threadRoom } from './fieldthreads.ts'
import { toolActor } from './fieldtools.ts'
import { CLOCK, MOST_TOOLS, type TissueField } from './fieldtype.ts'
import type { FluidSize } from './fluid/memory.ts'
import { followMesh, refreshSurface } from './followmesh.ts'
import { fragmentActor } from './fragments.ts'
import { hashBlocks } from './hash.ts'
import { COUNT, FIRST_PARTICLE, OWNER, type TissueSize } from './memory.ts'
import { adoptSteps } from './mesh/adopt.ts'
import { clearChanges, createMesh } from './mesh/mesh.ts'
import { solveCavity, squeezeSac } from './organs/cavity.ts'
import { createPocket, POCKET_SLOTS } from './organs/pocket.ts'
import { createTubes } from './organs/tubes.ts'
import { packSteps } from './packall.ts'
import { createScan, scanBytes } from './scan.ts'
import { type Actor, createTissue, stepTissue } from './solver.ts'
import type { ThreadSize } from './thread/memory.ts'
import { createCapsules } from './tools/capsules.ts'
import { createEdges } from './tools/edges.ts'
import { GRASP_SLOTS } from './tools/grasp.ts'
import { TOOL, TOOL_SLOTS } from './tools/tool.ts'

/** What is further from the origin along an axis has fallen out of the field, m. */
const FAR_M = 0.6

/** Capacities of a field, and whose it is; without threads, liquids or patient it has none. */
export type FieldSize = TissueSize & {
  readonly threads?: ThreadSize
  readonly liquids?: FluidSize
  readonly patient?: PatientAtRest
}

const PLAN = {
  float64: {
    wound: 1,
    tools: MOST_TOOLS * TOOL_SLOTS,
    grasps: MOST_TOOLS * GRASP_SLOTS,
    pockets: MOST_TOOLS * POCKET_SLOTS,
  },
  uint32: { clock: 4 },
  uint16: {},
} as const

/** An empty field. @param kernelFor gives a kernel with that many bytes of memory */
export function createField(kernelFor: (bytes: number) => Kernel, size: FieldSize): TissueField {
  const vertices = size.threads?.slots ?? 0
  const ofContact = contactBytes(size, vertices)
  const ofThreads = size.threads ? threadRoom(size.threads) : 0
  const tissue = createTissue(kernelFor, size, ofContact + ofThreads + scanBytes(size))
  const contact = createContact(tissue.memory, tissue.spare, vertices)
  const block = createBlock({ ...PLAN, uint8: { bound: (size.particles + 7) & ~7, turned: (size.tets + 7) & ~7 } })
  const { tools, grasps, pockets } = block.float64
  const each = viewsOf(tools, TOOL_SLOTS)
  for (const tool of each) tool[TOOL.kind] = -1
  const mesh = createMesh(tissue.memory)
  const field: TissueField = {
    tissue,
    mesh,
    scan: createScan(tissue, tissue.spare + ofContact + ofThreads),
    surface: { triangles: contact.triangles, corners: contact.corners, count: 0, version: 0 },
    contact,
    tools,
    each,
    grasps: viewsOf(grasps, GRASP_SLOTS),
    pockets: viewsOf(pockets, POCKET_SLOTS).map((state) => createPocket(state, contact.corners.length, size.particles)),
    capsules: createCapsules(contact.rows),
    edges: createEdges(mesh, MOST_TOOLS),
    energy: createEnergy(tissue.memory),
    threads: size.threads && createThreads(size.threads, tissue, tissue.spare + ofContact),
    liquids: size.liquids && createLiquids(kernelFor, tissue, size.liquids),
    patient: size.patient && admitPatient(size.patient),
    organs: { cavities: [], tubes: createTubes() },
    events: createEvents(),
    wound: block.float64.wound,
    clock: block.uint32.clock,
    bound: block.uint8.bound,
    turned: block.uint8.turned,
    pressed: new Uint8Array(block.uint8.bound.length),
    bytes: block.bytes,
  }
  tissue.actors.push(cavityActor(field), pocketActor(field), toolActor(field))
  tissue.actors.push(syringeActor(field))
  if (field.threads) tissue.actors.push(threadActor(field, field.threads))
  tissue.actors.push(fragmentActor(mesh, field.surface))
  return field
}

/** What fills hollow organs. */
function cavityActor({ organs: { cavities }, tissue, liquids }: TissueField): Actor {
  return {
    solve(h) {
      for (let i = 0; i < cavities.length; i++) solveCavity(cavities[i], tissue.memory, liquids, h)
    },
    finish() {
      if (liquids) for (let i = 0; i < cavities.length; i++) squeezeSac(cavities[i], liquids)
    },
  }
}

/** The part of each tool in an array of all. */
const viewsOf = (all: Float64Array, slots: number): readonly Float64Array[] =>
  Array.from({ length: MOST_TOOLS }, (_, t) => all.subarray(t * slots, (t + 1) * slots))

/** Readies a field for its first tick, once everything is loaded. */
export function settleField(field: TissueField): void {
  finish(settleSteps(field))
}

/** What `settleField` does, in steps. */
export function* settleSteps(field: TissueField): Steps {
  yield* adoptSteps(field.mesh)
  yield
  yield* packSteps(field.tissue.memory)
  yield
  clearChanges(field.mesh)
  refreshSurface(field)
}

/** Advances the field by one tick of 10 ms. Throws `simulation/not-finite` if a particle is nowhere. */
export function stepField(field: TissueField): void {
  field.clock[CLOCK.tick]++
  field.events.count = 0
  stepTissue(field.tissue)
  if (hasStrays(field)) {
    const stones = stonesIn(field.mesh)
    const volume = removeStray(field.mesh, FAR_M)
    if (volume > 0) note(field.events, 'removed', -1, volume)
    const left = stonesIn(field.mesh)
    if (left < stones) note(field.events, 'stone-lost', -1, left)
    followMesh(field)
  }
  suckStones(field)
  if (field.liquids) stepLiquids(field, field.liquids)
}

function hasStrays({ tissue: { memory, kernel } }: TissueField): boolean {
  const { position, counts, owner } = memory
  const end = counts[COUNT.particles]
  const at = position.byteOffset
  let strayed = false
  for (let p = kernel.findStray(at, FIRST_PARTICLE, end, FAR_M); p < end; p = kernel.findStray(at, p + 1, end, FAR_M)) {
    for (let i = p * 4; i < p * 4 + 3; i++)
      if (!(position[i] - position[i] === 0)) throw new SimulationError('simulation/not-finite', `position[${i}]`)
    strayed ||= owner[p] === OWNER.tissue
  }
  return strayed
}

/** All blocks that hold state, in a fixed order. */
export function blocksOf({
  tissue,
  mesh,
  edges,
  energy,
  threads,
  liquids,
  patient,
  bytes,
}: TissueField): readonly Uint8Array<ArrayBuffer>[] {
  const all = [tissue.memory.bytes, mesh.bytes, edges.strokes.bytes, energy.heat.bytes, energy.clips.bytes, bytes]
  if (threads) all.push(threads.memory.bytes, threads.tracts.bytes, threads.bytes)
  if (liquids) all.push(liquids.fluid.memory.bytes)
  if (patient) all.push(patient.bytes)
  return all
}

/** A copy of the whole state of a field. */
export function saveField(field: TissueField): readonly Uint8Array<ArrayBuffer>[] {
  return blocksOf(field).map((bytes) => bytes.slice())
}

/** Restores what `saveField` gave for a field of the same size. Throws `simulation/state-mismatch` for another's. */
export function restoreField(field: TissueField, saved: readonly Uint8Array[]): void {
  const blocks = blocksOf(field)
  if (saved.length !== blocks.length || blocks.some((bytes, i) => bytes.length !== saved[i].length))
    throw new SimulationError('simulation/state-mismatch', 'tissue')
  blocks.forEach((bytes, i) => {
    bytes.set(saved[i])
  })
  refreshSurface(field)
}

/** The hash of the whole state, as hex: equal states have equal ones. */
export function hashField(field: TissueField): string {
  return hashBlocks(field.tissue.kernel, field.tissue.window, blocksOf(field))
}
