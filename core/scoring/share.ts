import type { CaseLedger } from '../scenario/ledger.ts'
import type { Severity } from '../scenario/primitives.ts'
import { NOTE } from '../scenario/runnerstate.ts'
import { errorsMade } from '../scenario/runnerview.ts'

/** Weighted share of the steps done, 0–100; optional steps neither help nor harm. */
export function stepShare(ledger: CaseLedger): number | null {
  return share(
    ledger.plan.steps.map(({ step }, i) => ({
      weight: step.optional === true ? 0 : step.weight,
      isRight: ledger.stepDone(i),
    })),
  )
}

/** Share of checklist items ticked, 0–100. */
export function checkShare(ledger: CaseLedger): number | null {
  return share(ledger.plan.items.map((_, i) => ({ weight: 1, isRight: ledger.itemChecked(i) })))
}

/** Share of questions answered right, 0–100. */
export function questionShare(ledger: CaseLedger): number | null {
  return share(ledger.plan.questions.map((_, i) => ({ weight: 1, isRight: ledger.answer(i) === 1 })))
}

/** Weighted share of the operation note that agrees with what was done, 0–100. */
export function noteShare(ledger: CaseLedger): number | null {
  return share(ledger.plan.note.map(({ weight }, i) => ({ weight, isRight: ledger.get('note', i, NOTE.grade) === 1 })))
}

/** How many errors were made, each as often as it was. */
export function errorCount(ledger: CaseLedger, severity: Severity | 'any'): number {
  return errorsMade(ledger)
    .filter((error) => severity === 'any' || error.severity === severity)
    .reduce((sum, { count }) => sum + count, 0)
}

function share(parts: readonly { readonly weight: number; readonly isRight: boolean }[]): number | null {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return null
  const right = parts.reduce((sum, { weight, isRight }) => sum + (isRight ? weight : 0), 0)
  return (100 * right) / total
}
