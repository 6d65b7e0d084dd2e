import { expect, it } from 'vitest'
import { build } from '../../../core/modelling/compile.ts'
import { contourSampled } from '../../../core/modelling/contour.ts'
import { DistanceGrid } from '../../../core/modelling/distancegrid.ts'
import { bakeOcclusion } from '../../../core/modelling/occlusion.ts'
import { Sampled } from '../../../core/modelling/sampling.ts'
import type { ShapeNode } from '../../../core/modelling/shapes.ts'

const noRefs = () => {
  throw new Error('no refs here')
}

it('the carried distance is close to the true one, in sign and size', () => {
  const field = build(
    {
      'smooth-union': { k: 3, of: [{ sphere: { c: [0, 0, 0], r: 20 } }, { box: { c: [20, 0, 0], half: [15, 8, 8] } }] },
    },
    noRefs,
  )
  const grid = new DistanceGrid(new Sampled(field, 2))
  for (let x = -30; x <= 44; x += 3.7) {
    for (let y = -26; y <= 26; y += 3.1) {
      const d = field.distance(x, y, 2)
      const near = grid.at(x, y, 2)
      if (Math.abs(d) < 12 && Math.abs(x) < 20 && Math.abs(y) < 19)
        expect(Math.abs(near - d)).toBeLessThan(1.5 + Math.abs(d) * 0.2)
      if (Math.abs(d) > 3) expect(near < 0).toBe(d < 0)
    }
  }
})

it('a ball is open all over; the bottom of a bowl is shut in', () => {
  const at = (shape: ShapeNode, x: number, y: number, z: number) => {
    const grid = new Sampled(build(shape, noRefs), 2)
    const mesh = contourSampled(grid)
    const ao = bakeOcclusion(grid, mesh.positions, mesh.normals)
    let best = 0
    let least = Infinity
    for (let v = 0; v < ao.length; v++) {
      const d = Math.hypot(mesh.positions[v * 3] - x, mesh.positions[v * 3 + 1] - y, mesh.positions[v * 3 + 2] - z)
      if (d < least) {
        least = d
        best = ao[v]
      }
    }
    return best
  }
  const ball: ShapeNode = { sphere: { c: [0, 0, 0], r: 25 } }
  const bowl: ShapeNode = {
    subtract: { from: ball, cut: [{ capsule: { a: [0, 0, 0], b: [0, 40, 0], ra: 9, rb: 9 } }] },
  }
  expect(at(ball, 0, 25, 0)).toBeGreaterThan(235)
  expect(at(bowl, 0, -9, 0)).toBeLessThan(130)
  expect(at(bowl, 0, -25, 0)).toBeGreaterThan(200)
})
