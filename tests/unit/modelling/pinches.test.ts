import { expect, test } from 'vitest'
import { findFlaws } from '../../../core/modelling/manifold.ts'
import { partPinches } from '../../../core/modelling/pinches.ts'
import { partTwins } from '../../../core/modelling/quantise.ts'

/** An octahedron over vertices 0–5, whose edge from 0 to 2 also carries a pocket of four triangles over 6 and 7. */
const octahedron = [0, 2, 4, 2, 1, 4, 1, 3, 4, 3, 0, 4, 2, 0, 5, 1, 2, 5, 3, 1, 5, 0, 3, 5]
const pocket = [0, 2, 6, 2, 0, 7, 6, 2, 7, 0, 6, 7]
const places = [
  200, 100, 100, 0, 100, 100, 100, 200, 100, 100, 0, 100, 100, 100, 200, 100, 100, 0, 190, 190, 120, 190, 190, 80,
]

test('a pocket that hangs on the surface by one edge is taken off, the surface stays', () => {
  const { positions, faces } = divided(places, octahedron)
  const indices = Uint32Array.from([...faces, ...pocket])
  const flaws = findFlaws(positions, indices)
  expect(flaws.sound).toBe(false)
  expect([...flaws.vertices].sort()).toEqual([0, 2])
  const mended = partPinches(Uint16Array.from(positions), indices, flaws.vertices)
  expect([...mended.indices]).toEqual(faces)
  expect(findFlaws(mended.q, mended.indices).sound).toBe(true)
})

test('two solids that touch along an edge are parted, and keep all of their triangles', () => {
  const { positions, faces } = divided(places, octahedron)
  // Its twin beyond the edge from 0 to 2: turned by half a turn about that edge.
  const turned = positions.map((_, i) => {
    const [x, y, z] = positions.slice(i - (i % 3), i - (i % 3) + 3)
    return [300 - y, 300 - x, 200 - z][i % 3]
  })
  const shift = positions.length / 3
  const twin = faces.map((v) => (v === 0 || v === 2 ? v : v + shift))
  const all = [...positions, ...turned].map((x) => x + 1000)
  const indices = Uint32Array.from([...faces, ...twin])
  const flaws = findFlaws(all, indices)
  expect([...flaws.vertices].sort()).toEqual([0, 2])
  const mended = partPinches(Uint16Array.from(all), indices, flaws.vertices)
  expect(mended.indices.length).toBeGreaterThanOrEqual(indices.length)
  expect(findFlaws(mended.q, mended.indices).sound).toBe(true)
  expect(mended.from.length).toBeGreaterThan(all.length / 3)
})

/** Each triangle in three, about a new vertex over its middle: more triangles than a pocket may have. */
function divided(p: readonly number[], faces: readonly number[]): { positions: number[]; faces: number[] } {
  const positions = [...p]
  const out: number[] = []
  for (let t = 0; t < faces.length; t += 3) {
    const [a, b, c] = faces.slice(t, t + 3)
    const middle = positions.length / 3
    for (let axis = 0; axis < 3; axis++)
      positions.push(Math.round(100 + (1.2 * (p[a * 3 + axis] + p[b * 3 + axis] + p[c * 3 + axis] - 300)) / 3))
    out.push(a, b, middle, b, c, middle, c, a, middle)
  }
  return { positions, faces: out }
}

test('two vertices that rounding laid in one place get places of their own', () => {
  const q = Uint16Array.from([100, 100, 100, 100, 100, 100, 100, 100, 101])
  partTwins(q, [0, 0, 1, 0, 0, -1, 0, 1, 0])
  const places = [0, 3, 6].map((o) => [...q.subarray(o, o + 3)].join())
  expect(new Set(places).size).toBe(3)
  expect(places[0]).toBe('100,100,100')
})
