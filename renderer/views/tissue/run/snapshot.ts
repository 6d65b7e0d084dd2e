/**
 * What a picture of living tissue is drawn from: a flat buffer that the worker fills and the page reads. Metres in the
 * operative field. What has not come up in a scene (threads, blood) has a count of 0.
 */
import { slots } from '../../../../core/simulation/state.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import { MOST_TOOLS } from '../../../../core/simulation/tissue/fieldtype.ts'
import { LIQUID_COUNT } from '../../../../core/simulation/tissue/fluid/liquids.ts'
import { MOST_CLIPS } from '../../../../core/simulation/tissue/tools/clips.ts'
import { TOOL_SLOTS } from '../../../../core/simulation/tissue/tools/tool.ts'

export const HEAD = slots([
  'tick',
  'topology', // changes when triangles, kinds or shapes at rest do
  'particles',
  'triangles',
  'threadPoints',
  'drops',
  'tickMs', // mean time that a tick took lately
  'puffs',
  'clips',
  'bledMl', // since the scene began
  'bleedMlS', // now, from all sites
  'sealMmHg', // that the seal in the making, or the last one made, withstands
  'heartRate', // of the patient, a minute; 0 in a field that has none, as all that follows
  'systolicMmHg',
  'diastolicMmHg',
  'saturation', // 0–1
  'sinceBeatS',
] as const)
/** Middle, direction of the legs, direction of closing, how far closed. */
export const CLIP_POSE = 10

/** Capacities. */
export type SnapshotSize = {
  readonly particles: number
  readonly triangles: number
  readonly threadPoints: number
  readonly drops: number
  readonly puffs: number
}

export type TissueSnapshot = {
  readonly head: Float64Array
  /** Rows of the tools as the field has them: see `TOOL`. */
  readonly tools: Float64Array
  /** x, y, z of each particle. */
  readonly position: Float32Array
  readonly rest: Float32Array
  /** x, y, z and radius of each point of a thread. */
  readonly thread: Float32Array
  /** x, y, z and radius of each drop of fluid. */
  readonly drop: Float32Array
  /** Three particles each, anticlockwise from outside. */
  readonly triangles: Uint32Array
  /** Number of the thread that a point belongs to. */
  readonly threadOf: Uint16Array
  /** What a point of a thread looks like: row of `ROD_LOOKS`. */
  readonly threadLook: Uint8Array
  /** What each triangle shows: material × 2, and 1 more where it was opened by cutting. */
  readonly kind: Uint8Array
  /** On each particle, 0–1: film, share of blood in it, clot, share of bile and pus. */
  readonly film: Float32Array
  /** On each particle: how far it is cooked, 0–1, and how dry heat has made it, 1 where it chars. */
  readonly burn: Float32Array
  /** How far injected liquid has pushed each particle aside, m. */
  readonly swollen: Float32Array
  /** How each drop departs from a ball: unit axis, and stretch along it (below 1: flat). */
  readonly dropShape: Float32Array
  /** x, y, z and strength 0–1 of each puff of smoke. */
  readonly puff: Float32Array
  /** `CLIP_POSE` numbers for each clip. */
  readonly clip: Float32Array
  /** How often each of `EVENTS` has happened in this run, then the last figure of each. */
  readonly tally: Float64Array
  /** Shares of blood, water, bile, pus and urine in each drop. */
  readonly mixture: Float32Array
}

const HEAD_SLOTS = Object.keys(HEAD).length

const layout = (size: SnapshotSize) =>
  [
    ['head', Float64Array, HEAD_SLOTS],
    ['tools', Float64Array, MOST_TOOLS * TOOL_SLOTS],
    ['tally', Float64Array, EVENTS.length * 2],
    ['position', Float32Array, size.particles * 3],
    ['rest', Float32Array, size.particles * 3],
    ['thread', Float32Array, size.threadPoints * 4],
    ['drop', Float32Array, size.drops * 4],
    ['film', Float32Array, size.particles * 4],
    ['burn', Float32Array, size.particles * 2],
    ['swollen', Float32Array, size.particles],
    ['dropShape', Float32Array, size.drops * 4],
    ['puff', Float32Array, size.puffs * 4],
    ['clip', Float32Array, MOST_CLIPS * CLIP_POSE],
    ['mixture', Float32Array, size.drops * LIQUID_COUNT],
    ['triangles', Uint32Array, size.triangles * 3],
    ['threadOf', Uint16Array, size.threadPoints],
    ['kind', Uint8Array, size.triangles],
    ['threadLook', Uint8Array, size.threadPoints],
  ] as const

/** Bytes of one snapshot, a multiple of 16. */
export function snapshotBytes(size: SnapshotSize): number {
  const total = layout(size).reduce((sum, [, { BYTES_PER_ELEMENT }, length]) => sum + BYTES_PER_ELEMENT * length, 0)
  return (total + 15) & ~15
}

/** Views of a snapshot in a buffer. */
export function snapshotIn(buffer: ArrayBufferLike, start: number, size: SnapshotSize): TissueSnapshot {
  const views: Record<string, unknown> = {}
  let at = start
  for (const [name, Kind, length] of layout(size)) {
    views[name] = new Kind(buffer as ArrayBuffer, at, length)
    at += length * Kind.BYTES_PER_ELEMENT
  }
  return views as TissueSnapshot
}
