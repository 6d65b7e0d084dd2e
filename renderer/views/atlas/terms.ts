import i18next from 'i18next'
import type { AtlasStructure, TermLanguage } from '../../../core/anatomy/atlasfile.ts'
import type { Atlas } from '../../scene/atlas.ts'

/** A structure's name as shown: the term in the chosen language with its side, and Latin beneath. */
export type ShownName = {
  readonly name: string
  /** The same without the side. */
  readonly bare: string
  readonly latin: string
  readonly review: 'reviewed' | 'unreviewed'
}

const order: Readonly<Record<TermLanguage, 'before' | 'after'>> = {
  latin: 'after',
  english: 'before',
  russian: 'after',
  uzbek: 'before',
}

/** Names a structure in a language of terms. Russian and Uzbek terms wait for a native anatomist's review. */
export function nameOf(structure: AtlasStructure, language: TermLanguage): ShownName {
  const term = structure.terms[language] || structure.terms.english
  return {
    name: sided(capital(term), structure.side, language),
    bare: capital(term),
    latin: structure.terms.latin,
    review: structure.review === true ? 'unreviewed' : 'reviewed',
  }
}

/** What a relation names: a structure of the body, or one with a landmark of that name; else only words. */
export function objectOf(
  atlas: Pick<Atlas, 'byId' | 'structures'>,
  id: string,
  language: TermLanguage,
): { readonly name: string; readonly structure?: AtlasStructure } {
  const structure = atlas.byId.get(id)
  if (structure) return { structure, name: nameOf(structure, language).name }
  const [, base, mark] = /^(.*?)(?:-([lr]))?$/.exec(id) as unknown as [string, string, string | undefined]
  const side = mark === 'l' ? 'left' : mark === 'r' ? 'right' : null
  for (const owner of atlas.structures) {
    if (side && owner.side !== side) continue
    const landmark = owner.landmarks.find((candidate) => candidate.id === base)
    const term = landmark && (landmark.terms[language] || landmark.terms.english)
    if (term) return { structure: owner, name: sided(capital(term), side, language) }
  }
  return { name: sided(base.replaceAll('-', ' '), side, 'english') }
}

function sided(term: string, side: string | null | undefined, language: TermLanguage): string {
  if (side !== 'left' && side !== 'right') return term
  const word = i18next.t(`atlas:side.${language}.${side}`)
  if (term.toLowerCase().includes(word.toLowerCase())) return term
  return order[language] === 'before' && language === 'uzbek' ? `${capital(word)} ${lower(term)}` : `${term} (${word})`
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

function lower(text: string): string {
  return text.charAt(0).toLocaleLowerCase() + text.slice(1)
}
