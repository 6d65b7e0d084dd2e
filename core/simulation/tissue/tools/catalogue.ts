/**
 * Instruments of soft-tissue work, as data. Lengths in metres. Grip forces: pinch used on bowel 6.8 N where 3.0 N was
 * needed (PMC3310984); the other figures are estimates of common 5 mm instruments, marked for review.
 */
import { SEAL_BURST_MMHG } from '../fluid/bleed.ts'
import type { PointName } from '../thread/piercing.ts'

export type JawKind =
  | 'fenestrated'
  | 'toothed'
  | 'maryland'
  | 'scissors'
  | 'bipolar'
  | 'ultrasonic'
  | 'clip'
  | 'needle-driver'

export type EnergyKind = 'monopolar' | 'bipolar' | 'ultrasonic'

/** What heats tissue, as long as the pedal is down. */
export type Energy = {
  /** Power that reaches tissue, and how far from the metal it arrives, m. */
  readonly watts: number
  readonly reach: number
  /** The metal itself: °C while it works, and s in which it gets there and cools. */
  readonly metalC: number
  readonly warmsS: number
  readonly coolsS: number
  /** Seals what its jaws hold: seconds it takes, mmHg at which it then bursts (FACTS §4), widest vessel, mm. */
  readonly seal?: { readonly takesS: number; readonly burstMmHg: number; readonly widestMm: number }
}

/** Burst pressures are published; powers and times are common settings, marked for review. */
export const ENERGIES: Readonly<Record<EnergyKind, Energy>> = {
  monopolar: { watts: 30, reach: 0.003, metalC: 300, warmsS: 0.1, coolsS: 0.6 },
  bipolar: {
    watts: 25,
    reach: 0.003,
    metalC: 110,
    warmsS: 0.4,
    coolsS: 1.5,
    seal: { takesS: 2.5, burstMmHg: SEAL_BURST_MMHG.bipolar, widestMm: 5 },
  },
  ultrasonic: {
    watts: 30,
    reach: 0.0025,
    metalC: 200,
    warmsS: 0.5,
    coolsS: 4,
    seal: { takesS: 3, burstMmHg: SEAL_BURST_MMHG.ultrasonic, widestMm: 5 },
  },
}

/** What wears tissue away at its tip: how deep in a second by material, m/s, under full press, N; all else it spares. */
export type Remover = { readonly fullN: number; readonly wears: Readonly<Record<string, number>> }

/** Orders of magnitude, marked for review. */
export const REMOVERS: Readonly<Record<'burr' | 'phaco', Remover>> = {
  burr: { fullN: 4, wears: { bone: 0.002, diploe: 0.004, cartilage: 0.006, gallstone: 0.003, 'training foam': 0.006 } },
  phaco: { fullN: 0.2, wears: { 'lens nucleus': 0.004, 'lens cortex': 0.008 } },
}

/** A hollow needle at the tip: radius and length, m; its point; what the barrel behind it holds when it is full, mL. */
export type Bore = { readonly radius: number; readonly length: number; readonly point: PointName; readonly ml: number }

export type Instrument = {
  readonly name: string
  readonly shaftRadius: number
  /** From the tip to the hand or the far end of the shaft. */
  readonly length: number
  /** Blunt end without jaws, or jaws of this length and greatest half opening in radians. */
  readonly jaws?: { readonly kind: JawKind; readonly length: number; readonly open: number; readonly radius: number }
  /** Pull at which a grasp begins to slip, N. */
  readonly gripN?: number
  /** Cuts what its edge passes: length of the edge from the tip. */
  readonly edge?: number
  readonly energy?: EnergyKind
  readonly flow?: 'suction' | 'irrigation' | 'both'
  readonly removes?: keyof typeof REMOVERS
  readonly friction: number
  /** Blunt blades that spread from a pin as a fan: how many, length from the pin, half thickness, m; angle between two, radians. */
  readonly fan?: { readonly count: number; readonly length: number; readonly radius: number; readonly spread: number }
  /** An end that grows thicker over a length: that and its radius at the tip, m. */
  readonly taper?: { readonly length: number; readonly radius: number }
  /** Tells what its tip presses on. */
  readonly feels?: true
  /** An endoscope: angle between its shaft and what it looks at, and of the cone that it sees, radians. */
  readonly view?: { readonly oblique: number; readonly field: number }
  readonly bore?: Bore
  /** A tube that carries a ligating loop: how fast it draws the tail, m/s. */
  readonly draws?: number
  /** Clips in its magazine when it is new. */
  readonly clips?: number
  readonly review?: true
}

