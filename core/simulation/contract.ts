/**
 * The contract of the deterministic engine: what goes in (samples, actions), what comes out (observables, events,
 * snapshots) and what a world can do. Integers at the edges so that every engine reads the same bits.
 *
 * Frames. *Body*: +Y cranial, +Z anterior, +X the body's own left, origin midline at the soles. *Field*: (u, v, w) in
 * the plane frame of the operative field; u posterior → anterior along the wall, v caudal → cranial, w outward.
 * *Tool*: origin at the working tip; local +Z runs from the tip back to the hand (so −Z is where the tip points);
 * local −Y is the cutting edge of a blade; jaws open along local X; a drain's stripe faces +Y.
 */
import type { OperativeField, Patient, Start } from '../anatomy/patient.ts'
import type { Observable } from './observables.ts'
import type { SnapshotBuffer } from './snapshot.ts'

export { OBSERVABLES, type Observable } from './observables.ts'
export type { OperativeField, Patient, SnapshotBuffer, Start }

/** Length of a tick in milliseconds; 100 ticks are one second. */
export const TICK_MS = 10
export const TICKS_PER_SECOND = 100

/** 0 the dominant hand, 1 the other. */
export type Hand = 0 | 1

/** Bits of `InstrumentSample.buttons`. */
export const BUTTON = {
  /** Pull the plunger (syringe): aspirate. */
  aspirate: 1,
  /** The other fingers brace the tool against the skin: a plunge after a sudden give is stopped at 10 mm. */
  brace: 2,
  /** Use: marker draws, needle driver drives, palpating finger presses and asks what it feels. */
  use: 4,
} as const

/**
 * Where one hand wants its tool, sample-and-hold at the tick.
 * `xUm10` tip position, body frame, in 0.01 mm (10 µm) integers; `q` rotation tool → body (x, y, z, w) × 32767 as int16;
 * `jaw` 0 closed … 255 open (syringe: plunger 0 rest … 255 pressed as fast as it goes); `buttons` see {@link BUTTON}.
 */
export type InstrumentSample = {
  readonly xUm10: readonly [x: number, y: number, z: number]
  readonly q: readonly [x: number, y: number, z: number, w: number]
  readonly jaw: number
  readonly buttons: number
}

/** Tools that a hand can hold; the order is the code in snapshots and state. */
export const TOOLS = [
  'none',
  'finger',
  'marker',
  'syringe',
  'scalpel',
  'forceps',
  'cannula-short',
  'cannula-long',
  'drain',
  'trocar-drain',
  'needle-driver',
  'dressing',
] as const
export type Tool = (typeof TOOLS)[number]

/** What a tool can touch, cut or hit; the order is the code in snapshots and state. */
export const STRUCTURES = [
  'none',
  'skin',
  'subcutis',
  'muscle',
  'intercostal',
  'pleura',
  'rib',
  'lung',
  'diaphragm',
  'heart',
  'liver',
  'spleen',
  'mediastinum',
  'bundle',
  'collateral',
  'lateral-thoracic',
  'long-thoracic',
] as const
export type Structure = (typeof STRUCTURES)[number]

/** Layers of the chest wall from outside in. */
export const LAYERS = ['skin', 'subcutis', 'muscle', 'intercostal', 'pleura'] as const
export type Layer = (typeof LAYERS)[number]

/**
 * A discrete input. Verbs the world itself acts on (others pass through for the case runner):
 *
 * | verb | object | value |
 * |---|---|---|
 * | `pick` | a {@link Tool} | |
 * | `put` | | the hand lets go (a drain or cannula within the wall stays there) |
 * | `order` | `oxygen` `oxygen-tight` `oxygen-off` `airway-open` `airway-shut` `lipid` `fluid` `blood` | |
 * | `give` `give-muscle` | a drug of the table | amount in the drug's unit |
 * | `infuse` | a drug of the table | amount a minute, 0 stops |
 * | `ventilator` | `on` `off` `volume-control` `pressure-control` | |
 * | `ventilator` | `rate` `tidal` `pressure` `peep` `oxygen` `limit` | breaths/min, mL, cmH₂O, cmH₂O, fraction, cmH₂O |
 * | `compressions` | `begin` `end` | |
 * | `shock` | `defibrillator` | J |
 * | `illness` | an illness of `physiology/illness.ts` | percent |
 * | `rhythm` | a rhythm of `physiology/rhythm.ts` | |
 * | `bed` | `head-up` | degrees 0–60 |
 * | `arm` | `abducted` `adducted` | |
 * | `clamp` `unclamp` | `drain` | |
 * | `connect` | `seal` `suction` `open` | |
 * | `seal` | `below-chest` `above-chest` | |
 * | `withdraw` | `needle` (leaves the cannula in) `cannula` | |
 * | `palpate` | (finger in that hand) | |
 * | `fix` | `drain` (needle driver at the drain after a stitch) | |
 * | `dress` | `drain` (dressing in that hand at the drain) | |
 */
export type Action = {
  readonly tick: number
  readonly hand: Hand
  readonly verb: string
  readonly object: string
  readonly value?: number
}

export type WorldInput = {
  readonly samples: readonly [InstrumentSample, InstrumentSample]
  readonly actions: readonly Action[]
}

