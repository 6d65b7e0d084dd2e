import type { CaseLedger } from '../scenario/ledger.ts'
import type { InputClass, Severity } from '../scenario/primitives.ts'
import { HEAD, ITEM, NOTE, ORDER, QUESTION, STEP } from '../scenario/runnerstate.ts'
import type { CaseError } from '../scenario/schema.ts'
import type { ErrorEffect } from './erroreffects.ts'
import { type CaseResult, type MetricResult, resultOf } from './result.ts'
import type { Scorer } from './scorer.ts'

/** A moment of the run that is worth going back to. */
export type Moment = {
  readonly tick: number
  readonly type: 'declared' | 'step' | 'error' | 'ordered' | 'result' | 'answered' | 'checked' | 'noted' | 'ended'
  readonly id: string
  readonly severity?: Severity
  readonly isAided?: boolean
  readonly isRight?: boolean
}

export type ErrorReport = {
  readonly error: CaseError
  readonly tick: number
  readonly count: number
  /** What it did to the patient within two minutes. */
  readonly effects: readonly ErrorEffect[]
}

/** How far a metric is from its bar, in the metric's own unit; `lost` in points of the score. */
export type Gap = { readonly metric: MetricResult; readonly by: number | null; readonly lost: number }

export type Debrief = {
  readonly result: CaseResult
  readonly timeline: readonly Moment[]
  readonly errors: readonly ErrorReport[]
  /** Metrics below their bar, those that cost most first. */
  readonly gaps: readonly Gap[]
  /** The one drill to do next, or null when there is nothing to mend. */
  readonly nextDrill: string | null
}

/** All that a debrief shows, out of the state at the end of a run. */
export function debriefOf(scorer: Scorer, inputClass: InputClass): Debrief {
  const { ledger } = scorer
  const result = resultOf(scorer, inputClass)
  const errors = result.errors.map(({ id, tick, count }) => ({
    error: ledger.plan.errors[ledger.errorIndex(id)],
    tick,
    count,
    effects: scorer.effectOf(id),
  }))
  const gaps = gapsOf(result.metrics)
  return { result, timeline: timelineOf(ledger, result), errors, gaps, nextDrill: drillFor(ledger, errors, gaps) }
}

function gapsOf(metrics: readonly MetricResult[]): Gap[] {
  const total = metrics.reduce((sum, { weight }) => sum + weight, 0)
  return metrics
    .filter(({ passed, bar }) => passed === false && bar !== null)
    .map((metric) => ({
      metric,
      by: metric.value === null ? null : Math.abs(metric.value - metric.bar!.value),
      lost: total === 0 ? 0 : (100 * metric.weight * (1 - (metric.credit ?? 0))) / total,
    }))
    .sort((a, b) => b.lost - a.lost)
}

const RANK: Readonly<Record<Severity, number>> = { critical: 0, major: 1, minor: 2 }

/** The drill of the worst error; without one, of the metric that cost most. */
function drillFor(ledger: CaseLedger, errors: readonly ErrorReport[], gaps: readonly Gap[]): string | null {
  const [worst] = [...errors].sort((a, b) => RANK[a.error.severity] - RANK[b.error.severity] || a.tick - b.tick)
  if (worst !== undefined) return worst.error.drill
  const costly = gaps[0]?.metric.id
  return ledger.plan.metrics.find(({ id }) => id === costly)?.drill ?? null
}

function timelineOf(ledger: CaseLedger, result: CaseResult): Moment[] {
  const { plan, state } = ledger
  const moments: Moment[] = []
  const add = (tick: number, type: Moment['type'], id: string, more: Partial<Moment> = {}) => {
    if (tick >= 0) moments.push({ tick, type, id, ...more })
  }
  const declared = plan.case.diagnoses[state[HEAD.declared]]?.id ?? ''
  add(state[HEAD.declaredTick], 'declared', declared, { isRight: declared === plan.start.diagnosis })
  plan.steps.forEach(({ step }, i) => {
    add(ledger.get('steps', i, STEP.doneTick), 'step', step.id, { isAided: ledger.get('steps', i, STEP.helps) > 0 })
  })
  for (const { id, tick, severity } of result.errors) add(tick, 'error', id, { severity })
  plan.orders.forEach(({ id }, i) => {
    add(ledger.get('orders', i, ORDER.tick), 'ordered', id)
    add(ledger.get('orders', i, ORDER.resultTick), 'result', id)
  })
  plan.questions.forEach(({ id }, i) => {
    add(ledger.get('questions', i, QUESTION.tick), 'answered', id, { isRight: ledger.answer(i) === 1 })
  })
  plan.items.forEach((id, i) => {
    add(ledger.get('items', i, ITEM.tick), 'checked', id)
  })
  plan.note.forEach(({ id }, i) => {
    add(ledger.get('note', i, NOTE.tick), 'noted', id, { isRight: ledger.get('note', i, NOTE.grade) === 1 })
  })
  const { ending } = result
  if (ending.kind === 'finished' || ending.kind === 'died') add(ending.tick, 'ended', ending.outcome)
  if (ending.kind === 'void') add(ending.tick, 'ended', ending.reason)
  return moments.sort((a, b) => a.tick - b.tick)
}
