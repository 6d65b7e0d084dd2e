import { expect, test, vi } from 'vitest'
import { compareEngines } from '../../../electron/commands/determinism.ts'
import { drainSetup, ROOT } from './drainsetup.ts'

// Whole cases are played: seconds on a quiet machine, a minute on a crowded one.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** The first minute of the case: palpation, needle, syringe, and a good part of the physiology. */
function aMinute(): () => boolean {
  let ticks = 0
  return () => ++ticks >= 6000
}

test.each(['stable', 'tension'])('%s: Node and Chromium come to the same bits', async (start) => {
  const { runs, missing, same } = await compareEngines(ROOT, drainSetup({ start, seed: 1 }), aMinute())
  expect(missing).not.toContain('Chromium')
  expect(runs.map(({ engine }) => engine.split(' ')[0])).toEqual(
    expect.arrayContaining(['recorded', 'Node', 'Chromium']),
  )
  expect(same, JSON.stringify(runs)).toBe(true)
  for (const { ticks } of runs) expect(ticks).toBe(runs[0].ticks)
})
