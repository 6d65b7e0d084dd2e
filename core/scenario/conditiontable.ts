import type { Side } from '../anatomy/patient.ts'
import type { Action, SimEvent } from '../simulation/contract.ts'
import { OBSERVABLE_INDEX, type Observable } from '../simulation/observables.ts'
import type { Condition, EventKind } from './condition.ts'
import { type EventMatch, eventMatch, list, rangeTest, wordTest } from './conditionmatch.ts'
import type { Range, Words } from './primitives.ts'

/** What a condition may ask of the case itself. Indexes come from `indexOf…` at compile time. */
export type CaseFacts = {
  readonly start: string
  readonly sickSide: Side
  stepIndex(id: string): number
  errorIndex(id: string): number
  questionIndex(id: string): number
  itemIndex(id: string): number
  noteIndex(id: string): number
  diagnosisIndex(id: string): number
  stepDone(index: number): boolean
  errorMade(index: number): boolean
  /** −1 unanswered, 0 wrong, 1 right. */
  answer(index: number): number
  itemChecked(index: number): boolean
  /** Whether the field, or every field when −1, is filled in. */
  noted(index: number): boolean
  /** Index of the diagnosis that the trainee committed to last, −1 before. */
  declared(): number
}

type Test = (tick: number) => boolean
type ActionMatch = (action: Action) => boolean

/** Numbers kept per condition: value (0/1), tick at which it last became true (−1: never), times seen. */
const CELL = 3

/**
 * The conditions of a case, compiled once into a flat list in which parts come before their whole. `note` feeds the
 * events and actions of a tick, `settle` then walks the list once; neither allocates. All state is in `cells`.
 */
export class ConditionTable {
  private readonly tests: Test[] = []
  private readonly eventWatch = new Map<string, { node: number; times: number; match: EventMatch }[]>()
  private readonly actionWatch: { node: number; times: number; match: ActionMatch }[] = []
  private readonly lastWatch: { node: number; verb: string; matches: (word: string) => boolean }[] = []
  private readonly facts: CaseFacts
  private observed: Float64Array = new Float64Array(0)
  private cells: Float64Array

  /** Index of each root, in the order given. */
  readonly roots: readonly number[]

  constructor(conditions: readonly Condition[], facts: CaseFacts) {
    this.facts = facts
    this.cells = new Float64Array(0)
    this.roots = conditions.map((condition) => this.compile(condition))
    this.cells = new Float64Array(this.tests.length * CELL)
    for (let node = 0; node < this.tests.length; node++) this.cells[node * CELL + 1] = -1
  }

  /** How many numbers {@link state} holds. */
  get size(): number {
    return this.cells.length
  }

  /** The whole state of the table; a live view. */
  get state(): Float64Array {
    return this.cells
  }

  isTrue(node: number): boolean {
    return this.cells[node * CELL] === 1
  }

  /** Tick at which the condition last became true, −1 if it never did. */
  since(node: number): number {
    return this.cells[node * CELL + 1]
  }

  noteEvent(event: SimEvent, tick: number): void {
    const watchers = this.eventWatch.get(event.type)
    if (watchers === undefined) return
    for (let i = 0; i < watchers.length; i++) {
      const { node, times, match } = watchers[i]
      if (match(event)) this.count(node, times, tick)
    }
  }

  noteAction(action: Action, tick: number): void {
    for (let i = 0; i < this.actionWatch.length; i++) {
      const { node, times, match } = this.actionWatch[i]
      if (match(action)) this.count(node, times, tick)
    }
    for (let i = 0; i < this.lastWatch.length; i++) {
      const { node, verb, matches } = this.lastWatch[i]
      if (verb === action.verb) this.cells[node * CELL + 2] = matches(action.object) ? 1 : 0
    }
  }

  /** Brings every condition up to date with the tick. */
  settle(tick: number, observed: Float64Array): void {
    this.observed = observed
    for (let node = 0; node < this.tests.length; node++) {
      const value = this.tests[node](tick) ? 1 : 0
      const at = node * CELL
      if (value === 1 && this.cells[at] === 0) this.cells[at + 1] = tick
      this.cells[at] = value
    }
  }

  private count(node: number, times: number, tick: number): void {
    const at = node * CELL
    this.cells[at + 2]++
    if (this.cells[at + 2] === times) {
      this.cells[at] = 1
      this.cells[at + 1] = tick
    }
  }

  private add(test: Test): number {
    this.tests.push(test)
    return this.tests.length - 1
  }

  /** Stays true once it was. */
  private mark(test: Test): number {
    const node = this.add((tick) => this.isTrue(node) || test(tick))
    return node
  }

