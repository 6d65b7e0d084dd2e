import { atLeast, type BenchRow } from '../row.ts'

/** What an engine came to. */
export type EngineHash = { readonly engine: string; readonly hash: string }

/** How many engines came to what the first one did. @param missing engines that are not on this machine */
export function agreement(name: string, runs: readonly EngineHash[], missing: readonly string[]): BenchRow {
  return {
    ...atLeast(name, runs.filter(({ hash }) => hash === runs[0].hash).length, 'runs the same', runs.length),
    rival: [
      ...runs.map(({ engine, hash }) => `${engine} ${hash.slice(0, 8)}`),
      ...missing.map((one) => `${one} not run`),
    ].join(', '),
  }
}
