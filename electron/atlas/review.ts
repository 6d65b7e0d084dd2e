import Papa from 'papaparse'
import type { Assets, Review } from './library.ts'

/** Languages whose terms wait for a native anatomist. */
export const REVIEWED_LANGUAGES = ['russian', 'uzbek'] as const
export type ReviewedLanguage = (typeof REVIEWED_LANGUAGES)[number]

const COLUMNS = ['key', 'kind', 'ta2', 'latin', 'english', 'russian', 'uzbek', 'doubted', 'approved'] as const
type Row = Record<(typeof COLUMNS)[number], string>

/** Something wrong in a reviewer's file: coded, with the line of the file and the remedy. */
export type ReviewProblem = {
  readonly code: 'review/unreadable' | 'review/unknown-key' | 'review/language' | 'review/empty' | 'review/script'
  readonly line: number
  readonly reason: string
  readonly remedy: string
}

/** Keys: the id of a structure, or `structure/landmark`. */
type Entry = {
  readonly key: string
  readonly kind: string
  readonly ta2: string
  readonly terms: Readonly<Record<string, string>>
  readonly doubted: string
}

/** Everything that has a name: structures that are built and their landmarks; what is in doubt comes first. */
function entriesOf(assets: Assets): Entry[] {
  const found = new Map<string, Entry>()
  for (const { id, mirror, landmarks } of assets.library.structures) {
    for (const one of [id, mirror]) {
      const row = one && assets.terms.get(one)
      if (row)
        found.set(one, {
          key: one,
          kind: row.kind,
          ta2: row.ta2,
          terms: row,
          doubted: row.review === 'y' ? 'uzbek' : '',
        })
    }
    for (const [name, terms] of Object.entries(landmarks))
      found.set(`${id}/${name}`, {
        key: `${id}/${name}`,
        kind: 'landmark',
        ta2: '',
        terms: terms as unknown as Record<string, string>,
        doubted: terms.review ? 'russian uzbek' : '',
      })
  }
  return [...found.values()].sort((a, b) => Number(b.doubted !== '') - Number(a.doubted !== ''))
}

/** One CSV for a reviewer, UTF-8 with a mark so that spreadsheets read Cyrillic: correct the terms, name in `approved` the languages that stand. */
export function exportReview(assets: Assets): string {
  const approved = approvedBy(assets.reviewed)
  const rows = entriesOf(assets).map(({ key, kind, ta2, terms, doubted }): Row => {
    const done = approved.get(key)
    const term = (language: ReviewedLanguage) => done?.get(language)?.term ?? terms[language] ?? ''
    return {
      key,
      kind,
      ta2,
      latin: terms.latin,
      english: terms.english,
      russian: term('russian'),
      uzbek: term('uzbek'),
      doubted: doubted
        .split(' ')
        .filter((language) => language !== '' && !done?.has(language))
        .join(' '),
      approved: [...(done?.keys() ?? [])].join(' '),
    }
  })
  return `\uFEFF${Papa.unparse(rows, { columns: [...COLUMNS], newline: '\r\n' })}\r\n`
}

/**
 * Reads a reviewer's file. All of it is taken or nothing: with any problem, `reviewed` is what it was.
 * @param date of the review, YYYY-MM-DD
 */
export function importReview(
  text: string,
  assets: Assets,
  reviewer: string,
  date: string,
): { readonly reviewed: readonly Review[]; readonly taken: number; readonly problems: readonly ReviewProblem[] } {
  const { data, errors } = Papa.parse<Partial<Row>>(text.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true })
  const unchanged = (problems: ReviewProblem[]) => ({ reviewed: assets.reviewed, taken: 0, problems })
  const wrong = errors.find((e) => e.type !== 'Delimiter')
  if (wrong || data.length === 0 || data[0].key === undefined || data[0].approved === undefined) {
    const reason = wrong?.message ?? 'there is no header with the columns key … approved'
    const remedy = 'export the file anew and keep its columns'
    return unchanged([{ code: 'review/unreadable', line: (wrong?.row ?? 0) + 2, reason, remedy }])
  }
  const known = new Set(entriesOf(assets).map((e) => e.key))
  const problems: ReviewProblem[] = []
  const taken: Review[] = []
  data.forEach((row, i) => {
    for (const language of (row.approved ?? '').split(/[\s,;]+/).filter(Boolean)) {
      const problem = problemOf(row, language, known)
      if (problem) problems.push({ ...problem, line: i + 2 })
      else taken.push({ key: row.key!, language, term: row[language as ReviewedLanguage]!.trim(), reviewer, date })
    }
  })
  if (problems.length > 0) return unchanged(problems)
  const merged = new Map([...assets.reviewed].map((r) => [`${r.key} ${r.language}`, r]))
  let changed = 0
  for (const one of taken) {
    const key = `${one.key} ${one.language}`
    // A term that was approved before as it stands keeps its first reviewer.
    if (merged.get(key)?.term === one.term) continue
    merged.set(key, one)
    changed++
  }
  const reviewed = [...merged.values()].sort((a, b) => (`${a.key} ${a.language}` < `${b.key} ${b.language}` ? -1 : 1))
  return { reviewed, taken: changed, problems }
}

/** The table that `assets/reviewed.tsv` holds. */
export function reviewedTable(reviewed: readonly Review[]): string {
  const lines = reviewed.map((r) => [r.key, r.language, r.term, r.reviewer, r.date].join('\t'))
  return `${['key\tlanguage\tterm\treviewer\tdate', ...lines].join('\n')}\n`
}

/** What was approved: by key and language. */
export function approvedBy(reviewed: readonly Review[]): ReadonlyMap<string, ReadonlyMap<string, Review>> {
  const found = new Map<string, Map<string, Review>>()
  for (const one of reviewed) {
    const of = found.get(one.key) ?? new Map<string, Review>()
    found.set(one.key, of.set(one.language, one))
  }
  return found
}

function problemOf(
  row: Partial<Row>,
  language: string,
  known: ReadonlySet<string>,
): Omit<ReviewProblem, 'line'> | undefined {
  const key = row.key ?? ''
  if (!known.has(key))
    return {
      code: 'review/unknown-key',
      reason: `no structure or landmark is called "${key}"`,
      remedy: 'leave the column key as it was',
    }
  if (language !== 'russian' && language !== 'uzbek')
    return {
      code: 'review/language',
      reason: `"${language}" is not a language to approve`,
      remedy: 'write russian, uzbek, or both',
    }
  const term = row[language]?.trim() ?? ''
  if (term === '' || term.length > 200 || /[\t\r\n]/.test(term))
    return {
      code: 'review/empty',
      reason: `the ${language} term of "${key}" is empty or not one line`,
      remedy: 'write the term',
    }
  const cyrillic = /\p{Script=Cyrillic}/u.test(term)
  if (cyrillic !== (language === 'russian'))
    return {
      code: 'review/script',
      reason: `the ${language} term of "${key}" is in the wrong script: ${term}`,
      remedy: language === 'uzbek' ? 'write it in Latin script, with ʻ in oʻ and gʻ' : 'write it in Cyrillic',
    }
  return undefined
}
