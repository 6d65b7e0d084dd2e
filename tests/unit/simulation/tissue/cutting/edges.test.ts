import { describe, expect, it } from 'vitest'
import { createCutter } from '../../../../../core/simulation/tissue/cutting/cutter.ts'
import { COUNT, NONE, type TissueMemory } from '../../../../../core/simulation/tissue/memory.ts'
import { ringOf } from '../../../../../core/simulation/tissue/mesh/around.ts'
import { latticeOf } from '../mesh/lattice.ts'
import { cutOnce, sheet } from './patches.ts'

function addEdge({ counts, edgeVertex, edgeLength, edgeCompliance, rest }: TissueMemory, a: number, b: number): number {
  const edge = counts[COUNT.edges]++
  edgeVertex[edge * 2] = a
  edgeVertex[edge * 2 + 1] = b
  const square = [0, 1, 2].reduce((sum, k) => sum + (rest[a * 4 + k] - rest[b * 4 + k]) ** 2, 0)
  edgeLength[edge] = Math.sqrt(square)
  edgeCompliance[edge] = 0.01
  return edge
}

/** Particle of a lattice of 4 × 4 × 4 cubes. */
const at = (x: number, y: number, z: number) => 4 + x + 5 * (y + 5 * z)

describe('edges on the mesh', () => {
  it('are split where the mesh is, sharing length and compliance', () => {
    const mesh = latticeOf(4, 4, 4, 0.01)
    const { memory } = mesh
    const edge = addEdge(memory, at(1, 1, 1), at(1, 1, 2))
    cutOnce(createCutter(mesh), sheet(0.014, 0))
    expect(memory.counts[COUNT.edges]).toBe(2)
    expect(memory.edgeLength[edge] + memory.edgeLength[edge + 1]).toBeCloseTo(0.01, 8)
    expect(memory.edgeLength[edge]).toBeCloseTo(0.004, 6)
    expect(memory.edgeCompliance[edge]).toBeCloseTo(0.004, 6)
    expect(memory.edgeSlot[edge + 1]).toBe(NONE)
    for (const e of [edge, edge + 1]) {
      const [a, b] = [memory.edgeVertex[e * 2], memory.edgeVertex[e * 2 + 1]]
      expect(ringOf(mesh, a, b)).toBeGreaterThan(0)
    }
    const [, p, q] = memory.edgeVertex
    expect(p).not.toBe(q)
    expect([...mesh.changes.edges.subarray(0, mesh.changes.edgeCount)].sort()).toEqual([edge, edge + 1])
  })

  it('go with the side that they lie on', () => {
    const mesh = latticeOf(4, 4, 4, 0.01)
    const { memory } = mesh
    const below = addEdge(memory, at(1, 1, 2), at(1, 1, 1))
    const above = addEdge(memory, at(1, 1, 2), at(1, 1, 3))
    cutOnce(createCutter(mesh), sheet(0.02, 0))
    expect(memory.edgeVertex[below * 2]).not.toBe(memory.edgeVertex[above * 2])
    for (const e of [below, above]) {
      expect(ringOf(mesh, memory.edgeVertex[e * 2], memory.edgeVertex[e * 2 + 1])).toBeGreaterThan(0)
    }
  })

  it('that span the cut without lying on the mesh are severed; others stay', () => {
    const mesh = latticeOf(4, 4, 4, 0.01)
    const { memory } = mesh
    const across = addEdge(memory, at(1, 1, 0), at(3, 1, 4))
    const beside = addEdge(memory, at(1, 1, 0), at(3, 1, 0))
    cutOnce(createCutter(mesh), sheet(0.014, 0))
    expect(memory.edgeVertex[across * 2]).toBe(NONE)
    expect(memory.edgeVertex[beside * 2]).toBe(at(1, 1, 0))
    expect(mesh.changes.edgeCount).toBe(1)
  })

  it('end in an error when there is no room', () => {
    const mesh = latticeOf(4, 4, 4, 0.01, { particles: 2000, tets: 4000, edges: 1 })
    addEdge(mesh.memory, at(1, 1, 1), at(1, 1, 2))
    expect(() => cutOnce(createCutter(mesh), sheet(0.014, 0))).toThrow('simulation/tissue-full at edges')
  })
})
