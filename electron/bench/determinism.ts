import { determinism } from '../commands/determinism.ts'
import { sourceRoot } from '../host/index.ts'
import { atLeast, type BenchGroup } from './row.ts'

/** The same input in this Node, another Node and Chromium: the share of engines whose state hash is the same. */
export const benchDeterminism: BenchGroup = async () => {
  const starts = await determinism(sourceRoot, 'chest-drain', 1)
  return starts.map(({ start, runs, missing }) => ({
    ...atLeast(
      `determinism: ${start}`,
      runs.filter(({ hash }) => hash === runs[0].hash).length,
      'engines',
      runs.length,
    ),
    rival: [
      ...runs.map(({ engine, hash }) => `${engine} ${hash.slice(0, 8)}`),
      ...missing.map((one) => `${one} not run`),
    ].join(', '),
  }))
}
