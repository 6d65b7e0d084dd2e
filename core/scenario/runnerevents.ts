import type { Severity } from './primitives.ts'

/** What the case runner says in a tick, in the order in which it happened. */
export type RunnerEvent =
  | { readonly type: 'phase'; readonly id: string }
  /** `aided`: the trainee had asked for help at this step. */
  | { readonly type: 'step'; readonly id: string; readonly aided: 0 | 1 }
  | { readonly type: 'error'; readonly id: string; readonly severity: Severity; readonly count: number }
  /** `asked` by the trainee, shown because the step is `new` to them, or `back` after an error. */
  | { readonly type: 'hint'; readonly step: string; readonly level: number; readonly why: 'asked' | 'new' | 'back' }
  | { readonly type: 'question'; readonly id: string }
  | { readonly type: 'answered'; readonly id: string; readonly option: number; readonly right: 0 | 1 }
  | { readonly type: 'checked'; readonly item: string }
  | { readonly type: 'declared'; readonly diagnosis: string; readonly right: 0 | 1 }
  | { readonly type: 'ordered' | 'result'; readonly order: string }
  | { readonly type: 'noted'; readonly field: string }
  | { readonly type: 'turned-away'; readonly verb: string; readonly object: string; readonly reason: TurnedAway }
  | { readonly type: 'ended'; readonly outcome: string; readonly kind: 'finished' | 'died' }
  | { readonly type: 'void'; readonly reason: 'unwell' | 'fault' }

/** Why the case takes no notice of an action that was meant for it. */
export type TurnedAway = 'unknown' | 'no-hints-in-assessment' | 'no-more-hints' | 'already-answered' | 'not-open'
