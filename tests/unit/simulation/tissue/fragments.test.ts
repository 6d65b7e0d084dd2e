import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fragmentActor } from '../../../../core/simulation/tissue/fragments.ts'
import { COUNT } from '../../../../core/simulation/tissue/memory.ts'
import type { Mesh } from '../../../../core/simulation/tissue/mesh/mesh.ts'
import { boxLattice } from '../../../../core/simulation/tissue/shapes.ts'
import { meshOf } from './mesh/lattice.ts'

const STEP = 0.005

/** One cube, and eight of them beside it. */
function twoPieces(): Mesh {
  const one = boxLattice([1, 1, 1], STEP, [0, 0, 0], 0)
  const more = boxLattice([2, 2, 2], STEP, [0.02, 0, 0], 0)
  const shift = one.positions.length / 3
  return meshOf(
    {
      positions: [...Array.from(one.positions), ...Array.from(more.positions)],
      tetrahedra: [...Array.from(one.tetrahedra), ...Array.from(more.tetrahedra, (p) => p + shift)],
      materials: new Uint8Array((one.tetrahedra.length + more.tetrahedra.length) / 4),
    },
    { particles: 100, tets: 200, edges: 4 },
  )
}

/** Momentum and angular momentum of particles, and their energy. */
function motionOf({ memory: { position, velocity } }: Mesh, from: number, to: number): number[] {
  const sums = [0, 0, 0, 0, 0, 0, 0]
  for (let p = from * 4; p < to * 4; p += 4) {
    const m = velocity[p + 3]
    for (let i = 0; i < 3; i++) {
      const [j, k] = [(i + 1) % 3, (i + 2) % 3]
      sums[i] += m * velocity[p + i]
      sums[3 + i] += m * (position[p + j] * velocity[p + k] - position[p + k] * velocity[p + j])
      sums[6] += 0.5 * m * velocity[p + i] ** 2
    }
  }
  return sums
}

test('a fragment keeps momentum and turn, and loses what moves within it; other pieces lose nothing', () => {
  const mesh = twoPieces()
  const { memory } = mesh
  const { position, velocity, counts } = memory
  const first = 4 + 8
  const actor = fragmentActor(mesh, { version: 1 })
  const still = position.slice()
  const speed = fc.double({ min: -1, max: 1, noNaN: true })
  const all = (counts[COUNT.particles] - 4) * 3
  fc.assert(
    fc.property(fc.array(speed, { minLength: all, maxLength: all }), (speeds) => {
      speeds.forEach((v, n) => {
        const at = (4 + Math.floor(n / 3)) * 4 + (n % 3)
        velocity[at] = v
        position[at] = still[at] + v * 0.001
      })
      const [own, others] = [motionOf(mesh, 4, first), motionOf(mesh, first, counts[COUNT.particles])]
      const size = 8 * velocity[4 * 4 + 3]
      for (let tick = 0; tick < 20; tick++) actor.finish?.()
      const after = motionOf(mesh, 4, first)
      for (let i = 0; i < 6; i++) expect(Math.abs(after[i] - own[i])).toBeLessThan(1e-5 * size)
      expect(after[6]).toBeLessThan(own[6] + 1e-5 * size)
      expect(motionOf(mesh, first, counts[COUNT.particles])).toEqual(others)
      // What is left moves as one: no two particles near each other.
      for (let p = 4; p < first; p++)
        for (let q = 4; q < p; q++) {
          let rate = 0
          for (let i = 0; i < 3; i++)
            rate += (position[p * 4 + i] - position[q * 4 + i]) * (velocity[p * 4 + i] - velocity[q * 4 + i])
          expect(Math.abs(rate)).toBeLessThan(1e-6)
        }
    }),
    { numRuns: 50 },
  )
})

test('one that is held comes to rest', () => {
  const mesh = twoPieces()
  const { position, velocity } = mesh.memory
  position[4 * 4 + 3] = 0
  for (let p = 5; p < 12; p++) velocity[p * 4] = 1
  const actor = fragmentActor(mesh, { version: 1 })
  for (let tick = 0; tick < 20; tick++) actor.finish?.()
  for (let p = 5; p < 12; p++) expect(Math.abs(velocity[p * 4])).toBeLessThan(1e-5)
})
