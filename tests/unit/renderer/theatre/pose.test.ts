import { Vector3 } from 'three'
import { describe, expect, test } from 'vitest'
import { AXIS_ONE, type OperativeField } from '../../../../core/anatomy/patient.ts'
import { toBase64 } from '../../../../core/records/base64.ts'
import { grips } from '../../../../renderer/views/theatre/control/grips.ts'
import { newPose, poseOfSteering, sampleOf } from '../../../../renderer/views/theatre/control/pose.ts'
import { takeUp } from '../../../../renderer/views/theatre/control/steer.ts'
import { Field } from '../../../../renderer/views/theatre/stage/field.ts'

/** A flat field on a side of the body; the left mirrors the right, as the engine's do. */
function flat(side: 'left' | 'right'): Field {
  const sign = side === 'left' ? 1 : -1
  const heights = toBase64(new Uint8Array(41 * 51 * 2))
  return new Field({
    frame: {
      originUm10: [sign * 15000, 127_200, -6000],
      uAxis: [0, 0, AXIS_ONE],
      vAxis: [0, AXIS_ONE, 0],
      wAxis: [sign * AXIS_ONE, 0, 0],
    },
    columns: 41,
    rows: 51,
    spacingUm10: 400,
    surfaces: {
      skin: heights,
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
    const pose = poseOfSteering(takeUp(grips['cannula-long'], 80, 100), field, newPose())
    const shaft = new Vector3(0, 0, 1).applyQuaternion(pose.rotation)
    expect(shaft.x * outward).toBeCloseTo(1, 6)
    expect(pose.position.x * outward).toBeCloseTo(0.15 + grips['cannula-long'].hoverMm / 1000, 6)
  })

  test('the scalpel leans forward and its edge looks into the skin', () => {
    const pose = poseOfSteering(takeUp(grips.scalpel, 80, 100), field, newPose())
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
  const { xUm10, q, jaw } = sampleOf(poseOfSteering(takeUp(grips.forceps, 80, 100), flat('right'), newPose()), 0.5, 3)
  for (const value of [...xUm10, ...q, jaw]) expect(Number.isInteger(value)).toBe(true)
  expect(jaw).toBe(128)
  expect(Math.hypot(...q)).toBeCloseTo(32767, -1)
})
