import { expect, test } from 'vitest'
import { depthInRibs } from '../../../core/simulation/bones.ts'
import type { Tool } from '../../../core/simulation/contract.ts'
import { heightAt, readField, toField } from '../../../core/simulation/field.ts'
import { nextUnit, seedRandom } from '../../../core/simulation/random.ts'
import { createSnapshotBuffer, TOOL, TOOL_STRIDE } from '../../../core/simulation/snapshot.ts'
import { createWorld } from '../../../core/simulation/world.ts'
import { kernel } from '../kernel.ts'
import { fixturePatient, input, pick, SLIM, STABLE, sampleAt, variedShape } from './fixture.ts'

const HARD: readonly Tool[] = [
  'finger',
  'forceps',
  'drain',
  'marker',
  'needle-driver',
  'scalpel',
  'cannula-long',
  'trocar-drain',
]
const BLUNT: readonly Tool[] = ['finger', 'forceps', 'drain', 'marker', 'needle-driver', 'dressing']

test.each(HARD)('%s never lies in bone, whatever the hand does (teleports, 2 m/s)', (tool) => {
  for (let seed = 1; seed <= 2; seed++) {
    const patient = fixturePatient(variedShape(seed), seed)
    const field = readField(patient.field)
    const world = createWorld(patient, STABLE, seed, kernel)
    const random = new Uint32Array(4)
    seedRandom(random, seed, 5)
    const unit = () => nextUnit(random)
    const snapshot = createSnapshotBuffer()
    const p = new Float64Array(3)
    world.step(input(sampleAt(80, 100, 60), pick(tool)))
    let at: [number, number, number] = [80, 100, 60]
    for (let i = 0; i < 400; i++) {
      at =
        unit() < 0.05
          ? [200 * unit() - 20, 240 * unit() - 20, 160 * unit() - 130]
          : [at[0] + 20 * (unit() - 0.5), at[1] + 20 * (unit() - 0.5), at[2] + 24 * (unit() - 0.55)]
      if (at[2] < -140) at = [at[0], at[1], 40]
      world.step(input(sampleAt(at[0], at[1], at[2], Math.floor(256 * unit()), Math.floor(8 * unit()))))
      world.draw(snapshot)
      const [x, y, z] = snapshot.tools.subarray(TOOL.proxy, TOOL.proxy + 3)
      expect(Number.isFinite(x + y + z)).toBe(true)
      toField(field, x * 1000, y * 1000, z * 1000, p)
      // 0.1 mm: the snapshot's positions are single precision, a metre from the origin
      expect(depthInRibs(field, p[0], p[1], p[2])).toBeLessThan(0.12)
    }
    expect(snapshot.tools[TOOL_STRIDE + TOOL.tool]).toBe(0)
  }
})

test.each(BLUNT)('%s never passes closed skin', (tool) => {
  const patient = fixturePatient(SLIM)
  const field = readField(patient.field)
  const world = createWorld(patient, STABLE, 1, kernel)
  const random = new Uint32Array(4)
  seedRandom(random, 8)
  const unit = () => nextUnit(random)
  world.step(input(sampleAt(80, 100, 60), pick(tool)))
  for (let i = 0; i < 800; i++) {
    const u = 160 * unit()
    const v = 200 * unit()
    world.step(input(sampleAt(u, v, unit() < 0.5 ? -120 * unit() : 40 * unit(), Math.floor(256 * unit()), 7)))
    expect(world.events.some((e) => e.type === 'entered' || e.type === 'cut' || e.type === 'hit')).toBe(false)
    expect(world.observe('wall.pleuraOpen')).toBe(0)
  }
  // the living wall is as whole as it was
  expect(world.observe('wall.openDepthMm')).toBe(0)
  // pressed straight down it dents the wall but stays outside the pleura
  for (let i = 0; i < 30; i++) world.step(input(sampleAt(90, 125, -100)))
  const wall = heightAt(field, field.skin, 90, 125) - heightAt(field, field.pleura, 90, 125)
  expect(world.observe('lung.expansion')).toBeGreaterThan(0)
  expect(world.observe('hand0.forceN')).toBeGreaterThan(10)
  expect(wall).toBeGreaterThan(0)
})

test('force grows with depth, faster over a rib than over soft wall, and the gap to the hand shows', () => {
  const press = (v: number, depth: number) => {
    const world = createWorld(fixturePatient(SLIM), STABLE, 1, kernel)
    world.step(input(sampleAt(90, v, 20), pick('finger')))
    for (let i = 0; i < 40; i++) world.step(input(sampleAt(90, v, 20 - i)))
    for (let i = 0; i < 10; i++) world.step(input(sampleAt(90, v, -depth)))
    return { force: world.observe('hand0.forceN'), gap: world.observe('hand0.gapMm') }
  }
  expect(press(122, 8).force).toBeGreaterThan(press(122, 4).force)
  expect(press(122, 8).gap).toBeGreaterThan(0.5)
})

test('a tool that sweeps across at 2 m/s over the chest stays outside', () => {
  const world = createWorld(fixturePatient(SLIM), STABLE, 1, kernel)
  world.step(input(sampleAt(0, 122, 30), pick('scalpel')))
  for (let i = 0; i < 16; i++) world.step(input(sampleAt(i * 10, 122, 12)))
  expect(world.observe('wall.incisionMm')).toBe(0)
})
