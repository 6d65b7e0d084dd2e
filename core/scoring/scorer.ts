import { packNumbers, unpackNumbers } from '../scenario/bits.ts'
import type { Condition } from '../scenario/condition.ts'
import { ConditionTable } from '../scenario/conditiontable.ts'
import type { CaseLedger } from '../scenario/ledger.ts'
import type { CaseMetric, Measure } from '../scenario/measure.ts'
import { ScenarioError } from '../scenario/plan.ts'
import type { Action, InstrumentSample, SimEvent } from '../simulation/contract.ts'
import { OBSERVABLE_INDEX } from '../simulation/observables.ts'
import { type ErrorEffect, ErrorEffects } from './erroreffects.ts'
import { HAND_CELLS, HandMotion } from './handmotion.ts'
import {
  eventMeter,
  forceMeter,
  handMeter,
  intervalMeter,
  ledgerMeter,
  METER_CELLS,
  type Meter,
  observableMeter,
} from './meters.ts'
import { checkShare, errorCount, noteShare, questionShare, stepShare } from './share.ts'

const FROM_THE_START: Condition = { is: 'elapsed', seconds: 0 }
const TOOL_OF = [OBSERVABLE_INDEX['hand0.tool'], OBSERVABLE_INDEX['hand1.tool']] as const

type MutableTick = { tick: number; observed: Float64Array; events: readonly SimEvent[] }

/**
 * Measures a run as it goes on: one meter per metric of the case, and what each error did to the patient. Fed each tick
 * after the runner; all its numbers are part of the state that is saved and hashed.
 */
export class Scorer {
  readonly ledger: CaseLedger
  private readonly cells: Float64Array
  private readonly hands: readonly [HandMotion, HandMotion]
  private readonly effects: ErrorEffects
  private readonly table: ConditionTable
  private readonly meters: readonly Meter[]
  private readonly now: MutableTick = { tick: 0, observed: new Float64Array(0), events: [] }

  constructor(ledger: CaseLedger) {
    this.ledger = ledger
    const { metrics } = ledger.plan
    const handCells = 2 * HAND_CELLS
    const effectCells = ErrorEffects.sizeFor(ledger)
    this.cells = new Float64Array(handCells + effectCells + metrics.length * METER_CELLS)
    this.hands = [
      new HandMotion(this.cells.subarray(0, HAND_CELLS)),
      new HandMotion(this.cells.subarray(HAND_CELLS, handCells)),
    ]
    this.effects = new ErrorEffects(ledger, this.cells.subarray(handCells, handCells + effectCells))
    const intervals = metrics.flatMap(({ measure }) =>
      measure.of === 'interval' ? [measure.from ?? FROM_THE_START, measure.to] : [],
    )
    this.table = new ConditionTable(intervals, ledger)
    const roots = [...this.table.roots]
    this.meters = metrics.map(({ measure }, i) => {
      const at = handCells + effectCells + i * METER_CELLS
      return this.meterOf(measure, this.cells.subarray(at, at + METER_CELLS), roots)
    })
  }

  /** One tick, after the runner's. */
  step(
    tick: number,
    samples: readonly [InstrumentSample, InstrumentSample],
    observed: Float64Array,
    events: readonly SimEvent[],
    actions: readonly Action[],
  ): void {
    for (let i = 0; i < events.length; i++) this.table.noteEvent(events[i], tick)
    for (let i = 0; i < actions.length; i++) this.table.noteAction(actions[i], tick)
    this.table.settle(tick, observed)
    for (let hand = 0; hand < 2; hand++) this.hands[hand].step(tick, samples[hand], observed[TOOL_OF[hand]] !== 0)
    this.effects.step(tick, observed)
    this.now.tick = tick
    this.now.observed = observed
    this.now.events = events
    for (let i = 0; i < this.meters.length; i++) this.meters[i].step(this.now)
  }

  /** Each metric of the case with its figure so far. */
  figures(): { readonly metric: CaseMetric; readonly value: number | null }[] {
    return this.ledger.plan.metrics.map((metric, i) => ({ metric, value: this.meters[i].value() }))
  }

  /** What an error did to the patient. */
  effectOf(error: string): ErrorEffect[] {
    return this.effects.of(this.ledger.errorIndex(error))
  }

  save(): Uint8Array<ArrayBuffer> {
    return packNumbers(this.cells, this.table.state)
  }

  /** Restores what {@link save} gave for the same case and start. Throws `case/state-mismatch` on another length. */
  restore(state: Uint8Array): void {
    if (!unpackNumbers(state, this.cells, this.table.state)) throw new ScenarioError('case/state-mismatch', 'scorer')
  }

  private meterOf(measure: Measure, cells: Float64Array, roots: number[]): Meter {
    switch (measure.of) {
      case 'hand': {
        const chosen = { dominant: [this.hands[0]], other: [this.hands[1]], both: this.hands }[measure.hand]
        return handMeter(measure.what, chosen)
      }
      case 'force':
        return forceMeter(measure, cells)
      case 'observable':
        return observableMeter(measure, cells)
      case 'events':
        return eventMeter(measure, cells)
      case 'interval': {
        const [from, to] = roots.splice(0, 2)
        return intervalMeter(
          () => this.table.isTrue(from),
          () => this.table.isTrue(to),
          cells,
        )
      }
      case 'share': {
        const read = { steps: stepShare, checks: checkShare, questions: questionShare, note: noteShare }[measure.what]
        return ledgerMeter(() => read(this.ledger))
      }
      case 'errors':
        return ledgerMeter(() => errorCount(this.ledger, measure.severity))
    }
  }
}
