import { type AtlasStructure, type TermLanguage, termLanguages } from './atlasfile.ts'
import { asNumber, otherNames, uzbekLatin } from './searchwords.ts'

/** A structure that a query may mean, best first. `matched` is the language of the term that matched best. */
export type Found = {
  readonly structure: AtlasStructure
  readonly score: number
  readonly matched: TermLanguage | 'id'
}

export type SearchIndex = { find(query: string, limit: number): Found[] }

type Entry = { readonly structure: AtlasStructure; readonly texts: readonly Text[] }
/** `off`: what is taken off for a name that is not the structure's own. */
type Text = {
  readonly language: TermLanguage | 'id'
  readonly folded: string
  readonly words: readonly string[]
  readonly off: number
}

/** A way to read a query, and what is taken off for reading it so. */
type Reading = { readonly words: readonly Word[]; readonly off: number }

/** A word of the query with how well words of terms fit it: terms repeat most of theirs. */
type Word = { readonly text: string; readonly fits: Map<string, number> }
const TRANSLITERATED_OFF = 0.05
const LANDMARK_OFF = 0.4

const sideWords: Readonly<Record<string, readonly string[]>> = {
  left: ['left', 'sinister', 'sinistra', 'sinistrum', 'левый', 'левая', 'левое', 'chap'],
  right: ['right', 'dexter', 'dextra', 'dextrum', 'правый', 'правая', 'правое', 'oʻng'],
}

/**
 * Folds a term or a query to what people agree on: no case, no accents, no apostrophe of any kind (Uzbek oʻ and gʻ are
 * typed with ʻ ' ` ’ ‘ or none), ё as е, one space; ordinals and Roman numerals as numbers.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[ʻʼ'`’‘´ˈ]/g, '')
    .replace(/ё/g, 'е')
    .replace(/oe|ae/g, 'e')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/(\d) (й|и|е|я|го)(?= |$)/g, '$1')
    .split(' ')
    .map(asNumber)
    .join(' ')
}

/** Builds an index over all terms, in all languages, and the ids. */
export function createSearch(structures: readonly AtlasStructure[]): SearchIndex {
  const parents = new Map(structures.map(({ id, parent }) => [id, parent ?? null]))
  const entries = structures.map((structure) => entryOf(structure, wholesOf(structure.id, parents)))
  return {
    find(query, limit) {
      const readings = readingsOf(query)
      if (readings.length === 0) return []
      const found: Found[] = []
      for (const { structure, texts } of entries) {
        let best = 0
        let matched: Found['matched'] = 'id'
        for (const text of texts) {
          for (const { words, off } of readings) {
            const score = scoreText(text, words) - off - text.off
            if (score <= best) continue
            best = score
            matched = text.language
          }
        }
        if (best > 0) found.push({ structure, score: best - rareness(structure), matched })
      }
      return found.sort((a, b) => b.score - a.score || compare(a.structure.id, b.structure.id)).slice(0, limit)
    },
  }
}

/** Of names that fit alike, what is taught first is meant, then what is bigger. */
function rareness({ tier, volumeCm3 = 0 }: AtlasStructure): number {
  return (tier ?? 2) * 0.01 - Math.min(1, volumeCm3 / 1000) * 0.009
}

/** The query as it stands and, where it is Cyrillic, as Uzbek in Latin letters. */
function readingsOf(query: string): Reading[] {
  const latin = uzbekLatin(query)
  const texts = latin === null ? [query] : [query, latin]
  return texts.flatMap((text, i) => {
    const words = fold(text).split(' ').filter(Boolean)
    if (words.length === 0) return []
    return [{ words: words.map((word) => ({ text: word, fits: new Map() })), off: i * TRANSLITERATED_OFF }]
  })
}

/** Ids of the wholes that a structure is part of, nearest first. */
function wholesOf(id: string, parents: ReadonlyMap<string, string | null>): string[] {
  const wholes: string[] = []
  for (let at = parents.get(id); at && !wholes.includes(at); at = parents.get(at)) wholes.push(at)
  return wholes
}

function entryOf(structure: AtlasStructure, wholes: readonly string[]): Entry {
  const side = sideWords[structure.side ?? ''] ?? []
  const text = (language: Text['language'], value: string, off = 0): Text => {
    const folded = fold(value)
    return { language, folded, words: [...folded.split(' '), ...side.map(fold)], off }
  }
  const landmarks = structure.landmarks.flatMap(({ terms }) =>
    termLanguages.flatMap((language) => (terms[language] ? [text(language, terms[language], LANDMARK_OFF)] : [])),
  )
  const { latin, english, russian, uzbek } = structure.terms
  return {
    structure,
    texts: [
      text('latin', latin),
      text('english', english),
      text('russian', russian),
      text('uzbek', uzbek),
      text('id', structure.id),
      ...otherNames(structure.id, wholes).map((name) => text('id', name)),
      ...landmarks,
    ],
  }
}

/** Every word of the query must be found in one term; whole words count more than beginnings, those more than slips. */
function scoreText(text: Text, words: readonly Word[]): number {
  let sum = 0
  for (const word of words) {
    let best = 0
    for (const candidate of text.words) best = Math.max(best, fitOf(candidate, word))
    if (best === 0) return 0
    sum += best
  }
  const whole = text.folded === words.map((word) => word.text).join(' ') ? 1 : 0
  // A term that says little else is more likely meant.
  const brevity = Math.min(1, words.length / Math.max(1, text.folded.split(' ').length))
  return sum / words.length + whole + brevity * 0.3
}

function fitOf(candidate: string, { text, fits }: Word): number {
  const known = fits.get(candidate)
  if (known !== undefined) return known
  const score = scoreWord(candidate, text)
  fits.set(candidate, score)
  return score
}

function scoreWord(candidate: string, word: string): number {
  if (candidate === word) return 1
  if (candidate.startsWith(word)) return 0.6 + 0.3 * (word.length / candidate.length)
  if (word.length >= 4 && candidate.includes(word)) return 0.45
  const allowed = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0
  if (allowed === 0) return 0
  // A misspelt beginning counts too: people search while they type.
  const distance = Math.min(
    editDistance(candidate, word, allowed),
    editDistance(candidate.slice(0, word.length), word, allowed),
  )
  return distance <= allowed ? 0.4 - 0.1 * distance : 0
}

/** Edits (insert, drop, replace, swap of neighbours) between two words, at most `limit` + 1. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let value = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, beforeLast[j - 2] + 1)
      row.push(value)
      least = Math.min(least, value)
    }
    if (least > limit) return limit + 1
    beforeLast = last
    last = row
  }
  return last[b.length]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
