import { describe, expect, it } from 'vitest'
import { build } from '../../../core/modelling/compile.ts'
import { buildLattice, type Lattice, volumeOf } from '../../../core/modelling/lattice.ts'
import { randomTree } from './trees.ts'

const noRefs = () => {
  throw new Error('no refs here')
}

/** Every face of two tetrahedra, or of one on the outside; no face hangs on a finer neighbour's. */
function looseFaces({ positions, tetrahedra }: Lattice): { used: number; area: [number, number, number] } {
  const faces = new Map<string, number>()
  const area: [number, number, number] = [0, 0, 0]
  let used = 0
  for (let t = 0; t < tetrahedra.length; t += 4) {
    const [a, b, c, d] = tetrahedra.subarray(t, t + 4)
    for (const face of [
      [a, c, b],
      [a, b, d],
      [b, c, d],
      [a, d, c],
    ]) {
      const key = [...face].sort((x, y) => x - y).join()
      faces.set(key, (faces.get(key) ?? 0) + 1)
      used = Math.max(used, faces.get(key)!)
      const [p, q, r] = face.map((v) => positions.subarray(v * 3, v * 3 + 3))
      const u = [0, 1, 2].map((i) => q[i] - p[i])
      const v = [0, 1, 2].map((i) => r[i] - p[i])
      area[0] += u[1] * v[2] - u[2] * v[1]
      area[1] += u[2] * v[0] - u[0] * v[2]
      area[2] += u[0] * v[1] - u[1] * v[0]
    }
  }
  return { used, area }
}

/** Faces with one owner only: a conforming lattice has no edge of them with an odd number of them. */
function openEdges({ tetrahedra }: Lattice): number {
  const faces = new Map<string, number[]>()
  for (let t = 0; t < tetrahedra.length; t += 4) {
    for (let k = 0; k < 4; k++) {
      const three = [0, 1, 2, 3].filter((i) => i !== k).map((i) => tetrahedra[t + i])
      const key = [...three].sort((a, b) => a - b).join()
      if (faces.has(key)) faces.delete(key)
      else faces.set(key, three)
    }
  }
  const edges = new Map<string, number>()
  for (const [a, b, c] of faces.values()) {
    for (const [u, v] of [
      [a, b],
      [b, c],
      [c, a],
    ]) {
      const key = u < v ? `${u},${v}` : `${v},${u}`
      edges.set(key, (edges.get(key) ?? 0) + 1)
    }
  }
  return [...edges.values()].filter((n) => n % 2 === 1).length
}

function totalVolume(lattice: Lattice): number {
  let sum = 0
  for (let t = 0; t < lattice.tetrahedra.length; t += 4) {
    const v = volumeOf(lattice.positions, lattice.tetrahedra.subarray(t, t + 4))
    expect(v).toBeGreaterThan(0)
    sum += v
  }
  return sum
}

describe('a graded lattice', () => {
  const field = build({ sphere: { c: [1, 2, 3], r: 20 } }, noRefs)
  const lattice = buildLattice({
    field,
    coarseMm: 8,
    fineMm: 2,
    sizeAt: (x) => (x > 12 ? 2 : 8),
    materialAt: (_, y) => (y > 2 ? 1 : 0),
  })

  it('has positive tetrahedra that fill the solid', () => {
    expect(Math.abs(totalVolume(lattice) / ((4 / 3) * Math.PI * 8000) - 1)).toBeLessThan(0.05)
  })

  it('conforms across levels: no face has more than two owners and the outside is closed', () => {
    const { used, area } = looseFaces(lattice)
    expect(used).toBeLessThanOrEqual(2)
    for (const a of area) expect(Math.abs(a)).toBeLessThan(1e-6)
    expect(openEdges(lattice)).toBe(0)
  })

  it('is fine where asked and coarse elsewhere, with a material for each', () => {
    const sizes = { fine: 0, coarse: 0 }
    for (let t = 0; t < lattice.tetrahedra.length; t += 4) {
      const v = volumeOf(lattice.positions, lattice.tetrahedra.subarray(t, t + 4))
      const x = lattice.positions[lattice.tetrahedra[t] * 3]
      if (x > 14) sizes.fine = Math.max(sizes.fine, v)
      if (x < -4) sizes.coarse = Math.max(sizes.coarse, v)
    }
    expect(sizes.coarse).toBeGreaterThan(sizes.fine * 10)
    expect(lattice.materials.length * 4).toBe(lattice.tetrahedra.length)
    expect(new Set(lattice.materials)).toEqual(new Set([0, 1]))
  })

  it('holds for random solids', () => {
    for (let seed = 0; seed < 12; seed++) {
      let solid: ReturnType<typeof build>
      try {
        solid = build(randomTree(seed), noRefs)
      } catch {
        continue
      }
      const made = buildLattice({
        field: solid,
        coarseMm: 8,
        fineMm: 4,
        sizeAt: (x, y) => (x + y > 0 ? 4 : 8),
        materialAt: () => 0,
      })
      totalVolume(made)
      expect(looseFaces(made).used, `seed ${seed}`).toBeLessThanOrEqual(2)
      expect(openEdges(made), `seed ${seed}`).toBe(0)
    }
  })
})
