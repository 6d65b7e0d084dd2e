import { describe, expect, it } from 'vitest'
import { SimulationError } from '../../../../../core/simulation/contract.ts'
import { loadLattice, restVolume } from '../../../../../core/simulation/tissue/load.ts'
import { MATERIALS } from '../../../../../core/simulation/tissue/materials.ts'
import { COUNT, createTissueMemory, NONE } from '../../../../../core/simulation/tissue/memory.ts'
import { adoptMesh } from '../../../../../core/simulation/tissue/mesh/adopt.ts'
import { ringOf, starOf } from '../../../../../core/simulation/tissue/mesh/around.ts'
import { bisectEdge } from '../../../../../core/simulation/tissue/mesh/bisect.ts'
import { freeFaces } from '../../../../../core/simulation/tissue/mesh/faces.ts'
import { endChange } from '../../../../../core/simulation/tissue/mesh/mass.ts'
import { clearChanges, createMesh, TALLY } from '../../../../../core/simulation/tissue/mesh/mesh.ts'
import { slideParticle } from '../../../../../core/simulation/tissue/mesh/move.ts'
import { defectsOf, wholeVolume } from '../../../../../core/simulation/tissue/mesh/validate.ts'
import { measure, measured } from '../../../../../core/simulation/tissue/mesh/volume.ts'
import { latticeOf, meshOf } from './lattice.ts'

/** Number of the particle at the middle of a 2 × 2 × 2 lattice. */
const MIDDLE = 4 + 13

function totalMass(mesh: ReturnType<typeof latticeOf>): number {
  let sum = 0
  for (let p = 4; p < mesh.memory.counts[COUNT.particles]; p++) sum += mesh.memory.rest[p * 4 + 3]
  return sum
}

describe('a mesh that is adopted', () => {
  it('is valid, of one piece, and has the volume and mass of its box', () => {
    const mesh = latticeOf(3, 2, 4, 0.004, undefined, (z) => (z < 2 ? 0 : 1))
    expect(defectsOf(mesh)).toEqual([])
    expect(mesh.tally[TALLY.pieces]).toBe(1)
    const volume = 24 * 0.004 ** 3
    expect(wholeVolume(mesh) / volume).toBeCloseTo(1, 6)
    expect(totalMass(mesh) / (volume * 0.5 * (MATERIALS[0].densityKgM3 + MATERIALS[1].densityKgM3))).toBeCloseTo(1, 5)
  })

  it('has the surface of its box, facing outwards', () => {
    const mesh = latticeOf(3, 2, 4, 0.01)
    const triangles = new Uint32Array(3 * 400)
    const n = freeFaces(mesh.memory, triangles, new Uint32Array(400))
    expect(n).toBe(2 * 2 * (3 * 2 + 2 * 4 + 3 * 4))
    // the divergence theorem gives the volume from an outward surface
    const { rest } = mesh.memory
    let volume = 0
    for (let i = 0; i < n; i++) {
      const [a, b, c] = [0, 1, 2].map((k) => rest.subarray(triangles[i * 3 + k] * 4, triangles[i * 3 + k] * 4 + 3))
      volume +=
        a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0])
    }
    expect(volume / 6 / (24 * 0.01 ** 3)).toBeCloseTo(1, 5)
    expect(() => freeFaces(mesh.memory, triangles, new Uint32Array(n - 1))).toThrow(SimulationError)
  })

  it('separates parts that touch in a point only', () => {
    const positions = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, -1, 0, 0, 0, -1, 0, 0, 0, -1]
    const data = { positions, tetrahedra: [0, 1, 2, 3, 0, 5, 4, 6], materials: [0, 0] }
    const mesh = meshOf(data, { particles: 32, tets: 8, edges: 4 })
    expect(defectsOf(mesh)).toEqual([])
    expect(mesh.memory.counts[COUNT.particles]).toBe(4 + 8)
    expect(mesh.tally[TALLY.pieces]).toBe(2)
  })

  it('refuses a face of three tetrahedra', () => {
    const memory = createTissueMemory({ particles: 12, tets: 4, edges: 4 })
    const positions = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, -1, 1, 1, 1]
    loadLattice(memory, { positions, tetrahedra: [0, 1, 2, 3, 0, 2, 1, 4, 0, 1, 2, 5], materials: [0, 0, 0] })
    expect(() => adoptMesh(createMesh(memory))).toThrow(RangeError)
  })

  it('finds the tetrahedra around a particle and an edge', () => {
    const mesh = latticeOf(2, 2, 2, 1)
    const { tetVertex } = mesh.memory
    const withAll = (...particles: number[]) =>
      Array.from({ length: 40 }, (_, t) => tetVertex.subarray(t * 4, t * 4 + 4)).filter((v) =>
        particles.every((p) => v.includes(p)),
      ).length
    for (let p = 4; p < 4 + 27; p++) {
      expect(starOf(mesh, p)).toBe(withAll(p))
      for (let q = 4; q < p; q++) expect(ringOf(mesh, p, q)).toBe(withAll(p, q))
    }
  })
})

describe('shape quality', () => {
  it('is 1 for a regular tetrahedron, 0 for a flat one and negative for an inverted one', () => {
    const qualityOf = (at: Float32Array, ...[a, b, c, d]: [number, number, number, number]) => {
      measure(at, a, b, c, d)
      return measured[1]
    }
    const at = new Float32Array([1, 1, 1, 0, -1, -1, 1, 0, -1, 1, -1, 0, 1, -1, -1, 0, 0, 0, 1, 0])
    expect(Math.abs(qualityOf(at, 0, 1, 2, 3))).toBeCloseTo(1, 6)
    expect(qualityOf(at, 0, 1, 2, 3)).toBe(-qualityOf(at, 1, 0, 2, 3))
    expect(qualityOf(new Float32Array([0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0]), 0, 1, 2, 3)).toBe(0)
  })
})

