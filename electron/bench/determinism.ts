import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { parse } from 'yaml'
import { definitionFiles, loadAssets } from '../atlas/library.ts'
import { determinism } from '../commands/determinism.ts'
import { bundleModule } from '../engine/bundle.ts'
import { runElsewhere } from '../engine/elsewhere.ts'
import { type MeshTask, meshDigests } from '../engine/meshdigests.ts'
import { appPaths, sourceRoot } from '../host/index.ts'
import { atLeast, type BenchGroup, type BenchRow } from './row.ts'

/** The same input in this Node, another Node and Chromium: engines whose state hash is the same, and structures whose mesh is, byte for byte. */
export const benchDeterminism: BenchGroup = async () => {
  const starts = await determinism(sourceRoot, 'chest-drain', 1)
  const sessions = starts.map(({ start, runs, missing }) => ({
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
  return [...sessions, ...(await meshRows())]
}

/** Every so many structures are made anew in every engine. */
const EACH = 25

async function meshRows(): Promise<BenchRow[]> {
  const { assets } = appPaths(sourceRoot)
  const files = definitionFiles(assets).map((path) => ({
    name: relative(assets, path),
    content: parse(readFileSync(path, 'utf8')) as unknown,
  }))
  const { library } = loadAssets(assets)
  const ids = library.structures.filter((s, i) => i % EACH === 0 && !s.variant).map((s) => s.id)
  const job: MeshTask = { files, body: { sex: 'male', params: { adiposity: 0, stature: 0 } }, ids }
  const here = await meshDigests(job)
  const code = await bundleModule(sourceRoot, 'electron/engine/meshdigests.ts')
  const others = await runElsewhere<typeof here>({ code, job, script: 'const answer = await engine.meshDigests(job)' })
  return others.map((other) => {
    if (typeof other === 'string') return { name: `determinism: meshes in ${other}`, value: 0, unit: 'not run' }
    const same = ids.filter((id) => other.answer[id] === here[id])
    const differ = ids.filter((id) => other.answer[id] !== here[id]).slice(0, 5)
    return {
      ...atLeast(`determinism: meshes in ${other.engine}, same bytes`, same.length, 'structures', ids.length),
      ...(differ.length > 0 ? { rival: `differ: ${differ.join(', ')}` } : {}),
    }
  })
}
