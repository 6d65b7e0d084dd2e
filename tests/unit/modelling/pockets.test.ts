import { expect, test } from 'vitest'
import { findFlaws } from '../../../core/modelling/manifold.ts'
import { dropPockets } from '../../../core/modelling/pockets.ts'

/** An octahedron over vertices 0–5, whose edge from 0 to 2 also carries a pocket of four triangles over 6 and 7. */
const octahedron = [0, 2, 4, 2, 1, 4, 1, 3, 4, 3, 0, 4, 2, 0, 5, 1, 2, 5, 3, 1, 5, 0, 3, 5]
const pocket = [0, 2, 6, 2, 0, 7, 6, 2, 7, 0, 6, 7]
const places = [1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0.9, 0.9, 0.2, 0.9, 0.9, -0.2]

test('a pocket that hangs on the surface by one edge is taken off, the surface stays', () => {
  const { positions, faces } = divided(places, octahedron)
  const indices = Uint32Array.from([...faces, ...pocket])
  const flaws = findFlaws(positions, indices)
  expect(flaws.sound).toBe(false)
  expect([...flaws.vertices].sort()).toEqual([0, 2])
  const mended = dropPockets(positions.length / 3, indices, flaws.vertices)
  expect([...mended]).toEqual(faces)
  expect(findFlaws(positions, mended).sound).toBe(true)
})

/** Each triangle in three, about a new vertex over its middle: more triangles than a pocket may have. */
function divided(p: readonly number[], faces: readonly number[]): { positions: number[]; faces: number[] } {
  const positions = [...p]
  const out: number[] = []
  for (let t = 0; t < faces.length; t += 3) {
    const [a, b, c] = faces.slice(t, t + 3)
    const middle = positions.length / 3
    for (let axis = 0; axis < 3; axis++)
      positions.push((1.2 * (p[a * 3 + axis] + p[b * 3 + axis] + p[c * 3 + axis])) / 3)
    out.push(a, b, middle, b, c, middle, c, a, middle)
  }
  return { positions, faces: out }
}
