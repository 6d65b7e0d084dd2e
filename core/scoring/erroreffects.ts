import type { CaseLedger } from '../scenario/ledger.ts'
import { ERROR } from '../scenario/runnerstate.ts'
import { OBSERVABLE_INDEX, type Observable } from '../simulation/observables.ts'

/** Ticks after an error in which its mark on the patient is looked for: two minutes. */
const WINDOW_TICKS = 12_000

/** What is watched after an error, and which way is worse. */
const watched = [
  { name: 'vitals.systolicMmHg', worse: 'lower' },
  { name: 'vitals.spo2', worse: 'lower' },
  { name: 'vitals.heartRate', worse: 'higher' },
  { name: 'blood.lostMl', worse: 'higher' },
  { name: 'lung.expansion', worse: 'lower' },
] as const satisfies readonly { name: Observable; worse: 'lower' | 'higher' }[]

const CELLS_PER_ERROR = 1 + 2 * watched.length
const NOT_YET = -1

/** How a figure stood when an error was made and the worst it came to within two minutes. */
export type ErrorEffect = { readonly observable: Observable; readonly before: number; readonly worst: number }

/** Remembers what each error did to the patient, for the debrief. */
export class ErrorEffects {
  private readonly ledger: CaseLedger
  private readonly cells: Float64Array

  static sizeFor(ledger: CaseLedger): number {
    return ledger.plan.errors.length * CELLS_PER_ERROR
  }

  constructor(ledger: CaseLedger, cells: Float64Array) {
    this.ledger = ledger
    this.cells = cells
    for (let error = 0; error < ledger.plan.errors.length; error++) cells[error * CELLS_PER_ERROR] = NOT_YET
  }

  step(tick: number, observed: Float64Array): void {
    const { cells, ledger } = this
    for (let error = 0; error < ledger.plan.errors.length; error++) {
      const made = ledger.get('errors', error, ERROR.firstTick)
      if (made < 0 || tick - made > WINDOW_TICKS) continue
      const at = error * CELLS_PER_ERROR
      const isFirst = cells[at] === NOT_YET
      if (isFirst) cells[at] = tick
      for (let i = 0; i < watched.length; i++) {
        const value = observed[OBSERVABLE_INDEX[watched[i].name]]
        const cell = at + 1 + 2 * i
        if (isFirst) cells[cell] = cells[cell + 1] = value
        else if (watched[i].worse === 'lower' ? value < cells[cell + 1] : value > cells[cell + 1])
          cells[cell + 1] = value
      }
    }
  }

  /** What changed after an error; empty when it was not made. */
  of(error: number): ErrorEffect[] {
    const at = error * CELLS_PER_ERROR
    if (error < 0 || this.cells[at] === NOT_YET) return []
    return watched.map(({ name }, i) => ({
      observable: name,
      before: this.cells[at + 1 + 2 * i],
      worst: this.cells[at + 2 + 2 * i],
    }))
  }
}
