/** Threads of a field as an actor of its tissue: they lie on instruments, jaws take hold of them, needles sew. */
import { createBlock } from '../state.ts'
import { note } from './events.ts'
import { feelNeedles, feelThreads, lendHands } from './fieldfeel.ts'
import { watchKnots } from './fieldknots.ts'
import { aimLoops, cutLoop, workLoops } from './fieldloops.ts'
import { createNeedles, driveNeedles, findFaces, tearOut } from './fieldneedles.ts'
import { laySleeves, sheathe } from './fieldsleeves.ts'
import { bedTubes, isTube } from './fieldtubes.ts'
import { MOST_TOOLS, type Threads, type TissueField } from './fieldtype.ts'
import { NONE } from './memory.ts'
import type { Actor, Tissue } from './solver.ts'
import { grasp, release } from './thread/grasp.ts'
import { createThreadMemory, ROD_COUNT, type ThreadSize, threadBytes } from './thread/memory.ts'
import { aimNeedle, FRAME, graspNeedle, releaseNeedle } from './thread/needle.ts'
import { solveThreads } from './thread/solve.ts'
import { createTractMemory, TRACT, tractBytes } from './thread/tract.ts'
import { createWorkspace, PROXY, workspaceBytes } from './thread/workspace.ts'
import { CAPSULE, CAPSULE_SLOTS } from './tools/capsules.ts'
import { INSTRUMENTS } from './tools/catalogue.ts'
import { placeInJaws, readyJaws, toolFrame } from './tools/frame.ts'
import { CLOSED, letGo } from './tools/grasp.ts'
import { TOOL } from './tools/tool.ts'

/** Points of needle tracts in a field. */
const POINTS = 256
/** Jaws take thread that lies this near to their tip, m. */
const CATCH = 0.003
/** A needle that is held back so far from where its jaws want it has slipped out of them, m. */
const LAG = 0.01

/** Bytes of a kernel's memory that threads need. */
export const threadRoom = (size: ThreadSize): number => threadBytes(size) + tractBytes(POINTS) + workspaceBytes(size)

/** Lays threads out in the kernel's memory of their tissue from `start` on. */
export function createThreads(size: ThreadSize, tissue: Tissue, start: number): Threads {
  const { kernel } = tissue
  const memory = createThreadMemory(size, kernel.memory, start)
  const ofTracts = start + threadBytes(size)
  const tracts = createTractMemory(POINTS, kernel.memory, ofTracts)
  const block = createBlock({
    float64: { drawn: MOST_TOOLS, tug: MOST_TOOLS * 3 },
    uint32: {
      heldBy: MOST_TOOLS,
      loop: MOST_TOOLS,
      sliding: MOST_TOOLS,
      sleeve: MOST_TOOLS,
      sleeveFrom: MOST_TOOLS,
      sleeveTo: MOST_TOOLS,
    },
    uint16: { bite: size.rods, bites: 1, knot: size.rods },
    uint8: { looks: size.rods, strangled: size.rods },
  })
  return {
    memory,
    tracts,
    work: createWorkspace(memory, tracts, tissue.memory, kernel, ofTracts + tractBytes(POINTS)),
    ...block.float64,
    ...block.uint32,
    ...block.uint16,
    ...block.uint8,
    needles: createNeedles(),
    bytes: block.bytes,
  }
}