export const INSTRUMENTS: readonly Instrument[] = [
  {
    name: 'grasper-fenestrated',
    shaftRadius: 0.0025,
    length: 0.3,
    jaws: { kind: 'fenestrated', length: 0.02, open: 0.5, radius: 0.0012 },
    gripN: 8,
    friction: 0.4,
    review: true,
  },
  {
    name: 'grasper-toothed',
    shaftRadius: 0.0025,
    length: 0.3,
    jaws: { kind: 'toothed', length: 0.014, open: 0.6, radius: 0.0014 },
    gripN: 20,
    friction: 0.5,
    review: true,
  },
  {
    name: 'dissector-maryland',
    shaftRadius: 0.0025,
    length: 0.3,
    jaws: { kind: 'maryland', length: 0.016, open: 0.55, radius: 0.001 },
    gripN: 5,
    friction: 0.3,
    review: true,
  },
  {
    name: 'scissors',
    shaftRadius: 0.0025,
    length: 0.3,
    jaws: { kind: 'scissors', length: 0.016, open: 0.5, radius: 0.0009 },
    friction: 0.2,
    review: true,
  },
  { name: 'hook', shaftRadius: 0.0025, length: 0.3, edge: 0.006, energy: 'monopolar', friction: 0.3, review: true },
  {
    name: 'bipolar',
    shaftRadius: 0.0025,
    length: 0.3,
    jaws: { kind: 'bipolar', length: 0.014, open: 0.45, radius: 0.0012 },
    gripN: 5,
    energy: 'bipolar',
    friction: 0.3,
    review: true,
  },
  {
    name: 'ultrasonic-shears',
    shaftRadius: 0.0025,
    length: 0.36,
    jaws: { kind: 'ultrasonic', length: 0.015, open: 0.4, radius: 0.0012 },
    gripN: 6,
    energy: 'ultrasonic',
    friction: 0.3,
    review: true,
  },
  {
    name: 'clip-applier',
    shaftRadius: 0.005,
    length: 0.3,
    jaws: { kind: 'clip', length: 0.01, open: 0.4, radius: 0.0012 },
    clips: 20,
    friction: 0.3,
    review: true,
  },
  {
    name: 'needle-driver',
    shaftRadius: 0.0025,
    length: 0.3,
    jaws: { kind: 'needle-driver', length: 0.012, open: 0.4, radius: 0.0015 },
    gripN: 25,
    friction: 0.5,
    review: true,
  },
  { name: 'ligating-loop', shaftRadius: 0.0015, length: 0.3, draws: 0.02, friction: 0.2, review: true },
  { name: 'suction-irrigator', shaftRadius: 0.0025, length: 0.3, flow: 'both', friction: 0.2, review: true },
  { name: 'scalpel', shaftRadius: 0.0015, length: 0.15, edge: 0.012, friction: 0.1, review: true },
  { name: 'probe', shaftRadius: 0.001, length: 0.2, feels: true, friction: 0.2, review: true },
  {
    name: 'retractor',
    shaftRadius: 0.005,
    length: 0.25,
    fan: { count: 3, length: 0.044, radius: 0.0021, spread: 0.13 },
    friction: 0.3,
    review: true,
  },
  {
    name: 'scope',
    shaftRadius: 0.005,
    length: 0.32,
    view: { oblique: 0, field: 1.22 },
    friction: 0.2,
    review: true,
  },
  {
    name: 'scope-30',
    shaftRadius: 0.005,
    length: 0.32,
    view: { oblique: 0.5235987755982988, field: 1.22 },
    friction: 0.2,
    review: true,
  },
  {
    name: 'syringe',
    shaftRadius: 0.006,
    length: 0.14,
    bore: { radius: 0.0004, length: 0.04, point: 'bevel', ml: 10 },
    friction: 0.2,
    review: true,
  },
  {
    name: 'needle-18g',
    shaftRadius: 0.003,
    length: 0.1,
    bore: { radius: 0.000635, length: 0.07, point: 'bevel', ml: 5 },
    friction: 0.2,
    review: true,
  },
  // 6 F on its dilator, which fits the wire
  {
    name: 'introducer-sheath',
    shaftRadius: 0.004,
    length: 0.13,
    bore: { radius: 0.00135, length: 0.11, point: 'taper', ml: 5 },
    friction: 0.1,
    review: true,
  },
  { name: 'burr', shaftRadius: 0.0025, length: 0.15, removes: 'burr', friction: 0.2, review: true },
  { name: 'drill', shaftRadius: 0.0016, length: 0.16, removes: 'burr', friction: 0.2, review: true },
  {
    name: 'bougie',
    shaftRadius: 0.0055,
    length: 0.6,
    taper: { length: 0.024, radius: 0.003 },
    friction: 0.1,
    review: true,
  },
  { name: 'finger', shaftRadius: 0.006, length: 0.1, friction: 0.1, review: true },
  {
    name: 'artery-forceps',
    shaftRadius: 0.003,
    length: 0.18,
    jaws: { kind: 'needle-driver', length: 0.045, open: 0.25, radius: 0.0015 },
    friction: 0.15,
    review: true,
  },
  { name: 'chest-drain', shaftRadius: 0.0047, length: 0.3, friction: 0.1, review: true },
  { name: 'trocar-drain', shaftRadius: 0.0047, length: 0.3, friction: 0.1, review: true },
  {
    name: 'syringe-1ml',
    shaftRadius: 0.0033,
    length: 0.09,
    bore: { radius: 0.0004, length: 0.02, point: 'bevel', ml: 1 },
    friction: 0.2,
    review: true,
  },
  { name: 'phaco', shaftRadius: 0.0006, length: 0.12, removes: 'phaco', flow: 'both', friction: 0.1, review: true },
]

/** Row of an instrument. Throws when there is none of that name. */
export function instrumentNumber(name: string): number {
  const number = INSTRUMENTS.findIndex((one) => one.name === name)
  if (number < 0) throw new Error(`no instrument ${name}`)
  return number
}
