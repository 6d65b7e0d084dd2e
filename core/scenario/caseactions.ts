import type { Mode } from '../contract/values.ts'
import type { Action } from '../simulation/contract.ts'
import type { CaseLedger } from './ledger.ts'
import type { RunnerEvent, TurnedAway } from './runnerevents.ts'
import { HEAD, ITEM, NOTE, ORDER, QUESTION, STEP, VOID_FAULT, VOID_UNWELL } from './runnerstate.ts'

/** Verbs that the case itself takes; all others are for the simulation, or only for conditions. */
export const CASE_VERBS = ['check', 'answer', 'declare', 'note', 'hint', 'stop'] as const

/** Answers why it took no notice, if so. */
type Handler = (object: string, value: number | undefined, tick: number) => TurnedAway | undefined

/** What a person does to the case rather than to the patient: ticks, answers, the note, asking for help, stopping. */
export class CaseActions {
  private readonly ledger: CaseLedger
  private readonly mode: Mode
  private readonly emit: (event: RunnerEvent) => void
  private readonly handlers: Readonly<Record<(typeof CASE_VERBS)[number], Handler>>

  constructor(ledger: CaseLedger, mode: Mode, emit: (event: RunnerEvent) => void) {
    this.ledger = ledger
    this.mode = mode
    this.emit = emit
    this.handlers = {
      check: (object, _, tick) => this.check(object, tick),
      answer: (object, value, tick) => this.answer(object, value, tick),
      declare: (object, _, tick) => this.commitTo(object, tick),
      note: (object, value, tick) => this.fillNote(object, value, tick),
      hint: (object) => this.askForHint(object),
      stop: (object, _, tick) => this.stop(object, tick),
    }
  }

  /** Takes an action if it is meant for the case. */
  take({ verb, object, value }: Action, tick: number): void {
    const handler = Object.hasOwn(this.handlers, verb) ? this.handlers[verb as keyof typeof this.handlers] : undefined
    if (handler === undefined) {
      this.takeOrder(verb, object, tick)
      return
    }
    const reason = handler(object, value, tick)
    if (reason !== undefined) this.emit({ type: 'turned-away', verb, object, reason })
  }

  /** Shows the first hint of a step again, as after an error there. */
  bringHintBack(step: number): void {
    if (step < 0 || this.ledger.stepDone(step)) return
    this.ledger.set('steps', step, STEP.hinted, 1)
    this.showFirstHint(step, 'back')
  }

  showFirstHint(step: number, why: 'new' | 'back'): void {
    if (this.ledger.get('steps', step, STEP.level) > 0 || this.ledger.hintsAllowed(step) === 0) return
    this.ledger.set('steps', step, STEP.level, 1)
    this.emit({ type: 'hint', step: this.idOf(step), level: 1, why })
  }

  private check(item: string, tick: number): TurnedAway | undefined {
    const index = this.ledger.itemIndex(item)
    if (index < 0) return 'unknown'
    if (this.ledger.itemChecked(index)) return undefined
    this.ledger.set('items', index, ITEM.tick, tick)
    this.emit({ type: 'checked', item })
    return undefined
  }

  private answer(question: string, value: number | undefined, tick: number): TurnedAway | undefined {
    const index = this.ledger.questionIndex(question)
    if (index < 0) return 'unknown'
    if (this.ledger.get('questions', index, QUESTION.open) !== 1) return 'not-open'
    if (this.ledger.answer(index) >= 0) return 'already-answered'
    if (!isIndex(value, this.ledger.plan.questions[index].options.length)) return 'unknown'
    this.ledger.set('questions', index, QUESTION.option, value)
    this.ledger.set('questions', index, QUESTION.tick, tick)
    this.emit({ type: 'answered', id: question, option: value, right: this.ledger.answer(index) === 1 ? 1 : 0 })
    return undefined
  }

  private commitTo(diagnosis: string, tick: number): TurnedAway | undefined {
    const index = this.ledger.diagnosisIndex(diagnosis)
    if (index < 0) return 'unknown'
    this.ledger.state[HEAD.declared] = index
    if (this.ledger.state[HEAD.declaredTick] < 0) this.ledger.state[HEAD.declaredTick] = tick
    this.emit({ type: 'declared', diagnosis, right: diagnosis === this.ledger.plan.start.diagnosis ? 1 : 0 })
    return undefined
  }

  private fillNote(id: string, value: number | undefined, tick: number): TurnedAway | undefined {
    const index = this.ledger.noteIndex(id)
    if (index < 0) return 'unknown'
    const field = this.ledger.plan.note[index]
    const fits =
      field.type === 'choice'
        ? isIndex(value, field.options.length)
        : value !== undefined && value >= (field.range.atLeast ?? value) && value <= (field.range.atMost ?? value)
    if (!fits || value === undefined) return 'unknown'
    this.ledger.set('note', index, NOTE.value, value)
    this.ledger.set('note', index, NOTE.tick, tick)
    this.emit({ type: 'noted', field: id })
    return undefined
  }

  private takeOrder(verb: string, object: string, tick: number): void {
    const { orders } = this.ledger.plan
    for (let i = 0; i < orders.length; i++) {
      if (orders[i].verb !== verb || orders[i].id !== object || this.ledger.get('orders', i, ORDER.tick) >= 0) continue
      this.ledger.set('orders', i, ORDER.tick, tick)
      this.emit({ type: 'ordered', order: object })
    }
  }

  /** `hint` without an object asks about the current step. */
  private askForHint(object: string): TurnedAway | undefined {
    if (this.mode === 'assessment') return 'no-hints-in-assessment'
    const step = object === '' ? this.ledger.state[HEAD.current] : this.ledger.stepIndex(object)
    if (step < 0 || this.ledger.stepDone(step)) return 'unknown'
    const level = this.ledger.get('steps', step, STEP.level)
    if (level >= this.ledger.hintsAllowed(step)) return 'no-more-hints'
    this.ledger.set('steps', step, STEP.level, level + 1)
    this.ledger.set('steps', step, STEP.helps, this.ledger.get('steps', step, STEP.helps) + 1)
    this.emit({ type: 'hint', step: this.idOf(step), level: level + 1, why: 'asked' })
    return undefined
  }

  private stop(reason: string, tick: number): TurnedAway | undefined {
    if (reason !== 'unwell' && reason !== 'fault') return 'unknown'
    this.ledger.state[HEAD.ended] = reason === 'unwell' ? VOID_UNWELL : VOID_FAULT
    this.ledger.state[HEAD.endTick] = tick
    this.emit({ type: 'void', reason })
    return undefined
  }

  private idOf(step: number): string {
    return this.ledger.plan.steps[step].step.id
  }
}

function isIndex(value: number | undefined, count: number): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value < count
}
