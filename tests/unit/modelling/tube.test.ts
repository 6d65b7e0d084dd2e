import { describe, expect, it } from 'vitest'
import { checkManifold, isSound } from '../../../core/modelling/manifold.ts'
import { besideSharpEdges, evenNormals, rimsLikeFaces } from '../../../core/modelling/normals.ts'
import { QUANTUM_MM, quantise, spreadSlivers } from '../../../core/modelling/quantise.ts'
import { type SweepSpec, sweep } from '../../../core/modelling/sweep.ts'
import { isTube, tubeMesh } from '../../../core/modelling/tube.ts'

const FINE = { toleranceMm: 0.1, leastSides: 8, longestMm: 12, capRings: 2 }
const COARSE = { toleranceMm: 0.4, leastSides: 5, longestMm: 18, capRings: 0 }
const bow = (caps: 'round' | 'flat', radius = 2): SweepSpec => ({
  points: [
    [0, 1200, 0],
    [30, 1230, 10],
    [60, 1240, -10],
    [100, 1210, 0],
  ],
  radii: Array.from({ length: 4 }, () => [radius, radius] as const),
  caps,
})

describe('a tube', () => {
  it.each([
    ['round', FINE],
    ['round', COARSE],
    ['flat', FINE],
    ['flat', COARSE],
  ] as const)('with %s ends is closed, faces outward and fills what its field fills', (caps, detail) => {
    const spec = bow(caps)
    const { positions, normals, indices } = tubeMesh(spec, detail)
    const q = quantise(positions)
    spreadSlivers(q, indices)
    const report = checkManifold(q, indices)
    expect(isSound(report)).toBe(true)
    const length = 128
    expect((report.volume * QUANTUM_MM ** 3) / (Math.PI * 4 * length)).toBeGreaterThan(0.85)
    expect((report.volume * QUANTUM_MM ** 3) / (Math.PI * 4 * length)).toBeLessThan(1.15)
    const field = sweep(spec)
    for (let v = 0; v < positions.length; v += 3) {
      const at = (h: number) =>
        field.distance(
          positions[v] + h * normals[v],
          positions[v + 1] + h * normals[v + 1],
          positions[v + 2] + h * normals[v + 2],
        )
      expect(Math.abs(at(0))).toBeLessThan(0.75)
      expect(at(1)).toBeGreaterThan(at(0))
    }
  })

  it('is only what is round, slender and bends gently', () => {
    expect(isTube(bow('round'))).toBe(true)
    expect(isTube(bow('round', 13))).toBe(false)
    expect(isTube({ ...bow('round'), radii: Array.from({ length: 4 }, () => [2, 3] as const) })).toBe(false)
  })
})

it('normals are evened on a smooth side and kept across a sharp edge', () => {
  const s = Math.SQRT1_2
  const normals = Float32Array.from([0, 0, 1, 0.1, 0, 0.995, 0, 0, 1, 1, 0, 0])
  const indices = Uint32Array.from([0, 1, 2, 0, 2, 3])
  const even = evenNormals(normals, indices, 4)
  expect(even[3]).toBeGreaterThan(0.01)
  expect(even[3]).toBeLessThan(0.09)
  expect(even[9]).toBeGreaterThan(s)
  expect([...besideSharpEdges(normals, indices)]).toEqual([1, 0, 1, 1])
})

it('a vertex on the rim of a plate takes the normal of the large faces, one on a smooth side keeps its own', () => {
  // Two large triangles facing up, and a narrow one at their edge that faces outwards.
  const positions = [0, 0, 0, 10, 0, 0, 10, 10, 0, 0, 10, 0, 10, 5, -1]
  const indices = Uint32Array.from([0, 1, 2, 0, 2, 3, 1, 4, 2])
  const s = Math.SQRT1_2
  const normals = Float32Array.from([0, 0, 1, s, 0, s, s, 0, s, 0, 0, 1, 1, 0, 0])
  const out = rimsLikeFaces(normals, positions, indices)
  expect(out[5]).toBeGreaterThan(0.99)
  expect(out[8]).toBeGreaterThan(0.99)
  expect([...out.slice(0, 3)]).toEqual([0, 0, 1])
  expect([...out.slice(12)]).toEqual([1, 0, 0])
})