  private compile(condition: Condition): number {
    switch (condition.is) {
      case 'all':
      case 'any':
        return this.compileMany(condition.is, condition.of as Condition[])
      case 'not': {
        const of = this.compile(condition.of as Condition)
        return this.add(() => !this.isTrue(of))
      }
      case 'before': {
        const first = this.compile(condition.first as Condition)
        const second = this.compile(condition.second as Condition)
        return this.mark(() => this.isTrue(first) && this.since(second) < 0)
      }
      case 'within': {
        const limit = ticks(condition.seconds as number)
        const of = this.compile(condition.of as Condition)
        const after = condition.after === undefined ? -1 : this.compile(condition.after as Condition)
        return this.mark((tick) => this.isTrue(of) && this.hasBegun(after) && tick - this.origin(after) <= limit)
      }
      case 'held': {
        const length = ticks(condition.seconds as number)
        const of = this.compile(condition.of as Condition)
        return this.mark((tick) => this.isTrue(of) && tick - this.since(of) >= length)
      }
      case 'elapsed': {
        const length = ticks(condition.seconds as number)
        const since = condition.since === undefined ? -1 : this.compile(condition.since as Condition)
        return this.mark((tick) => this.hasBegun(since) && tick - this.origin(since) >= length)
      }
      case 'observe':
        return this.compileObserve(condition as { name: Observable } & Range)
      case 'last':
        return this.compileLast(condition.verb as string, wordTest(condition.object as Words))
      case 'action':
        return this.compileAction(condition as Extract<Condition, { is: 'action' }>)
      default:
        return this.compileFact(condition) ?? this.compileEvent(condition)
    }
  }

  private hasBegun(node: number): boolean {
    return node < 0 || this.since(node) >= 0
  }

  private origin(node: number): number {
    return node < 0 ? 0 : this.since(node)
  }

  private compileMany(is: 'all' | 'any', parts: readonly Condition[]): number {
    const nodes = parts.map((part) => this.compile(part))
    const deciding = is === 'any'
    return this.add(() => {
      for (let i = 0; i < nodes.length; i++) if (this.isTrue(nodes[i]) === deciding) return deciding
      return !deciding
    })
  }

  private compileObserve({ name, atLeast = -Infinity, atMost = Infinity }: { name: Observable } & Range): number {
    const index = OBSERVABLE_INDEX[name]
    return this.add(() => this.observed[index] >= atLeast && this.observed[index] <= atMost)
  }

  private compileAction(condition: Extract<Condition, { is: 'action' }>): number {
    const {
      verb,
      object,
      value,
      times = 1,
    } = condition as {
      verb: string
      object?: Words
      value?: Range
      times?: number
    }
    const inObjects = object === undefined ? undefined : wordTest(object)
    const inRange = value === undefined ? undefined : rangeTest(value)
    const node = this.add(() => this.isTrue(node))
    this.actionWatch.push({
      node,
      times,
      match: (action) =>
        action.verb === verb &&
        (inObjects === undefined || inObjects(action.object)) &&
        (inRange === undefined || (action.value !== undefined && inRange(action.value))),
    })
    return node
  }

  private compileLast(verb: string, matches: (word: string) => boolean): number {
    const node = this.add(() => this.cells[node * CELL + 2] === 1)
    this.lastWatch.push({ node, verb, matches })
    return node
  }

  private compileFact(condition: Condition): number | undefined {
    const { facts } = this
    const words = (value: unknown) => list(value as Words)
    switch (condition.is) {
      case 'sick-side': {
        const here = condition.side === facts.sickSide
        return this.add(() => here)
      }
      case 'declared': {
        const wanted = words(condition.diagnosis).map((id) => facts.diagnosisIndex(id))
        return this.add(() => wanted.includes(facts.declared()))
      }
      case 'checked': {
        const items = words(condition.items).map((id) => facts.itemIndex(id))
        return this.mark(() => items.every((item) => facts.itemChecked(item)))
      }
      case 'answered': {
        const question = facts.questionIndex(condition.question as string)
        const { result } = condition
        return this.mark(() => {
          const answer = facts.answer(question)
          return result === 'any' ? answer >= 0 : answer === (result === 'right' ? 1 : 0)
        })
      }
      case 'noted': {
        const field = condition.field === undefined ? -1 : facts.noteIndex(condition.field as string)
        return this.mark(() => facts.noted(field))
      }
      case 'done': {
        const step = facts.stepIndex(condition.step as string)
        return this.mark(() => facts.stepDone(step))
      }
      case 'error': {
        const error = facts.errorIndex(condition.id as string)
        return this.mark(() => facts.errorMade(error))
      }
      case 'start': {
        const here = words(condition.id).includes(facts.start)
        return this.add(() => here)
      }
      default:
        return undefined
    }
  }

  private compileEvent(condition: Condition): number {
    const { is, times = 1 } = condition as { is: EventKind; times?: number }
    const node = this.add(() => this.isTrue(node))
    const watchers = this.eventWatch.get(is) ?? []
    watchers.push({ node, times, match: eventMatch(condition) })
    this.eventWatch.set(is, watchers)
    return node
  }
}

const ticks = (seconds: number) => Math.floor(seconds * 100 + 0.5)
