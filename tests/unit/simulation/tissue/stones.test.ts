import { expect, test } from 'vitest'
import { openScene, playTick, type RunningScene } from '../../../../core/simulation/scene/scene.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import { stepField } from '../../../../core/simulation/tissue/field.ts'
import { changeTool } from '../../../../core/simulation/tissue/fieldchange.ts'
import { stonesIn } from '../../../../core/simulation/tissue/fieldstones.ts'
import { toolOf } from '../../../../core/simulation/tissue/fieldtype.ts'
import { restVolume } from '../../../../core/simulation/tissue/load.ts'
import { materialNumber } from '../../../../core/simulation/tissue/materials.ts'
import { COUNT, NONE } from '../../../../core/simulation/tissue/memory.ts'
import { instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { moveHand, TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { readScene } from '../../../../electron/shell/scenefiles.ts'
import { wasm } from './fixtures.ts'

const STONE = materialNumber('gallstone')

/** Middle of each stone, m, and its volume at rest, m³. */
function stonesOf({ field: { mesh, tissue } }: RunningScene) {
  const { memory } = tissue
  const stones = new Map<number, { middle: [number, number, number]; volume: number; tets: number }>()
  for (let tet = 0; tet < memory.counts[COUNT.tets]; tet++) {
    if (memory.tetVertex[tet * 4] === NONE || memory.tetMaterial[tet] !== STONE) continue
    const stone = stones.get(mesh.tetPiece[tet]) ?? { middle: [0, 0, 0], volume: 0, tets: 0 }
    stone.volume += restVolume(memory, tet)
    stone.tets++
    for (let k = 0; k < 4; k++)
      for (let i = 0; i < 3; i++) stone.middle[i] += memory.position[memory.tetVertex[tet * 4 + k] * 4 + i] / 4
    stones.set(mesh.tetPiece[tet], stone)
  }
  return [...stones.values()].map(({ middle, volume, tets }) => ({ middle: middle.map((x) => x / tets), volume }))
}

const countOf = (running: RunningScene, name: (typeof EVENTS)[number]): number => {
  const { events } = running.field
  return [...events.code.subarray(0, events.count)].filter((code) => EVENTS[code] === name).length
}

test('stones lie on the wall, fall when it is cut, go up the sucker if they fit, and are counted; a wide one is grasped', () => {
  const running = openScene(readScene(sourceRoot, 'stones'), wasm)
  const { field } = running
  const onWall = () => stonesOf(running).filter(({ middle }) => middle[1] > 0.012).length
  for (let tick = 0; tick < 60; tick++) playTick(running)
  expect(onWall()).toBe(5)
  for (let tick = 60; tick < 250; tick++) playTick(running)
  expect(onWall()).toBeLessThanOrEqual(2)
  expect(stonesIn(field.mesh)).toBe(5)
  let taken = 0
  for (let tick = 250; tick < 600; tick++) {
    playTick(running)
    taken += countOf(running, 'stone-taken')
    expect(stonesIn(field.mesh)).toBe(5 - taken)
  }
  expect(taken).toBeGreaterThanOrEqual(2)
  expect(onWall()).toBeLessThanOrEqual(1)
  // the stone of 8 mm is too wide for a tube of 5
  const wide = () => stonesOf(running).reduce((a, b) => (b.volume > a.volume ? b : a))
  expect(wide().volume).toBeCloseTo(512e-9, 9)
  const at = wide().middle
  changeTool(field, 1, instrumentNumber('suction-irrigator'), [at[0], 0.1, at[2]], [at[0], 0.4, at[2]])
  toolOf(field, 1)[TOOL.pedal] = 0.4
  // within its reach, without touching
  moveHand(toolOf(field, 1), [at[0], at[1] + 0.0075, at[2]], [at[0], at[1] + 0.3075, at[2]])
  const before = stonesIn(field.mesh)
  for (let tick = 0; tick < 60; tick++) stepField(field)
  expect(stonesIn(field.mesh)).toBe(before)
  // but a grasper lifts it
  const from = wide().middle
  changeTool(field, 1, instrumentNumber('grasper-toothed'), [from[0], 0.1, from[2]], [from[0], 0.4, from[2]])
  const tool = toolOf(field, 1)
  tool.set([0, 0, 1], TOOL.upX)
  const to = (y: number) => moveHand(tool, [from[0], y, from[2]], [from[0], y + 0.3, from[2]])
  for (let tick = 0; tick < 60; tick++) {
    to(0.1 + ((from[1] - 0.1) * (tick + 1)) / 60)
    stepField(field)
  }
  tool[TOOL.jaw] = 0
  for (let tick = 0; tick < 20; tick++) stepField(field)
  expect(tool[TOOL.held]).toBeGreaterThan(0)
  for (let tick = 0; tick < 100; tick++) {
    to(from[1] + 0.0006 * (tick + 1))
    stepField(field)
  }
  expect(wide().middle[1]).toBeGreaterThan(from[1] + 0.04)
}, 120_000)

test('a stone that leaves the field is lost', () => {
  const running = openScene(readScene(sourceRoot, 'stones'), wasm)
  const { field } = running
  const { memory } = field.tissue
  const [stone] = [...Array(memory.counts[COUNT.tets]).keys()].filter((tet) => memory.tetMaterial[tet] === STONE)
  const label = field.mesh.tetPiece[stone]
  const moved = new Set<number>()
  for (let tet = 0; tet < memory.counts[COUNT.tets]; tet++)
    if (field.mesh.tetPiece[tet] === label) for (let k = 0; k < 4; k++) moved.add(memory.tetVertex[tet * 4 + k])
  for (const p of moved) memory.position[p * 4] += 0.7
  let lost = 0
  for (let tick = 0; tick < 3; tick++) {
    stepField(field)
    lost += countOf(running, 'stone-lost')
  }
  expect(lost).toBe(1)
  expect(stonesIn(field.mesh)).toBe(4)
})
