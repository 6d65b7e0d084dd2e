import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openScene, playTick } from '../../../../core/simulation/scene/scene.ts'
import { type Scene, sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import { ASPIRATED } from '../../../../core/simulation/tissue/fieldsyringes.ts'
import type { TissueField } from '../../../../core/simulation/tissue/fieldtype.ts'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE, OWNER } from '../../../../core/simulation/tissue/memory.ts'
import { TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { wasm } from './fixtures.ts'

const scene: Scene = sceneSchema.parse(
  JSON.parse(readFileSync(join(sourceRoot, 'tests/scenes/inject.json'), 'utf8')) as unknown,
)

function play(from: Scene): { field: TissueField; seen: { name: string; figure: number; force: number }[] } {
  const running = openScene(from, wasm)
  const seen: { name: string; figure: number; force: number }[] = []
  for (let tick = 0; tick < from.seconds * 100; tick++) {
    playTick(running)
    const { count, code, figure, force } = running.field.events
    for (let i = 0; i < count; i++) seen.push({ name: EVENTS[code[i]], figure: figure[i], force: force[i] })
  }
  return { field: running.field, seen }
}

/** Height of the highest point of tissue, m. */
function topOf({ tissue }: TissueField): number {
  const { position, owner, counts } = tissue.memory
  let top = -1
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++)
    if (owner[p] === OWNER.tissue) top = Math.max(top, position[p * 4 + 1])
  return top
}

test('a needle takes force through skin, gives way in fat, draws nothing there, and what is injected lifts the skin', () => {
  const { field, seen } = play(scene)
  const layers = seen.filter(({ name }) => name === 'entered')
  expect(layers.map(({ figure }) => MATERIALS[figure]?.name ?? 'out')).toEqual(['skin', 'fat', 'skin', 'out'])
  // N through skin, and then in fat
  expect(layers[1].force).toBeGreaterThan(1)
  expect(layers[1].force).toBeLessThan(5)
  expect(layers[2].force).toBeLessThan(0.5 * layers[1].force)
  const drawn = seen.filter(({ name }) => name === 'aspirated')
  expect(drawn.map(({ figure }) => ASPIRATED[figure])).toEqual(['nothing'])
  const injected = seen.filter(({ name }) => name === 'injected').reduce((sum, { figure }) => sum + figure, 0)
  expect(injected).toBeGreaterThan(0.7)
  expect(field.each[0][TOOL.barrel]).toBeCloseTo(1 - injected, 9)
  expect(topOf(field)).toBeGreaterThan(0.0203)
})

test('in an artery it draws blood, in the air air', () => {
  const [box] = scene.tissue
  if (box.shape !== 'box') throw new Error('a box is wanted')
  const moves = scene.tools[0].moves.map((move) => ({ ...move, pedal: 0.3 }))
  const { seen } = play({
    ...scene,
    tissue: [{ ...box, material: 'artery', layer: undefined }],
    tools: [{ ...scene.tools[0], moves }],
  })
  const drawn = seen.filter(({ name }) => name === 'aspirated').map(({ figure }) => ASPIRATED[figure])
  expect(drawn).toEqual(['air', 'blood', 'air'])
})
