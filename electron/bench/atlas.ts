import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAtlas } from '../atlas/index.ts'
import { appPaths, sourceRoot } from '../host/index.ts'
import { atMost, type BenchGroup, figure } from './row.ts'

/** A cold build of the reference body into an empty folder, then a warm one. Budgets: DESIGN §7. */
export const benchAtlas: BenchGroup = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sina-bench-'))
  const folders = { assets: appPaths(sourceRoot).assets, cache: join(folder, 'cache') }
  const out = join(folder, 'atlas')
  try {
    const started = performance.now()
    let first = 0
    const cold = await buildAtlas({
      folders,
      out,
      bodies: ['male'],
      onProgress: () => {
        if (first === 0) first = (performance.now() - started) / 1000
      },
    })
    const warm = await buildAtlas({ folders, out, bodies: ['male'] })
    const [full, vr] = cold.triangles.male
    return [
      figure('atlas: structures', cold.structures, ''),
      atMost('atlas: defects', cold.defects.length, '', 0),
      atMost('atlas: cold build', cold.seconds, 's', 120),
      figure('atlas: first structure after', first, 's'),
      figure('atlas: warm build', warm.seconds, 's'),
      atMost('atlas: files of a body', cold.bytes / 1e6, 'MB', 15),
      figure('atlas: triangles, full', full, ''),
      atMost('atlas: triangles, VR', vr, '', 400_000),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
