import type { SessionSetupReply } from '../contract/sessions.ts'
import type { Start } from '../simulation/contract.ts'
import type { CaseMetric } from './measure.ts'
import type {
  Case,
  CaseError,
  CaseOrder,
  CaseOutcome,
  CasePhase,
  CaseQuestion,
  CaseStart,
  CaseStep,
  Checklist,
  NoteField,
} from './schema.ts'

/** Unaided successes in a row by step, out of the trainee's earlier runs of the case. */
export type StepHistory = Readonly<SessionSetupReply['history']>

/** A step with its place in the plan: indexes of its phase and of the steps that must be done before it. */
export type PlannedStep = { readonly step: CaseStep; readonly phase: number; readonly requires: readonly number[] }

/** A case as one start sees it: what belongs to other starts is left out, lists are flat, ids have indexes. */
export type CasePlan = {
  readonly case: Case
  readonly start: CaseStart
  readonly phases: readonly CasePhase[]
  readonly steps: readonly PlannedStep[]
  readonly errors: readonly CaseError[]
  readonly questions: readonly CaseQuestion[]
  readonly checklists: readonly Checklist[]
  /** Items of all checklists, flat. */
  readonly items: readonly string[]
  /** Each with the results that can come back at this start. */
  readonly orders: readonly CaseOrder[]
  readonly note: readonly NoteField[]
  readonly outcomes: readonly CaseOutcome[]
  readonly metrics: readonly CaseMetric[]
}

export class ScenarioError extends Error {
  readonly code: 'case/unknown-start' | 'case/state-mismatch'
  constructor(code: 'case/unknown-start' | 'case/state-mismatch', where: string) {
    super(`${code} at ${where}`)
    this.name = 'ScenarioError'
    this.code = code
  }
}

/** The plan of a checked case for one of its starts. Throws {@link ScenarioError} `case/unknown-start`. */
export function planCase(source: Case, startId: string): CasePlan {
  const start = source.starts.find(({ id }) => id === startId)
  if (start === undefined) throw new ScenarioError('case/unknown-start', startId)
  const here = <T extends { starts?: string[] | undefined }>(rows: readonly T[]) =>
    rows.filter((row) => row.starts === undefined || row.starts.includes(startId))
  const phases = here(source.phases)
    .map((phase) => ({ ...phase, steps: here(phase.steps) }))
    .filter((phase) => phase.steps.length > 0)
  const checklists = here(source.checklists)
  return {
    case: source,
    start,
    phases,
    steps: planSteps(phases),
    errors: here(source.errors),
    questions: here(source.questions),
    checklists,
    items: checklists.flatMap(({ items }) => items.map(({ id }) => id)),
    orders: here(source.orders).map((order) => ({ ...order, results: here(order.results ?? []) })),
    note: here(source.note),
    outcomes: source.outcomes,
    metrics: here(source.metrics),
  }
}

function planSteps(phases: readonly CasePhase[]): PlannedStep[] {
  const flat = phases.flatMap((phase, index) =>
    phase.steps.map((step) => ({ step, phase: index, strict: phase.order })),
  )
  const indexOf = new Map(flat.map(({ step }, index) => [step.id, index]))
  return flat.map(({ step, phase, strict }, index) => {
    const requires = (step.requires ?? []).flatMap((id) => indexOf.get(id) ?? [])
    const follows = strict === 'strict' && index > 0 && flat[index - 1].phase === phase
    return { step, phase, requires: follows ? [...requires, index - 1] : requires }
  })
}

/** The `Start` of the simulation for one start of a case. */
export function simulationStart(start: CaseStart): Start {
  return { id: start.id, ...start.physiology }
}