/** What happened in a tick. Lengths mm, forces N (virtual), volumes mL, field positions mm. */
export type SimEvent =
  | { readonly type: 'picked' | 'put'; readonly hand: Hand; readonly tool: Tool }
  | { readonly type: 'refused'; readonly verb: string; readonly object: string; readonly reason: RefusalReason }
  /** A tool begins to touch a structure, or its force on it passes the next whole 5 N. */
  | {
      readonly type: 'contact'
      readonly hand: Hand
      readonly tool: Tool
      readonly structure: Structure
      readonly forceN: number
      readonly uMm: number
      readonly vMm: number
    }
  | {
      readonly type: 'felt'
      readonly structure: 'rib' | 'space' | 'lung' | 'nothing'
      readonly number: number
      readonly uMm: number
      readonly vMm: number
    }
  | {
      readonly type: 'marked'
      readonly space: number
      readonly line: number
      readonly triangleMarginMm: number
      readonly uMm: number
      readonly vMm: number
    }
  /** One stroke of the scalpel ends (the blade leaves tissue). `ribDegrees`: angle to the rib, 0 parallel … 90 across. */
  | {
      readonly type: 'cut'
      readonly layer: Layer
      readonly space: number
      readonly lengthMm: number
      readonly depthMm: number
      readonly ribDegrees: number
      readonly line: number
      readonly triangleMarginMm: number
    }
  | { readonly type: 'dissected'; readonly layer: Layer; readonly space: number; readonly dilationMm: number }
  | {
      readonly type: 'infiltrated'
      readonly layer: Layer
      readonly ml: number
      readonly mg: number
      readonly intravascular: 0 | 1
    }
  | { readonly type: 'aspirated'; readonly tool: Tool; readonly what: 'air' | 'fluid' | 'blood' | 'nothing' }
  /**
   * A tool breaches the parietal pleura. `space`: intercostal space (4 lies under rib 4). `line`: 0 on the mid-axillary,
   * 1 on the anterior axillary line. `aboveLowerRibMm`: distance to the lower rib's upper border, `belowUpperRibMm`: to
   * the upper rib's lower border (negative: over the rib). `triangleMarginMm`: inside the safe triangle when positive.
   */
  | {
      readonly type: 'entered'
      readonly tool: Tool
      readonly structure: 'pleura'
      readonly space: number
      readonly line: number
      readonly aboveLowerRibMm: number
      readonly belowUpperRibMm: number
      readonly triangleMarginMm: number
      readonly first: 0 | 1
    }
  /** A structure is harmed. `byMm`: how far past the limit (> 0), i.e. the contact lay that deep inside the forbidden radius. */
  | { readonly type: 'hit'; readonly structure: Structure; readonly tool: Tool; readonly byMm: number }
  /** The closest that a sharp or crushing tool has come to a vessel so far, sent when it passes each whole mm below 8. */
  | { readonly type: 'near'; readonly structure: Structure; readonly tool: Tool; readonly marginMm: number }
  /** A push gave way and the tool ran on: depth past the pleura in mm. */
  | { readonly type: 'plunged'; readonly tool: Tool; readonly mm: number }
  | { readonly type: 'decompressed'; readonly by: Tool }
  | { readonly type: 'swept'; readonly degrees: number }
  | { readonly type: 'drain'; readonly what: DrainChange; readonly depthMm: number; readonly holesInside: number }
  | { readonly type: 'stitched'; readonly count: number }
  | { readonly type: 'fixed' | 'dressed' }
  | { readonly type: 'bleeding'; readonly structure: Structure; readonly rateMlMin: number }
  | {
      readonly type: 'vital'
      readonly name: Observable
      readonly crossed: 'below' | 'above' | 'back'
      readonly limit: number
      readonly priority: AlarmPriority
    }
  | { readonly type: 'toxicity'; readonly sign: 'perioral' | 'fit' | 'arrhythmia' }
  | { readonly type: 'expanded' }
  | { readonly type: 'arrest' }

export type RefusalReason =
  | 'unknown-tool'
  | 'hand-holds-nothing'
  | 'out-of-range'
  | 'nothing-there'
  | 'too-far'
  | 'needs-stitch'
export type DrainChange =
  | 'inserted'
  | 'hole-inside'
  | 'all-holes-inside'
  | 'hole-outside'
  | 'kinked'
  | 'unkinked'
  | 'out'
  | 'clamped'
  | 'unclamped'
  | 'sealed'
  | 'suction'
  | 'open'
  | 'released'
export type AlarmPriority = 'high' | 'medium' | 'low'

/** The deterministic world: patient + tools + physiology. Same patient, start, seed and inputs → same bits. */
export type World = {
  readonly patient: Patient
  readonly tick: number
  /** Events of the last tick, in the order in which they happened; the array is reused. */
  readonly events: readonly SimEvent[]
  /** Advances one tick of 10 ms. Throws {@link SimulationError} `simulation/not-finite` if the state holds a NaN. */
  step(input: WorldInput): void
  observe(name: Observable): number
  /** All observables by {@link OBSERVABLES} index; a live view. */
  readonly observed: Float64Array
  /** A copy of the whole state, little-endian. */
  save(): Uint8Array<ArrayBuffer>
  /** Restores what {@link World.save} gave for the same patient. Throws `simulation/state-mismatch` on another length. */
  restore(state: Uint8Array): void
  /** SHA-256 (hex) over the whole state. */
  hash(): string
  /** Fills a snapshot for drawing; grids are copied only when they changed since that buffer's last fill. */
  draw(out: SnapshotBuffer): void
}

export type SimulationErrorCode =
  | 'simulation/not-finite'
  | 'simulation/state-mismatch'
  | 'simulation/bad-input'
  | 'simulation/bad-patient'
  | 'simulation/tissue-full'

/** A coded error of the engine: `what` went wrong, `where`. */
export class SimulationError extends Error {
  readonly code: SimulationErrorCode
  readonly where: string
  constructor(code: SimulationErrorCode, where: string) {
    super(`${code} at ${where}`)
    this.name = 'SimulationError'
    this.code = code
    this.where = where
  }
}
