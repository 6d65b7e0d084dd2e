import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { buildAtlas } from '../atlas/index.ts'
import { appPaths, sourceRoot } from '../host/index.ts'
import { atMost, type BenchGroup, figure } from './row.ts'

/** A structure of middling cost whose definition is changed to time the hot rebuild. */
const CHANGED = { file: 'thorax/upper-abdomen.yaml', id: 'gallbladder' }

/** A cold build of the reference body into an empty folder, a warm one, and one after a change. Budgets: DESIGN §7. */
export const benchAtlas: BenchGroup = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sina-bench-'))
  const folders = { assets: join(folder, 'assets'), cache: join(folder, 'cache') }
  cpSync(appPaths(sourceRoot).assets, folders.assets, { recursive: true })
  const out = join(folder, 'atlas')
  try {
    const started = performance.now()
    let shown = 0
    const cold = await buildAtlas({
      folders,
      out,
      bodies: ['male'],
      onProgress: () => {
        if (shown === 0 && existsSync(join(out, 'male', 'atlas.json'))) shown = (performance.now() - started) / 1000
      },
    })
    const warm = await buildAtlas({ folders, out, bodies: ['male'] })
    changeDefinition(folders.assets)
    const changed = await buildAtlas({ folders, out, bodies: ['male'] })
    const [full, vr] = cold.triangles.male
    return [
      figure('atlas: structures', cold.structures, ''),
      atMost('atlas: defects', cold.defects.length, '', 0),
      atMost('atlas: cold build', cold.seconds, 's', 120),
      atMost('atlas: first system to look at', shown, 's', 10),
      figure('atlas: warm build', warm.seconds, 's'),
      atMost('atlas: one changed structure', changed.seconds, 's', 2),
      atMost('atlas: files of a body', cold.bytes / 1e6, 'MB', 15),
      figure('atlas: triangles, full', full, ''),
      atMost('atlas: triangles, VR', vr, '', 400_000),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function changeDefinition(assets: string): void {
  const path = join(assets, CHANGED.file)
  const document = parseDocument(readFileSync(path, 'utf8'))
  const { structures } = document.toJS() as { structures: { id: string }[] }
  document.setIn(['structures', structures.findIndex(({ id }) => id === CHANGED.id), 'toleranceMm'], 0.31)
  writeFileSync(path, document.toString())
}
