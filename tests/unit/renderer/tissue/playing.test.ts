import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import { instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { TOOL, TOOL_SLOTS } from '../../../../core/simulation/tissue/tools/tool.ts'
import { Playing } from '../../../../renderer/views/tissue/run/playing.ts'
import { HEAD, snapshotBytes, snapshotIn } from '../../../../renderer/views/tissue/run/snapshot.ts'
import { wasm } from '../../simulation/tissue/fixtures.ts'

const now = () => 0
const scene = (instrument: string, depthMm: number) =>
  sceneSchema.parse({
    name: 'small',
    technique: 'hold',
    gravity: [0, 0, 0],
    tissue: [{ shape: 'box', cubes: [12, 6, 10], edgeMm: 4, atMm: [-24, 0, -20], material: 'liver', held: ['below'] }],
    tools: [
      {
        instrument,
        moves: [
          { atS: 0, tipMm: [-9, 34, 0.6], towardsMm: [40, 200, 0.6] },
          { atS: 0.3, tipMm: [-9, depthMm, 0.6], towardsMm: [40, 200, 0.6] },
          { atS: 1, tipMm: [9, depthMm, 0.4], towardsMm: [58, 200, 0.4] },
        ],
      },
    ],
    seconds: 1,
  })

const drawn = (playing: Playing) => {
  const out = snapshotIn(new ArrayBuffer(snapshotBytes(playing.size)), 0, playing.size)
  playing.draw(out)
  return out
}

describe('a scene as it is drawn', () => {
  test('has the surface of the tissue, all of it outside save where it is held, before anything is cut', () => {
    const playing = new Playing(scene('scalpel', 32), wasm)
    const { head, kind, triangles, rest } = drawn(playing)
    expect(head[HEAD.triangles]).toBe(2 * 2 * (12 * 6 + 12 * 10 + 6 * 10))
    const isFloor = (t: number) => [0, 1, 2].every((k) => rest[triangles[t * 3 + k] * 3 + 1] === 0)
    for (let t = 0; t < head[HEAD.triangles]; t++) expect(kind[t]).toBe(isFloor(t) ? 1 : 0)
  })

  test('tells the walls of a cut from the skin, both sides, near where the blade went', () => {
    const playing = new Playing(scene('scalpel', 16), wasm)
    while (!playing.isOver) playing.play(now)
    const { head, kind, triangles, rest } = drawn(playing)
    let walls = 0
    let skin = 0
    for (let t = 0; t < head[HEAD.triangles]; t++) {
      const z = [0, 1, 2].map((k) => rest[triangles[t * 3 + k] * 3 + 2])
      const y = [0, 1, 2].map((k) => rest[triangles[t * 3 + k] * 3 + 1])
      if (y.every((one) => one === 0)) continue
      if (kind[t] === 1) {
        walls++
        for (const one of z) expect(Math.abs(one)).toBeLessThan(0.0045)
        for (const one of y) expect(one).toBeGreaterThan(0.008)
      } else skin++
    }
    expect(walls).toBeGreaterThan(8)
    expect(walls % 2).toBe(0)
    expect(skin).toBeGreaterThan(200)
  })

  test('starts again as it began, with triangles that no snapshot takes for the old ones', () => {
    const playing = new Playing(scene('scalpel', 16), wasm)
    const out = drawn(playing)
    const first = out.position.slice()
    const version = out.head[HEAD.topology]
    while (!playing.isOver) playing.play(now)
    playing.draw(out)
    playing.restart()
    playing.draw(out)
    expect(playing.tick).toBe(0)
    expect(out.head[HEAD.triangles]).toBe(1008)
    expect(out.head[HEAD.topology]).not.toBe(version)
    const end = out.head[HEAD.particles] * 3
    expect(out.position.subarray(0, end)).toEqual(first.subarray(0, end))
  })

  test('a tool in a person’s hand goes where the hand does, no faster than a hand, and the script leaves it alone', () => {
    const playing = new Playing(scene('grasper-fenestrated', 30), wasm)
    playing.free = 0
    playing.hand = { tip: [0.05, 0.05, 0], end: [0.05, 0.35, 0], up: [0, 0, 1], jaw: 0.25, pedal: 0 }
    const tipOf = () => drawn(playing).tools.slice(TOOL.ax, TOOL.ax + 3)
    let before = tipOf()
    for (let i = 0; i < 60; i++) {
      playing.play(now)
      const after = tipOf()
      expect(Math.hypot(after[0] - before[0], after[1] - before[1], after[2] - before[2])).toBeLessThan(0.0075)
      before = after
    }
    expect(before[0]).toBeCloseTo(0.05, 3)
    expect(before[1]).toBeCloseTo(0.05, 3)
    expect(drawn(playing).tools[TOOL.jaw]).toBe(0.25)
  })

  test('a step back restores the field as it was, bit for bit, and again goes further', () => {
    const playing = new Playing(scene('scalpel', 16), wasm)
    playing.keep()
    const seen: Float32Array[] = []
    for (let i = 0; i < 60; i++) playing.play(now)
    playing.keep()
    seen.push(drawn(playing).position.slice())
    const version = drawn(playing).head[HEAD.topology]
    for (let i = 0; i < 40; i++) playing.play(now)
    const steps = playing.steps
    expect(steps).toBe(2)
    playing.back()
    expect(playing.tick).toBe(0)
    expect(playing.steps).toBe(0)
    for (let i = 0; i < 60; i++) playing.play(now)
    const again = drawn(playing)
    expect(again.position).toEqual(seen[0])
    expect(again.head[HEAD.topology]).not.toBe(version)
  })

  test('what happens is counted until the scene starts again', () => {
    const playing = new Playing(scene('scalpel', 16), wasm)
    while (!playing.isOver) playing.play(now)
    const cuts = EVENTS.indexOf('cut')
    expect(drawn(playing).tally[cuts]).toBeGreaterThan(3)
    playing.restart()
    expect(drawn(playing).tally[cuts]).toBe(0)
  })

  test('another instrument comes into the place of a tool, lets go of what was held, and works', () => {
    const playing = new Playing(scene('grasper-fenestrated', 22), wasm)
    playing.free = 0
    for (let i = 0; i < 30; i++) playing.play(now)
    const before = drawn(playing).tools.slice(0, TOOL_SLOTS)
    const hook = instrumentNumber('hook')
    playing.change(0, hook)
    expect(playing.kindsOfTools).toEqual([hook])
    for (let i = 0; i < 5; i++) playing.play(now)
    const { tools } = drawn(playing)
    expect(tools[TOOL.kind]).toBe(hook)
    expect(tools[TOOL.held]).toBe(0)
    const way = [0, 1, 2].map((i) => tools[TOOL.ax + i] - before[TOOL.ax + i])
    expect(Math.hypot(...way)).toBeCloseTo(0.025, 3)
    playing.restart()
    expect(playing.kindsOfTools).toEqual([instrumentNumber('grasper-fenestrated')])
  })

  test('a thread stays behind when its instrument is changed', () => {
    const file = join(import.meta.dirname, '../../../scenes/thread.json')
    const playing = new Playing(sceneSchema.parse(JSON.parse(readFileSync(file, 'utf8'))), wasm)
    for (let i = 0; i < 150; i++) playing.play(now)
    const end = () => drawn(playing).thread.slice(0, 3)
    const lifted = end()
    expect(lifted[1]).toBeGreaterThan(0.024)
    playing.free = 0
    playing.change(0, instrumentNumber('probe'))
    for (let i = 0; i < 60; i++) playing.play(now)
    expect(end()[1]).toBeLessThan(lifted[1] - 0.002)
  })

  test('what heat cooks is drawn point by point, on the tissue that it was; smoke rises from it', () => {
    const file = join(import.meta.dirname, '../../../scenes/cauterise.json')
    const playing = new Playing(sceneSchema.parse(JSON.parse(readFileSync(file, 'utf8'))), wasm)
    for (let i = 0; i < 180; i++) playing.play(now)
    const { head, burn, rest, kind, puff } = drawn(playing)
    const cooked = Array.from({ length: head[HEAD.particles] }, (_, p) => p).filter((p) => burn[p * 2] > 0.9)
    expect(cooked.length).toBeGreaterThan(0)
    for (const p of cooked) expect(Math.hypot(rest[p * 3] + 0.008, rest[p * 3 + 2])).toBeLessThan(0.01)
    const liver = kind.subarray(0, head[HEAD.triangles])
    expect(liver.every((k) => k >> 1 === 0)).toBe(true)
    expect(head[HEAD.puffs]).toBeGreaterThan(3)
    const heights = Array.from({ length: head[HEAD.puffs] }, (_, i) => puff[i * 4 + 1])
    expect(Math.max(...heights)).toBeGreaterThan(0.03)
  })
})
