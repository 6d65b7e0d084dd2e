/**
 * The state of a world as one block, and the context that every part of a tick works on. Only the block changes from
 * tick to tick; all else is read from the patient once.
 */
import { BODY_PLAN } from '../physiology/bodystate.ts'
import { createPatch, PATCH, type WallPatch } from './chestwall/patch.ts'
import type { Hand, Patient, SimEvent, Start } from './contract.ts'
import type { FieldModel } from './field.ts'
import type { KernelFor } from './kernel/kernel.ts'
import { createPlace, type Place } from './landmarks.ts'
import { BLEED_SEEDS, DRAIN_POINTS, INCISION_POINTS, WALL_COLUMNS, WALL_ROWS } from './snapshot.ts'
import { type Block, createBlock, slots } from './state.ts'
import type { WallGrids, WallTables } from './wall.ts'

/** Slots per hand; positions mm in the field frame. */
export const HAND = slots([
  'tool', // index in TOOLS
  'u', // proxy
  'v',
  'w',
  'handU', // sample
  'handV',
  'handW',
  'axisU', // unit vector from the tip back to the hand
  'axisV',
  'axisW',
  'jawU', // direction in which jaws open
  'jawV',
  'jawW',
  'upU', // tool's +Y
  'upV',
  'upW',
  'jaw', // 0–255
  'jawBefore',
  'buttons',
  'buttonsBefore',
  'force', // N
  'pushed', // N with which the living wall pushes a tip back that lies on whole skin; −1 where that is not known
  'pushedAt', // mm that the tip lay under the skin at rest then
  'structure', // index in STRUCTURES
  'region', // 0 outside or in the wall, 1 in the pleural cavity, 2 needle locked in its track
  'harm', // deepest mm into an organ since entering
  'harmKind',
  'entryU', // needle: where the skin was pierced
  'entryV',
  'entryW',
  'lockU', // needle: axis of the track
  'lockV',
  'lockW',
  'lockQx', // rotation with which it was pierced
  'lockQy',
  'lockQz',
  'lockQw',
  'track', // needle: depth along the track, mm
  'qx',
  'qy',
  'qz',
  'qw',
  'bodyX', // hand sample, m
  'bodyY',
  'bodyZ',
  'stroke', // scalpel: length of the stroke so far; −1 out of tissue
  'strokeU',
  'strokeV',
  'strokeDepth', // deepest, mm below skin
  'strokeAlong', // sum of |cosine to the rib| × length
  'contactStep', // highest whole 5 N already reported for this structure
  'plungeTick', // ticks since a pleura gave way under this tool, −1 none
  'roll', // sweep: last azimuth, degrees
  'held', // ticks since the tool was picked
  'feed', // drain: hand position along the axis at zero depth
  'fluidMl', // syringe content
  'injectedMl', // since the plunger was pressed, not yet reported
  'aspirateTicks',
  'through', // needle: 1 once past the pleura
  'pierced', // blade: 1 while it is in the wall
  'bores', // 1 when a blunt tip went deeper in this tick than the wall was parted
  'spreads', // forceps: half of the opening of jaws that part tissue in this tick, mm; else 0
] as const)
export const HAND_SLOTS = Object.keys(HAND).length

