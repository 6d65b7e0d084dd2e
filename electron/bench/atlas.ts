import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { beyondBudget } from '../atlas/check/bones.ts'
import { checkFit } from '../atlas/check/fit.ts'
import { buildAtlas } from '../atlas/index.ts'
import { makeMeshes } from '../atlas/meshes.ts'
import { appPaths, sourceRoot } from '../host/index.ts'
import { atMost, type BenchGroup, figure } from './row.ts'

/** A structure of middling cost whose definition is changed to time the hot rebuild. */
const CHANGED = { file: 'thorax/upper-abdomen.yaml', id: 'gallbladder' }

/** Builds: stature and habitus two standard deviations off, where the shape follows them. */
const EXTREMES = [-2, 2].flatMap((sd) =>
  (['male', 'female'] as const).map((sex) => ({ sex, params: { adiposity: sd, stature: sd } })),
)

/** A cold build of all bodies into an empty folder, a warm one, one after a change, and how the reference body fits together. */
export const benchAtlas: BenchGroup = async ({ figures }) => {
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
      onProgress: () => {
        if (shown === 0 && existsSync(join(out, 'male', 'atlas.json'))) shown = (performance.now() - started) / 1000
      },
    })
    const warm = await buildAtlas({ folders, out })
    changeDefinition(folders.assets)
    const changed = await buildAtlas({ folders, out })
    const extremes = []
    for (const body of EXTREMES) extremes.push(...(await makeMeshes({ folders, body })).defects)
    const fit = await checkFit(folders, 'male', figures)
    const far = fit.bones && beyondBudget(fit.bones)
    const [full, vr] = cold.triangles.male
    return [
      figure('atlas: structures', cold.structures, ''),
      ...cold.coverage.map(({ tier, built, rows }) => figure(`atlas: tier ${tier} of the list, of ${rows}`, built, '')),
      atMost('atlas: defects', cold.defects.length, '', 0),
      atMost('atlas: defects at ± 2 SD of habitus', extremes.length, '', 0),
      atMost('atlas: cold build', cold.seconds, 's', 120),
      atMost('atlas: first system to look at', shown, 's', 10),
      figure('atlas: warm build', warm.seconds, 's'),
      atMost('atlas: one changed structure', changed.seconds, 's', 2),
      atMost('atlas: files of a body', cold.bytesByBody.male / 1e6, 'MB', 15),
      figure('atlas: triangles, full', full, ''),
      atMost('atlas: triangles, VR', vr, '', 400_000),
      atMost('atlas: gaps at attachments and branches', fit.contacts.gaps.length, '', 0),
      atMost('atlas: free ends of vessels, nerves, ducts', fit.ends.gaps.length, '', 0),
      atMost('atlas: sections, unassigned', 100 * fit.sections.unassignedShare, '%', 3),
      atMost('atlas: sections, claimed twice', 100 * fit.sections.twiceShare, '%', 1),
      ...(far
        ? [
            atMost('atlas: bones over 5 % off in length or width', far.bones.length, '', 0),
            atMost('atlas: joint centres over 10 mm off', far.joints.length, '', 0),
          ]
        : []),
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
