/**
 * Ligating loops: the instrument is a tube whose tip carries the knot; its pedal draws the tail through the tube, and the
 * loop closes. What it strangles bleeds no more beyond it. The jaw slot lets it go: the tail is cut and the loop stays.
 */

import { TICK_S } from './clock.ts'
import { noteAt } from './events.ts'
import { MOST_TOOLS, type Threads, type TissueField } from './fieldtype.ts'
import { CLOSURE, closeSite } from './fluid/bleed.ts'
import { SITE_WORD, SITE_WORDS } from './fluid/memory.ts'
import { COUNT, FIRST_PARTICLE, OWNER, type TissueMemory } from './memory.ts'
import { aim, grasp, release } from './thread/grasp.ts'
import { DRAWN, loopLength } from './thread/ligature.ts'
import { ROD_COUNT, type ThreadMemory } from './thread/memory.ts'
import { INSTRUMENTS } from './tools/catalogue.ts'
import { CLOSED } from './tools/grasp.ts'
import { TOOL } from './tools/tool.ts'

/** The tube holds the knot by so much, N. */
const HOLDS = 60
/** Tissue in the loop that is drawn to this share of its width at rest lets nothing flow (estimate). */
const STRANGLED = 0.8
/** What lies within this of the plane of a loop is in it, m. */
const PLANE = 3e-3
/** A vessel's end belongs to what a loop strangles up to this far from it, m. */
const REACH = 25e-3
/** Thread this near to the tube's mouth is on its way into it, m. */
const MOUTH = 3e-3
const MM = 1000

/** Puts a loop, whose first vertex is its knot, on a tool's tip. */
export function loadLoop(field: TissueField, threads: Threads, t: number, rod: number, knot: number): void {
  const { memory, loop, sliding, drawn } = threads
  const last = memory.first[rod] + memory.segments[rod]
  loop[t] = rod + 1
  sliding[t] = knot
  const tail = last - Math.floor(threads.tracts.place[knot])
  drawn[t] = tail * memory.length[last - 1]
  grasp(memory, field.tissue.memory, memory.first[rod], HOLDS)
  grasp(memory, field.tissue.memory, last, DRAWN)
}

/** Lets a loop off its tool; it stays as it is drawn. */
export function cutLoop({ tissue }: TissueField, { memory, loop }: Threads, t: number): void {
  const rod = loop[t] - 1
  release(memory, tissue.memory, memory.first[rod])
  release(memory, tissue.memory, memory.first[rod] + memory.segments[rod])
  loop[t] = 0
}

/** Begins a tick: tails are drawn, loops let go. */
export function workLoops(field: TissueField, threads: Threads): void {
  const { memory, loop, sliding, drawn, work, tracts } = threads
  work.sheathed.fill(0)
  for (let t = 0; t < MOST_TOOLS; t++) {
    const tool = field.each[t]
    if (loop[t] > 0 && tool[TOOL.jaw] > CLOSED) cutLoop(field, threads, t)
    if (loop[t] === 0) {
      if (tool[TOOL.kind] >= 0 && INSTRUMENTS[tool[TOOL.kind]].draws) sheatheTail(tool, threads)
      continue
    }
    const rod = loop[t] - 1
    const last = memory.first[rod] + memory.segments[rod]
    const { draws } = INSTRUMENTS[tool[TOOL.kind]]
    if (draws && tool[TOOL.pedal] > 0.5 && memory.pull[last] < DRAWN) drawn[t] += draws * TICK_S
    // as far as the tube is wide, and what lies in it
    const mouth = Math.ceil((MOUTH + INSTRUMENTS[tool[TOOL.kind]].shaftRadius) / memory.length[memory.first[rod]])
    work.sheathed.fill(1, Math.floor(tracts.place[sliding[t]]) - mouth, last + 1)
    if (threads.strangled[t] === 0) strangle(field, threads, t)
  }
}

/** The tail of a loop that was let go slides out of its tube as this is withdrawn. */
function sheatheTail(tool: Float64Array, { memory: t, work }: Threads): void {
  const { length, shaftRadius } = INSTRUMENTS[tool[TOOL.kind]]
  for (let s = 0; s < t.counts[ROD_COUNT.slots]; s++) {
    let along = 0
    let d2 = 0
    for (let k = 0; k < 3; k++) {
      const d = t.checked[3 * s + k] - tool[TOOL.ax + k]
      along += (d * (tool[TOOL.bx + k] - tool[TOOL.ax + k])) / length
      d2 += d * d
    }
    if (along < 0 || along > length || d2 - along * along > shaftRadius * shaftRadius) continue
    work.sheathed.fill(1, Math.max(0, s - 1), s + 1)
  }
}

