import type { InputClass, Severity } from '../scenario/primitives.ts'
import type { Case } from '../scenario/schema.ts'
import type { Attempt } from './proficiency.ts'
import { judgeMetric, type MetricResult, reachesEveryBar } from './result.ts'

/** How far a metric is from its bar in its own unit (null: never measured), and the points of the score it cost. */
export type Gap = { readonly metric: MetricResult; readonly by: number | null; readonly lost: number }

type ErrorMade = { readonly id: string; readonly severity: Severity; readonly tick: number }

/** Metrics below their bar, those that cost most first. */
export function gapsOf(metrics: readonly MetricResult[]): Gap[] {
  const total = metrics.reduce((sum, { weight }) => sum + weight, 0)
  return metrics
    .filter(({ passed, weight }) => passed === false && weight > 0)
    .map((metric) => ({
      metric,
      by: metric.value === null || metric.bar === null ? null : Math.abs(metric.value - metric.bar.value),
      lost: total === 0 ? 0 : (100 * metric.weight * (1 - (metric.credit ?? 0))) / total,
    }))
    .sort((a, b) => b.lost - a.lost)
}

const RANK: Readonly<Record<Severity, number>> = { critical: 0, major: 1, minor: 2 }

/** The one drill to do next: of the worst error, the first of equals; without errors, of the metric that cost most. */
export function nextDrill(
  source: Case,
  errors: readonly ErrorMade[],
  metrics: readonly MetricResult[],
): Case['drills'][number] | null {
  const [worst] = [...errors].sort((a, b) => RANK[a.severity] - RANK[b.severity] || a.tick - b.tick)
  const costly = gapsOf(metrics)[0]?.metric.id
  const drill =
    source.errors.find(({ id }) => id === worst?.id)?.drill ?? source.metrics.find(({ id }) => id === costly)?.drill
  return source.drills.find(({ id }) => id === drill) ?? null
}

/** Judges figures that were kept of an earlier run against the bars of the case as it is now. */
export function judgeFigures(
  source: Case,
  start: string,
  figures: Readonly<Record<string, number | null>>,
  inputClass: InputClass,
): MetricResult[] {
  return source.metrics
    .filter(({ starts }) => starts === undefined || starts.includes(start))
    .map((metric) => judgeMetric(metric, figures[metric.id] ?? null, inputClass))
}

/** A kept run as {@link proficiencyOf} asks for it: passed, and every bar reached. */
export function attemptOf(
  source: Case,
  run: {
    readonly start: string
    readonly seed: number
    readonly deviceClass: InputClass
    readonly passed: boolean | null
    readonly metrics: Readonly<Record<string, number | null>>
    readonly endedAtMs: number
  },
): Attempt {
  const judged = judgeFigures(source, run.start, run.metrics, run.deviceClass)
  const isProficientRun = run.passed === true && reachesEveryBar(judged)
  return { seed: run.seed, deviceClass: run.deviceClass, isProficientRun, endedAtMs: run.endedAtMs }
}
