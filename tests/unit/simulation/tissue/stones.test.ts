import { expect, test } from 'vitest'
import { openScene, playTick, type RunningScene } from '../../../../core/simulation/scene/scene.ts'
import { sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { gauge, layStone, stoneSchema } from '../../../../core/simulation/scene/stone.ts'
import { cross, dot, minus } from '../../../../core/simulation/scene/vectors.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import { stepField } from '../../../../core/simulation/tissue/field.ts'
import { changeTool } from '../../../../core/simulation/tissue/fieldchange.ts'
import { stonesIn } from '../../../../core/simulation/tissue/fieldstones.ts'
import { toolOf } from '../../../../core/simulation/tissue/fieldtype.ts'
import { restVolume, volumeNow } from '../../../../core/simulation/tissue/load.ts'
import { materialNumber } from '../../../../core/simulation/tissue/materials.ts'
import { COUNT, NONE } from '../../../../core/simulation/tissue/memory.ts'
import { instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { moveHand, TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { readScene } from '../../../../electron/shell/scenefiles.ts'
import { wasm } from './fixtures.ts'

const STONE = materialNumber('gallstone')

/** Middle of each stone, m, and its volume at rest and now, m³. */
function stonesOf({ field: { mesh, tissue } }: RunningScene) {
  const { memory } = tissue
  const stones = new Map<number, { middle: [number, number, number]; volume: number; now: number; tets: number }>()
  for (let tet = 0; tet < memory.counts[COUNT.tets]; tet++) {
    if (memory.tetVertex[tet * 4] === NONE || memory.tetMaterial[tet] !== STONE) continue
    const stone = stones.get(mesh.tetPiece[tet]) ?? { middle: [0, 0, 0], volume: 0, now: 0, tets: 0 }
    stone.volume += restVolume(memory, tet)
    stone.now += volumeNow(memory, tet)
    stone.tets++
    for (let k = 0; k < 4; k++)
      for (let i = 0; i < 3; i++) stone.middle[i] += memory.position[memory.tetVertex[tet * 4 + k] * 4 + i] / 4
    stones.set(mesh.tetPiece[tet], stone)
  }
  return [...stones.values()].map(({ middle, tets, ...of }) => ({ middle: middle.map((x) => x / tets), ...of }))
}

const countOf = (running: RunningScene, name: (typeof EVENTS)[number]): number => {
  const { events } = running.field
  return [...events.code.subarray(0, events.count)].filter((code) => EVENTS[code] === name).length
}

test('a stone is as wide as it is said to be, flat where it lay against others, and of tetrahedra of good shape', () => {
  const size = { atMm: [5, 6, 7], sizeMm: [12, 8, 10] }
  const stone = stoneSchema.parse({ shape: 'stone', ...size, material: 'gallstone', flats: [[0.7, 0, 0]] })
  const { positions, tetrahedra } = layStone(stone).lattice
  const across = Array.from(positions).filter((_, i) => i % 3 === 0)
  const [left, right] = [Math.min(...across), Math.max(...across)].map((x) => x * 1000 - 5)
  expect(left).toBeCloseTo(-6 * 1.05, 1)
  expect(right).toBeCloseTo(6 * 0.7 * 1.05, 1)
  const at = (t: number, k: number) => [0, 1, 2].map((i) => positions[tetrahedra[t * 4 + k] * 3 + i])
  for (let t = 0; t < tetrahedra.length / 4; t++) {
    const corners = [0, 1, 2, 3].map((k) => at(t, k))
    const [u, v, w] = corners.slice(1).map((p) => minus(p, corners[0]))
    const edges2 = corners.flatMap((p, i) => corners.slice(i + 1).map((q) => dot(minus(p, q), minus(p, q))))
    const mean2 = edges2.reduce((sum, x) => sum + x / 6, 0)
    expect((Math.SQRT2 * dot(cross(u, v), w)) / mean2 ** 1.5).toBeGreaterThan(0.3)
  }
  const slope = new Float64Array(3)
  for (const [x, y, z] of [
    [0.3, 0.5, -0.2],
    [0.9, 0.1, 0.3],
  ]) {
    const value = gauge(stone, x, y, z, slope)
    expect(gauge(stone, 3 * x, 3 * y, 3 * z)).toBeCloseTo(3 * value, 9)
    expect((gauge(stone, x + 1e-6, y, z) - value) / 1e-6).toBeCloseTo(slope[0], 4)
    expect(dot([...slope], [x, y, z])).toBeCloseTo(value, 9)
  }
})

test('stones lie in the opened sac, go up the sucker if they fit, and are counted; the wide one is grasped', () => {
  const running = openScene(readScene(sourceRoot, 'stones'), wasm)
  const { field } = running
  const all = stonesIn(field.mesh)
  const largest = Math.max(...stonesOf(running).map(({ volume }) => volume))
  for (let tick = 0; tick < 60; tick++) playTick(running)
  expect(stonesOf(running).filter(({ middle }) => middle[1] > 0.0025 && middle[1] < 0.009)).toHaveLength(all)
  let taken = 0
  for (let tick = 60; tick < 400; tick++) {
    playTick(running)
    taken += countOf(running, 'stone-taken')
    expect(stonesIn(field.mesh)).toBe(all - taken)
  }
  expect(taken).toBe(all - 1)
  // the stone of 9 mm is too wide for a tube of 5, even within its reach
  const wide = () => stonesOf(running)[0]
  expect(wide().volume).toBe(largest)
  const at = wide().middle
  changeTool(field, 0, instrumentNumber('suction-irrigator'), [at[0], 0.1, at[2]], [at[0], 0.4, at[2]])
  toolOf(field, 0)[TOOL.pedal] = 0.4
  moveHand(toolOf(field, 0), [at[0], at[1] + 0.0075, at[2]], [at[0], at[1] + 0.3075, at[2]])
  for (let tick = 0; tick < 60; tick++) stepField(field)
  expect(stonesIn(field.mesh)).toBe(1)
  moveHand(toolOf(field, 0), [-0.1, 0.1, 0.1], [-0.2, 0.3, 0.2])
  for (let tick = 0; tick < 30; tick++) stepField(field)
  // but the grasper lifts it out, and does not press it flat
  for (let tick = 490; tick < 800; tick++) playTick(running)
  expect(toolOf(field, 1)[TOOL.held]).toBeGreaterThan(0)
  expect(wide().middle[1]).toBeGreaterThan(0.035)
  expect(wide().now / largest).toBeGreaterThan(0.98)
}, 120_000)

test('stones on a wall fall when it is cut', () => {
  const from = [-60, 160, -40]
  const running = openScene(
    sceneSchema.parse({
      name: 'falling',
      technique: 'organ',
      tissue: [
        {
          shape: 'box',
          cubes: [11, 1, 6],
          edgeMm: 4,
          atMm: [-22, 20, -12],
          material: 'gallbladder wall',
          held: ['left', 'right'],
        },
        ...[-10, -4].map((x) => ({
          shape: 'box',
          cubes: [1, 1, 1],
          edgeMm: 3,
          atMm: [x, 24.3, -4],
          material: 'gallstone',
          held: [],
        })),
      ],
      tools: [
        {
          instrument: 'scalpel',
          moves: [
            { atS: 0, tipMm: [-18, 45, -16], towardsMm: from },
            { atS: 0.6, tipMm: [-18, 15, -16], towardsMm: from },
            { atS: 1.6, tipMm: [-18, 15, 16], towardsMm: [-60, 160, -8] },
          ],
        },
      ],
      seconds: 3,
    }),
    wasm,
  )
  const onWall = () => stonesOf(running).filter(({ middle }) => middle[1] > 0.012).length
  for (let tick = 0; tick < 60; tick++) playTick(running)
  expect(onWall()).toBe(2)
  for (let tick = 60; tick < 300; tick++) playTick(running)
  expect(onWall()).toBe(0)
  expect(stonesIn(running.field.mesh)).toBe(2)
})

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
  expect(stonesIn(field.mesh)).toBe(7)
})
