import { expect, test } from 'vitest'
import { openScene, playTick, type RunningScene } from '../../../../core/simulation/scene/scene.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import { LIQUID } from '../../../../core/simulation/tissue/fluid/liquids.ts'
import { ACCOUNT } from '../../../../core/simulation/tissue/fluid/memory.ts'
import { accountMl, missingMl, presentMl } from '../../../../core/simulation/tissue/fluid/volume.ts'
import { restVolume } from '../../../../core/simulation/tissue/load.ts'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE, NONE, OWNER } from '../../../../core/simulation/tissue/memory.ts'
import { defectsOf } from '../../../../core/simulation/tissue/mesh/validate.ts'
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

test('a burr goes through both tables of the skull: walls stay sound, the dura dimples and is not torn', () => {
  const running = opened('drill')
  const { field } = running
  const whole = volumes(running)
  const tool = field.each[0]
  const seen: string[] = []
  let torn = 0
  let least = Infinity
  let lowest = Infinity
  while (field.clock[0] < running.scene.seconds * 100) {
    playTick(running)
    for (let e = 0; e < field.events.count; e++) if (EVENTS[field.events.code[e]] === 'torn') torn++
    lowest = Math.min(lowest, tool[TOOL.ay])
    if (tool[TOOL.layer] === 0) continue
    const name = MATERIALS[tool[TOOL.layer] - 1].name
    if (seen[seen.length - 1] !== name) seen.push(name)
    least = Math.min(least, tool[TOOL.left])
  }
  expect(seen.slice(0, 3)).toEqual(['bone', 'diploe', 'bone'])
  expect(least).toBeLessThan(0.0005)
  expect(torn).toBe(0)
  const left = volumes(running)
  // a hole some 9 mm wide through 6.3 mm of bone
  const taken = whole.bone + whole.diploe - left.bone - left.diploe
  expect(taken).toBeGreaterThan(250)
  expect(taken).toBeLessThan(600)
  expect(whole.diploe - left.diploe).toBeGreaterThan(80)
  expect(left.dura).toBe(whole.dura)
  expect(left.brain).toBe(whole.brain)
  expect(defectsOf(field.mesh)).toEqual([])
  // the dura's outer side lies at 7 mm
  expect(lowest).toBeLessThan(0.0065)
})
