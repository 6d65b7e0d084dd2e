import { log } from '../simulation/exactmath.ts'

/** Rates and risks a CUSUM is planned with: acceptable and unacceptable failure rate, type I and II error. */
export type CusumPlan = {
  readonly acceptable: number
  readonly unacceptable: number
  readonly alpha: number
  readonly beta: number
}

export type CusumLimits = {
  /** Taken off for each success; a failure adds 1 − s. */
  readonly s: number
  /** Distance between decision lines. */
  readonly h: number
}

/**
 * Steps and limits of a CUSUM of failures: P = ln(p1/p0), Q = ln((1−p0)/(1−p1)), s = Q/(P+Q), h = ln((1−β)/α)/(P+Q).
 * Source: Bolsin & Colson 2000, doi:10.1093/intqhc/12.5.433; vector p0 .05, p1 .15, α = β = .1 → s 0.0919, h 1.816.
 */
export function cusumLimits({ acceptable: p0, unacceptable: p1, alpha, beta }: CusumPlan): CusumLimits {
  const p = log(p1 / p0)
  const q = log((1 - p0) / (1 - p1))
  return { s: q / (p + q), h: log((1 - beta) / alpha) / (p + q) }
}

/** The curve after each try: down by s for a success, up by 1 − s for a failure. */
export function cusumCurve(successes: readonly boolean[], { s }: CusumLimits): number[] {
  let sum = 0
  return successes.map((success) => {
    sum += success ? -s : 1 - s
    return sum
  })
}

/** How an LC-CUSUM is planned. The threshold must be simulated for the planned number of tries, see {@link LC_THRESHOLDS}. */
export type LearningPlan = { readonly adequate: number; readonly deviation: number; readonly threshold: number }

/**
 * Shares that reach a threshold within 50 tries when p0 = d = 0.1: of the incompetent and of the competent (FACTS §2). The
 * lower one certifies two incompetent out of three, so the higher is the one to use.
 */
export const LC_THRESHOLDS = [
  { h: 1.25, incompetent: 0.65, competent: 0.97 },
  { h: 2.75, incompetent: 0.053, competent: 0.51 },
] as const

/**
 * LC-CUSUM: S = max(0, S + W), W = ln((1−p0)/(1−p0−d)) on success and ln(p0/(p0+d)) on failure; competence is signalled
 * when S passes the threshold. Source: Biau DJ, Williams SM, Schlup MM, et al. Quantitative and individualized assessment of the learning curve using
 * LC-CUSUM. Br J Surg 2008, doi:10.1002/bjs.6056.
 */
export function learningCusum(
  successes: readonly boolean[],
  { adequate: p0, deviation: d, threshold }: LearningPlan,
): { readonly curve: number[]; readonly reachedAt: number | null } {
  const up = log((1 - p0) / (1 - p0 - d))
  const down = log(p0 / (p0 + d))
  let sum = 0
  const curve = successes.map((success) => {
    sum = Math.max(0, sum + (success ? up : down))
    return sum
  })
  const reached = curve.findIndex((value) => value >= threshold)
  return { curve, reachedAt: reached < 0 ? null : reached + 1 }
}
