import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  axesOf,
  between,
  frame,
  orbit,
  pan,
  project,
  rayThrough,
  sides,
  type Vec3,
  type View,
  zoom,
} from '../../../../renderer/scene/orbit.ts'

const FOV = 0.45
const ASPECT = 1.6
const limits = { nearest: 0.03, farthest: 6 }
const coordinate = fc.double({ min: -0.4, max: 0.4, noNaN: true })
const angle = fc.double({ min: -1.4, max: 1.4, noNaN: true })
const aPoint = fc.tuple(coordinate, coordinate, coordinate)
const aView = fc
  .tuple(aPoint, fc.double({ min: -3.1, max: 3.1, noNaN: true }), angle)
  .map(([target, yaw, pitch]): View => {
    const { back } = axesOf({ yaw, pitch })
    return { position: [0, 1, 2].map((i) => target[i] + 2.2 * back[i]) as unknown as Vec3, yaw, pitch }
  })

test('turning keeps the grasped point under the cursor', () => {
  fc.assert(
    fc.property(aView, aPoint, angle, angle, (view, pivot, dYaw, dPitch) => {
      const before = project(view, pivot, FOV, ASPECT)
      fc.pre(before !== undefined)
      const after = project(orbit(view, pivot, dYaw, dPitch), pivot, FOV, ASPECT)
      expect(after?.[0]).toBeCloseTo(before![0], 6)
      expect(after?.[1]).toBeCloseTo(before![1], 6)
    }),
  )
})

test('zooming keeps the point under the cursor and never passes it', () => {
  fc.assert(
    fc.property(aView, aPoint, fc.double({ min: 0.2, max: 4, noNaN: true }), (view, pivot, factor) => {
      const before = project(view, pivot, FOV, ASPECT)
      fc.pre(before !== undefined)
      const after = project(zoom(view, pivot, factor, limits), pivot, FOV, ASPECT)
      expect(after?.[0]).toBeCloseTo(before![0], 6)
      expect(after?.[1]).toBeCloseTo(before![1], 6)
    }),
  )
})

test('panning moves a point at the pivot’s depth with the cursor', () => {
  const view: View = { position: [0, 0, 2], yaw: 0, pitch: 0 }
  const moved = project(pan(view, [0, 0, 0], 0.25, -0.1, FOV), [0, 0, 0], FOV, ASPECT)
  // Shares of the height: the picture is 2 high and 2 × aspect wide in these coordinates.
  expect(moved![0] * ASPECT).toBeCloseTo(0.5, 6)
  expect(moved![1]).toBeCloseTo(0.2, 6)
})

test('the pitch stops before the pole, and the yaw stays within one turn', () => {
  let view: View = { position: [0, 0, 2], yaw: 0, pitch: 0 }
  for (let i = 0; i < 40; i++) view = orbit(view, [0, 0, 0], 1, 0.4)
  expect(Math.abs(view.pitch)).toBeLessThan(Math.PI / 2)
  expect(Math.abs(view.yaw)).toBeLessThanOrEqual(Math.PI)
})

test('a framed box is inside the picture from every side', () => {
  const box: readonly [Vec3, Vec3] = [
    [-0.4, 0.9, -0.15],
    [0.4, 1.6, 0.2],
  ]
  for (const side of Object.values(sides)) {
    const view = frame(side, box, FOV, ASPECT)
    for (const x of [0, 1])
      for (const y of [0, 1])
        for (const z of [0, 1]) {
          const place = project(view, [box[x][0], box[y][1], box[z][2]], FOV, ASPECT)
          expect(Math.abs(place![0])).toBeLessThanOrEqual(1)
          expect(Math.abs(place![1])).toBeLessThanOrEqual(1)
        }
  }
})

test('the front view has the body’s left on the right of the picture', () => {
  const view = frame(
    sides.front,
    [
      [-0.3, 1, -0.1],
      [0.3, 1.5, 0.1],
    ],
    FOV,
    ASPECT,
  )
  expect(project(view, [0.2, 1.2, 0], FOV, ASPECT)![0]).toBeGreaterThan(0)
})

test('a ray through a place meets points that are drawn there', () => {
  fc.assert(
    fc.property(aView, aPoint, (view, point) => {
      const place = project(view, point, FOV, ASPECT)
      fc.pre(place !== undefined)
      const ray = rayThrough(view, place![0], place![1], FOV, ASPECT)
      const offset = point.map((value, i) => value - view.position[i])
      const along = offset.reduce((sum, value, i) => sum + value * ray[i], 0)
      const miss = Math.hypot(...offset.map((value, i) => value - along * ray[i]))
      expect(miss).toBeLessThan(1e-9)
    }),
  )
})

test('a flight ends where it was meant to and takes the short way round', () => {
  const from: View = { position: [0, 0, 2], yaw: 3, pitch: 0 }
  const to: View = { position: [1, 0, 2], yaw: -3, pitch: 0.2 }
  expect(between(from, to, 1).yaw).toBeCloseTo(-3, 9)
  expect(Math.abs(between(from, to, 0.5).yaw)).toBeGreaterThan(3)
})
