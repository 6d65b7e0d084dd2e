/** Threads of a scene: where they lie when it begins, and needles in the jaws that hold them. */
import { cos, PI, round, sin } from '../exactmath.ts'
import { loadLoop } from '../tissue/fieldloops.ts'
import { sewIn } from '../tissue/fieldsewn.ts'
import { threadTool } from '../tissue/fieldsleeves.ts'
import { armTool } from '../tissue/fieldthreads.ts'
import type { TissueField } from '../tissue/fieldtype.ts'
import { grasp } from '../tissue/thread/grasp.ts'
import { addGuidewire, TIPS } from '../tissue/thread/guidewire.ts'
import { addLoop, type LoopShape, loopVertices } from '../tissue/thread/ligature.ts'
import { rodMaterial } from '../tissue/thread/materials.ts'
import { addRod } from '../tissue/thread/memory.ts'
import { type Armed, addArmedThread, NEEDLES, placeOnArc } from '../tissue/thread/needle.ts'
import { type SlipKnot, slipKnotPoints } from '../tissue/thread/slipknot.ts'
import { TOOL, TOOL_SLOTS } from '../tissue/tools/tool.ts'
import type { Scene } from './schema.ts'
import { unit } from './vectors.ts'

type Strand = Scene['threads'][0]
type Loop = Extract<Strand, { loop: unknown }>
type Slip = Extract<Strand, { roeder: unknown }>
type Thread = Exclude<Strand, Loop | Slip>

const MM = 0.001
/** A tool that stands anywhere, for what does not depend on where. */
const NOWHERE = new Float64Array(TOOL_SLOTS).fill(1, TOOL.bx, TOOL.bz + 1)
/** Segments of a needle. */
const STEEL = 16

/** Lays a thread along points, with vertices as far apart as its segments are long; a needle into its tool's jaws. */
export function layThread(field: TissueField, thread: Strand): void {
  const { tissue, threads } = field
  if (!threads) return
  if ('loop' in thread) {
    const { memory, tracts } = threads
    const { rod, knot } = addLoop(memory, tracts, tissue.memory, shapeOf(thread, field.each[thread.loop.tool]))
    loadLoop(field, threads, thread.loop.tool, rod, knot)
    return
  }
  const material = rodMaterial(thread.material)
  if ('roeder' in thread) {
    addRod(threads.memory, tissue.memory, slipKnotPoints(slipKnotOf(thread)), material)
    return
  }
  const along = thread.alongMm.map((point) => point.map((mm) => mm * MM))
  if (!thread.needle) {
    const points = pointsAlong(along, thread.segmentMm * MM)
    const rod = thread.tip
      ? addGuidewire(threads.memory, tissue.memory, points, TIPS[thread.tip])
      : addRod(threads.memory, tissue.memory, points, material)
    if (thread.within !== undefined) threadTool(field, threads, thread.within, rod)
    if (thread.anchored) anchor(field, rod)
    if (thread.sewn) sewIn(field, threads, rod)
    return
  }
  const laid = placeNeedle(field.each[thread.needle.tool], thread.needle)
  const swage = placeOnArc(laid, 2 * PI * laid.needle.circle)
  const trail = pointsAlong([swage, ...along], thread.segmentMm * MM).slice(3)
  const rod = addArmedThread(threads.memory, tissue.memory, { ...laid, thread: material, trail })
  if (thread.anchored) anchor(field, rod)
  armTool(field, threads, thread.needle.tool, threads.memory.first[rod] + round(thread.needle.grip * STEEL))
}

/** An assistant holds the end of a thread with so much, N (estimate). */
const ASSISTS = 8

function anchor({ tissue, threads }: TissueField, rod: number): void {
  if (!threads) return
  const { memory } = threads
  grasp(memory, tissue.memory, memory.first[rod] + memory.segments[rod], ASSISTS)
}

/** The point of a needle and its directions there, from those where the tool grips it. */
function placeNeedle(tool: Float64Array, needle: NonNullable<Thread['needle']>): Omit<Armed, 'thread' | 'trail'> {
  const shape = NEEDLES[needle.shape]
  const leads = unit(needle.leads)
  const inwards = unit(needle.inwards)
  const grip = [tool[TOOL.ax], tool[TOOL.ay], tool[TOOL.az]]
  const ahead = (round(needle.grip * STEEL) / STEEL) * 2 * PI * shape.circle
  const [c, s] = [cos(ahead), sin(ahead)]
  return {
    needle: shape,
    segments: STEEL,
    at: placeOnArc({ needle: shape, at: grip, leads, inwards }, -ahead),
    leads: leads.map((x, i) => x * c + inwards[i] * s),
    inwards: inwards.map((x, i) => x * c - leads[i] * s),
  }
}

/** Vertices evenly along a way through points, m: x y z each. */
function pointsAlong(way: readonly (readonly number[])[], segment: number): number[] {
  const points: number[] = [...way[0]]
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1], way[i]]
    const pieces = piecesOf(a, b, segment)
    for (let n = 1; n <= pieces; n++) points.push(...a.map((x, k) => x + ((b[k] - x) * n) / pieces))
  }
  return points
}

/** Segments between two points of a way. */
function piecesOf(a: readonly number[], b: readonly number[], segment: number): number {
  const far = Math.sqrt(b.reduce((sum, x, k) => sum + (x - a[k]) * (x - a[k]), 0))
  return Math.max(1, round(far / segment))
}

/** A loop on the tip of its tool. */
function shapeOf({ material, segmentMm, loop }: Loop, tool: Float64Array): LoopShape {
  const out = unit(loop.out)
  const tip = [tool[TOOL.ax], tool[TOOL.ay], tool[TOOL.az]]
  return {
    thread: rodMaterial(material),
    radius: loop.radiusMm * MM,
    tail: loop.tailMm * MM,
    segment: segmentMm * MM,
    centre: tip.map((x, i) => x - loop.radiusMm * MM * out[i]),
    out,
    side: unit(loop.side),
    along: unit(tip.map((x, i) => tool[TOOL.bx + i] - x)),
  }
}

function slipKnotOf({ segmentMm, roeder }: Slip): SlipKnot {
  const { winds, lock, aroundMm, up, across, radiusMm, awayMm, halfMm, postMm, tailMm } = roeder
  return {
    winds,
    lock,
    centre: aroundMm.map((mm) => mm * MM),
    up: unit(up),
    across: unit(across),
    radius: radiusMm * MM,
    away: awayMm * MM,
    half: halfMm * MM,
    post: postMm * MM,
    tail: tailMm * MM,
    segment: segmentMm * MM,
  }
}

/** Most vertices that a thread has: with a needle, one whose swage lies no farther than that from its way. */
export function verticesOf(thread: Strand): number {
  if ('loop' in thread) return loopVertices(shapeOf(thread, NOWHERE))
  if ('roeder' in thread) return slipKnotPoints(slipKnotOf(thread)).length / 3
  const { alongMm, segmentMm, needle } = thread
  let count = needle ? STEEL + 1 + Math.ceil(SWAGE_MM / segmentMm) : 1
  for (let i = 1; i < alongMm.length; i++) count += piecesOf(alongMm[i - 1], alongMm[i], segmentMm)
  return count
}

/** Room for thread between a swage and the first point of its way. */
const SWAGE_MM = 100
