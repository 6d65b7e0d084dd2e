import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { Posing, rotationAbout, shareAt } from '../../../core/modelling/pose.ts'
import { readRig } from '../../../core/modelling/rig.ts'
import type { Vec3 } from '../../../core/modelling/vec.ts'
import { distanceBetween } from '../../../core/modelling/vec.ts'
import { type WarpFrame, warp } from '../../../core/modelling/warp.ts'
import { generator } from './trees.ts'

const rig = readRig(parse(readFileSync('assets/rig.yaml', 'utf8')))
const moved = (pose: string, p: Vec3): Vec3 => {
  const at = Float32Array.from(p)
  new Posing(rig, rig.poses.get(pose)!).mover({ id: 'skin', system: 'integumentary' }, at, 'soft')(at)
  return [at[0], at[1], at[2]]
}

describe('poses', () => {
  it('let the arms hang in the anatomical position, and nothing else moves', () => {
    const wrist = moved('anatomical', [745.8, 1472.8, 12.2])
    expect(wrist[1]).toBeLessThan(1000)
    expect(Math.abs(wrist[0] - 260)).toBeLessThan(30)
    for (const p of [
      [0, 1300, 100],
      [160, 1250, 0],
      [92, 500, 0],
      [0, 1750, 60],
      [20, 1640, 20],
    ] as Vec3[])
      expect(moved('anatomical', p)).toEqual(p)
  })

  it('mirror a pair', () => {
    const left = moved('hra', [97, 60, 10])
    const right = moved('hra', [-97, 60, 10])
    expect(right[0]).toBeCloseTo(-left[0], 3)
    expect(right[1]).toBeCloseTo(left[1], 3)
  })

  it('bend a knee to a right angle and keep the distance from the joint', () => {
    const knee: Vec3 = [89.2, 501, -13.2]
    const ankle: Vec3 = [97.5, 74.6, -2.9]
    const at = moved('knee-flexed', ankle)
    expect(distanceBetween(at, knee)).toBeCloseTo(distanceBetween(ankle, knee), 2)
    expect(at[2]).toBeLessThan(-400)
    expect(Math.abs(at[1] - 501)).toBeLessThan(20)
  })

  it('change without jumps', () => {
    const random = generator(4)
    for (const pose of ['anatomical', 'supine', 'knee-flexed', 'neck-extended'])
      for (let n = 0; n < 3000; n++) {
        // Within the body's reach of the joints: in the empty space beyond, a turn is a long way.
        const joint = rig.joints[Math.floor(random() * rig.joints.length)].centre
        const p = joint.map((c) => c + (random() - 0.5) * 110) as unknown as Vec3
        const q: Vec3 = [p[0] + 0.05, p[1] + 0.05, p[2]]
        expect(distanceBetween(moved(pose, p), moved(pose, q))).toBeLessThan(0.5)
      }
  })

  it('carry bones without bending them', () => {
    const posing = new Posing(rig, rig.poses.get('knee-flexed')!)
    const shaft = Float32Array.from([89, 480, -13, 92, 300, -5, 97, 80, 0])
    const before = distanceBetween([shaft[0], shaft[1], shaft[2]], [shaft[6], shaft[7], shaft[8]])
    const normals = Float32Array.from([0, 0, 1, 0, 0, 1, 0, 0, 1])
    posing.mover({ id: 'tibia-l', system: 'skeletal' }, shaft, 'stiff')(shaft, normals)
    expect(distanceBetween([shaft[0], shaft[1], shaft[2]], [shaft[6], shaft[7], shaft[8]])).toBeCloseTo(before, 2)
    expect(normals[1]).toBeCloseTo(-1, 3)
  })

  it('carry the whole of an arm, down to the little finger and the medial epicondyle', () => {
    for (const id of ['shoulder-l', 'girdle-l']) {
      const joint = rig.joints.find((j) => j.id === id)!
      expect(shareAt(joint, 880, 1405, 20), id).toBe(1)
      expect(shareAt(joint, 462, 1435, 10), id).toBe(1)
    }
  })

  it('know what does not move', () => {
    const posing = new Posing(rig, rig.poses.get('anatomical')!)
    expect(posing.moves({ id: 'skin', system: 'integumentary' }, [-100, 1000, -100], [100, 1300, 100])).toBe(false)
    expect(posing.moves({ id: 'left-ventricle', system: 'heart' }, [5, 1340, 0], [80, 1415, 88])).toBe(false)
    expect(posing.moves({ id: 'rib-1-l', system: 'skeletal' }, [20, 1500, -50], [100, 1550, 50])).toBe(false)
    expect(posing.moves({ id: 'skin', system: 'integumentary' }, [200, 1400, -50], [300, 1550, 50])).toBe(true)
  })

  it('stand on shoulders of measured breadth: the girdle is drawn out, bones too, the cage and the midline are not', () => {
    const { shifts } = rig
    const still = new Posing(rig, rig.poses.get('chest-drain')!)
    const at = (id: string, p: Vec3) => {
      const points = Float32Array.from(p)
      still.mover({ id, system: 'skeletal' }, points, 'stiff')(points)
      return [...points].map((c) => Math.round(c * 10) / 10)
    }
    expect(shifts.map((s) => s.id)).toEqual([
      'breadth-l',
      'breadth-r',
      'breadth-of-serratus-l',
      'breadth-of-serratus-r',
    ])
    expect(at('humerus-l', [167, 1526, -27])).toEqual([184, 1526, -27])
    expect(at('humerus-r', [-167, 1526, -27])).toEqual([-184, 1526, -27])
    expect(at('scapula-l', [70, 1510, -103])[0]).toBeGreaterThan(85)
    expect(at('clavicle-l', [23, 1530, 50])[0]).toBeLessThan(24)
    expect(at('rib-3-l', [120, 1500, -5])).toEqual([120, 1500, -5])
    expect(at('serratus-anterior-l', [124, 1496, -5])).toEqual([124, 1496, -5])
    expect(at('skin', [2, 1540, -100])).toEqual([2, 1540, -100])
  })

  it('slant a normal as the surface slants where a shift sets in', () => {
    const by: Vec3 = [10, 0, 0]
    const stays = { except: [], exceptSystems: [], carries: () => true }
    const shift = {
      id: 'out',
      by,
      share: [{ p: [0, 0, 0] as Vec3, n: [0, 1, 0] as Vec3, over: 40 }],
      only: [],
      ...stays,
    }
    const posing = new Posing({ shifts: [shift], joints: [], poses: new Map() }, { turns: [] })
    // The plane x = 0 leans out with height: halfway up the step by 10 mm · 1.5 / 40 mm.
    const [point, normal] = [Float32Array.of(0, 0, 0), Float32Array.of(1, 0, 0)]
    posing.mover({ id: 'skin', system: 'integumentary' }, point, 'soft')(point, normal)
    expect(point[0]).toBeCloseTo(5)
    expect(normal[1] / normal[0]).toBeCloseTo(-0.375, 2)
  })

  it('refuse a joint that is not there', () => {
    const turns = [{ joint: 'tail', axis: [1, 0, 0], degrees: 5 }]
    expect(() => readRig({ joints: [], poses: { wagging: { turns } } })).toThrow('tail')
  })

  it('shares run from nothing to all', () => {
    const hip = rig.joints.find((j) => j.id === 'hip-l')!
    expect(shareAt(hip, 90, 700, 0)).toBe(1)
    expect(shareAt(hip, -90, 700, 0)).toBe(0)
    expect(shareAt(hip, 60, 1100, 0)).toBe(0)
    expect(rotationAbout([0, 0, 1], 90)[1]).toBeCloseTo(-1)
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
