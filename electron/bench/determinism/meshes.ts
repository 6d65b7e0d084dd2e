import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { parse } from 'yaml'
import { definitionFiles, loadAssets } from '../../atlas/library.ts'
import { bundleModule } from '../../engine/bundle.ts'
import { runElsewhere } from '../../engine/elsewhere.ts'
import { type MeshTask, meshDigests } from '../../engine/meshdigests.ts'
import { appPaths, sourceRoot } from '../../host/index.ts'
import { atLeast, type BenchRow } from '../row.ts'

/** Every so many structures are made anew in every engine. */
const EACH = 25

/** Structures whose mesh is the same in every engine, byte for byte. */
export async function meshRows(): Promise<BenchRow[]> {
  const { assets } = appPaths(sourceRoot)
  const files = definitionFiles(assets).map((path) => ({
    name: relative(assets, path),
    content: parse(readFileSync(path, 'utf8')) as unknown,
  }))
  const { library } = loadAssets(assets)
  const ids = library.structures.filter((s, i) => i % EACH === 0 && !s.variant).map((s) => s.id)
  process.stderr.write(`determinism: ${ids.length} meshes …\n`)
  const job: MeshTask = { files, body: { sex: 'male', params: { adiposity: 0, stature: 0 } }, ids }
  const code = await bundleModule(sourceRoot, 'electron/engine/meshdigests.ts')
  const others = await runElsewhere<Record<string, string>>({
    code,
    job,
    script: 'const answer = await engine.meshDigests(job)',
  })
  const here = await meshDigests(job)
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
