import type { Side } from '../anatomy/patient.ts'
import type { CaseFacts } from './conditiontable.ts'
import type { CasePlan } from './plan.ts'
import {
  cellOf,
  ERROR,
  HEAD,
  ITEM,
  initialState,
  layoutOf,
  NOTE,
  QUESTION,
  type Row,
  RUNNING,
  type RunnerLayout,
  STEP,
} from './runnerstate.ts'
import type { CaseOrder } from './schema.ts'

/** How a case stands. `void` runs are kept, without a score. */
export type CaseEnding =
  | { readonly kind: 'running' }
  | { readonly kind: 'finished' | 'died'; readonly outcome: string; readonly tick: number }
  | { readonly kind: 'void'; readonly reason: 'unwell' | 'fault'; readonly tick: number }

/** All that has happened in a case so far: one flat array with names on it. Indexes are those of the plan. */
export class CaseLedger implements CaseFacts {
  readonly plan: CasePlan
  readonly sickSide: Side
  readonly state: Float64Array
  private readonly layout: RunnerLayout
  private readonly ids: Readonly<Record<'steps' | 'errors' | 'questions' | 'items' | 'note' | 'diagnoses', string[]>>

  constructor(plan: CasePlan, sickSide: Side) {
    this.plan = plan
    this.sickSide = sickSide
    this.layout = layoutOf(plan)
    this.state = initialState(plan, this.layout)
    this.ids = {
      steps: plan.steps.map(({ step }) => step.id),
      errors: plan.errors.map(({ id }) => id),
      questions: plan.questions.map(({ id }) => id),
      items: [...plan.items],
      note: plan.note.map(({ id }) => id),
      diagnoses: plan.case.diagnoses.map(({ id }) => id),
    }
  }

  get start(): string {
    return this.plan.start.id
  }

  get(row: Row, index: number, field: number): number {
    return this.state[cellOf(this.layout, row, index, field)]
  }

  set(row: Row, index: number, field: number, value: number): void {
    this.state[cellOf(this.layout, row, index, field)] = value
  }

  stepIndex(id: string): number {
    return this.ids.steps.indexOf(id)
  }

  errorIndex(id: string): number {
    return this.ids.errors.indexOf(id)
  }

  questionIndex(id: string): number {
    return this.ids.questions.indexOf(id)
  }

  itemIndex(id: string): number {
    return this.ids.items.indexOf(id)
  }

  noteIndex(id: string): number {
    return this.ids.note.indexOf(id)
  }

  diagnosisIndex(id: string): number {
    return this.ids.diagnoses.indexOf(id)
  }

  stepDone(index: number): boolean {
    return index >= 0 && this.get('steps', index, STEP.doneTick) >= 0
  }

  errorMade(index: number): boolean {
    return index >= 0 && this.get('errors', index, ERROR.firstTick) >= 0
  }

  answer(index: number): number {
    if (index < 0) return -1
    const option = this.get('questions', index, QUESTION.option)
    return option < 0 ? -1 : this.plan.questions[index].options[option].right === true ? 1 : 0
  }

  itemChecked(index: number): boolean {
    return index >= 0 && this.get('items', index, ITEM.tick) >= 0
  }

  noted(index: number): boolean {
    if (index >= 0) return this.get('note', index, NOTE.tick) >= 0
    for (let i = 0; i < this.plan.note.length; i++) if (this.get('note', i, NOTE.tick) < 0) return false
    return true
  }

  declared(): number {
    return this.state[HEAD.declared]
  }

  /** Every step that this one waits for is done. */
  isOpen(index: number): boolean {
    const { requires } = this.plan.steps[index]
    for (let i = 0; i < requires.length; i++) if (!this.stepDone(requires[i])) return false
    return true
  }

  /** What comes back from an order for a patient with this sick side. */
  resultOf(order: number): NonNullable<CaseOrder['results']>[number] | undefined {
    return this.plan.orders[order].results?.find(({ sickSide }) => sickSide === undefined || sickSide === this.sickSide)
  }

  /** How many hints of a step may be shown: before a diagnosis was declared, none that gives it away. */
  hintsAllowed(index: number): number {
    const { hints } = this.plan.steps[index].step
    if (this.declared() >= 0) return hints.length
    const telling = hints.findIndex(({ reveals }) => reveals === 'diagnosis')
    return telling < 0 ? hints.length : telling
  }

  get ending(): CaseEnding {
    const code = this.state[HEAD.ended]
    const tick = this.state[HEAD.endTick]
    if (code === RUNNING) return { kind: 'running' }
    if (code < 0) return { kind: 'void', reason: code === -1 ? 'unwell' : 'fault', tick }
    const outcome = this.plan.outcomes[code - 1]
    return { kind: outcome.kind, outcome: outcome.id, tick }
  }
}
