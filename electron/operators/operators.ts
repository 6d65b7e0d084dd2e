import { belowTheRib, imageFirst, noSweep, tooDeep } from './chestdrain/errors.ts'
import { expert } from './chestdrain/expert.ts'
import { novice } from './chestdrain/novice.ts'
import type { Operator } from './run.ts'
import { randomFrom } from './tremor.ts'

/** How an operator's hands are, beside what it does. */
export type OperatorEntry = {
  readonly operator: Operator
  readonly actSeconds: number
  readonly slowness: number
  /** Tremor of its own, mm. */
  readonly tremorMm: number
  /** How far past its limit it goes by itself, mm; each seed up to a millimetre more or less. */
  readonly marginMm: number
}

const skilled = { actSeconds: 0.6, slowness: 1.6, tremorMm: 0, marginMm: 0 }
const erring = { ...skilled, marginMm: 3 }

const OPERATORS: Readonly<Record<string, Readonly<Record<string, OperatorEntry>>>> = {
  'chest-drain': {
    expert: { ...skilled, operator: expert },
    novice: { operator: novice, actSeconds: 1.5, slowness: 3.2, tremorMm: 0.8, marginMm: 0 },
    'below-the-rib': { ...erring, operator: belowTheRib },
    'too-deep': { ...erring, operator: tooDeep },
    'no-sweep': { ...erring, operator: noSweep },
    'image-first': { ...erring, operator: imageFirst },
  },
}

/** Names of the operators that know a case. */
export function operatorNames(caseId: string): string[] {
  return Object.keys(OPERATORS[caseId] ?? {})
}

/** No operator of that name knows the case. */
export class UnknownOperator extends Error {
  readonly code = 'operator/unknown'
}

/** Throws {@link UnknownOperator}. */
export function operatorOf(caseId: string, name: string): OperatorEntry {
  const known = OPERATORS[caseId] ?? {}
  if (!Object.hasOwn(known, name)) throw new UnknownOperator(`no operator "${name}" for the case ${caseId}`)
  return known[name]
}

/** The margin of an entry for a seed: its own, up to a millimetre more or less. */
export function jitteredMargin(entry: OperatorEntry, seed: number): number {
  return entry.marginMm === 0 ? 0 : entry.marginMm + 2 * randomFrom(seed ^ 0x5eed)() - 1
}
