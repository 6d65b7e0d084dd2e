import type { InputClass } from '../scenario/primitives.ts'

/** One finished run, as the store keeps it. `endedAtMs`: milliseconds since 1970. */
export type Attempt = {
  readonly seed: number
  readonly deviceClass: InputClass
  readonly isProficientRun: boolean
  readonly endedAtMs: number
}

export type Proficiency =
  | { readonly state: 'none' }
  /** One pass; what is still asked for. */
  | { readonly state: 'once'; readonly needs: 'another-patient' | 'another-day' }
  | { readonly state: 'proficient'; readonly sinceMs: number }

const DAY_MS = 86_400_000

/**
 * Passing repeatedly: two runs in which every metric reached its bar, on different patients, one at least 24 h after the
 * other, with one class of input (FACTS §2). Bars are provisional until a study: this never means competent.
 */
export function proficiencyOf(attempts: readonly Attempt[], deviceClass: InputClass): Proficiency {
  const passes = attempts
    .filter((attempt) => attempt.isProficientRun && attempt.deviceClass === deviceClass)
    .sort((a, b) => a.endedAtMs - b.endedAtMs)
  if (passes.length === 0) return { state: 'none' }
  for (const [i, later] of passes.entries())
    for (const earlier of passes.slice(0, i))
      if (earlier.seed !== later.seed && later.endedAtMs - earlier.endedAtMs >= DAY_MS)
        return { state: 'proficient', sinceMs: later.endedAtMs }
  const hasTwoPatients = passes.some(({ seed }) => seed !== passes[0].seed)
  return { state: 'once', needs: hasTwoPatients ? 'another-day' : 'another-patient' }
}
