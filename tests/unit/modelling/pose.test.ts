import { describe, expect, it } from 'vitest'
import { type Bone, boneFrame, motions, move, posed, weightsAt } from '../../../core/modelling/pose.ts'
import type { Vec3 } from '../../../core/modelling/vec.ts'
import { distanceBetween, dot } from '../../../core/modelling/vec.ts'
import { type WarpFrame, warp } from '../../../core/modelling/warp.ts'
import { generator } from './trees.ts'

const arm: Bone[] = [
  { id: 'trunk', joint: [0, 900, 0], end: [0, 1500, 0] },
  { id: 'humerus', parent: 'trunk', joint: [180, 1450, 0], end: [180, 1150, 0] },
  { id: 'forearm', parent: 'humerus', joint: [180, 1150, 0], end: [180, 900, 0] },
]

describe('poses', () => {
  it('carry what hangs on a bone', () => {
    const at = motions(arm, { humerus: { axis: [0, 0, 1], degrees: 90 } })
    const wrist = move(at.get('forearm')!, [180, 900, 0])
    expect(wrist[0]).toBeCloseTo(180 + 550)
    expect(wrist[1]).toBeCloseTo(1450)
    expect(move(at.get('trunk')!, [0, 900, 0])).toEqual([0, 900, 0])
  })

  it('refuse a bone that hangs on nothing', () => {
    expect(() => motions([{ id: 'a', parent: 'b', joint: [0, 0, 0], end: [0, 1, 0] }], {})).toThrow('"b"')
    const circle: Bone[] = [
      { id: 'a', parent: 'b', joint: [0, 0, 0], end: [0, 1, 0] },
      { id: 'b', parent: 'a', joint: [0, 0, 0], end: [0, 1, 0] },
    ]
    expect(() => motions(circle, {})).toThrow('no way')
  })

  it('weigh bones by distance: shares add up to one and change without jumps', () => {
    const random = generator(4)
    let last: Vec3 | undefined
    const at = motions(arm, { humerus: { axis: [0, 0, 1], degrees: 70 }, forearm: { axis: [1, 0, 0], degrees: -60 } })
    for (let n = 0; n <= 600; n++) {
      const p: Vec3 = [n * 0.5, 1500 - n, 20]
      const weights = weightsAt(arm, p, 60)
      expect(weights.reduce((s, w) => s + w.share, 0)).toBeCloseTo(1)
      const q = posed(p, weights, at)
      if (last) expect(distanceBetween(q, last)).toBeLessThan(30)
      last = q
    }
    const far: Vec3 = [180 + random(), 1000, 0]
    expect(weightsAt(arm, far, 60)[0]).toEqual({ bone: 'forearm', share: expect.closeTo(1, 5) })
  })

  it('leave the reference as it is, and frames are right-handed', () => {
    const p: Vec3 = [120, 1300, 10]
    const q = posed(p, weightsAt(arm, p, 60), motions(arm, {}))
    expect(distanceBetween(p, q)).toBeLessThan(1e-9)
    const { x, y, z } = boneFrame(arm[1])
    expect(dot(x, y)).toBeCloseTo(0)
    expect(x[1] * y[2] - x[2] * y[1]).toBeCloseTo(z[0])
    expect(x[0] * y[1] - x[1] * y[0]).toBeCloseTo(z[2])
  })
})

describe('warps', () => {
  const frame: WarpFrame = {
    axis: [
      [0, 1000, 0],
      [0, 1250, 10],
      [0, 1500, 0],
    ],
    core: [
      [120, 90],
      [140, 100],
      [90, 60],
    ],
    skin: [
      [160, 125],
      [165, 120],
      [150, 90],
    ],
  }

  it('are the identity at zero', () => {
    for (const p of [
      [10, 1100, 50],
      [160, 1200, 0],
      [-30, 1490, 110],
    ] as Vec3[]) {
      expect(warp(frame, { stature: 0, adiposity: 0 }, p)).toEqual(p)
    }
  })

  it('leave the bony trunk, thicken the wall with adiposity and lengthen with stature', () => {
    const stout = { stature: 0, adiposity: 2 }
    expect(warp(frame, stout, [60, 1250, 10])).toEqual([60, 1250, 10])
    const skin = warp(frame, stout, [165, 1250, 10])
    expect(skin[0] - 165).toBeGreaterThan(15)
    expect(warp(frame, { stature: 2, adiposity: 0 }, [0, 1500, 0])[1]).toBeCloseTo(1500 * 1.078)
  })

  it('are continuous and keep order along every ray', () => {
    for (const adiposity of [-2, -1, 1, 3]) {
      for (let a = 0; a < 12; a++) {
        const way: Vec3 = [Math.cos((a * Math.PI) / 6), 0, Math.sin((a * Math.PI) / 6)]
        let last = -1
        for (let r = 2; r < 260; r += 0.5) {
          const q = warp(frame, { stature: 0, adiposity }, [way[0] * r, 1200, 8 + way[2] * r])
          const out = Math.hypot(q[0], q[2] - 8)
          expect(out, `adiposity ${adiposity} angle ${a} radius ${r}`).toBeGreaterThan(last)
          if (last > 0) expect(out - last).toBeLessThan(4)
          last = out
        }
      }
    }
  })
})
