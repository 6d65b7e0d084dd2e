import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxLattice } from '../../../../core/simulation/tissue/shapes.ts'
import { creaseNormals, hollowness } from '../../../../renderer/views/tissue/draw/normals.ts'
import { refine, spread, type TriangleMesh } from '../../../../renderer/views/tissue/draw/subdivide.ts'

/** The six sides of a box of cubes with an edge of 1, and where its points lie. */
function boxSurface(cubes: [number, number, number]): { mesh: TriangleMesh; points: Float32Array } {
  const { positions, tetrahedra } = boxLattice(cubes, 1, [0, 0, 0], 0)
  const faces = new Map<string, number[]>()
  for (let t = 0; t < tetrahedra.length; t += 4) {
    const [o, a, b, c] = [0, 1, 2, 3].map((k) => tetrahedra[t + k])
    for (const face of [
      [a, b, c],
      [o, c, b],
      [o, a, c],
      [o, b, a],
    ]) {
      const key = [...face].sort((x, y) => x - y).join()
      if (!faces.delete(key)) faces.set(key, face)
    }
  }
  const triangles = Uint32Array.from([...faces.values()].flat())
  const mesh = { vertices: positions.length / 3, triangles, kind: new Uint8Array(triangles.length / 3) }
  return { mesh, points: Float32Array.from(positions) }
}

const refined = (mesh: TriangleMesh, points: Float32Array) => {
  const finer = refine(mesh, points)
  const to = new Float32Array(finer.vertices * 3)
  spread(finer, points, to, 3)
  return { finer, to }
}

describe('a refined surface', () => {
  const { mesh, points } = boxSurface([4, 3, 5])

  test('has four triangles for each, one vertex more for each edge, and stays closed', () => {
    const { finer } = refined(mesh, points)
    expect(finer.kind.length).toBe(mesh.kind.length * 4)
    const edges = new Map<string, number>()
    for (let i = 0; i < finer.triangles.length; i++) {
      const [a, b] = [finer.triangles[i], finer.triangles[i - (i % 3) + ((i + 1) % 3)]]
      const key = a < b ? `${a}-${b}` : `${b}-${a}`
      edges.set(key, (edges.get(key) ?? 0) + (a < b ? 1 : -1))
    }
    // Every edge once each way.
    expect([...edges.values()].every((sum) => sum === 0)).toBe(true)
  })

  test('weights of every vertex sum to 1, so it moves with the tissue', () => {
    const { finer } = refined(mesh, points)
    for (let v = 0; v < finer.vertices; v++) {
      let sum = 0
      for (let i = finer.first[v]; i < finer.first[v + 1]; i++) sum += finer.weight[i]
      expect(sum).toBeCloseTo(1, 5)
    }
  })

  test('follows any shift and any stretch of the tissue', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 12, maxLength: 12 }), (m) => {
        const finer = refine(mesh, points)
        const still = new Float32Array(finer.vertices * 3)
        spread(finer, points, still, 3)
        const map = (p: Float32Array) =>
          p.map((_, i) => {
            const at = i - (i % 3)
            const row = (i % 3) * 4
            return m[row] * p[at] + m[row + 1] * p[at + 1] + m[row + 2] * p[at + 2] + m[row + 3]
          })
        const moved = new Float32Array(finer.vertices * 3)
        spread(finer, map(points), moved, 3)
        const wanted = map(still)
        for (let i = 0; i < moved.length; i++) expect(moved[i]).toBeCloseTo(wanted[i], 3)
      }),
      { numRuns: 20 },
    )
  })

  test('flat parts stay flat, and the edges of a box lie even however its squares are halved', () => {
    const { finer, to } = refined(mesh, points)
    const tops: number[] = []
    for (let v = 0; v < finer.vertices; v++) {
      const [x, y, z] = [to[v * 3], to[v * 3 + 1], to[v * 3 + 2]]
      if (x > 1 && x < 3 && z > 1 && z < 4 && y > 2) expect(y).toBeCloseTo(3, 5)
      if (v < mesh.vertices && points[v * 3 + 1] === 3 && points[v * 3 + 2] === 5 && x > 0.9 && x < 3.1) tops.push(y)
    }
    expect(tops.length).toBeGreaterThan(2)
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(0.01)
  })

  test('keeps an edge sharp where outside meets a cut wall', () => {
    // Two triangles folded along the edge from (0,0,0) to (1,0,0), one outside, one opened.
    const fold: TriangleMesh = {
      vertices: 4,
      triangles: Uint32Array.of(0, 1, 2, 1, 0, 3),
      kind: Uint8Array.of(0, 1),
    }
    const at = Float32Array.of(0, 0, 0, 1, 0, 0, 0.5, 0, 1, 0.5, -1, 0)
    const { to, finer } = refined(fold, at)
    let onEdge = 0
    for (let v = 4; v < finer.vertices; v++)
      if (Math.abs(to[v * 3 + 1]) < 1e-6 && Math.abs(to[v * 3 + 2]) < 1e-6) {
        expect(to[v * 3]).toBeCloseTo(0.5, 6)
        onEdge++
      }
    expect(onEdge).toBe(1)
  })
})

describe('normals', () => {
  test('point outwards from a closed surface and are of length 1', () => {
    const { mesh, points } = boxSurface([3, 3, 3])
    const normals = new Float32Array(mesh.vertices * 3)
    creaseNormals(mesh.triangles, mesh.triangles, points, normals)
    for (const v of new Set(mesh.triangles)) {
      const n = normals.subarray(v * 3, v * 3 + 3)
      expect(Math.hypot(...n)).toBeCloseTo(1, 5)
      const out = n[0] * (points[v * 3] - 1.5) + n[1] * (points[v * 3 + 1] - 1.5) + n[2] * (points[v * 3 + 2] - 1.5)
      expect(out).toBeGreaterThan(0.5)
    }
  })

  test('a hollow is darker than flat skin, and deeper is darker', () => {
    const { mesh, points } = boxSurface([4, 2, 4])
    const open = new Float32Array(mesh.vertices)
    const middle = [...Array(mesh.vertices).keys()].find(
      (v) => points[v * 3] === 2 && points[v * 3 + 1] === 2 && points[v * 3 + 2] === 2,
    )!
    const darkness = (depth: number) => {
      const pressed = points.slice()
      pressed[middle * 3 + 1] -= depth
      hollowness(mesh, pressed, open)
      return 1 - open[middle]
    }
    expect(darkness(0)).toBeCloseTo(0, 5)
    expect(darkness(0.1)).toBeGreaterThan(0.05)
    expect(darkness(0.2)).toBeGreaterThan(darkness(0.1))
  })
})
