/**
 * The patch of chest wall under the hands: a field of living tissue that is laid about the place where a tool first comes
 * down, over some ticks; it follows the hands while it is whole, stays where it was cut, and sleeps while nothing is near it.
 */
import { SimulationError } from '../contract.ts'
import { type FieldModel, heightAt } from '../field.ts'
import type { KernelFor } from '../kernel/kernel.ts'
import { slots } from '../state.ts'
import type { Steps } from '../steps.ts'
import { blocksOf, createField, hashField, restoreField, saveField, settleSteps, stepField } from '../tissue/field.ts'
import { CLOCK, type TissueField } from '../tissue/fieldtype.ts'
import { hold, loadSteps } from '../tissue/load.ts'
import { COUNT, FIRST_PARTICLE } from '../tissue/memory.ts'
import { buildLattice, LIFT_M } from './lattice.ts'

/** Slots of the patch in the state of a world. */
export const PATCH = slots([
  'laid', // 1 once there is a lattice
  'laying', // steps of laying it that were begun; 0 while none is being laid
  'u', // its middle, mm
  'v',
  'whole', // version of its surface while nothing has parted it
  'waiting', // ticks that a tool has been near the skin away from it
  'calm', // ticks without a tool that moves near it or motion; asleep from CALM_TICKS on
  'left', // ticks since the last tool moved near it
  'read', // version of its surface from which the wound was read
  'wayCut', // number of the cut by which blunt tools part it, 0 for none
  'wayU', // a place of its plane, mm, and its direction along the wall
  'wayV',
  'wayAlongU',
  'wayAlongV',
  'wayLow', // height to which tips have parted it, mm
  'wayDeep', // and jaws
  'wayHalf', // how far to either side, mm
] as const)

/** Capacities: a thick wall's lattice, and what cutting adds. */
const SIZE = { particles: 5200, tets: 15000, edges: 8 }
/** How far from the middle of the patch work may begin, along and across the ribs, mm: a cut, other work, on parted wall. */
const CUT_MM = [8, 8] as const
const INNER_MM = [20, 20] as const
const REACH_MM = [40, 28] as const
/** From this height over the skin on a patch is laid for a tool that comes, mm, and one laid anew that was parted. */
const COMES_MM = 40
const DOWN_MM = 12
/** Ticks that a tool stays near the skin before the patch goes there. */
const PATIENCE = 4
/** Ticks of calm before it sleeps, and speed below which tissue is calm, m/s. */
const CALM_TICKS = 40
const CALM_M_S = 0.002
/** Tissue that has not come to rest by then is stopped: nobody is near it. */
const LONGEST_TICKS = 100
const MM = 0.001

export type WallPatch = {
  readonly field: TissueField
  /** State of a field without tissue. */
  readonly empty: readonly Uint8Array<ArrayBuffer>[]
  readonly slots: Float64Array
  readonly tip: Float64Array
  readonly end: Float64Array
  /** What is left of laying it; no state, for what was done is done again after a restore. */
  steps: Steps | undefined
  /** SHA-256 of its state, '' while unknown: a patch that sleeps is hashed once. */
  digest: string
}

/** @param own the slots of the patch in the world's state */
export function createPatch(kernelFor: KernelFor, own: Float64Array): WallPatch {
  const field = createField(kernelFor, SIZE)
  // The wall's shape at rest is the one it has under its own weight.
  field.tissue.gravity.fill(0)
  return {
    field,
    empty: saveField(field),
    slots: own,
    tip: new Float64Array(3),
    end: new Float64Array(3),
    steps: undefined,
    digest: '',
  }
}

/** Lays a fresh patch about its middle, in steps. */
function* layPatch({ field, empty, slots: own }: WallPatch, model: FieldModel): Steps {
  restoreField(field, empty)
  const lattice = yield* buildLattice(model, own[PATCH.u], own[PATCH.v])
  yield
  const { memory } = field.tissue
  const first = yield* loadSteps(memory, lattice)
  for (let i = 0; i < lattice.held.length; i++) if (lattice.held[i] === 1) hold(memory, first + i)
  yield
  yield* settleSteps(field)
}

/** Begins to lay a fresh patch about (u, v), mm; `layOn` goes on. */
function beginToLay(patch: WallPatch, model: FieldModel, u: number, v: number): void {
  const own = patch.slots
  own[PATCH.laid] = 0
  own[PATCH.laying] = 1
  own[PATCH.u] = u
  own[PATCH.v] = v
  own[PATCH.waiting] = 0
  patch.steps = layPatch(patch, model)
}

/** Goes on with the patch that is being laid, by a step. */
export function layOn(patch: WallPatch): void {
  const { steps, field, slots: own } = patch
  if (steps === undefined) return
  patch.digest = ''
  own[PATCH.laying]++
  if (!steps.next().done) return
  patch.steps = undefined
  own[PATCH.laying] = 0
  own[PATCH.laid] = 1
  own[PATCH.whole] = field.clock[CLOCK.surface]
  own[PATCH.read] = own[PATCH.whole]
  own[PATCH.wayCut] = 0
  own[PATCH.calm] = CALM_TICKS
}

/** Whether anything has parted the patch. */
function isParted({ field, slots: own }: WallPatch): boolean {
  return own[PATCH.laid] === 1 && field.clock[CLOCK.surface] !== own[PATCH.whole]
}

