import type { Action, SimEvent } from '../simulation/contract.ts'
import { type CaseFacts, ConditionTable } from './conditiontable.ts'
import type { Case, SkillsPad } from './schema.ts'

/** The pad knows nothing of the case: its tasks ask only for what hands and tools do. */
const NO_CASE: CaseFacts = {
  start: '',
  sickSide: 'right',
  stepIndex: () => -1,
  errorIndex: () => -1,
  questionIndex: () => -1,
  itemIndex: () => -1,
  noteIndex: () => -1,
  diagnosisIndex: () => -1,
  stepDone: () => false,
  errorMade: () => false,
  answer: () => -1,
  itemChecked: () => false,
  noted: () => false,
  declared: () => -1,
}

/** Unscored practice of the hands before the first run. Nothing of it is recorded or enters a curve. */
export class Pad {
  readonly pad: SkillsPad
  private readonly table: ConditionTable

  constructor(source: Case) {
    this.pad = source.pad
    this.table = new ConditionTable(
      source.pad.tasks.map(({ done }) => done),
      NO_CASE,
    )
  }

  step(tick: number, observed: Float64Array, events: readonly SimEvent[], actions: readonly Action[]): void {
    for (const event of events) this.table.noteEvent(event, tick)
    for (const action of actions) this.table.noteAction(action, tick)
    this.table.settle(tick, observed)
  }

  /** Which tasks are done, in their order. */
  get done(): boolean[] {
    return this.table.roots.map((node) => this.table.since(node) >= 0)
  }
}
