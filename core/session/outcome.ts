import type { InputClass } from '../scenario/primitives.ts'
import type { ErrorEffect } from '../scoring/erroreffects.ts'
import { type CaseResult, resultOf } from '../scoring/result.ts'
import type { Scorer } from '../scoring/scorer.ts'

/** The result of a case, and what each error did to the patient. */
export type SessionResult = CaseResult & {
  readonly effects: readonly { readonly error: string; readonly effect: readonly ErrorEffect[] }[]
}

/** What a session has come to so far. */
export function outcomeOf(scorer: Scorer, inputClass: InputClass): SessionResult {
  const result = resultOf(scorer, inputClass)
  return { ...result, effects: result.errors.map(({ id }) => ({ error: id, effect: scorer.effectOf(id) })) }
}
