import type { CaseLedger } from './ledger.ts'
import type { StepHistory } from './plan.ts'
import { ERROR, STEP } from './runnerstate.ts'

/**
 * The trainee's history after a run: a step done without asking for help and without an error that concerns it adds one
 * unaided success; a help, an error or a missed step starts from zero. Steps of other starts keep what they had.
 */
export function historyAfter(before: StepHistory, ledger: CaseLedger): StepHistory {
  const spoiled = new Set(
    ledger.plan.errors.flatMap(({ steps }, i) => (ledger.get('errors', i, ERROR.firstTick) >= 0 ? steps : [])),
  )
  const after: { [step: string]: { unaidedInRow: number } } = { ...before }
  ledger.plan.steps.forEach(({ step }, i) => {
    const isUnaided = ledger.stepDone(i) && ledger.get('steps', i, STEP.helps) === 0 && !spoiled.has(step.id)
    after[step.id] = { unaidedInRow: isUnaided ? (before[step.id]?.unaidedInRow ?? 0) + 1 : 0 }
  })
  return after
}