/** Aims what a tube holds: the knot at its tip, the end of the tail within. */
export function aimLoops({ each }: TissueField, { memory, loop, drawn }: Threads): void {
  for (let t = 0; t < MOST_TOOLS; t++) {
    if (loop[t] === 0) continue
    const tool = each[t]
    const rod = loop[t] - 1
    const first = memory.first[rod]
    const share = drawn[t] / INSTRUMENTS[tool[TOOL.kind]].length
    const x = tool[TOOL.bx] - tool[TOOL.ax]
    const y = tool[TOOL.by] - tool[TOOL.ay]
    const z = tool[TOOL.bz] - tool[TOOL.az]
    aim(memory, first, tool[TOOL.ax], tool[TOOL.ay], tool[TOOL.az])
    aim(
      memory,
      first + memory.segments[rod],
      tool[TOOL.ax] + share * x,
      tool[TOOL.ay] + share * y,
      tool[TOOL.az] + share * z,
    )
  }
}

/** Middle and unit normal of a loop. */
const middle = new Float64Array(3)
const normal = new Float64Array(3)

function measureLoop(t: ThreadMemory, first: number, last: number): void {
  middle.fill(0)
  normal.fill(0)
  const x = t.checked
  for (let s = first; s < last; s++) for (let k = 0; k < 3; k++) middle[k] += x[3 * s + k] / (last - first)
  for (let s = first; s < last; s++) {
    const a = 3 * s
    for (let k = 0; k < 3; k++) {
      const i = (k + 1) % 3
      const j = (k + 2) % 3
      normal[k] +=
        (x[a + i] - middle[i]) * (x[a + 3 + j] - middle[j]) - (x[a + j] - middle[j]) * (x[a + 3 + i] - middle[i])
    }
  }
  const size = Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2])
  if (size > 0) for (let k = 0; k < 3; k++) normal[k] /= size
}

/** Once the tissue in a loop is narrow enough, vessels that end beyond it are tied. */
function strangle(field: TissueField, threads: Threads, t: number): void {
  const { memory, loop, sliding, tracts } = threads
  const knot = sliding[t]
  const first = memory.first[loop[t] - 1]
  measureLoop(memory, first, Math.floor(tracts.place[knot]))
  const length = loopLength(memory, tracts, knot)
  if (widthIn(field.tissue.memory, length) > STRANGLED) return
  threads.strangled[t] = 1
  noteAt(field.events, 'tied', t, length * MM, middle, 0, Math.abs(tracts.pull[knot]))
  if (field.liquids) tieSites(field, length)
}

/** Sums over the tissue in a loop: weight, place now and at rest, square of how far it is from the middle across the loop, now and at rest. */
const sums = new Float64Array(9)
/** Tissue in a loop is told by so many particles at least. */
const FEWEST = 4

/** How wide the tissue in the measured loop is against its width at rest; 1 where there is too little to tell. */
function widthIn({ position, rest, owner, counts }: TissueMemory, length: number): number {
  // Half the length reaches across any loop, however it is drawn out.
  const reach2 = 0.0625 * length * length
  let found = 0
  sums.fill(0)
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (owner[p] !== OWNER.tissue) continue
    const weight = weightIn(position, p, reach2)
    if (weight === 0) continue
    found++
    sums[0] += weight
    for (let k = 0; k < 3; k++) {
      sums[1 + k] += weight * position[p * 4 + k]
      sums[4 + k] += weight * rest[p * 4 + k]
    }
  }
  if (found < FEWEST) return 1
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (owner[p] !== OWNER.tissue) continue
    const weight = weightIn(position, p, reach2)
    if (weight === 0) continue
    for (let k = 0; k < 3; k++) {
      // across the normal only
      const across = weight * (1 - normal[k] * normal[k])
      const now = position[p * 4 + k] - sums[1 + k] / sums[0]
      const before = rest[p * 4 + k] - sums[4 + k] / sums[0]
      sums[7] += across * now * now
      sums[8] += across * before * before
    }
  }
  return sums[8] > 0 ? Math.sqrt(sums[7] / sums[8]) : 1
}

/** How much a particle counts as in the measured loop: less the farther it is from its plane, nothing where it is not. @param reach2 square of how far the loop reaches, m² */
function weightIn(position: Float32Array, p: number, reach2: number): number {
  let height = 0
  let d2 = 0
  for (let k = 0; k < 3; k++) {
    const d = position[p * 4 + k] - middle[k]
    height += d * normal[k]
    d2 += d * d
  }
  return d2 - height * height > reach2 ? 0 : Math.max(0, 1 - Math.abs(height) / PLANE)
}

/** Ties the vessels whose open ends stand over the measured loop. */
function tieSites({ liquids, tissue }: TissueField, length: number): void {
  if (!liquids) return
  const { siteWord, size } = liquids.fluid.memory
  const { position } = tissue.memory
  for (let s = 0; s < size.sites; s++) {
    if (siteWord[s * SITE_WORDS + SITE_WORD.kind] === 0) continue
    const p = siteWord[s * SITE_WORDS + SITE_WORD.a] * 4
    let height = 0
    let d2 = 0
    for (let k = 0; k < 3; k++) {
      const d = position[p + k] - middle[k]
      height += d * normal[k]
      d2 += d * d
    }
    const aside = d2 - height * height
    if (Math.abs(height) < REACH && aside < 0.25 * length * length) closeSite(liquids.fluid.memory, s, CLOSURE.tie, 0)
  }
}
