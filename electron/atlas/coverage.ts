import type { Assets } from './library.ts'

export type TierCoverage = {
  readonly tier: number
  readonly rows: number
  readonly built: number
  readonly missing: readonly string[]
}

/**
 * How much of the list of terms has been built. Regions are named places; a row that others stand under is built when
 * something under it is.
 */
export function coverageOf(assets: Assets, built: ReadonlySet<string>): TierCoverage[] {
  const covered = new Set<string>()
  for (const id of built)
    for (let at: string | undefined = id, n = 0; at && !covered.has(at) && n < 20; n++) {
      covered.add(at)
      at = assets.terms.get(at)?.parent || undefined
    }
  return [1, 2, 3].map((tier) => {
    const rows = [...assets.terms.values()].filter((row) => row.tier === String(tier) && row.kind !== 'region')
    const missing = rows.filter((row) => !covered.has(row.id)).map((row) => row.id)
    return { tier, rows: rows.length, built: rows.length - missing.length, missing }
  })
}