/** What a tool does to the wall: a blade cuts it, all else presses it. */
export type Work = 'cuts' | 'presses'

/** Whether (u, v), mm, lies where work on the patch, or on the one that is being laid, may begin. */
function isOverPatch(patch: WallPatch, u: number, v: number, work: Work): boolean {
  const own = patch.slots
  const isThere = own[PATCH.laid] === 1 || own[PATCH.laying] > 0
  return isThere && isWithin(patch, u, v, isParted(patch) ? REACH_MM : work === 'cuts' ? CUT_MM : INNER_MM)
}

function isWithin({ slots: own }: WallPatch, u: number, v: number, within: readonly [number, number]): boolean {
  return Math.abs(u - own[PATCH.u]) <= within[0] && Math.abs(v - own[PATCH.v]) <= within[1]
}

/** Whether tissue of the patch, well within its border, lies under (u, v), mm. */
export const isCovered = (patch: WallPatch, u: number, v: number): boolean =>
  patch.slots[PATCH.laid] === 1 && isWithin(patch, u, v, REACH_MM)

/** Whether there is a patch under (u, v), mm, that may be cut. */
export const isReady = (patch: WallPatch, u: number, v: number): boolean =>
  patch.slots[PATCH.laid] === 1 && isOverPatch(patch, u, v, 'cuts')

/**
 * Begins to lay a patch where a tool with its tip at (u, v, w), mm, comes near the skin: anew while it is whole, or under
 * a blade that begins elsewhere.
 */
export function followTool(patch: WallPatch, model: FieldModel, u: number, v: number, w: number, work: Work): void {
  const own = patch.slots
  if (heightOver(model, u, v, w) > (isParted(patch) ? DOWN_MM : COMES_MM)) return
  if (isOverPatch(patch, u, v, work) || (isParted(patch) && work === 'presses')) {
    own[PATCH.waiting] = 0
    return
  }
  own[PATCH.waiting]++
  if (own[PATCH.waiting] >= PATIENCE) beginToLay(patch, model, u, v)
}

/** Field place (u, v, w), mm → place in the patch, m. */
export function toPatch({ slots: own }: WallPatch, u: number, v: number, w: number, out: Float64Array): void {
  out[0] = (u - own[PATCH.u]) * MM
  out[1] = (v - own[PATCH.v]) * MM + LIFT_M
  out[2] = w * MM
}

/** Height over the skin at rest, mm. */
export function heightOver(model: FieldModel, u: number, v: number, w: number): number {
  return w - heightAt(model, model.skin, u, v)
}

/** Advances the patch by a tick unless it sleeps. @param busy whether a tool moves near it */
export function stepPatch(patch: WallPatch, busy: boolean): void {
  const { field, slots: own } = patch
  if (own[PATCH.laid] === 0) return
  if (busy) {
    own[PATCH.calm] = 0
    own[PATCH.left] = 0
  } else if (own[PATCH.calm] >= CALM_TICKS) return
  stepField(field)
  patch.digest = ''
  if (busy) return
  own[PATCH.left]++
  own[PATCH.calm] = isMoving(field) ? 0 : own[PATCH.calm] + 1
  if (own[PATCH.left] >= LONGEST_TICKS) own[PATCH.calm] = CALM_TICKS
  if (own[PATCH.calm] >= CALM_TICKS) field.tissue.memory.velocity.fill(0)
}

function isMoving({ tissue }: TissueField): boolean {
  const { velocity, counts } = tissue.memory
  const end = counts[COUNT.particles] * 4
  for (let p = FIRST_PARTICLE * 4; p < end; p += 4)
    if (
      Math.abs(velocity[p]) > CALM_M_S ||
      Math.abs(velocity[p + 1]) > CALM_M_S ||
      Math.abs(velocity[p + 2]) > CALM_M_S
    )
      return true
  return false
}

/** SHA-256 of the patch's state. */
export function digestOf(patch: WallPatch): string {
  if (patch.digest === '') patch.digest = hashField(patch.field)
  return patch.digest
}

/** Bytes of the patch's state. */
export const patchBytes = ({ empty }: WallPatch): number => empty.reduce((sum, { length }) => sum + length, 0)

/** Copies the state into `out` from `at` on. */
export function savePatch({ field }: WallPatch, out: Uint8Array, at: number): void {
  for (const bytes of blocksOf(field)) {
    out.set(bytes, at)
    at += bytes.length
  }
}

/** Takes the state from `saved` from `at` on. Throws `simulation/state-mismatch` when it is too short. */
export function restorePatch(patch: WallPatch, model: FieldModel, saved: Uint8Array, at: number): void {
  const { field, empty, slots: own } = patch
  patch.digest = ''
  patch.steps = undefined
  const parts: Uint8Array[] = []
  for (const { length } of empty) {
    parts.push(saved.subarray(at, at + length))
    at += length
  }
  if (at > saved.length) throw new SimulationError('simulation/state-mismatch', 'patch')
  restoreField(field, parts)
  if (own[PATCH.laying] === 0) return
  patch.steps = layPatch(patch, model)
  for (let n = 1; n < own[PATCH.laying]; n++) patch.steps.next()
}
