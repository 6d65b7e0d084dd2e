import { join, resolve } from 'node:path'
import { loadBodies } from '../atlas/bodies.ts'
import { standardFolders } from '../atlas/folders.ts'
import { buildAtlas, EXPORT_FORMATS, exportAtlas, posesOf } from '../atlas/index.ts'
import { drawSheets } from '../atlas/sheets.ts'
import { appPaths, sourceRoot } from '../host/index.ts'
import { lockFolder } from '../host/store/lock.ts'
import {
  type CommandInput,
  type CommandOutcome,
  choiceOption,
  numberOption,
  textOption,
  UsageError,
} from './command.ts'

/** Builds all bodies. With `--progress` a JSON line for every structure goes to stderr, for programs. */
export async function atlasBuild(input: CommandInput): Promise<CommandOutcome> {
  const shown = input.options.progress === true ? 'json' : process.stderr.isTTY ? 'line' : 'none'
  // Two builds into one folder would clear away each other's files.
  const unlock = lockFolder(join(appPaths(sourceRoot).cache, 'building'))
  const report = await buildAtlas({
    onProgress({ body, done, total, structure }) {
      if (shown === 'json') process.stderr.write(`${JSON.stringify({ body, done, total, structure })}\n`)
      if (shown === 'line') process.stderr.write(`\r${body}: ${done} of ${total} ${structure}\u001b[K`)
    },
  }).finally(unlock)
  if (shown === 'line') process.stderr.write('\n')
  const { structures, seconds, bytes, defects, coverage } = report
  const lines = defects.map(
    ({ body, structure, code, file, pointer, reason, remedy }) =>
      `${body} ${structure}: ${code} in ${file}#${pointer}: ${reason}; ${remedy}`,
  )
  const tiers = coverage.map(({ tier, built, rows }) => `tier ${tier}: ${built} of ${rows}`).join(', ')
  const head = `${structures} structures, ${(bytes / 1e6).toFixed(1)} MB, ${seconds.toFixed(1)} s; ${tiers}`
  const text = [head, ...lines].join('\n')
  return { exit: 0, text, json: report }
}

/** Writes one mesh file per structure and an index. `--seed` takes the body of that seed among those that are built. */
export async function atlasExport(input: CommandInput): Promise<CommandOutcome> {
  const bodies = [...loadBodies(appPaths(sourceRoot).assets).keys()]
  const seed = numberOption(input, 'seed', 0, 0xffffffff)
  const named = textOption(input, 'body')
  if (named !== undefined && !bodies.includes(named)) throw new UsageError(`--body takes one of: ${bodies.join(', ')}`)
  const out = resolve(input.words[0])
  const report = await exportAtlas({
    out,
    format: choiceOption(input, 'format', EXPORT_FORMATS) ?? 'stl',
    pose: choiceOption(input, 'pose', posesOf(appPaths(sourceRoot).assets)),
    body: named ?? bodies[(seed ?? 0) % bodies.length],
  })
  return { exit: 0, text: `${report.structures} structures in ${out}`, json: { folder: out, ...report } }
}

/** Draws the contact sheets; `--only` names some of them. */
export async function atlasSheets(input: CommandInput): Promise<CommandOutcome> {
  const out = resolve(input.words[0])
  const reports = await drawSheets(standardFolders(), out, textOption(input, 'only')?.split(','))
  const text = reports.map(
    (r) =>
      `body-${r.name}.png: ${r.cells} pictures${r.empty.length > 0 ? `, nothing to show: ${r.empty.join(', ')}` : ''}`,
  )
  return { exit: 0, text: text.join('\n'), json: reports }
}
