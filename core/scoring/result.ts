import type { CaseEnding } from '../scenario/ledger.ts'
import type { Bar, CaseMetric } from '../scenario/measure.ts'
import type { InputClass, Severity } from '../scenario/primitives.ts'
import { errorsMade } from '../scenario/runnerview.ts'
import { barFor, creditOf, reaches } from './credit.ts'
import { type OsatsEstimate, osatsEstimate } from './osats.ts'
import type { Scorer } from './scorer.ts'
import { stepShare } from './share.ts'

export type MetricResult = {
  readonly id: string
  readonly group: CaseMetric['group']
  readonly unit: string
  /** Null: was not measured, because what it measures never happened. */
  readonly value: number | null
  /** Null: no bar for this class of input; shown, not scored. */
  readonly bar: Bar | null
  readonly passed: boolean | null
  /**
   * Share 0–1 of the weight that was earned. Care, time and motion earn in proportion to the work done; time and motion
   * nothing while a safety metric fails.
   */
  readonly credit: number | null
  readonly weight: number
}

export type CaseResult = {
  readonly ending: CaseEnding
  /** Ended well, no critical error, every safety metric reached, score at least the case's. */
  readonly passed: boolean
  /** Passed, and every metric reached its bar: no metric makes up for another. */
  readonly isProficientRun: boolean
  /** 0–100 with one decimal; null for a run that did not end or is void. */
  readonly score: number | null
  readonly safetyPassed: boolean
  /** Weighted share 0–1 of the steps done: how far harm avoided, time and motion count. */
  readonly workDone: number
  readonly errors: readonly { id: string; severity: Severity; tick: number; count: number }[]
  readonly missedSteps: readonly string[]
  readonly metrics: readonly MetricResult[]
  readonly penalty: number
  readonly osats: OsatsEstimate
}

/**
 * The result of a run. Law: a critical error fails it whatever the score; whoever does nothing harms nobody, so all but
 * knowledge earns in proportion to the steps done; time and motion earn nothing until every safety metric passes; major and
 * minor errors take off points. Source: MScore pass rule and OR-style error weighting, FACTS §2.
 */
export function resultOf(scorer: Scorer, inputClass: InputClass): CaseResult {
  const { ledger } = scorer
  const { ending } = ledger
  const law = ledger.plan.case.score
  const judged = scorer.figures().map(({ metric, value }) => judgeMetric(metric, value, inputClass))
  const safetyPassed = judged.every(({ group, passed }) => group !== 'safety' || passed !== false)
  const workDone = (stepShare(ledger) ?? 100) / 100
  const metrics = judged.map((metric) => earned(metric, workDone, safetyPassed))
  const errors = errorsMade(ledger)
  const penalty = errors.reduce(
    (sum, { severity }) =>
      sum + (severity === 'major' ? law.majorPenalty : severity === 'minor' ? law.minorPenalty : 0),
    0,
  )
  const hasScore = ending.kind === 'finished' || ending.kind === 'died'
  const score = hasScore ? tenths(Math.min(100, Math.max(0, weighted(metrics) - penalty))) : null
  const isSafe = safetyPassed && !errors.some(({ severity }) => severity === 'critical')
  const passed = ending.kind === 'finished' && isSafe && score !== null && score >= law.passScore
  return {
    ending,
    passed,
    isProficientRun: passed && reachesEveryBar(metrics),
    score,
    safetyPassed,
    workDone,
    errors,
    missedSteps: ledger.plan.steps.flatMap(({ step }, i) =>
      ledger.stepDone(i) || step.optional === true ? [] : [step.id],
    ),
    metrics,
    penalty,
    osats: osatsEstimate(ledger.plan.metrics, metrics),
  }
}

/** Whether every scored metric reached its bar: no metric makes up for another. */
export function reachesEveryBar(metrics: readonly MetricResult[]): boolean {
  return metrics.every(({ passed, weight }) => weight === 0 || passed === true)
}

/** A figure against the bar of this class of input. A metric that was not measured fails. */
export function judgeMetric(metric: CaseMetric, value: number | null, inputClass: InputClass): MetricResult {
  const { id, group, unit, weight } = metric
  const bar = barFor(metric.bars, inputClass)
  if (bar === null) return { id, group, unit, value, bar, passed: null, credit: null, weight: 0 }
  if (value === null) return { id, group, unit, value, bar, passed: false, credit: 0, weight }
  return { id, group, unit, value, bar, passed: reaches(bar, value), credit: creditOf(bar, value), weight }
}

/** What a judged metric earns in a run of which this share of the steps was done. Shares of knowledge are earned already. */
function earned(metric: MetricResult, workDone: number, safetyPassed: boolean): MetricResult {
  const { group, credit } = metric
  if (credit === null || group === 'knowledge') return metric
  const isWithheld = !safetyPassed && (group === 'time' || group === 'motion')
  return { ...metric, credit: isWithheld ? 0 : credit * workDone }
}

function weighted(metrics: readonly MetricResult[]): number {
  const total = metrics.reduce((sum, { weight }) => sum + weight, 0)
  const sumEarned = metrics.reduce((sum, { weight, credit }) => sum + weight * (credit ?? 0), 0)
  return total === 0 ? 0 : (100 * sumEarned) / total
}

const tenths = (value: number) => Math.floor(value * 10 + 0.5) / 10
