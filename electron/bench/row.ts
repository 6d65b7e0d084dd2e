/** One figure. `budget` is the most that it may be; `rival` is what else was measured on the same machine. */
export type BenchRow = { name: string; value: number; unit: string; budget?: number; ok?: boolean; rival?: string }

/** What a group may be given. */
export type BenchOptions = {
  /** The file of measured bones; without it they are not compared. */
  readonly figures?: string
  /** How long violence lasts on each scene. */
  readonly minutes?: number
  /** The only scenes that are meant. */
  readonly scenes?: readonly string[]
  /** The only part of determinism that is meant. */
  readonly part?: (typeof DETERMINISM_PARTS)[number]
}

/** What engines are compared by. */
export const DETERMINISM_PARTS = ['scenes', 'meshes', 'sessions'] as const

export type BenchGroup = (options: BenchOptions) => Promise<BenchRow[]>

/** A figure without a budget. */
export function figure(name: string, value: number, unit: string): BenchRow {
  return { name, value: rounded(value), unit }
}

/** A figure that should not pass a budget. */
export function atMost(name: string, value: number, unit: string, budget: number): BenchRow {
  return { ...figure(name, value, unit), budget, ok: value <= budget }
}

/** A figure that should reach a budget. */
export function atLeast(name: string, value: number, unit: string, budget: number): BenchRow {
  return { ...figure(name, value, unit), budget, ok: value >= budget }
}

/** Value below which a share of the sorted samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
