import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { type DefinitionProblem, type Library, readDefinitions } from '../../core/modelling/definition.ts'
import { idMatcher } from '../../core/modelling/idpatterns.ts'
import { NO_RIG, type Rig, readRig } from '../../core/modelling/rig.ts'
import { parseYaml } from './yamlcache.ts'

const NOT_DEFINITIONS = new Set([
  'materials.yaml',
  'bodies.yaml',
  'rig.yaml',
  'fidelity.yaml',
  'sheets.yaml',
  'divisions.yaml',
  'fields.yaml',
])

export type TermRow = Readonly<Record<string, string>>
/** A term that a native anatomist approved; `key` is a structure's id, or `structure/landmark`. */
export type Review = {
  readonly key: string
  readonly language: string
  readonly term: string
  readonly reviewer: string
  readonly date: string
}
export type Relation = { readonly subject: string; readonly relation: string; readonly object: string }

/** Everything that the folder of assets says about the body. */
export type Assets = {
  readonly library: Library
  readonly terms: ReadonlyMap<string, TermRow>
  readonly relations: readonly Relation[]
  readonly reviewed: readonly Review[]
  readonly materials: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly rig: Rig
  /** Whether a structure is hidden until somebody asks for it: `divisions.yaml`. */
  readonly hiddenFirst: (id: string) => boolean
  /** Whether a structure fills a compartment to its wall, around what lies in it: `divisions.yaml`. Such wait to be asked for, too. */
  readonly fill: (id: string) => boolean
}

/** Reads definitions, terms, relations and materials; `cache` is a folder to keep what was parsed. A file that cannot be read is a problem, not an exception. */
export function loadAssets(folder: string, cache?: string): Assets {
  const problems: DefinitionProblem[] = []
  const files: { name: string; content: unknown }[] = []
  for (const path of definitionFiles(folder)) {
    const name = relative(folder, path).replaceAll('\\', '/')
    try {
      files.push({ name, content: parseYaml(readFileSync(path, 'utf8'), cache && join(cache, 'parsed')) ?? {} })
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
      problems.push({ code: 'definition/invalid', file: name, pointer: '', reason, remedy: 'correct the YAML' })
    }
  }
  const library = readDefinitions(files)
  const rig = loadRig(folder, problems)
  const { hiddenFirst, fill } = loadDivisions(folder, problems)
  return {
    library: { ...library, problems: [...problems, ...library.problems] },
    terms: new Map(readTable(join(folder, 'terms.tsv')).map((row) => [row.id, row])),
    relations: readTable(join(folder, 'relations.tsv')) as unknown as Relation[],
    reviewed: readTable(join(folder, 'reviewed.tsv')) as unknown as Review[],
    materials: readMaterials(join(folder, 'materials.yaml')),
    rig,
    hiddenFirst,
    fill,
  }
}

/** What a YAML file beside the definitions says, or `none` where it is absent; one that cannot be read is a problem. */
function readBeside<T>(
  folder: string,
  file: string,
  problems: DefinitionProblem[],
  none: T,
  read: (content: unknown) => T,
): T {
  const text = readText(join(folder, file))
  if (!text) return none
  try {
    return read(parse(text))
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    problems.push({ code: 'definition/invalid', file, pointer: '', reason, remedy: `correct ${file}` })
    return none
  }
}

/** Joints and poses. */
const loadRig = (folder: string, problems: DefinitionProblem[]): Rig =>
  readBeside(folder, 'rig.yaml', problems, NO_RIG, readRig)

const divisionsSchema = z.strictObject({
  wholes: z.array(z.string()),
  second: z.array(z.string()),
  covers: z.array(z.string()),
  fills: z.array(z.string()),
  pregnancy: z.array(z.string()).default([]),
})

const NO_DIVISIONS = { hiddenFirst: idMatcher([]), fill: idMatcher([]) }

const loadDivisions = (folder: string, problems: DefinitionProblem[]): Pick<Assets, 'hiddenFirst' | 'fill'> =>
  readBeside(folder, 'divisions.yaml', problems, NO_DIVISIONS, (content) => {
    const { wholes, second, covers, fills, pregnancy } = divisionsSchema.parse(content)
    return { hiddenFirst: idMatcher([...wholes, ...second, ...covers, ...fills, ...pregnancy]), fill: idMatcher(fills) }
  })

/** Names of the poses that the folder's rig has. */
export const posesOf = (folder: string): string[] => [...loadRig(folder, []).poses.keys()]

/** Paths of the definition files in a folder of assets, in order. */
export function definitionFiles(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.ya?ml$/.test(e.name))
    .map((e) => join(e.parentPath, e.name))
    .filter((path) => !NOT_DEFINITIONS.has(relative(folder, path)))
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Rows of a tab-separated table with a header, by column name. An absent file has no rows. */
function readTable(path: string): TermRow[] {
  const [head, ...rows] = readText(path)
    .split('\n')
    .map((line) => line.replace(/\r$/, '').split('\t'))
  return rows.filter((r) => r.length > 1).map((r) => Object.fromEntries(head.map((name, i) => [name, r[i] ?? ''])))
}

function readMaterials(path: string): Assets['materials'] {
  const content = parse(readText(path)) as { materials?: Assets['materials'] } | null
  return (content?.materials ?? content ?? {}) as Assets['materials']
}
