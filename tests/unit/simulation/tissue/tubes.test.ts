import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openScene, playTick } from '../../../../core/simulation/scene/scene.ts'
import { type Scene, sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import type { TissueField } from '../../../../core/simulation/tissue/fieldtype.ts'
import { TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
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

test('a guidewire goes through a needle into a vessel and stays when that is drawn off; a sheath goes in over it, and it comes out', () => {
  const apart = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((x, i) => x - b[i]))
  const inBore: number[][] = []
  let pushed: number[] = []
  let curled = Infinity
  let widest = 0
  let moved = 0
  const { field, seen } = playAll(sceneOf('guidewire'), (now, tick) => {
    const { sleeve, memory } = now.threads!
    if (tick === 30 || tick === 500 || tick === 800) inBore.push([...sleeve])
    if (tick === 220) pushed = at(now, 0)
    if (tick > 220 && tick < 1050) {
      curled = Math.min(curled, apart(at(now, 0), at(now, 5)))
      moved = Math.max(moved, apart(at(now, 0), pushed))
    }
    if (tick > 1050) return
    // the vessel runs along x at a height of 6 mm, 6.5 mm wide
    for (let vertex = 0; vertex <= memory.segments[0]; vertex++) {
      const [x, y, z] = at(now, vertex)
      if (x > -8 && x < 25) widest = Math.max(widest, Math.hypot(y - 6, z))
    }
  })
  // in the needle, in nothing, in the sheath
  expect(inBore).toEqual([
    [1, 0, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 1, 0],
  ])
  // 45 mm of wire in the vessel, whose tip has sprung into its J; nothing has gone through the wall
  expect(pushed[0]).toBeGreaterThan(28)
  expect(curled).toBeLessThan(8)
  expect(widest).toBeLessThan(6.9)
  expect(moved).toBeLessThan(4)
  // the wire has come out, and the sheath lies in the vessel
  expect(field.threads!.sleeve[2]).toBe(0)
  expect(at(field, 0)[0]).toBeLessThan(-130)
  expect(Math.hypot(1000 * field.each[2][TOOL.ay] - 6, 1000 * field.each[2][TOOL.az])).toBeLessThan(6)
  expect(seen.filter((name) => name === 'torn' || name === 'torn-out' || name === 'removed')).toEqual([])
})

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
