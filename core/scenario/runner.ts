import type { Side } from '../anatomy/patient.ts'
import type { Mode } from '../contract/values.ts'
import type { Action, SimEvent } from '../simulation/contract.ts'
import { OBSERVABLE_INDEX } from '../simulation/observables.ts'
import { packNumbers, unpackNumbers } from './bits.ts'
import { CaseActions } from './caseactions.ts'
import type { Condition } from './condition.ts'
import { ConditionTable } from './conditiontable.ts'
import { CaseLedger } from './ledger.ts'
import { planCase, ScenarioError, type StepHistory } from './plan.ts'
import type { RunnerEvent } from './runnerevents.ts'
import { ERROR, HEAD, NOTE, ORDER, QUESTION, RUNNING, STEP } from './runnerstate.ts'
import type { Case, NoteField } from './schema.ts'

export type RunnerSetup = {
  readonly case: Case
  readonly start: string
  readonly mode: Mode
  /** Sick side of the patient; an action `side left|right` reaches the conditions as `sick-side` or `well-side`. */
  readonly side: Side
  readonly history: StepHistory
}

/** Unaided successes in a row after which the first hint of a step no longer shows by itself. */
export const FADE_AFTER = 2

const ALWAYS: Condition = { is: 'elapsed', seconds: 0 }
const TICKS_PER_SECOND = 100

/**
 * The state machine of a case. Fed each tick with what the simulation shows and what the person did; says which steps
 * are done, which errors were made and how the case ends. Pure and deterministic: same inputs, same state.
 */
export class Runner {
  readonly ledger: CaseLedger
  readonly mode: Mode
  private readonly table: ConditionTable
  private readonly acts: CaseActions
  private readonly side: Side
  private readonly nodes: Readonly<Record<'steps' | 'errors' | 'outcomes' | 'questions', readonly number[]>>
  private readonly noteNodes: readonly (readonly number[])[]
  private readonly emitted: RunnerEvent[] = []

  constructor(setup: RunnerSetup) {
    const plan = planCase(setup.case, setup.start)
    this.ledger = new CaseLedger(plan, setup.side)
    this.mode = setup.mode
    this.side = setup.side
    const { steps, errors, outcomes, questions, note } = plan
    const noteConditions = note.map(optionConditions)
    this.table = new ConditionTable(
      [
        ...steps.map(({ step }) => step.done),
        ...errors.map(({ when }) => when),
        ...outcomes.map(({ when }) => when),
        ...questions.map(({ opens }) => opens ?? ALWAYS),
        ...noteConditions.flat(),
      ],
      this.ledger,
    )
    const roots = [...this.table.roots]
    this.nodes = {
      steps: roots.splice(0, steps.length),
      errors: roots.splice(0, errors.length),
      outcomes: roots.splice(0, outcomes.length),
      questions: roots.splice(0, questions.length),
    }
    this.noteNodes = noteConditions.map((options) => roots.splice(0, options.length))
    this.acts = new CaseActions(this.ledger, this.mode, (event) => this.emitted.push(event))
    for (let i = 0; i < steps.length; i++)
      if (setup.mode === 'practice' && (setup.history[steps[i].step.id]?.unaidedInRow ?? 0) < FADE_AFTER)
        this.ledger.set('steps', i, STEP.hinted, 1)
  }

  /** What the runner said in the last tick; the array is reused. */
  get events(): readonly RunnerEvent[] {
    return this.emitted
  }

  get isRunning(): boolean {
    return this.ledger.state[HEAD.ended] === RUNNING
  }

  /** One tick. After the case has ended nothing changes any more. */
  step(tick: number, observed: Float64Array, events: readonly SimEvent[], actions: readonly Action[]): void {
    this.emitted.length = 0
    if (!this.isRunning) return
    for (let i = 0; i < events.length; i++) this.table.noteEvent(events[i], tick)
    for (let i = 0; i < actions.length; i++) {
      const action = this.withSide(actions[i])
      this.table.noteAction(action, tick)
      this.acts.take(action, tick)
    }
    this.table.settle(tick, observed)
    this.deliverResults(tick)
    this.openQuestions()
    this.judgeErrors(tick)
    this.judgeSteps(tick)
    this.judgeOutcome(tick, observed)
  }

  /** The whole state as little-endian bits: goes into the state hash. */
  save(): Uint8Array<ArrayBuffer> {
    return packNumbers(this.ledger.state, this.table.state)
  }

  /** Restores what {@link save} gave for the same case and start. Throws `case/state-mismatch` on another length. */
  restore(state: Uint8Array): void {
    if (!unpackNumbers(state, this.ledger.state, this.table.state))
      throw new ScenarioError('case/state-mismatch', 'restore')
    this.emitted.length = 0
  }

