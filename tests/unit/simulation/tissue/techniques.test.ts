import { expect, test } from 'vitest'
import { openScene, playTick, type RunningScene } from '../../../../core/simulation/scene/scene.ts'
import { LIQUID } from '../../../../core/simulation/tissue/fluid/liquids.ts'
import { ACCOUNT } from '../../../../core/simulation/tissue/fluid/memory.ts'
import { accountMl, missingMl, presentMl } from '../../../../core/simulation/tissue/fluid/volume.ts'
import { restVolume } from '../../../../core/simulation/tissue/load.ts'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE, NONE, OWNER } from '../../../../core/simulation/tissue/memory.ts'
import { POCKET } from '../../../../core/simulation/tissue/organs/pocket.ts'
import { TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { readScene } from '../../../../electron/shell/scenefiles.ts'
import { wasm } from './fixtures.ts'

const opened = (name: string): RunningScene => openScene(readScene(sourceRoot, name), wasm)

function playTo(running: RunningScene, seconds: number): void {
  while (running.field.clock[0] < seconds * 100) playTick(running)
}

/** mm³ of each material at rest. */
function volumes({ field: { tissue } }: RunningScene): Record<string, number> {
  const { memory } = tissue
  const sums: Record<string, number> = {}
  for (let t = 0; t < memory.counts[COUNT.tets]; t++) {
    if (memory.tetVertex[t * 4] === NONE) continue
    const { name } = MATERIALS[memory.tetMaterial[t]]
    sums[name] = (sums[name] ?? 0) + restVolume(memory, t) * 1e9
  }
  return sums
}

/** Height of the highest point of tissue, m. */
function topOf({ field: { tissue } }: RunningScene): number {
  const { position, owner, counts } = tissue.memory
  let top = -1
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++)
    if (owner[p] === OWNER.tissue) top = Math.max(top, position[p * 4 + 1])
  return top
}

test('water washes a wound and the sucker dries it: nearly no blood stays, and the books balance to nothing', () => {
  const running = opened('wash')
  const { memory } = running.field.liquids!.fluid
  playTo(running, 1.2)
  const before = presentMl(memory, LIQUID.blood)
  expect(before).toBeGreaterThan(3.5)
  playTo(running, 2.7)
  // what is rinsed mixes with what lies there
  expect(presentMl(memory, LIQUID.water)).toBeGreaterThan(5)
  playTo(running, 7.5)
  expect(presentMl(memory, LIQUID.blood)).toBeLessThan(0.1 * before)
  expect(accountMl(memory, ACCOUNT.sucked, LIQUID.blood)).toBeGreaterThan(0.6 * before)
  expect(accountMl(memory, ACCOUNT.sucked, LIQUID.water)).toBeGreaterThan(5)
  for (const liquid of [LIQUID.blood, LIQUID.water]) expect(missingMl(memory, liquid)).toBe(0)
})

test('water that is injected at a natural plane fills a pocket that grows, lifts the wall and tears nothing', () => {
  const running = opened('hydrodissect')
  const pocket = running.field.pockets[0]
  const whole = volumes(running)
  const flat = topOf(running)
  playTo(running, 2.5)
  const { area } = pocket.scratch
  expect(pocket.scratch.kind).toBe('room')
  playTo(running, 9)
  expect(pocket.scratch.kind).toBe('room')
  expect(pocket.scratch.area).toBeGreaterThan(2.5 * area)
  expect(pocket.state[POCKET.ml]).toBeGreaterThan(1.5)
  // what has left the barrel is in the pocket
  expect(10 - running.field.each[0][TOOL.barrel]).toBeCloseTo(pocket.state[POCKET.ml], 9)
  expect(topOf(running)).toBeGreaterThan(flat + 0.003)
  expect(volumes(running)).toEqual(whole)
})
