/**
 * The instruments as a table: how they are shaped, what they can push through and with what force, what they can harm.
 * A new instrument of a known kind is a new row.
 */
import { TOOLS, type Tool } from './contract.ts'

/** How a tool meets tissue. */
export type ToolKind = 'none' | 'soft' | 'blade' | 'blunt' | 'needle' | 'tube'

export type Instrument = {
  readonly kind: ToolKind
  /** Half width of the tip in mm, for bone. */
  readonly radius: number
  /** Reach in mm beyond the tip's middle within which a vessel is harmed; negative: it cannot harm one. */
  readonly harm: number
  /** Half width in mm of the opening that it leaves. */
  readonly opening: number
  /** Needle, tube: length in mm. */
  readonly length: number
  /** Force in N that opens skin, subcutis, muscle, intercostal, pleura. */
  readonly piercesAt: readonly [number, number, number, number, number]
  /** Force in N that breaks into lung, diaphragm or an organ. */
  readonly organAt: number
  /** mm that an organ may be pressed in by this tip before it counts as hit. */
  readonly organGive: number
}

const NEVER = 1e6

/**
 * Virtual forces: needles meet one to a few newtons at the skin and less within (Okamura 2004,
 * doi:10.1109/TBME.2004.831542); the others are design estimates in the same order.
 */
export const INSTRUMENTS: Readonly<Record<Tool, Instrument>> = {
  none: soft(2),
  finger: { ...soft(3), piercesAt: [NEVER, 8, 14, 18, 12], opening: 4 },
  marker: soft(1),
  syringe: needle(0.4, 90),
  scalpel: {
    kind: 'blade',
    radius: 0.3,
    harm: 0.5,
    opening: 2.2,
    length: 30,
    piercesAt: [0.7, 0.25, 0.4, 0.6, 0.4],
    organAt: 0.3,
    organGive: 0.2,
  },
  forceps: {
    kind: 'blunt',
    radius: 1.5,
    harm: 1.5,
    opening: 2.6,
    length: 120,
    piercesAt: [NEVER, 2, 5, 8, 9],
    organAt: 3,
    organGive: 2,
  },
  'cannula-short': needle(1, 45),
  'cannula-long': needle(1, 80),
  drain: { ...soft(2), kind: 'tube', length: 300 },
  'trocar-drain': {
    kind: 'tube',
    radius: 2.5,
    harm: 2.5,
    opening: 4,
    length: 300,
    piercesAt: [30, 3, 9, 13, 10],
    organAt: 1.5,
    organGive: 0.5,
  },
  'needle-driver': soft(1.5),
  dressing: soft(3),
}

export const INSTRUMENT_BY_CODE: readonly Instrument[] = TOOLS.map((tool) => INSTRUMENTS[tool])

/** Code of a tool in state and snapshots. */
export const TOOL_CODE = Object.freeze(Object.fromEntries(TOOLS.map((tool, code) => [tool, code]))) as Readonly<
  Record<Tool, number>
>

/** Widest opening between the tips of the artery forceps, mm. */
export const FORCEPS_SPAN_MM = 22
/** Stiffness of the spring between hand and proxy, N/mm. */
export const COUPLING = 1.5
/** Fluid in a full syringe, mL, and lidocaine in it, mg/mL (1 %). */
export const SYRINGE_ML = 20
export const LIDOCAINE_MG_PER_ML = 10
/** Middle of each side hole of the drain (28 Fr) from its tip, mm. */
export const DRAIN_HOLES: readonly number[] = [6, 18, 30, 42, 54]

/** Stiffness against a tip, N/mm, by STRUCTURES code: skin over soft wall, fat, muscle … (from moduli of PMC4785597, 2·E·a for a ≈ 3 mm). */
export const STIFFNESS: readonly number[] = [
  0.001, // none
  0.6, // skin
  0.3, // subcutis
  0.7, // muscle
  1.1, // intercostal
  1.4, // pleura
  60, // rib
  0.15, // lung
  0.5, // diaphragm
  0.7, // heart
  0.6, // liver
  0.5, // spleen
  0.6, // mediastinum
  0.5, // bundle
  0.5, // collateral
  0.5, // lateral thoracic
  0.5, // long thoracic
]

function soft(radius: number): Instrument {
  return {
    kind: 'soft',
    radius,
    harm: -1,
    opening: 0,
    length: 100,
    piercesAt: [NEVER, NEVER, NEVER, NEVER, NEVER],
    organAt: NEVER,
    organGive: NEVER,
  }
}

function needle(radius: number, length: number): Instrument {
  return {
    kind: 'needle',
    radius,
    harm: radius,
    opening: 0,
    length,
    piercesAt: [1.2, 0.3, 0.5, 0.6, 0.5],
    organAt: 0.3,
    organGive: 0.3,
  }
}
