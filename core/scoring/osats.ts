import { type CaseMetric, type OsatsItem, osatsItemSchema } from '../scenario/measure.ts'

/**
 * OSATS items 1–5 estimated from metrics, to stand beside an instructor's own rating, never in its place: automatic
 * figures explain only part of what raters see (efficiency and time r −0.5 … −0.6; PMC8266176).
 */
export type OsatsEstimate = {
  readonly isEstimate: true
  /** Null where no metric of the case speaks to the item. */
  readonly items: Readonly<Record<OsatsItem, number | null>>
}

type Credit = { readonly id: string; readonly credit: number | null; readonly weight: number }

/** One to five with one decimal: 1 + 4 × the mean credit of the metrics that carry the item. */
export function osatsEstimate(metrics: readonly CaseMetric[], results: readonly Credit[]): OsatsEstimate {
  const rate = (item: OsatsItem): number | null => {
    const credits = metrics.flatMap((metric, i) => (metric.osats === item ? (results[i].credit ?? []) : []))
    if (credits.length === 0) return null
    const mean = credits.reduce((sum, credit) => sum + credit, 0) / credits.length
    return Math.floor((1 + 4 * mean) * 10 + 0.5) / 10
  }
  return {
    isEstimate: true,
    items: Object.fromEntries(osatsItemSchema.options.map((item) => [item, rate(item)])) as OsatsEstimate['items'],
  }
}
