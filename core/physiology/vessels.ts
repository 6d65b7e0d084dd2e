/**
 * The vessels and chambers of the closed loop as a table, lumped from the 21 compartments of CVSim-21 (Heldt et al. 2010,
 * PMC3178445; Heldt 2004, hdl.handle.net/1721.1/28761): renal with splanchnic beds, great veins into one. Figures are for
 * 5 L of blood; volumes, compliances and conductances scale with the patient's own.
 */

/** Compartments in the order of their slots in the state, against the flow from the aorta. */
export const COMPARTMENTS = [
  'aorta',
  'upperArteries',
  'lowerArteries',
  'upperVeins',
  'splanchnicVeins',
  'legVeins',
  'venaCava',
  'rightAtrium',
  'rightVentricle',
  'lungArteries',
  'lungCapillaries',
  'lungVeins',
  'leftAtrium',
  'leftVentricle',
] as const
export type Compartment = (typeof COMPARTMENTS)[number]

/** What presses on a compartment from outside. */
export type Around = 'chest' | 'belly' | 'open'

export type Vessel = {
  readonly name: Compartment
  /** mL/mmHg. */
  readonly compliance: number
  /** Volume that raises no pressure, mL. */
  readonly unstressedMl: number
  /** Volume at the start of settling, mL. */
  readonly startMl: number
  readonly around: Around
  /** Share of the blood that tone moves out of the veins. */
  readonly toneShare: number
}

const vessel = (
  name: Compartment,
  compliance: number,
  unstressedMl: number,
  startMl: number,
  around: Around,
  toneShare = 0,
): Vessel => ({ name, compliance, unstressedMl, startMl, around, toneShare })

/** Vessels without a heartbeat of their own. */
export const VESSELS: readonly Vessel[] = [
  vessel('aorta', 0.6, 50, 105, 'chest'),
  vessel('upperArteries', 0.38, 175, 210, 'open'),
  vessel('lowerArteries', 0.8, 455, 530, 'open'),
  vessel('upperVeins', 7, 560, 610, 'open', 0.15),
  vessel('splanchnicVeins', 55, 980, 1510, 'belly', 0.6),
  vessel('legVeins', 25, 625, 800, 'open', 0.25),
  vessel('venaCava', 13, 180, 245, 'chest'),
  vessel('lungArteries', 3.4, 110, 165, 'chest'),
  vessel('lungCapillaries', 3, 90, 125, 'chest'),
  vessel('lungVeins', 7, 290, 355, 'chest'),
]

/** Vessels whose stretch is found for each patient. */
export const ARTERIES: readonly Compartment[] = ['aorta', 'upperArteries', 'lowerArteries']

export type Chamber = {
  readonly name: Compartment
  /** mmHg/mL at rest and at the height of systole. */
  readonly restElastance: number
  readonly peakElastance: number
  readonly unstressedMl: number
  readonly startMl: number
  readonly kind: 'atrium' | 'ventricle'
}

/** The four chambers. */
export const CHAMBERS: readonly Chamber[] = [
  { name: 'rightAtrium', restElastance: 0.25, peakElastance: 0.6, unstressedMl: 12, startMl: 30, kind: 'atrium' },
  {
    name: 'rightVentricle',
    restElastance: 0.06,
    peakElastance: 1.1,
    unstressedMl: 36,
    startMl: 100,
    kind: 'ventricle',
  },
  { name: 'leftAtrium', restElastance: 0.36, peakElastance: 0.68, unstressedMl: 20, startMl: 42, kind: 'atrium' },
  { name: 'leftVentricle', restElastance: 0.1, peakElastance: 2.6, unstressedMl: 20, startMl: 110, kind: 'ventricle' },
]

/** What scales the resistance of a link beside the patient's size. */
export type Governor = 'none' | 'arterioles' | 'return' | 'lung' | 'belly'

export type Link = {
  readonly from: Compartment
  readonly to: Compartment
  /** mmHg·s/mL. */
  readonly resistance: number
  readonly flap: 'valve' | 'none'
  readonly governor: Governor
}

const link = (
  from: Compartment,
  to: Compartment,
  resistance: number,
  flap: Link['flap'],
  governor: Governor,
): Link => ({ from, to, resistance, flap, governor })

/** Every way that blood takes, in the order in which a step solves them. */
export const LINKS: readonly Link[] = [
  link('leftVentricle', 'aorta', 0.007, 'valve', 'none'),
  link('aorta', 'upperArteries', 0.02, 'none', 'none'),
  link('aorta', 'lowerArteries', 0.02, 'none', 'none'),
  link('upperArteries', 'upperVeins', 4.9, 'none', 'arterioles'),
  link('lowerArteries', 'splanchnicVeins', 1.75, 'none', 'arterioles'),
  link('lowerArteries', 'legVeins', 3.9, 'none', 'arterioles'),
  link('upperVeins', 'venaCava', 0.11, 'valve', 'none'),
  link('splanchnicVeins', 'venaCava', 0.05, 'none', 'belly'),
  link('legVeins', 'venaCava', 0.1, 'valve', 'belly'),
  link('venaCava', 'rightAtrium', 0.03, 'none', 'return'),
  link('rightAtrium', 'rightVentricle', 0.006, 'valve', 'none'),
  link('rightVentricle', 'lungArteries', 0.003, 'valve', 'none'),
  link('lungArteries', 'lungCapillaries', 0.05, 'none', 'lung'),
  link('lungCapillaries', 'lungVeins', 0.02, 'none', 'lung'),
  link('lungVeins', 'leftAtrium', 0.008, 'none', 'none'),
  link('leftAtrium', 'leftVentricle', 0.008, 'valve', 'none'),
]
