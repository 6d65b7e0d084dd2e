import { Vector3 } from 'three'
import { describe, expect, test } from 'vitest'
import { AXIS_ONE, type OperativeField } from '../../../../core/anatomy/patient.ts'
import { toBase64 } from '../../../../core/records/base64.ts'
import { grips } from '../../../../renderer/views/theatre/control/grips.ts'
import { newPose, poseOfSteering, sampleOf } from '../../../../renderer/views/theatre/control/pose.ts'
import { takeUp } from '../../../../renderer/views/theatre/control/steer.ts'
import { Field } from '../../../../renderer/views/theatre/stage/field.ts'

const COLUMNS = 41
const ROWS = 51
const flat = (side: 'left' | 'right') => fieldOf(side, 0)
/** Skin that rises by 1.2 mm a row of 4 mm towards the head. */
const sloping = (side: 'left' | 'right') => fieldOf(side, 120)

/** A field on a side of the body; the left mirrors the right, as the engine's do. `rise` in 0.01 mm a row. */
function fieldOf(side: 'left' | 'right', rise: number): Field {
  const sign = side === 'left' ? 1 : -1
  const heights = toBase64(new Uint8Array(COLUMNS * ROWS * 2))
  const skin = Int16Array.from({ length: COLUMNS * ROWS }, (_, k) => Math.floor(k / COLUMNS) * rise)
  return new Field({
    frame: {
      originUm10: [sign * 15000, 127_200, -6000],
      uAxis: [0, 0, AXIS_ONE],
      vAxis: [0, AXIS_ONE, 0],
      wAxis: [sign * AXIS_ONE, 0, 0],
    },
    columns: COLUMNS,
    rows: ROWS,
    spacingUm10: 400,
    surfaces: {
      skin: toBase64(new Uint8Array(skin.buffer)),
      muscle: heights,
      chest: heights,
      pleura: heights,
      lung: heights,
      diaphragm: heights,
      organ: heights,
    },
    organKind: '',
    ribs: [],
    vessels: [],
    landmarks: [],
    midAxillary: [],
    anteriorAxillary: [],
    safeTriangle: [],
  } as OperativeField)
}

describe.each(['left', 'right'] as const)('on the %s', (side) => {
  const field = flat(side)
  const outward = side === 'left' ? 1 : -1

  test('a needle stands square to the skin with its hand outside', () => {
    const pose = poseOfSteering(takeUp(grips['cannula-long'], 80, 100), 'skin', field, newPose())
    const shaft = new Vector3(0, 0, 1).applyQuaternion(pose.rotation)
    expect(shaft.x * outward).toBeCloseTo(1, 6)
    expect(pose.position.x * outward).toBeCloseTo(0.15 + grips['cannula-long'].hoverMm / 1000, 6)
  })

  test('on a slope of fat what goes through the wall stays square to the ribs', () => {
    const slope = sloping(side)
    const { 'cannula-long': needle, marker } = grips
    const straight = poseOfSteering({ ...takeUp(needle, 80, 100), depthMm: 40 }, needle.square, slope, newPose())
    const entry = slope.skinPoint(80, 100)
    expect(Math.abs(straight.position.y - entry.y)).toBeLessThan(1e-6)
    const leaning = poseOfSteering({ ...takeUp(marker, 80, 100), leanU: 0, leanV: 0 }, marker.square, slope, newPose())
    expect(Math.abs(new Vector3(0, 0, 1).applyQuaternion(leaning.rotation).y)).toBeGreaterThan(0.2)
  })

  test('the scalpel leans forward and its edge looks into the skin', () => {
    const pose = poseOfSteering(takeUp(grips.scalpel, 80, 100), 'skin', field, newPose())
    const shaft = new Vector3(0, 0, 1).applyQuaternion(pose.rotation)
    const edge = new Vector3(0, -1, 0).applyQuaternion(pose.rotation)
    expect(shaft.z).toBeGreaterThan(0.7)
    expect(edge.x * outward).toBeLessThan(-0.7)
    expect(Math.abs(edge.y)).toBeLessThan(1e-6)
  })

  test('a ray that meets the skin is found where it does', () => {
    const hit = field.hitSkin(new Vector3(outward * 0.6, 1.372, 0.01), new Vector3(-outward, 0, 0))
    expect(hit?.uMm).toBeCloseTo(70, 0)
    expect(hit?.vMm).toBeCloseTo(100, 0)
  })
})

test('samples are integers that a hand could send', () => {
  const { xUm10, q, jaw } = sampleOf(
    poseOfSteering(takeUp(grips.forceps, 80, 100), 'wall', flat('right'), newPose()),
    0.5,
    3,
  )
  for (const value of [...xUm10, ...q, jaw]) expect(Number.isInteger(value)).toBe(true)
  expect(jaw).toBe(128)
  expect(Math.hypot(...q)).toBeCloseTo(32767, -1)
})