  private withSide(action: Action): Action {
    if (action.verb !== 'side') return action
    return { ...action, object: action.object === this.side ? 'sick-side' : 'well-side' }
  }

  private deliverResults(tick: number): void {
    const { orders } = this.ledger.plan
    for (let i = 0; i < orders.length; i++) {
      const ordered = this.ledger.get('orders', i, ORDER.tick)
      if (ordered < 0 || this.ledger.resultOf(i) === undefined || this.ledger.get('orders', i, ORDER.resultTick) >= 0)
        continue
      if (tick - ordered < orders[i].delaySeconds * TICKS_PER_SECOND) continue
      this.ledger.set('orders', i, ORDER.resultTick, tick)
      this.emitted.push({ type: 'result', order: orders[i].id })
    }
  }

  private openQuestions(): void {
    const { questions } = this.ledger.plan
    for (let i = 0; i < questions.length; i++) {
      if (this.ledger.get('questions', i, QUESTION.open) === 1 || !this.table.isTrue(this.nodes.questions[i])) continue
      this.ledger.set('questions', i, QUESTION.open, 1)
      this.emitted.push({ type: 'question', id: questions[i].id })
    }
  }

  /** An error counts each time its condition turns true. */
  private judgeErrors(tick: number): void {
    const { ledger } = this
    for (let i = 0; i < ledger.plan.errors.length; i++) {
      const now = this.table.isTrue(this.nodes.errors[i]) ? 1 : 0
      const was = ledger.get('errors', i, ERROR.was)
      ledger.set('errors', i, ERROR.was, now)
      if (now === 0 || was === 1) continue
      const count = ledger.get('errors', i, ERROR.count) + 1
      ledger.set('errors', i, ERROR.count, count)
      if (count === 1) ledger.set('errors', i, ERROR.firstTick, tick)
      const { id, severity, steps } = ledger.plan.errors[i]
      this.emitted.push({ type: 'error', id, severity, count })
      if (this.mode === 'practice') for (const step of steps) this.acts.bringHintBack(ledger.stepIndex(step))
    }
  }

  private judgeSteps(tick: number): void {
    const { ledger } = this
    const { steps, phases } = ledger.plan
    let current = -1
    for (let i = 0; i < steps.length; i++) {
      if (ledger.stepDone(i) || !ledger.isOpen(i)) continue
      if (this.table.isTrue(this.nodes.steps[i])) {
        ledger.set('steps', i, STEP.doneTick, tick)
        const aided = ledger.get('steps', i, STEP.helps) > 0 ? 1 : 0
        this.emitted.push({ type: 'step', id: steps[i].step.id, aided })
      } else if (current < 0 && steps[i].step.optional === undefined) current = i
    }
    if (current === ledger.state[HEAD.current]) return
    ledger.state[HEAD.current] = current
    if (current < 0) return
    const { phase } = steps[current]
    if (phase > ledger.state[HEAD.phase]) {
      ledger.state[HEAD.phase] = phase
      this.emitted.push({ type: 'phase', id: phases[phase].id })
    }
    if (ledger.get('steps', current, STEP.hinted) === 1) this.acts.showFirstHint(current, 'new')
  }

  private judgeOutcome(tick: number, observed: Float64Array): void {
    const { ledger } = this
    if (!this.isRunning) return
    for (let i = 0; i < ledger.plan.outcomes.length; i++) {
      if (!this.table.isTrue(this.nodes.outcomes[i])) continue
      const { id, kind } = ledger.plan.outcomes[i]
      ledger.state[HEAD.ended] = i + 1
      ledger.state[HEAD.endTick] = tick
      this.gradeNote(observed)
      this.emitted.push({ type: 'ended', outcome: id, kind })
      return
    }
  }

  /** A choice is right when its own condition holds at the end; a figure when it is near what was measured. */
  private gradeNote(observed: Float64Array): void {
    const { ledger } = this
    ledger.plan.note.forEach((field, i) => {
      if (!ledger.noted(i)) return
      const value = ledger.get('note', i, NOTE.value)
      const right =
        field.type === 'choice'
          ? this.table.isTrue(this.noteNodes[i][value])
          : Math.abs(value - observed[OBSERVABLE_INDEX[field.observable]]) <= field.tolerance
      ledger.set('note', i, NOTE.grade, right ? 1 : 0)
    })
  }
}

const NEVER: Condition = { is: 'not', of: ALWAYS }

function optionConditions(field: NoteField): Condition[] {
  return field.type === 'choice' ? field.options.map(({ rightWhen }) => rightWhen ?? NEVER) : []
}
