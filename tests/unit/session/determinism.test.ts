import { expect, test } from 'vitest'
import { compareEngines } from '../../../electron/commands/determinism.ts'
import { drainSetup, ROOT } from './drainsetup.ts'

test.each(['stable', 'tension'])(
  '%s: Node and Chromium come to the same bits',
  async (start) => {
    const { runs, missing, same } = await compareEngines(ROOT, drainSetup({ start, seed: 1 }))
    expect(missing).not.toContain('Chromium')
    expect(runs.map(({ engine }) => engine.split(' ')[0])).toEqual(
      expect.arrayContaining(['recorded', 'Node', 'Chromium']),
    )
    expect(same, JSON.stringify(runs)).toBe(true)
    for (const { ticks } of runs) expect(ticks).toBe(runs[0].ticks)
  },
  120_000,
)
