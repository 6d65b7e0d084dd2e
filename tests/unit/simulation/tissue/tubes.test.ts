import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openScene, playTick } from '../../../../core/simulation/scene/scene.ts'
import { type Scene, sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import type { TissueField } from '../../../../core/simulation/tissue/fieldtype.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { wasm } from './fixtures.ts'

const sceneOf = (name: string): Scene =>
  sceneSchema.parse(JSON.parse(readFileSync(join(sourceRoot, `tests/scenes/${name}.json`), 'utf8')))

/** Plays a scene until its end; what happened. */
function playAll(scene: Scene, each?: (field: TissueField, tick: number) => void) {
  const running = openScene(scene, wasm)
  const seen: string[] = []
  for (let tick = 0; tick < scene.seconds * 100; tick++) {
    playTick(running)
    const { count, code } = running.field.events
    for (let i = 0; i < count; i++) seen.push(EVENTS[code[i]])
    each?.(running.field, tick)
  }
  return { field: running.field, seen }
}

/** Place of a vertex of the first rod, mm. */
const at = ({ threads }: TissueField, vertex: number): number[] =>
  [0, 1, 2].map((axis) => 1000 * threads!.memory.checked[3 * vertex + axis])

test('a catheter is pushed through a tube in three strokes and keeps to its hollow', () => {
  const scene = sceneOf('catheter')
  let widest = 0
  const { field, seen } = playAll(scene, (now) => {
    for (let vertex = 0; vertex <= now.threads!.memory.segments[0]; vertex++) {
      const [x, y, z] = at(now, vertex)
      if (x > -23 && x < 27) widest = Math.max(widest, Math.hypot(y - 8, z))
    }
  })
  expect(seen.filter((name) => name === 'grasped')).toHaveLength(3)
  expect(at(field, 0)[0]).toBeGreaterThan(29)
  expect(widest).toBeLessThan(4.3)
  expect(seen).not.toContain('torn')
})

test('a drain is drawn through a wall against friction and clamped', () => {
  let pull = 0
  const { field, seen } = playAll(sceneOf('drain'), (now, tick) => {
    if (tick > 130 && tick < 260) pull = Math.max(pull, Math.hypot(...now.threads!.tug.subarray(0, 3)))
  })
  expect(at(field, 0)[0]).toBeGreaterThan(55)
  expect(pull).toBeGreaterThan(0.5)
  expect(pull).toBeLessThan(10)
  expect(field.threads!.heldBy[0]).toBe(0)
  expect(field.threads!.heldBy[1]).toBeGreaterThan(1)
  expect(seen.filter((name) => name === 'torn' || name === 'torn-out' || name === 'removed')).toEqual([])
})