export function threadActor(field: TissueField, threads: Threads): Actor {
  const { memory, tracts, work, heldBy } = threads
  const { each: all } = field
  return {
    prepare(): void {
      for (let t = 0; t < MOST_TOOLS; t++) {
        const tool = all[t]
        if (tool[TOOL.kind] < 0) continue
        if (heldBy[t] > 0 && tool[TOOL.jaw] > CLOSED) drop(field, threads, t)
        else if (heldBy[t] === 0 && tool[TOOL.jaw] <= CLOSED && tool[TOOL.jawBefore] > CLOSED)
          take(field, threads, tool, t)
        else if (heldBy[t] > 0 && hasSlipped(field, threads, t)) {
          drop(field, threads, t)
          note(field.events, 'slipped', t, 0)
        }
      }
      workLoops(field, threads)
      sheathe(field, threads)
      bedTubes(field, threads)
      findFaces(field, threads)
      spare(field, threads)
      tracts.load.fill(0)
    },
    solve(h: number): void {
      const { rows, count } = field.capsules
      memory.counts[ROD_COUNT.proxies] = Math.min(count, memory.size.proxies)
      for (let c = 0; c < memory.counts[ROD_COUNT.proxies]; c++) {
        for (let i = 0; i < 6; i++) work.proxies[c * PROXY + i] = rows[c * CAPSULE_SLOTS + i]
        work.proxies[c * PROXY + 6] = rows[c * CAPSULE_SLOTS + CAPSULE.radius]
        work.proxies[c * PROXY + 7] = INSTRUMENTS[all[rows[c * CAPSULE_SLOTS + CAPSULE.tool]][TOOL.kind]].friction
      }
      for (let t = 0; t < MOST_TOOLS; t++) {
        if (heldBy[t] === 0) continue
        const rod = memory.rod[heldBy[t] - 1]
        frameOf(all[t])
        if (memory.leader[rod] === t + 1) aimNeedle(memory, rod, frame)
        else if (!isNeedle(threads, heldBy[t] - 1)) aimThread(threads, heldBy[t] - 1)
      }
      aimLoops(field, threads)
      lendHands(field, threads)
      laySleeves(field, threads)
      solveThreads(memory, work, h)
      feelNeedles(field, threads, h)
      feelThreads(field, threads, h)
      driveNeedles(field, threads)
    },
    finish(): void {
      tearOut(field, threads)
      watchKnots(field, threads)
    },
  }
}

/** Whether a vertex is of steel. */
const isNeedle = ({ memory: t }: Threads, slot: number): boolean =>
  slot <= t.first[t.rod[slot]] + t.steel[t.rod[slot]] && t.steel[t.rod[slot]] > 0

const frame = new Float64Array(FRAME)

/** Writes the frame of a tool's jaws. */
function frameOf(tool: Float64Array): void {
  toolFrame(tool, frame)
  for (let i = 0; i < 3; i++) frame[9 + i] = tool[TOOL.ax + i]
}

/**
 * Takes the vertex between the jaws that is nearest to their tip, else the nearest about the tip, if there is any; of a
 * needle, all of it. Thread that is wound about the jaws is not between them.
 */
function take(field: TissueField, threads: Threads, tool: Float64Array, t: number): void {
  const { memory, heldBy } = threads
  const { gripN, jaws } = INSTRUMENTS[tool[TOOL.kind]]
  if (gripN === undefined || !jaws) return
  const { position } = field.tissue.memory
  readyJaws(tool)
  const opens = jaws.length * jaws.open * tool[TOOL.jawBefore]
  let nearest = -1
  let least = Infinity
  for (let s = 0; s < memory.counts[ROD_COUNT.slots]; s++) {
    if (memory.held[s] === 1 && !isNeedle(threads, s)) continue
    const p = memory.particle[s] * 4
    if (!placeInJaws(tool, position, p, place)) continue
    const d2 = place[0] * place[0] + place[1] * place[1] + place[2] * place[2]
    const opening = (1 - place[0] / jaws.length) * opens
    // Jaws bed into tubes thicker than they are.
    const give = isTube(memory.radius[s], jaws.radius) ? memory.radius[s] : 0
    const isBetween =
      place[0] > -jaws.radius && Math.abs(place[1]) < opening + give && Math.abs(place[2]) < Math.max(jaws.radius, give)
    if (!isBetween && d2 > CATCH * CATCH) continue
    // what is between comes before what is beside
    const rank = isBetween ? d2 : d2 + 1
    if (rank >= least) continue
    least = rank
    nearest = s
    // Jaws close on it where it is.
    between[0] = Math.max(0, place[0])
    between[1] = 0
    between[2] = place[2]
  }
  if (nearest < 0) return
  // Who takes a thread off tissue does not mean the tissue.
  letGo(tool, field.grasps[t], field.bound)
  heldBy[t] = nearest + 1
  threads.tug.fill(0, 3 * t, 3 * t + 3)
  if (!isNeedle(threads, nearest)) {
    grasp(memory, field.tissue.memory, nearest, gripN)
    memory.local.set(between, 3 * nearest)
  } else if (memory.leader[memory.rod[nearest]] === 0) lead(field, threads, t)
  note(field.events, 'grasped', t, 1)
}

