/**
 * Makes a patient from a seed: who they are from the case's profile, and their own chest wall as a variation of the
 * sampled field of a body of that sex. Whole numbers only, so that the same seed gives the same digest everywhere.
 */
import { fromBase64, toBase64 } from '../records/base64.ts'
import { nextUint32, nextUnit, seedRandom } from '../simulation/random.ts'
import {
  type FieldPoint,
  NO_HEIGHT,
  type OperativeField,
  type Patient,
  type PatientPhysiology,
  type Side,
  type Surface,
} from './patient.ts'

/** What a case says about a kind of patient; ranges are [low, high]. */
export type Profile = {
  readonly id: string
  readonly share: number
  readonly sex: 'male' | 'female'
  readonly age: readonly [number, number]
  readonly heightM: readonly [number, number]
  readonly bmi: readonly [number, number]
  /** Skin to pleura in the safe triangle, mm. */
  readonly wallMm: readonly [number, number]
}

/** Gives the sampled field of a body; made once for each sex and side and kept by the host. */
export type FieldSource = (sex: 'male' | 'female', side: Side) => OperativeField

const PATIENT_STREAM = 11
/** mm over which the variation fades towards the field's margin, so that it meets the body around it. */
const MARGIN_MM = 24
const SKIN_UM10 = 200

/** The patient of `seed`. A case with a fixed side passes `sides` of one. */
export function makePatient(
  seed: number,
  profiles: readonly Profile[],
  source: FieldSource,
  sides: readonly Side[] = ['left', 'right'],
): Patient {
  const random = new Uint32Array(4)
  seedRandom(random, seed, PATIENT_STREAM)
  const profile = chooseProfile(profiles, nextUnit(random))
  const side = sides[nextUint32(random) % sides.length]
  const within = ([low, high]: readonly [number, number]) => low + (high - low) * nextUnit(random)
  const heightM = within(profile.heightM)
  const bmi = within(profile.bmi)
  const ageYears = Math.floor(within(profile.age))
  const wallMm = within(profile.wallMm)
  const massKg = Math.round(bmi * heightM * heightM)
  // ideal weight after Devine (1974): 50 or 45.5 kg at 152 cm and 0.91 kg for each further cm
  const ideal = (profile.sex === 'male' ? 50 : 45.5) + 0.91 * Math.max(0, heightM * 100 - 152.4)
  const dosingMassKg = Math.min(massKg, Math.round(ideal))
  const field = varyField(source(profile.sex, side), wallMm, random)
  return {
    version: 1,
    seed,
    profile: profile.id,
    sex: profile.sex,
    ageYears,
    massKg,
    dosingMassKg,
    heightMm: Math.round(heightM * 1000),
    side,
    adiposity: Math.round((bmi - 22) * 15),
    wallUm10: wallAtSite(field),
    physiology: physiologyOf(random, ageYears, massKg, dosingMassKg, profile.sex),
    field,
  }
}

/** Skin to pleura in 0.01 mm in the middle of the safe triangle. */
function wallAtSite(field: OperativeField): number {
  const at = siteIndex(field)
  return readHeights(field, 'skin')[at] - readHeights(field, 'pleura')[at]
}

function chooseProfile(profiles: readonly Profile[], draw: number): Profile {
  const total = profiles.reduce((sum, { share }) => sum + share, 0)
  let left = draw * total
  for (const profile of profiles) {
    left -= profile.share
    if (left < 0) return profile
  }
  return profiles[profiles.length - 1]
}

function physiologyOf(
  random: Uint32Array,
  ageYears: number,
  massKg: number,
  dosingMassKg: number,
  sex: 'male' | 'female',
): PatientPhysiology {
  const about = (value: number, spread: number) => Math.round(value + spread * (2 * nextUnit(random) - 1))
  const older = Math.max(0, ageYears - 30)
  // 70 mL per kg of a lean-adjusted weight: half of the excess counts
  const bloodKg = dosingMassKg + 0.4 * (massKg - dosingMassKg)
  return {
    heartRate: about(sex === 'female' ? 76 : 70, 6),
    systolicMmHg: about(116 + older * 0.5, 6),
    diastolicMmHg: about(73 + older * 0.15, 4),
    breaths: about(14, 1),
    spo2Percent: 98,
    bloodVolumeMl: Math.round(70 * bloodKg),
    tidalMl: Math.round(7 * dosingMassKg),
    pleuralCapacityMl: about(sex === 'female' ? 1150 : 1450, 100),
    reflexPercent: Math.max(55, about(104 - older * 0.8, 6)),
  }
}

