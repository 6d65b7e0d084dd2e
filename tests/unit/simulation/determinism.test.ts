import { expect, test } from 'vitest'
import type { WorldInput } from '../../../core/simulation/contract.ts'
import { SimulationError, TOOLS } from '../../../core/simulation/contract.ts'
import { nextUnit, seedRandom } from '../../../core/simulation/random.ts'
import { createWorld } from '../../../core/simulation/world.ts'
import { kernel } from '../kernel.ts'
import { fixturePatient, input, REST, SLIM, STABLE, sampleAt, TENSION } from './fixture.ts'

/** Wandering hands that pick tools, cut and push at random. */
function wander(seed: number, ticks: number): WorldInput[] {
  const random = new Uint32Array(4)
  seedRandom(random, seed)
  const unit = () => nextUnit(random)
  let u = 90
  let v = 118
  let w = 5
  return Array.from({ length: ticks }, (_, i) => {
    u += 2 * (unit() - 0.5)
    v += 2 * (unit() - 0.5)
    w += 2.4 * (unit() - 0.55)
    if (w < -60) w = 10
    const sample = sampleAt(u, v, w, Math.floor(256 * unit()), Math.floor(8 * unit()))
    return i % 150 === 0
      ? input(sample, { verb: 'pick', object: TOOLS[1 + Math.floor((TOOLS.length - 1) * unit())] })
      : input(sample)
  })
}

test('same seed and inputs give the same hash, another input another', () => {
  const run = (seed: number, change: number) => {
    const world = createWorld(fixturePatient(SLIM), TENSION, 7, kernel)
    wander(seed, 1500).forEach((tick, i) => {
      world.step(i === change ? input(sampleAt(90, 118, 3)) : tick)
    })
    return world.hash()
  }
  const hash = run(3, -1)
  expect(run(3, -1)).toBe(hash)
  expect(run(3, 700)).not.toBe(hash)
  expect(run(4, -1)).not.toBe(hash)
})

test('saving and restoring at any tick changes nothing', () => {
  const inputs = wander(9, 1200)
  const straight = createWorld(fixturePatient(SLIM), STABLE, 2, kernel)
  for (const tick of inputs) straight.step(tick)
  for (const at of [1, 333, 801]) {
    const first = createWorld(fixturePatient(SLIM), STABLE, 2, kernel)
    for (const tick of inputs.slice(0, at)) first.step(tick)
    const saved = first.save()
    const other = createWorld(fixturePatient(SLIM), STABLE, 99, kernel)
    for (const tick of inputs.slice(0, 50)) other.step(tick)
    other.restore(saved)
    expect(other.hash()).toBe(first.hash())
    expect([...other.observed]).toEqual([...first.observed])
    for (const tick of inputs.slice(at)) other.step(tick)
    expect(other.hash()).toBe(straight.hash())
  }
})

test('a state of another length and a sample that is no number are refused with a code', () => {
  const world = createWorld(fixturePatient(SLIM), STABLE, 1, kernel)
  expect(() => world.restore(new Uint8Array(8))).toThrow(SimulationError)
  expect(() => world.step(input({ ...REST, xUm10: [Number.NaN, 0, 0] }))).toThrow('simulation/bad-input')
  expect(() => world.step(input({ ...REST, q: [0, 0, 0, 0] }))).toThrow('simulation/bad-input')
})

test('a damaged field is refused', () => {
  const patient = fixturePatient(SLIM)
  const field = { ...patient.field, surfaces: { ...patient.field.surfaces, skin: 'AAAA' } }
  expect(() => createWorld({ ...patient, field }, STABLE, 1, kernel)).toThrow('simulation/bad-patient')
})
