import { describe, expect, it } from 'vitest'
import type { Vec3 } from '../../../core/modelling/vec.ts'
import {
  type BonesReport,
  ballCentre,
  beyondBudget,
  bonesText,
  hingeCentre,
} from '../../../electron/atlas/check/bones.ts'
import { counterpartOf } from '../../../electron/atlas/check/counterparts.ts'
import { fitRound, joined, principalExtents, type Surface } from '../../../electron/atlas/check/shapes.ts'
import { Solid } from '../../../electron/atlas/check/solids.ts'

/** A closed grid of rings about an axis along x, turned by `turn`: a small bone. */
function rings(radius: (x: number) => number, from: number, to: number, turn: (p: Vec3) => Vec3 = (p) => p): Surface {
  const [along, round] = [24, 24]
  const positions: number[] = []
  const indices: number[] = []
  for (let i = 0; i <= along; i++)
    for (let k = 0; k < round; k++) {
      const x = from + ((to - from) * i) / along
      const angle = (2 * Math.PI * k) / round
      positions.push(...turn([x, radius(x) * Math.cos(angle), radius(x) * Math.sin(angle)]))
      const [a, b] = [i * round + k, i * round + ((k + 1) % round)]
      if (i < along) indices.push(a, b, a + round, b, b + round, a + round)
    }
  return { positions: Float32Array.from(positions), indices: Uint32Array.from(indices) }
}

const aslant = ([x, y, z]: Vec3): Vec3 => [0.6 * x - 0.8 * y + 40, 0.8 * x + 0.6 * y + 900, z - 7]
const sphere = (r: number) => (x: number) => Math.sqrt(Math.max(0, r * r - x * x))

describe('the measure of a bone', () => {
  it('finds length and width however it lies', () => {
    const [length, width, depth] = principalExtents(rings(() => 6, -50, 50, aslant))
    expect(length).toBeCloseTo(100, 1)
    expect(width).toBeCloseTo(12, 1)
    expect(depth).toBeCloseTo(12, 1)
  })

  it('measures several parts as one', () => {
    const whole = joined([rings(() => 6, -50, 0, aslant), rings(() => 6, 0, 50, aslant)])
    expect(principalExtents(whole)[0]).toBeCloseTo(100, 1)
  })

  it('fits a sphere and a circle exactly', () => {
    const { centre, r } = fitRound([
      [13, 4, 5],
      [1, 16, 5],
      [1, 4, 17],
      [-11, 4, 5],
    ])
    expect([...centre, r].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([1, 4, 5, 12])
    expect(
      fitRound([
        [3, 0],
        [1, 2],
        [-1, 0],
      ]).r,
    ).toBeCloseTo(2, 6)
  })
})

describe('the centre of a joint', () => {
  it('is that of a head on a shaft', () => {
    const bone = joined([rings(sphere(24), -24, 24, aslant), rings(() => 11, 20, 200, aslant)])
    const centre = ballCentre(new Solid('head', bone.positions, bone.indices), [46, 895, -4], 24)
    for (const [k, at] of [40, 900, -7].entries()) expect(centre[k]).toBeCloseTo(at, 0)
  })

  it('lies on the axis of a hinge, level with the bone that faces it', () => {
    const roller = rings(() => 12, -20, 20)
    const other = rings(
      () => 5,
      0,
      10,
      ([x, y, z]) => [x, y + 18, z],
    )
    const at = hingeCentre(
      new Solid('roller', roller.positions, roller.indices),
      new Solid('other', other.positions, other.indices),
      [1, 0, 0],
      [2, 3, -2],
      11,
    )
    expect(Math.abs(at[0] - 5)).toBeLessThan(2)
    expect(Math.hypot(at[1], at[2])).toBeLessThan(0.1)
  })
})

it('names the structure of a figure', () => {
  expect(counterpartOf('thumb_distal_lvs', 'male')).toEqual(['distal-phalanx-of-hand-1-l'])
  expect(counterpartOf('medial_cuneiform_l', 'male')).toEqual(['medial-cuneiform-bone-l'])
  expect(counterpartOf('vertebra_T12', 'male')).toEqual(['vertebra-t12'])
  expect(counterpartOf('VH_M_ilium_compact_bone_L', 'male')).toEqual(['ilium-l'])
  expect(counterpartOf('VH_M_ilium_compact_bone_L', 'female')).toBeUndefined()
  expect(counterpartOf('VH_F_sacrum', 'female')).toEqual(['sacrum'])
  expect(counterpartOf('hat_ribs_scap', 'male')).toBeUndefined()
  expect(counterpartOf('metacarpal2_rvs', 'male')).toBeUndefined()
})

it('tells what lies beyond the budget', () => {
  const report: BonesReport = {
    bones: [
      { bone: 'femur-l', length: 486, measuredLength: 480, width: 95, measuredWidth: 96 },
      { bone: 'ulna-l', length: 299, measuredLength: 282, width: 38, measuredWidth: 38 },
    ],
    joints: [
      { joint: 'hip-l', mm: 2, off: [2, 0, 0] },
      { joint: 'elbow-l', mm: 13, off: [-12, 5, 0] },
    ],
  }
  expect(beyondBudget(report)).toEqual({ bones: [report.bones[1]], joints: [report.joints[1]] })
  expect(bonesText(report)).toEqual([
    'bones: 1 of 2 differ by more than 5 % in length or width; 1 of 2 joint centres by more than 10 mm',
    '  ulna-l: long 299 mm, measured 282; wide 38 mm, measured 38',
    '  elbow-l: 13 mm off (-12, +5, +0)',
  ])
})
