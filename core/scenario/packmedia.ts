import type { Problem } from '../contract/errors.ts'
import type { Language } from '../contract/values.ts'
import type { LocaleTexts, Manifest } from './manifest.ts'
import { pointerOf, problemAt } from './problems.ts'
import type { Case } from './schema.ts'
import { caseValues, PATIENT_PLACEHOLDERS, placeholdersOf, SIDE_KEYS } from './texts.ts'
import type { PackFiles } from './unzip.ts'
import { walk } from './walk.ts'

export type CaseFile = { readonly file: string; readonly source: Case }
type Locales = Partial<Record<Language, LocaleTexts>>

/** Texts named but not written, and placeholders that nothing fills or that a translation lost. */
export function textProblems(manifest: Manifest, cases: readonly CaseFile[], locales: Locales): Problem[] {
  const problems: Problem[] = []
  const files = [{ file: 'pack.json', source: manifest as unknown, values: {} }].concat(
    cases.map(({ file, source }) => ({ file, source, values: caseValues(source, 'en') })),
  )
  for (const { file, source, values } of files)
    for (const found of walk(source)) {
      const { value } = found
      if (typeof value !== 'string' || !value.startsWith('@')) continue
      const key = value.slice(1)
      const missing = manifest.languages.filter((language) => !Object.hasOwn(locales[language] ?? {}, key))
      for (const language of missing)
        problems.push(
          problemAt(
            'pack/missing-text',
            `locales/${language}.json`,
            pointerOf([key]),
            `${file}${pointerOf(found.path)} needs it.`,
          ),
        )
      if (missing.length === 0)
        problems.push(...placeholderProblems(manifest, key, new Set(Object.keys(values)), locales))
    }
  return unique(problems)
}

function placeholderProblems(manifest: Manifest, key: string, facts: Set<string>, locales: Locales): Problem[] {
  const [first, ...others] = manifest.languages
  const names = (language: Language) => [...new Set(placeholdersOf(locales[language]![key]))].sort()
  const wanted = names(first)
  const known = (name: string) => facts.has(name) || (PATIENT_PLACEHOLDERS as readonly string[]).includes(name)
  const unknown = wanted
    .filter((name) => !known(name))
    .map((name) => problemAt('pack/placeholder', fileOf(first), pointerOf([key]), `Nothing fills {{${name}}}.`))
  const differing = others
    .filter((language) => names(language).join() !== wanted.join())
    .map((language) =>
      problemAt('pack/placeholder', fileOf(language), pointerOf([key]), `Placeholders differ from those in ${first}.`),
    )
  const sides = wanted.some((name) => name === 'onSickSide' || name === 'onWellSide') ? Object.values(SIDE_KEYS) : []
  const wordless = manifest.languages.flatMap((language) =>
    sides
      .filter((side) => !Object.hasOwn(locales[language]!, side))
      .map((side) =>
        problemAt('pack/missing-text', fileOf(language), pointerOf([side]), 'Words for the side are needed.'),
      ),
  )
  return [...unknown, ...differing, ...wordless]
}

const fileOf = (language: Language) => `locales/${language}.json`

/** Media that are named but not there, there but not named, or that could act. */
export function mediaProblems(manifest: Manifest, cases: readonly CaseFile[], files: PackFiles): Problem[] {
  const problems: Problem[] = []
  const named = new Set<string>()
  for (const { file, source } of [{ file: 'pack.json', source: manifest as unknown }, ...cases])
    for (const found of walk(source)) {
      const { value } = found
      if (typeof value !== 'string' || !value.startsWith('media/')) continue
      named.add(value)
      if (!files.has(value))
        problems.push(problemAt('pack/missing-file', file, pointerOf(found.path), `${value} is not in the pack.`))
    }
  for (const [path, bytes] of files) {
    if (!path.startsWith('media/')) continue
    if (!named.has(path)) problems.push(problemAt('pack/unexpected-file', path, '', 'Nothing in the pack shows it.'))
    const reason = mediaFault(path, bytes)
    if (reason !== undefined) problems.push(problemAt('pack/active-media', path, '', reason))
  }
  return problems
}

/** First bytes of the kinds of media that packs may hold. */
const HEADS: Readonly<Record<string, readonly number[]>> = {
  png: [0x89, 0x50, 0x4e, 0x47],
  jpg: [0xff, 0xd8, 0xff],
  webp: [0x52, 0x49, 0x46, 0x46],
  ogg: [0x4f, 0x67, 0x67, 0x53],
}

/** Markup that could run or load something, even though the page's policy would stop it. */
const ACTIVE_SVG =
  /<\s*(script|foreignObject|iframe|animate|set)\b|\son[a-z]+\s*=|javascript:|<!ENTITY|@import|url\(\s*["']?\s*(?!["']?#)|(href|src)\s*=\s*["']?\s*(?!["']?#)/i

function mediaFault(path: string, bytes: Uint8Array): string | undefined {
  const kind = path.slice(path.lastIndexOf('.') + 1)
  if (kind === 'svg') {
    const text = new TextDecoder().decode(bytes)
    if (!/<svg[\s>]/.test(text)) return 'Not an SVG image.'
    return ACTIVE_SVG.test(text) ? 'The SVG holds scripts, handlers, animation or links.' : undefined
  }
  const head = HEADS[kind]
  if (head === undefined) return `Files of kind "${kind}" are not taken.`
  return head.every((byte, i) => bytes[i] === byte) ? undefined : `The file is not what ".${kind}" says.`
}

function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ code, file, pointer }) => {
    const id = `${code} ${file} ${pointer}`
    if (seen.has(id)) return false
    seen.add(id)
    return true
  })
}
