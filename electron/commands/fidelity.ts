import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { measureBones } from '../atlas/check/fit.ts'
import { fidelityPage, scoreFidelity, summaryOf } from '../atlas/fidelity.ts'
import { standardFolders } from '../atlas/folders.ts'
import { type CommandInput, type CommandOutcome, fileOption, textOption, UsageError } from './command.ts'

/** What a person writes about the weak places stands between these and is kept. */
const WEAK = /<!-- weak -->[\s\S]*<!-- \/weak -->/
const EMPTY = '<!-- weak -->\n## Weak\n\nNothing noted yet.\n<!-- /weak -->'

/** Scores both bodies against the measured reference; `--out` writes the table as a page, with the bones beside those of `--figures`. */
export async function atlasFidelity(input: CommandInput): Promise<CommandOutcome> {
  const tool = textOption(input, 'tool')
  if (tool === undefined || !existsSync(tool)) throw new UsageError('--tool takes the path of atlas-fidelity.mjs')
  const reference = textOption(input, 'reference') ?? join(dirname(resolve(tool)), '..', 'reference', 'hra')
  if (!existsSync(join(reference, 'reference.glb')))
    throw new UsageError('--reference takes the folder of reference.glb')
  const figures = fileOption(input, 'figures')
  const options = { tool: resolve(tool), reference, folders: standardFolders() }
  const bodies = [await scoreFidelity('male', options), await scoreFidelity('female', options)]
  const bones = figures === undefined ? undefined : await measureBones(options.folders, 'male', figures)
  const out = textOption(input, 'out')
  if (out !== undefined) {
    const before = existsSync(out) ? WEAK.exec(readFileSync(out, 'utf8'))?.[0] : undefined
    writeFileSync(out, fidelityPage(bodies, before ?? EMPTY, bones))
  }
  const text = bodies
    .map((f) => {
      const s = summaryOf(f)
      return `${f.body}: ${f.used} of ${f.nodes} nodes, ${f.unmapped.length} unmapped, median ${s.medianMeanMm.toFixed(2)} mm, within 8 mm ${(100 * s.within8).toFixed(0)} %, volume ratio ${s.medianVolumeRatio.toFixed(2)}`
    })
    .join('\n')
  return { exit: 0, text, json: bodies.map((f) => ({ ...f, summary: summaryOf(f) })) }
}
