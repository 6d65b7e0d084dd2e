import type { InputClass } from '../scenario/primitives.ts'

export type CurveAttempt = {
  readonly deviceClass: InputClass
  readonly score: number | null
  readonly passed: boolean | null
  readonly metrics: Readonly<Record<string, number | null>>
}

/** A point of a learning curve: the n-th scored try, its value, and the mean of the last three. */
export type CurvePoint = { readonly attempt: number; readonly value: number; readonly mean: number }

const WINDOW = 3

/**
 * The curve of the score, or of one metric, over the tries of one class of input, in the order given (oldest first). Tries
 * without the figure (void, interrupted, not measured) are left out; none replaces another, however much better it was.
 */
export function learningCurve(
  attempts: readonly CurveAttempt[],
  deviceClass: InputClass,
  what: 'score' | { readonly metric: string },
): CurvePoint[] {
  const values = attempts
    .filter((attempt) => attempt.deviceClass === deviceClass)
    .flatMap((attempt) => (what === 'score' ? attempt.score : attempt.metrics[what.metric]) ?? [])
  return values.map((value, i) => {
    const last = values.slice(Math.max(0, i + 1 - WINDOW), i + 1)
    return { attempt: i + 1, value, mean: last.reduce((sum, each) => sum + each, 0) / last.length }
  })
}