describe('bisecting an edge', () => {
  it('keeps the mesh valid, its volume, mass and materials, and interpolates all that a particle does', () => {
    const mesh = latticeOf(2, 2, 2, 0.01, undefined, (z) => z)
    const { memory } = mesh
    const mass = totalMass(mesh)
    for (let k = 0; k < 3; k++) {
      memory.velocity[MIDDLE * 4 + k] = 1 + k
      memory.position[(MIDDLE + 1) * 4 + k] += 0.003
    }
    const ring = ringOf(mesh, MIDDLE, MIDDLE + 1)
    const p = bisectEdge(mesh, MIDDLE, MIDDLE + 1, 0.25)
    endChange(mesh)
    expect(defectsOf(mesh)).toEqual([])
    expect(memory.counts[COUNT.tets]).toBe(40 + ring)
    expect(memory.velocity.subarray(p * 4, p * 4 + 3)).toEqual(new Float32Array([0.75, 1.5, 2.25]))
    expect(memory.position[p * 4]).toBeCloseTo(0.01 + 0.25 * 0.013, 8)
    expect(memory.rest[p * 4]).toBeCloseTo(0.0125, 8)
    expect(wholeVolume(mesh) / (8 * 0.01 ** 3)).toBeCloseTo(1, 6)
    expect(totalMass(mesh) / mass).toBeCloseTo(1, 6)
    let upper = 0
    for (let t = 0; t < 40 + ring; t++) if (memory.tetMaterial[t] === 1) upper += restVolume(memory, t)
    expect(upper / (4 * 0.01 ** 3)).toBeCloseTo(1, 6)
  })

  it('reports each changed tetrahedron once, and nothing after they were cleared', () => {
    const mesh = latticeOf(2, 2, 2, 0.01)
    const ring = ringOf(mesh, MIDDLE, MIDDLE + 1)
    bisectEdge(mesh, MIDDLE, MIDDLE + 1, 0.5)
    const changed = [...mesh.changes.tets.subarray(0, mesh.changes.tetCount)]
    expect(changed.length).toBe(2 * ring)
    expect(new Set(changed).size).toBe(2 * ring)
    for (const tet of changed.filter((t) => t >= 40)) expect(mesh.memory.tetSlot[tet]).toBe(NONE)
    clearChanges(mesh)
    expect(mesh.changes.tetCount).toBe(0)
  })

  it('holds a new particle fast only between two that are held', () => {
    const mesh = latticeOf(2, 2, 2, 0.01)
    const { position } = mesh.memory
    position[MIDDLE * 4 + 3] = 0
    const free = bisectEdge(mesh, MIDDLE, MIDDLE + 1, 0.5)
    position[(MIDDLE - 1) * 4 + 3] = 0
    const held = bisectEdge(mesh, MIDDLE, MIDDLE - 1, 0.5)
    endChange(mesh)
    expect(position[free * 4 + 3]).toBeCloseTo(1 / mesh.memory.rest[free * 4 + 3], 0)
    expect(position[held * 4 + 3]).toBe(0)
    expect(mesh.memory.rest[held * 4 + 3]).toBeGreaterThan(0)
  })

  it('refuses slivers and leaves everything as it was', () => {
    const mesh = latticeOf(2, 2, 2, 0.01)
    const before = mesh.memory.counts.slice()
    expect(bisectEdge(mesh, MIDDLE, MIDDLE + 1, 0.001)).toBe(NONE)
    expect(mesh.memory.counts).toEqual(before)
    expect(mesh.changes.tetCount).toBe(0)
  })
})

describe('sliding a particle', () => {
  it('moves an inner one, and one of a flat surface within that surface only', () => {
    const mesh = latticeOf(2, 2, 2, 0.01)
    expect(slideParticle(mesh, MIDDLE, MIDDLE + 1, 0.15)).toBe(1)
    const top = MIDDLE + 9
    expect(slideParticle(mesh, top, top + 1, 0.15)).toBe(1)
    expect(slideParticle(mesh, top, MIDDLE, 0.15)).toBe(0)
    expect(slideParticle(mesh, 4, 5, 0.15)).toBe(0)
    endChange(mesh)
    expect(defectsOf(mesh)).toEqual([])
    expect(wholeVolume(mesh) / (8 * 0.01 ** 3)).toBeCloseTo(1, 6)
    expect(mesh.memory.rest[MIDDLE * 4]).toBeCloseTo(0.0115, 7)
    expect(mesh.memory.rest[top * 4 + 2]).toBeCloseTo(0.02, 7)
  })

  it('does not move what is held fast, nor the border of two materials across it', () => {
    const mesh = latticeOf(2, 2, 2, 0.01, undefined, (z) => z)
    expect(slideParticle(mesh, MIDDLE, MIDDLE + 9, 0.15)).toBe(0)
    expect(slideParticle(mesh, MIDDLE, MIDDLE + 1, 0.15)).toBe(1)
    mesh.memory.position[MIDDLE * 4 + 3] = 0
    expect(slideParticle(mesh, MIDDLE, MIDDLE + 1, 0.15)).toBe(0)
  })
})
