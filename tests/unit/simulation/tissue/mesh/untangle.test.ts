import { expect, it } from 'vitest'
import { volumeNow } from '../../../../../core/simulation/tissue/load.ts'
import { COUNT } from '../../../../../core/simulation/tissue/memory.ts'
import { type Mesh, TALLY } from '../../../../../core/simulation/tissue/mesh/mesh.ts'
import { untangle } from '../../../../../core/simulation/tissue/mesh/untangle.ts'
import { latticeOf, scanAll } from './lattice.ts'

const MIDDLE = 4 + 31
/** No particle is in jaws or clips. */
const free = new Uint8Array(256)

function inverted({ memory }: Mesh): number {
  let count = 0
  for (let t = 0; t < memory.counts[COUNT.tets]; t++) if (volumeNow(memory, t) <= 0) count++
  return count
}

/** A lattice that is turned and stretched, with its middle particle where the rest shape puts it. */
function deformed(): Mesh {
  const mesh = latticeOf(2, 2, 4, 0.01)
  const { rest, position, counts } = mesh.memory
  for (let p = 16; p < counts[COUNT.particles] * 4; p += 4) {
    position[p] = -1.2 * rest[p + 1] + 0.1
    position[p + 1] = 0.9 * rest[p] + 0.2 * rest[p + 2]
    position[p + 2] = rest[p + 2]
  }
  return mesh
}

it('puts a particle that was driven through its surroundings back where they place it', () => {
  const mesh = deformed()
  const { position, velocity } = mesh.memory
  const there = position.slice(MIDDLE * 4, MIDDLE * 4 + 3)
  position[MIDDLE * 4 + 2] += 0.025
  velocity[MIDDLE * 4] = 3
  expect(inverted(mesh)).toBeGreaterThan(0)
  let moved = 0
  for (let tick = 0; tick < 8; tick++) moved += untangle(mesh, free, scanAll(mesh))
  expect(moved).toBe(1)
  expect(inverted(mesh)).toBe(0)
  for (let axis = 0; axis < 3; axis++) expect(position[MIDDLE * 4 + axis]).toBeCloseTo(there[axis], 6)
  expect(velocity[MIDDLE * 4]).toBe(0)
})

it('leaves alone what is sound, and what is held fast', () => {
  const mesh = deformed()
  const before = mesh.memory.bytes.slice()
  for (let tick = 0; tick < 16; tick++) expect(untangle(mesh, free, scanAll(mesh))).toBe(0)
  expect(mesh.memory.bytes).toEqual(before)
  expect(mesh.tally[TALLY.tangleAt]).toBe(0)
  const { position } = mesh.memory
  position[MIDDLE * 4 + 2] += 0.025
  position[MIDDLE * 4 + 3] = 0
  const z = position[MIDDLE * 4 + 2]
  for (let tick = 0; tick < 8; tick++) untangle(mesh, free, scanAll(mesh))
  expect(position[MIDDLE * 4 + 2]).toBe(z)
})

it('leaves what jaws hold where they have it', () => {
  const mesh = deformed()
  const { position } = mesh.memory
  position[MIDDLE * 4 + 2] += 0.025
  const z = position[MIDDLE * 4 + 2]
  const bound = free.slice()
  bound[MIDDLE] = 1
  for (let tick = 0; tick < 8; tick++) untangle(mesh, bound, scanAll(mesh))
  expect(position[MIDDLE * 4 + 2]).toBe(z)
})