/** Thickens or thins the fat to the wanted wall, and shifts ribs with their vessels a little: no two chests are alike. */
function varyField(base: OperativeField, wallMm: number, random: Uint32Array): OperativeField {
  const heights = (surface: Surface) => readHeights(base, surface)
  const skin = heights('skin')
  const muscle = heights('muscle')
  const site = siteIndex(base)
  const wanted = wallMm * 100 - (skin[site] - heights('pleura')[site])
  const shift = Math.round(500 * (2 * nextUnit(random) - 1))
  const stretch = 0.03 * (2 * nextUnit(random) - 1)
  const tilt = 0.05 * (2 * nextUnit(random) - 1)
  const lumps = [nextUnit(random), nextUnit(random), nextUnit(random)]
  const middleV = (base.rows * base.spacingUm10) / 2
  const varied = skin.map((height, k) => {
    const i = k % base.columns
    const j = Math.floor(k / base.columns)
    const fat = height - SKIN_UM10 - muscle[k]
    const lump = 40 * bump(i / 9 + 7 * lumps[0]) * bump(j / 11 + 7 * lumps[1])
    const change = (wanted + lump) * fade(base, i, j)
    return Math.round(muscle[k] + SKIN_UM10 + Math.max(Math.min(fat, 150), fat + change))
  })
  const moveV = (u: number, v: number) => Math.round(v + shift + stretch * (v - middleV) + tilt * (u - middleV) * 0.2)
  const move = (points: readonly FieldPoint[]) => points.map(([u, v, w]): FieldPoint => [u, moveV(u, v), w])
  return {
    ...base,
    surfaces: { ...base.surfaces, skin: writeHeights(varied) },
    ribs: base.ribs.map((rib) => ({ ...rib, points: move(rib.points) })),
    vessels: base.vessels.map((vessel) => (vessel.rib > 0 ? { ...vessel, points: move(vessel.points) } : vessel)),
  }
}

/** A smooth wave between −1 and 1 of period 2, from a parabola. */
function bump(x: number): number {
  const t = x - 2 * Math.floor(x / 2) - 1
  return 1 - 2 * t * t
}

/** 1 in the field's middle, 0 at its margin. */
function fade(field: OperativeField, i: number, j: number): number {
  const edge = Math.min(i, j, field.columns - 1 - i, field.rows - 1 - j) * (field.spacingUm10 / 100)
  const t = Math.min(1, edge / MARGIN_MM)
  return t * t * (3 - 2 * t)
}

function siteIndex(field: OperativeField): number {
  const us = field.safeTriangle.map(([u]) => u)
  const vs = field.safeTriangle.map(([, v]) => v)
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2
  const i = Math.round(middle(us) / field.spacingUm10)
  const j = Math.round((Math.min(...vs) * 0.6 + Math.max(...vs) * 0.4) / field.spacingUm10)
  return j * field.columns + i
}

function readHeights(field: OperativeField, surface: Surface): number[] {
  const bytes = fromBase64(field.surfaces[surface])
  if (bytes === undefined) throw new RangeError(`field.surfaces.${surface}`)
  const view = new DataView(bytes.buffer)
  return Array.from({ length: bytes.length / 2 }, (_, k) => view.getInt16(2 * k, true))
}

function writeHeights(heights: readonly number[]): string {
  const bytes = new Uint8Array(heights.length * 2)
  const view = new DataView(bytes.buffer)
  heights.forEach((height, k) => {
    view.setInt16(2 * k, height === NO_HEIGHT ? NO_HEIGHT : Math.max(-32000, Math.min(32000, height)), true)
  })
  return toBase64(bytes)
}
