import { AXIS_ONE, type FieldPoint, NO_HEIGHT, type Patient, type Start } from '../../../core/anatomy/patient.ts'
import { toBase64 } from '../../../core/records/base64.ts'
import type { Action, Hand, InstrumentSample, WorldInput } from '../../../core/simulation/contract.ts'
import { nextUnit, seedRandom } from '../../../core/simulation/random.ts'

/** An analytic right chest wall: an elliptic cylinder with even layers. Field mm; enough to test the engine by itself. */
export type WallShape = {
  readonly fatMm: number
  readonly muscleMm: number
  readonly spacingMm: number
  readonly shiftMm: number
}

export const SLIM: WallShape = { fatMm: 6, muscleMm: 8, spacingMm: 30, shiftMm: 0 }
export const THICK: WallShape = { fatMm: 38, muscleMm: 10, spacingMm: 31, shiftMm: 4 }

const CHEST_MM = 8
const COLUMNS = 41
const ROWS = 51
const um = (mm: number) => Math.round(mm * 100)

export const skinAt = (u: number) => 165 * Math.sqrt(1 - ((u - 80) / 150) ** 2) - 165
export const pleuraAt = (shape: WallShape, u: number) => skinAt(u) - shape.fatMm - shape.muscleMm - CHEST_MM - 2
export const ribV = (shape: WallShape, rib: number, u: number) =>
  110 + shape.shiftMm + (5 - rib) * shape.spacingMm - 0.3 * (u - 80)
const RIB_COSINE = 1 / Math.sqrt(1.09)
/** Middle (u, v) of an intercostal space at u. */
export const spaceV = (shape: WallShape, space: number, u: number) =>
  (ribV(shape, space, u) + ribV(shape, space + 1, u)) / 2

export function fixturePatient(shape: WallShape = SLIM, seed = 1): Patient {
  const heights = (height: (u: number, v: number) => number | null) => {
    const bytes = new Uint8Array(COLUMNS * ROWS * 2)
    for (let j = 0; j < ROWS; j++)
      for (let i = 0; i < COLUMNS; i++) {
        const mm = height(i * 4, j * 4)
        new DataView(bytes.buffer).setInt16(2 * (j * COLUMNS + i), mm === null ? NO_HEIGHT : um(mm), true)
      }
    return toBase64(bytes)
  }
  const pleura = (u: number) => pleuraAt(shape, u)
  const kinds = new Uint8Array(COLUMNS * ROWS)
  for (let j = 0; j < ROWS; j++) kinds.fill(j * 4 < 100 ? 2 : 4, j * COLUMNS, (j + 1) * COLUMNS)
  const along = (line: (u: number) => [number, number]): FieldPoint[] =>
    Array.from({ length: 21 }, (_, i) => [um(i * 8), um(line(i * 8)[0]), um(line(i * 8)[1])])
  const numbers = [2, 3, 4, 5, 6, 7, 8, 9]
  return {
    version: 1,
    seed,
    profile: 'fixture',
    sex: 'male',
    ageYears: 24,
    massKg: 70,
    dosingMassKg: 70,
    heightMm: 1780,
    side: 'right',
    adiposity: 0,
    wallUm10: um(-pleura(80)),
    physiology: {
      heartRate: 76,
      systolicMmHg: 122,
      diastolicMmHg: 76,
      breaths: 15,
      spo2Percent: 98,
      bloodVolumeMl: 4900,
      tidalMl: 500,
      pleuralCapacityMl: 1400,
      reflexPercent: 100,
    },
    field: {
      frame: {
        originUm10: [um(-165), um(1190), um(-80)],
        uAxis: [0, 0, AXIS_ONE],
        vAxis: [0, AXIS_ONE, 0],
        wAxis: [-AXIS_ONE, 0, 0],
      },
      columns: COLUMNS,
      rows: ROWS,
      spacingUm10: 400,
      surfaces: {
        skin: heights(skinAt),
        muscle: heights((u) => skinAt(u) - 2 - shape.fatMm),
        chest: heights((u) => pleura(u) + CHEST_MM),
        pleura: heights(pleura),
        lung: heights((u, v) => (v < 48 ? null : pleura(u) - 0.4)),
        diaphragm: heights((u, v) => (v > 110 ? null : pleura(u) - 1.5 - Math.max(0, v - 44) * 1.3)),
        organ: heights((u, v) => (v < 100 ? pleura(u) - 5 - Math.max(0, v - 44) * 1.3 : -140)),
      },
      organKind: toBase64(kinds),
      ribs: numbers.map((number) => ({
        number,
        points: along((u) => [ribV(shape, number, u), pleura(u) + CHEST_MM / 2]),
        halfHeightUm10: um(7),
        halfThicknessUm10: um(3.8),
      })),
      vessels: [
        ...numbers.map((rib) => ({
          kind: 'bundle' as const,
          rib,
          points: along((u) => [ribV(shape, rib, u) - 8.5 / RIB_COSINE, pleura(u) + 2.5]),
          radiusUm10: um(2),
        })),
        ...numbers.map((rib) => ({
          kind: 'collateral' as const,
          rib,
          points: along((u) => [ribV(shape, rib, u) + 8 / RIB_COSINE, pleura(u) + 2.5]),
          radiusUm10: um(0.8),
        })),
        {
          kind: 'lateral-thoracic' as const,
          rib: 0,
          points: [0, 100, 200].map((v): FieldPoint => [um(112), um(v), um(skinAt(112) - 2 - shape.fatMm - 1)]),
          radiusUm10: um(1.2),
        },
        {
          kind: 'long-thoracic' as const,
          rib: 0,
          points: [0, 100, 200].map((v): FieldPoint => [um(66), um(v), um(skinAt(66) - 2 - shape.fatMm - 1)]),
          radiusUm10: um(1),
        },
      ],
      landmarks: [{ id: 'nipple', sense: 'seen', at: [um(150), um(112), um(skinAt(150))] }],
      midAxillary: [
        [um(70), 0],
        [um(70), um(200)],
      ],
      anteriorAxillary: [
        [um(108), 0],
        [um(108), um(200)],
      ],
      safeTriangle: [
        [um(60), um(195)],
        [um(56), um(100)],
        [um(126), um(100)],
        [um(112), um(195)],
      ],
    },
  }
}

