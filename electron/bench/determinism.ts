import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { parse } from 'yaml'
import { definitionFiles, loadAssets } from '../atlas/library.ts'
import { determinism } from '../commands/determinism.ts'
import { bundleModule } from '../engine/bundle.ts'
import { runElsewhere } from '../engine/elsewhere.ts'
import { kernelWasm } from '../engine/kernel.ts'
import { type MeshTask, meshDigests } from '../engine/meshdigests.ts'
import { type SceneTask, sceneDigests } from '../engine/scenedigests.ts'
import { appPaths, sourceRoot } from '../host/index.ts'
import { readScene, sceneNames } from '../shell/scenefiles.ts'
import { atLeast, type BenchGroup, type BenchRow } from './row.ts'

/** The same input in this Node, another Node and Chromium: engines whose state hash is the same, structures whose mesh is, byte for byte, and scenes of living tissue whose state is. */
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
  return [...sessions, ...(await meshRows()), ...(await sceneRows())]
}

/** Ticks of each scene: by the kernel, and by its twin, which takes ten times as long. */
const KERNEL_TICKS = 400
const TWIN_TICKS = 40

async function sceneRows(): Promise<BenchRow[]> {
  const scenes = sceneNames(sourceRoot).map((name) => readScene(sourceRoot, name))
  const wasm = Buffer.from(await kernelWasm(sourceRoot)).toString('base64')
  const code = await bundleModule(sourceRoot, 'electron/engine/scenedigests.ts')
  return [
    ...(await compareScenes('kernel', code, { scenes, wasm, ticks: KERNEL_TICKS })),
    ...(await compareScenes(
      'kernel, against the twin',
      code,
      { scenes, wasm, ticks: TWIN_TICKS },
      { scenes, ticks: TWIN_TICKS },
    )),
    ...(await compareScenes('twin', code, { scenes, ticks: TWIN_TICKS })),
  ]
}

/** Scenes of which the other engines have the state that this one has; `reference` is played here instead, if given. */
async function compareScenes(
  label: string,
  code: string,
  job: SceneTask,
  reference: SceneTask = job,
): Promise<BenchRow[]> {
  const here = await sceneDigests(reference)
  const names = Object.keys(here)
  const others = await runElsewhere<typeof here>({ code, job, script: 'const answer = await engine.sceneDigests(job)' })
  return others.map((other) => {
    const title = `determinism: scenes by ${label}`
    if (typeof other === 'string') return { name: `${title} in ${other}`, value: 0, unit: 'not run' }
    const same = names.filter((name) => other.answer[name] === here[name])
    const differ = names.filter((name) => other.answer[name] !== here[name])
    return {
      ...atLeast(`${title} in ${other.engine}, same state`, same.length, 'scenes', names.length),
      ...(differ.length > 0 ? { rival: `differ: ${differ.join(', ')}` } : {}),
    }
  })
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
