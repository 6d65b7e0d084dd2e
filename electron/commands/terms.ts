import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { standardFolders } from '../atlas/folders.ts'
import { loadAssets } from '../atlas/library.ts'
import { exportReview, importReview, reviewedTable } from '../atlas/review.ts'
import { type CommandInput, type CommandOutcome, textOption, UsageError } from './command.ts'

/** `--review` writes all names as one CSV to the file, or to standard output; `--import` takes a reviewer's file back. */
export async function atlasTerms(input: CommandInput): Promise<CommandOutcome> {
  const folder = standardFolders().assets
  const assets = loadAssets(folder)
  const from = textOption(input, 'import')
  if (from === undefined) {
    if (input.options.review !== true)
      throw new UsageError('atlas terms takes --review [--out FILE], or --import FILE --reviewer NAME')
    const csv = exportReview(assets)
    const out = textOption(input, 'out')
    if (out === undefined) return { exit: 0, text: csv.trimEnd(), json: { csv } }
    writeFileSync(out, csv)
    const rows = csv.split('\r\n').length - 2
    return { exit: 0, text: `${rows} names in ${out}`, json: { out, rows } }
  }
  const reviewer = textOption(input, 'reviewer')?.trim()
  if (!reviewer || /[\t\r\n]/.test(reviewer))
    throw new UsageError('--reviewer takes the name of who reviewed the terms')
  const date = new Date().toISOString().slice(0, 10)
  const { reviewed, taken, problems } = importReview(readFileSync(from, 'utf8'), assets, reviewer, date)
  if (problems.length > 0) {
    const lines = problems.map((p) => `${from}:${p.line}: ${p.code}: ${p.reason}; ${p.remedy}`)
    return { exit: 1, text: [...lines, 'nothing was taken'].join('\n'), json: { taken: 0, problems } }
  }
  const path = join(folder, 'reviewed.tsv')
  writeFileSync(`${path}.part`, reviewedTable(reviewed))
  renameSync(`${path}.part`, path)
  return {
    exit: 0,
    text: `${taken} terms approved by ${reviewer}; ${reviewed.length} in all`,
    json: { taken, total: reviewed.length, problems },
  }
}