/** Slots of everything at the operative site that is not held by a hand. */
export const SITE = slots([
  'incisionMm',
  'incisionDegrees',
  'incisionSpace',
  'incisionStart', // index of the first point of the present incision
  'incisionCount',
  'openDepth', // deepest that the wall is parted, mm
  'tractMm', // width of the way through the intercostal layer
  'tractLow', // between which u it is parted, mm; both 0 while it is not
  'tractHigh',
  'pleuraOpen', // 1 once breached by more than a needle
  'holeU',
  'holeV',
  'holeW',
  'entrySpace',
  'entryLine',
  'entryAbove',
  'entryBelow',
  'entryMargin',
  'markPlaced',
  'markU',
  'markV',
  'markSpace',
  'markLine',
  'markMargin',
  'lastRib',
  'lastSpace',
  'sweepDegrees',
  'numbSkin',
  'numbMuscle',
  'numbPleura',
  'numb', // 0–1 effective now
  'sinceFelt',
  'drainIn', // 1 when its tip is past the pleura
  'drainDepth', // mm inside
  'drainHoles',
  'drainU',
  'drainV',
  'drainW', // unit direction at the hole
  'drainUp',
  'drainBack',
  'drainBend', // sharpest bend, degrees
  'drainKinked',
  'drainClamped',
  'drainConnected', // 0 open, 1 seal, 2 suction
  'drainFogging',
  'drainTool', // which kind lies there
  'sealBelow',
  'stitches',
  'stitchU',
  'stitchV',
  'fixed',
  'dressed',
  'dressTicks',
  'cannulaIn',
  'cannulaOpen',
  'cannulaInPleura',
  'cannulaLong',
  'cannulaU',
  'cannulaV',
  'cannulaW',
  'cannulaAxisU',
  'cannulaAxisV',
  'cannulaAxisW',
  'cannulaDepth',
  'needleDepth',
  'needleInPleura',
  'aspiratedAir',
  'aspiratedBlood',
  'bleedTotal', // mL/min now
  'bedDegrees',
  'armAbducted',
  'decompressed', // 1 once air has left
  'expandedTold',
  'pain',
  'toxicityTold',
  'version', // of the wall grids
] as const)

/** Slots per bleeding site. */
export const BLEED = slots(['structure', 'u', 'v', 'w', 'rate', 'base', 'pressed', 'age'] as const)
export const BLEED_SLOTS = 8

const CELLS = WALL_COLUMNS * WALL_ROWS
const count = (named: Readonly<Record<string, number>>) => Object.keys(named).length

export const PLAN = {
  float64: {
    hands: 2 * HAND_SLOTS,
    site: count(SITE),
    bleeds: BLEED_SEEDS * BLEED_SLOTS,
    nearest: 64, // closest margin to each vessel so far, mm
    incision: INCISION_POINTS * 4,
    drainLine: DRAIN_POINTS * 3,
    patch: count(PATCH),
    ...BODY_PLAN,
  },
  uint32: { clock: 2, random: 4, ribsFelt: 1, sweepBins: 2, waveHead: 1 },
  uint16: { open: CELLS },
  uint8: { dilation: CELLS, blood: CELLS, wheal: CELLS, skin: CELLS, alarms: 16 },
} as const

export type WorldBlock = Block<typeof PLAN>
export const createWorldBlock = (): WorldBlock => createBlock(PLAN)

/** What every part of a tick works on. */
export type Context = {
  readonly patient: Patient
  readonly start: Start
  readonly field: FieldModel
  readonly wall: WallTables
  readonly grids: WallGrids
  readonly block: WorldBlock
  readonly events: SimEvent[]
  /** Scratch for `locate`. */
  readonly place: Place
  readonly scratch: Float64Array
  /** Views of each hand's slots. */
  readonly hands: readonly [Float64Array, Float64Array]
  readonly site: Float64Array
  readonly patch: WallPatch
}

export function createContext(
  patient: Patient,
  start: Start,
  field: FieldModel,
  wall: WallTables,
  kernelFor: KernelFor,
): Context {
  const block = createWorldBlock()
  const { hands } = block.float64
  return {
    patient,
    start,
    field,
    wall,
    grids: { open: block.uint16.open, skin: block.uint8.skin },
    block,
    events: [],
    place: createPlace(),
    scratch: new Float64Array(32),
    hands: [hands.subarray(0, HAND_SLOTS), hands.subarray(HAND_SLOTS)],
    site: block.float64.site,
    patch: createPatch(kernelFor, block.float64.patch),
  }
}

export const HANDS: readonly Hand[] = [0, 1]

/** Distance between a hand and its proxy, mm. */
export function handGap(h: Float64Array): number {
  const du = h[HAND.handU]! - h[HAND.u]!
  const dv = h[HAND.handV]! - h[HAND.v]!
  const dw = h[HAND.handW]! - h[HAND.w]!
  return Math.sqrt(du * du + dv * dv + dw * dw)
}
