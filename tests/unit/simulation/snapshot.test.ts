import { expect, test } from 'vitest'
import { TOOLS } from '../../../core/simulation/contract.ts'
import { OBSERVABLE_INDEX } from '../../../core/simulation/observables.ts'
import {
  createSnapshotBuffer,
  DRAIN_STATE,
  HEADER,
  SNAPSHOT_BYTES,
  TOOL,
  TOOL_STRIDE,
  WALL_COLUMNS,
  WAVE_LENGTH,
} from '../../../core/simulation/snapshot.ts'
import { Driver } from './driver.ts'
import { SLIM, skinAt, spaceV } from './fixture.ts'

test('three snapshots fit one shared buffer without overlap', () => {
  const shared = new SharedArrayBuffer(3 * SNAPSHOT_BYTES)
  const [a, b] = [createSnapshotBuffer(shared, 0), createSnapshotBuffer(shared, SNAPSHOT_BYTES)]
  a.waves.fill(1)
  a.bleeds.fill(1)
  expect(b.header.every((x) => x === 0)).toBe(true)
  expect(SNAPSHOT_BYTES % 8).toBe(0)
})

test('a snapshot shows tool, cut, waves and vitals, and drawing leaves the state as it is', () => {
  const d = new Driver()
  const out = createSnapshotBuffer()
  d.act('pick', 'scalpel')
  const v = spaceV(SLIM, 4, 90)
  d.to(80, v, skinAt(80) + 2)
  d.to(80, v, skinAt(80) - 6)
  d.to(100, v, skinAt(100) - 6)
  const hash = d.world.hash()
  d.world.draw(out)
  expect(d.world.hash()).toBe(hash)
  expect(TOOLS[out.tools[TOOL.tool]]).toBe('scalpel')
  expect(out.tools[TOOL_STRIDE + TOOL.tool]).toBe(0)
  expect(out.tools[TOOL.depth]).toBeGreaterThan(3)
  expect(out.tools[TOOL.proxy + 1]).toBeCloseTo((1190 + v) / 1000, 2)
  expect(out.open[Math.floor(v) * WALL_COLUMNS + 90]).toBeGreaterThan(300)
  expect(out.header[HEADER.incisionCount]).toBeGreaterThan(8)
  expect(out.incision[3]).toBeLessThan(0)
  expect(out.header[HEADER.drainState] & DRAIN_STATE.inSitu).toBe(0)
  expect(out.observed[OBSERVABLE_INDEX['vitals.heartRate']]).toBe(d.read('vitals.heartRate'))
})

test('grids are copied only after they changed', () => {
  const d = new Driver()
  const out = createSnapshotBuffer()
  d.world.draw(out)
  out.open[5] = 77
  d.step()
  d.world.draw(out)
  expect(out.open[5]).toBe(77)
  d.act('pick', 'scalpel')
  d.to(80, 120, -8)
  d.to(95, 120, -8)
  d.world.draw(out)
  expect(out.open[5]).toBe(0)
})

test('waves live: an R for each beat, breaths in CO₂ and impedance', () => {
  const d = new Driver()
  d.wait(8)
  const out = createSnapshotBuffer()
  d.world.draw(out)
  const wave = (k: number) => [...out.waves.subarray(k * WAVE_LENGTH, (k + 1) * WAVE_LENGTH)]
  const ecg = wave(0)
  const beats = ecg.filter((x, i) => x > 0.6 && x >= (ecg[i + 1] ?? 0) && x > (ecg[i - 1] ?? 0)).length
  expect(Math.abs(beats * 7.5 - d.read('vitals.heartRate'))).toBeLessThan(16)
  expect(Math.max(...wave(1)) - Math.min(...wave(1))).toBeGreaterThan(10)
  expect(Math.max(...wave(3))).toBeGreaterThan(20)
  expect(Math.min(...wave(3))).toBeLessThan(2)
})

test('a needle in its track keeps its direction while the hand turns', () => {
  const d = new Driver()
  const out = createSnapshotBuffer()
  d.act('pick', 'cannula-long')
  const v = spaceV(SLIM, 4, 90)
  d.to(90, v, skinAt(90) + 2)
  d.to(90, v, skinAt(90) - 12)
  d.world.draw(out)
  const before = [...out.tools.subarray(TOOL.proxyRotation, TOOL.proxyRotation + 4)]
  d.turn = [0, 0, 0, 32767]
  d.wait(0.1)
  d.world.draw(out)
  expect([...out.tools.subarray(TOOL.proxyRotation, TOOL.proxyRotation + 4)]).toEqual(before)
  expect(out.tools[TOOL.handRotation + 3]).toBe(1)
})
