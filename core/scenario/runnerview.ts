import type { Mode } from '../contract/values.ts'
import type { CaseEnding, CaseLedger } from './ledger.ts'
import type { Severity } from './primitives.ts'
import { ERROR, HEAD, NOTE, ORDER, QUESTION, STEP } from './runnerstate.ts'
import type { CaseOrder, CaseQuestion, Hint, NoteField } from './schema.ts'

/** A step as a panel shows it. The title is null while it would give the diagnosis, or in assessment the way, away. */
export type StepView = {
  readonly id: string
  readonly title: string | null
  readonly state: 'done' | 'open' | 'waiting'
  readonly isCurrent: boolean
  readonly isOptional: boolean
  /** Hints on show now, least telling first. */
  readonly hints: readonly Hint[]
  /** How many more the trainee may ask for. */
  readonly hintsLeft: number
  readonly helps: number
  readonly doneTick: number
}

export type RunnerView = {
  readonly ending: CaseEnding
  readonly allows: { readonly hints: boolean; readonly pause: boolean }
  readonly declared: string | null
  readonly phases: readonly {
    readonly id: string
    readonly title: string | null
    readonly steps: readonly StepView[]
  }[]
  readonly questions: readonly { readonly question: CaseQuestion; readonly answer: number | null }[]
  readonly checklists: readonly {
    readonly id: string
    readonly title: string
    readonly items: readonly { readonly id: string; readonly text: string; readonly isChecked: boolean }[]
  }[]
  readonly orders: readonly {
    readonly order: CaseOrder
    readonly state: 'ready' | 'waiting' | 'here'
    /** What came back; null until it has. */
    readonly result: NonNullable<CaseOrder['results']>[number] | null
  }[]
  readonly note: readonly { readonly field: NoteField; readonly value: number | null }[]
  /** In assessment empty until the case has ended. */
  readonly errors: readonly {
    readonly id: string
    readonly severity: Severity
    readonly tick: number
    readonly count: number
  }[]
}

/** What panels show of a case: only what the trainee may know at this moment. Allocates; for drawing, not for ticks. */
export function viewOf(ledger: CaseLedger, mode: Mode): RunnerView {
  const { plan } = ledger
  const isOver = ledger.ending.kind !== 'running'
  const declared = ledger.declared()
  return {
    ending: ledger.ending,
    allows: { hints: mode === 'practice', pause: mode === 'practice' },
    declared: declared < 0 ? null : plan.case.diagnoses[declared].id,
    phases: plan.phases.map((phase, index) => {
      const isHidden = !isOver && (mode === 'assessment' || (phase.reveals === 'diagnosis' && declared < 0))
      return {
        id: phase.id,
        title: isHidden ? null : phase.title,
        steps: plan.steps.flatMap((planned, i) => (planned.phase === index ? [stepView(ledger, i, isHidden)] : [])),
      }
    }),
    questions: plan.questions.flatMap((question, i) =>
      ledger.get('questions', i, QUESTION.open) === 1
        ? [{ question, answer: known(ledger.get('questions', i, QUESTION.option)) }]
        : [],
    ),
    checklists: plan.checklists.map(({ id, title, items }) => ({
      id,
      title,
      items: items.map((item) => ({ ...item, isChecked: ledger.itemChecked(ledger.itemIndex(item.id)) })),
    })),
    orders: plan.orders.map((order, i) => {
      const state = orderState(ledger, i)
      return { order, state, result: (state === 'here' && ledger.resultOf(i)) || null }
    }),
    note: plan.note.map((field, i) => ({
      field,
      value: ledger.noted(i) ? ledger.get('note', i, NOTE.value) : null,
    })),
    errors: isOver || mode === 'practice' ? errorsMade(ledger) : [],
  }
}

/** The errors made so far, in the order in which they were first made. */
export function errorsMade(ledger: CaseLedger): RunnerView['errors'] {
  return ledger.plan.errors
    .map(({ id, severity }, i) => ({
      id,
      severity,
      tick: ledger.get('errors', i, ERROR.firstTick),
      count: ledger.get('errors', i, ERROR.count),
    }))
    .filter(({ tick }) => tick >= 0)
    .sort((a, b) => a.tick - b.tick)
}

function stepView(ledger: CaseLedger, index: number, isHidden: boolean): StepView {
  const { step } = ledger.plan.steps[index]
  const isDone = ledger.stepDone(index)
  const level = ledger.get('steps', index, STEP.level)
  return {
    id: step.id,
    title: isHidden && !isDone ? null : step.title,
    state: isDone ? 'done' : ledger.isOpen(index) ? 'open' : 'waiting',
    isCurrent: ledger.state[HEAD.current] === index,
    isOptional: step.optional === true,
    hints: isDone ? [] : step.hints.slice(0, level),
    hintsLeft: isDone ? 0 : Math.max(0, ledger.hintsAllowed(index) - level),
    helps: ledger.get('steps', index, STEP.helps),
    doneTick: ledger.get('steps', index, STEP.doneTick),
  }
}

function orderState(ledger: CaseLedger, index: number): 'ready' | 'waiting' | 'here' {
  if (ledger.get('orders', index, ORDER.tick) < 0) return 'ready'
  const hasResult = ledger.resultOf(index) !== undefined
  return hasResult && ledger.get('orders', index, ORDER.resultTick) < 0 ? 'waiting' : 'here'
}

const known = (value: number) => (value < 0 ? null : value)