const place = new Float64Array(3)
const between = new Float64Array(3)

/** Says where a thread goes with the jaws that hold it. */
function aimThread({ memory: t }: Threads, s: number): void {
  const l = 3 * s
  for (let axis = 0; axis < 3; axis++)
    t.target[l + axis] =
      frame[9 + axis] + frame[axis] * t.local[l] + frame[3 + axis] * t.local[l + 1] + frame[6 + axis] * t.local[l + 2]
}

/** Puts the needle of a rod between a tool's closed jaws, at its vertex `slot`. */
export function armTool(field: TissueField, threads: Threads, t: number, slot: number): void {
  threads.heldBy[t] = slot + 1
  lead(field, threads, t)
}

/** Makes a tool the one that moves the needle in its jaws. */
function lead(field: TissueField, { memory, heldBy }: Threads, t: number): void {
  const slot = heldBy[t] - 1
  const rod = memory.rod[slot]
  const first = memory.first[rod]
  const grip = Math.max(first + 1, Math.min(first + memory.steel[rod] - 1, slot))
  frameOf(field.each[t])
  graspNeedle(memory, field.tissue.memory, rod, grip, frame, INSTRUMENTS[field.each[t][TOOL.kind]].gripN ?? 0)
  memory.leader[rod] = t + 1
}

/** Takes thread, needle or loop off a tool. */
export function letGoThread(field: TissueField, threads: Threads, t: number): void {
  if (threads.heldBy[t] > 0) drop(field, threads, t)
  if (threads.loop[t] > 0) cutLoop(field, threads, t)
}

/** Opens a tool's hold on thread; a needle that another holds too goes on with that one. */
function drop(field: TissueField, threads: Threads, t: number): void {
  const { memory, heldBy } = threads
  const slot = heldBy[t] - 1
  const rod = memory.rod[slot]
  heldBy[t] = 0
  if (!isNeedle(threads, slot)) {
    release(memory, field.tissue.memory, slot)
    return
  }
  if (memory.leader[rod] !== t + 1) return
  releaseNeedle(memory, field.tissue.memory, rod)
  memory.leader[rod] = 0
  for (let other = 0; other < MOST_TOOLS && memory.leader[rod] === 0; other++)
    if (heldBy[other] > 0 && memory.rod[heldBy[other] - 1] === rod && isNeedle(threads, heldBy[other] - 1))
      lead(field, threads, other)
}

/** Whether a needle was drawn or pushed out of the jaws that lead it. */
function hasSlipped({ each }: TissueField, { memory, heldBy }: Threads, t: number): boolean {
  const s = heldBy[t] - 1
  if (memory.leader[memory.rod[s]] !== t + 1) return false
  if (each[t][TOOL.grip] > (INSTRUMENTS[each[t][TOOL.kind]].gripN ?? 0)) return true
  let far2 = 0
  for (let a = 3 * s; a < 3 * s + 3; a++) {
    const d = memory.target[a] - memory.checked[a]
    far2 += d * d
  }
  return far2 > LAG * LAG
}

/** Tissue around tracts tears by what the bite holds, not by what a small tetrahedron is stretched. */
function spare({ tissue, pressed }: TissueField, { tracts }: Threads): void {
  const { tetVertex } = tissue.memory
  for (let n = 0; n < tracts.counts[TRACT.points]; n++) {
    if (tracts.active[n] === 0 || tracts.knot[n] === 1 || tetVertex[tracts.tet[n] * 4] === NONE) continue
    for (let k = 0; k < 4; k++) pressed[tetVertex[tracts.tet[n] * 4 + k]] = 1
  }
}
