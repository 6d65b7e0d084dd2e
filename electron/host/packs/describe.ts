import type { Badge, PackDetail, PackSummary } from '../../../core/contract/packs.ts'
import type { Pack } from '../../../core/scenario/schema.ts'

export type Trust = PackSummary['trust']

/** A checked pack with where it came from. */
export type KnownPack = Pack & {
  digest: string
  origin: 'built-in' | 'library'
  trust: Trust
  /** Who signed it, if anyone; the signature was checked. */
  signer: { publicKey: string; name: string } | null
  /** Folder of the pack's files. */
  folder: string
}

/** The line of a pack in the library; `today` as `YYYY-MM-DD` decides whether its clinical review is overdue. */
export function summarise(pack: KnownPack, today: string): PackSummary {
  return {
    id: pack.manifest.id,
    version: pack.manifest.version,
    digest: pack.digest,
    title: textOf(pack, pack.manifest.title),
    languages: pack.manifest.languages,
    origin: pack.origin,
    trust: pack.trust,
    badges: badgesOf(pack, today),
    cases: pack.cases.map((found) => ({
      id: found.id,
      title: textOf(pack, found.title),
      starts: found.starts.map((start) => start.id),
    })),
  }
}

export function detail(pack: KnownPack, today: string): PackDetail {
  return {
    summary: summarise(pack, today),
    manifest: { ...pack.manifest },
    cases: pack.cases.map((found) => ({ ...found })),
    locales: Object.fromEntries(Object.entries(pack.locales).map(([language, texts]) => [language, { ...texts }])),
    mediaBase: `/packs/${pack.digest}/media/`,
  }
}

function badgesOf(pack: KnownPack, today: string): Badge[] {
  const badges: Badge[] = []
  if (pack.origin === 'built-in') badges.push('built-in')
  else badges.push(pack.signer === null ? 'unsigned' : 'signed')
  if (pack.manifest.reviewer === null || pack.cases.some((found) => found.reviewers.length === 0)) {
    badges.push('not-clinically-reviewed')
  }
  if (pack.manifest.reviewBy < today) badges.push('review-overdue')
  return badges
}

/** A text (`@key`) in each language of the pack; a language that lacks the key is left out. */
function textOf(pack: Pack, text: string): Record<string, string> {
  const key = text.slice(1)
  const texts: Record<string, string> = {}
  for (const [language, locale] of Object.entries(pack.locales)) {
    if (locale && Object.hasOwn(locale, key)) texts[language] = locale[key]
  }
  return texts
}