/** A wall whose thickness and ribs vary with the seed. */
export function variedShape(seed: number): WallShape {
  const random = new Uint32Array(4)
  seedRandom(random, seed, 77)
  const between = (low: number, high: number) => low + (high - low) * nextUnit(random)
  return { fatMm: between(4, 40), muscleMm: between(6, 12), spacingMm: between(29, 33), shiftMm: between(-5, 5) }
}

export const TENSION: Start = {
  id: 'tension',
  kind: 'tension',
  ventilation: 'breathing',
  airMl: 1950,
  leakMlMin: 500,
  timeScale: 6,
  oxygen: 0,
  bedHeadUpDegrees: 30,
}
export const VENTILATED: Start = {
  ...TENSION,
  id: 'ventilated',
  ventilation: 'ventilated',
  airMl: 1700,
  leakMlMin: 600,
  timeScale: 1,
}
export const STABLE: Start = {
  id: 'stable',
  kind: 'stable',
  ventilation: 'breathing',
  airMl: 900,
  leakMlMin: 0,
  timeScale: 1,
  oxygen: 0,
  bedHeadUpDegrees: 30,
}
export const HEALTHY: Start = { ...STABLE, id: 'healthy', airMl: 0 }

/** Rotation that points a tool straight into the right chest (tool +Z along body −X), and with its jaws along the body's y. */
const INWARD: InstrumentSample['q'] = [0, -23170, 0, 23170]

/** A sample with its tip at field (u, v, w) of the fixture. */
export function sampleAt(u: number, v: number, w: number, jaw = 0, buttons = 0): InstrumentSample {
  return { xUm10: [um(-165 - w), um(1190 + v), um(-80 + u)], q: INWARD, jaw, buttons }
}

export const REST: InstrumentSample = sampleAt(80, 100, 200)

export function input(sample: InstrumentSample, ...actions: Omit<Action, 'tick' | 'hand'>[]): WorldInput {
  return {
    samples: [sample, REST],
    actions: actions.map((action) => ({ tick: 0, hand: 0 as Hand, ...action })),
  }
}

export const pick = (object: string) => ({ verb: 'pick', object })
