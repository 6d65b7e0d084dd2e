/**
 * The patient of a case as plain integers: who they are, how they start, and the chest wall under the operator's hands.
 * Every engine reads the same numbers; the canonical JSON of a patient has a digest that goes into the record.
 */

import type { Illness } from '../physiology/illness.ts'
import type { ReflexProfileId } from '../physiology/reflex.ts'

/** Side of the body. */
export type Side = 'left' | 'right'

/** A point of the operative field (u, v, w) in 0.01 mm. */
export type FieldPoint = readonly [u: number, v: number, w: number]

/** The plane frame over the lateral chest wall: `originUm10` in 0.01 mm (body frame), unit axes × 2^20 (body frame). */
export type FieldFrame = {
  readonly originUm10: readonly [number, number, number]
  readonly uAxis: readonly [number, number, number]
  readonly vAxis: readonly [number, number, number]
  readonly wAxis: readonly [number, number, number]
}

/** Scale of {@link FieldFrame} axes: 2^20 is 1. */
export const AXIS_ONE = 1_048_576

/** Height value that says "not there". */
export const NO_HEIGHT = -32_768

/** Surfaces of the field from outside in; each is a height w over the plane in 0.01 mm per grid point. */
export const SURFACES = [
  'skin', // outer surface of the skin
  'muscle', // subcutis above, muscle (serratus, latissimus) below
  'chest', // outer surface of the intercostal layer and the ribs' plane
  'pleura', // inner surface of the wall: parietal pleura
  'lung', // lung surface at full expansion, NO_HEIGHT where none lies behind
  'diaphragm', // upper surface of the diaphragm, NO_HEIGHT where none
  'organ', // first organ that is neither lung nor diaphragm (see organKind), NO_HEIGHT where none
] as const
export type Surface = (typeof SURFACES)[number]

/** Codes of `organKind`. */
export const ORGAN_KINDS = ['none', 'heart', 'liver', 'spleen', 'mediastinum'] as const

/** A rib as an elliptic tube: centreline in field coordinates, half height along the wall, half thickness across it. */
export type FieldRib = {
  readonly number: number
  readonly points: readonly FieldPoint[]
  readonly halfHeightUm10: number
  readonly halfThicknessUm10: number
}

/** A vessel, bundle or nerve as a capsule chain. `rib`: the rib it runs along (bundle: under it; collateral: over it), 0 none. */
export type FieldVessel = {
  readonly kind: 'bundle' | 'collateral' | 'lateral-thoracic' | 'long-thoracic'
  readonly rib: number
  readonly points: readonly FieldPoint[]
  readonly radiusUm10: number
}

/** A landmark that can be seen on the skin or felt through it. */
export type FieldLandmark = {
  readonly id:
    | 'nipple'
    | 'anterior-axillary-fold'
    | 'posterior-axillary-fold'
    | 'axillary-base'
    | 'inframammary-fold'
    | 'sternal-angle'
    | 'scapula-tip'
  readonly sense: 'seen' | 'felt'
  readonly at: FieldPoint
}

/**
 * The lateral chest wall on the sick side: `columns` × `rows` grid points of `spacingUm10` from (u, v) = (0, 0), rows of
 * growing u first. `surfaces` are base64 of little-endian Int16; `organKind` base64 of Uint8 (see {@link ORGAN_KINDS}).
 */
export type OperativeField = {
  readonly frame: FieldFrame
  readonly columns: number
  readonly rows: number
  readonly spacingUm10: number
  readonly surfaces: Readonly<Record<Surface, string>>
  readonly organKind: string
  readonly ribs: readonly FieldRib[]
  readonly vessels: readonly FieldVessel[]
  readonly landmarks: readonly FieldLandmark[]
  /** Mid-axillary and anterior axillary line as (u, v) polylines in 0.01 mm, v growing. */
  readonly midAxillary: readonly (readonly [number, number])[]
  readonly anteriorAxillary: readonly (readonly [number, number])[]
  /** The safe triangle: a closed (u, v) polygon in 0.01 mm (BTS: axillary base, pectoralis border, latissimus border, nipple level). */
  readonly safeTriangle: readonly (readonly [number, number])[]
}

/** Physiology of the patient at rest; integers in the units named. */
export type PatientPhysiology = {
  readonly heartRate: number
  readonly systolicMmHg: number
  readonly diastolicMmHg: number
  readonly breaths: number
  readonly spo2Percent: number
  readonly bloodVolumeMl: number
  readonly tidalMl: number
  /** Air the sick pleural space can hold when the lung lies fully collapsed, without pressure. */
  readonly pleuralCapacityMl: number
  /** 0 – 100: how much of the textbook rise in heart rate the reflex still gives (β-blocked, elderly: less). */
  readonly reflexPercent: number
  /** How the patient answers a loss of blood; `observed` when missing. */
  readonly reflexProfile?: ReflexProfileId
}

export type Patient = {
  readonly version: 1
  readonly seed: number
  readonly profile: string
  readonly sex: 'male' | 'female'
  readonly ageYears: number
  readonly massKg: number
  /** Dosing (ideal) weight in kg: local anaesthetic is not dosed by actual weight in the obese. */
  readonly dosingMassKg: number
  readonly heightMm: number
  readonly side: Side
  /** Standard deviations of habitus × 100. */
  readonly adiposity: number
  /** Skin to pleura at the usual site (fifth space, mid-axillary), 0.01 mm: sets what a short cannula can reach. */
  readonly wallUm10: number
  readonly physiology: PatientPhysiology
  readonly field: OperativeField
}

/** Of a patient what their body is made of. */
export type Person = Pick<Patient, 'massKg' | 'dosingMassKg' | 'physiology'>

/** How a case starts: what is in the chest and how it goes on if nobody acts. Integers. */
export type Start = {
  readonly id: string
  readonly kind: 'tension' | 'stable'
  readonly ventilation: 'breathing' | 'ventilated'
  /** Air in the pleural space at tick 0, mL, for a capacity of 1,400 mL; smaller patients get their share. */
  readonly airMl: number
  /** Leak from the torn lung with 5 mmHg across it, mL/min; a one-way valve. */
  readonly leakMlMin: number
  /** Seconds of illness for each second of case time while the pneumothorax is undrained (1 = real time). */
  readonly timeScale: number
  /** 1 when oxygen already runs. */
  readonly oxygen: 0 | 1
  readonly bedHeadUpDegrees: number
  /** What else befalls the patient from the beginning, 0–100. */
  readonly illness?: readonly { readonly kind: Illness; readonly percent: number }[]
}
