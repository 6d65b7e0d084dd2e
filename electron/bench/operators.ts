import type { KernelFor } from '../../core/simulation/kernel/kernel.ts'
import { type SimulateOptions, type SimulateReport, simulateWith } from '../commands/simulate.ts'
import { kernelFor } from '../engine/kernel.ts'
import { findBuiltInCase, operatorSetup } from '../engine/setups.ts'
import { sourceRoot } from '../host/index.ts'
import { atLeast, type BenchGroup, type BenchRow } from './row.ts'

/** How many seeds the skilled play, and on how many patients the erring err. */
export type OperatorBenchSize = { readonly seeds: number; readonly patients: number }

/** Least score that a skilled run must have. */
const SKILLED = 85
/** How far past its limit an operator errs, or stays inside, mm. */
const MARGIN_MM = 3

const ERRORS = [
  { operator: 'below-the-rib', start: 'stable', error: 'below-the-rib' },
  { operator: 'too-deep', start: 'stable', error: 'too-deep-lung' },
  { operator: 'no-sweep', start: 'stable', error: 'no-sweep' },
  { operator: 'image-first', start: 'tension', error: 'image-first' },
]

/** Each of the errors is made, or not, before the tube is in. */
const isTubeIn: SimulateOptions['isEnough'] = ({ world }) => world.some(({ type }) => type === 'drain')

type Play = (options: Omit<SimulateOptions, 'seed' | 'out'> & { start: string }, seed: number) => SimulateReport

/** Twenty seeds and fifty patients, as the project promises. */
export const benchOperators: BenchGroup = async () => [
  ...operatorRows(sourceRoot, await kernelFor(sourceRoot), { seeds: 20, patients: 50 }),
]

/** Plays the chest drain with all its operators on many patients. Minutes: about three seconds a run. */
export function* operatorRows(root: string, kernel: KernelFor, size: OperatorBenchSize): Generator<BenchRow> {
  const found = findBuiltInCase(root, 'chest-drain')
  const play: Play = ({ start, ...options }, seed) =>
    simulateWith(operatorSetup(root, found, { start, seed }), { ...options, seed }, kernel).report
  for (const { id: start } of found.case.starts) yield* benchSkill(play, start, size)
  for (const wrong of ERRORS) yield* benchError(play, wrong, size)
}

function* benchSkill(play: Play, start: string, { seeds }: OperatorBenchSize): Generator<BenchRow> {
  const isSkilled = ({ passed, score }: SimulateReport): boolean => passed && (score ?? 0) >= SKILLED
  const enough = Math.ceil(seeds * 0.9)
  const calm = range(seeds).map((seed) => play({ operator: 'expert', start }, seed))
  yield row(`expert, ${start}`, calm, isSkilled, enough)
  const shaken = range(seeds).map((seed) => play({ operator: 'expert', start, tremorMm: 2, delayMs: 200 }, seed))
  yield row(`expert with tremor and delay, ${start}`, shaken, isSkilled, enough)
  const novices = range(seeds).map((seed) => play({ operator: 'novice', start }, seed))
  const isBetween = (report: SimulateReport): boolean =>
    (report.score ?? 0) < (calm[report.seed - 1].score ?? 0) && !report.errors.includes('below-the-rib')
  yield row(`novice below the expert, ${start}`, novices, isBetween, enough)
}

function* benchError(play: Play, wrong: (typeof ERRORS)[number], { patients }: OperatorBenchSize): Generator<BenchRow> {
  const { operator, start, error } = wrong
  const past = range(patients).map((seed) => play({ operator, start, marginMm: MARGIN_MM, isEnough: isTubeIn }, seed))
  yield row(
    `${operator}, past its limit, fails`,
    past,
    ({ errors, passed }) => errors.includes(error) && !passed,
    patients,
  )
  const inside = range(patients).map((seed) =>
    play({ operator, start, marginMm: -MARGIN_MM, isEnough: isTubeIn }, seed),
  )
  yield row(`${operator}, inside its limit, does not`, inside, ({ errors }) => !errors.includes(error), patients)
}

/** How many of the runs bear a claim out. `rival` names those that do not. */
function row(
  name: string,
  reports: readonly SimulateReport[],
  holds: (report: SimulateReport) => boolean,
  budget: number,
): BenchRow {
  const misses = reports.filter((report) => !holds(report))
  const claim = atLeast(`operators: ${name}`, reports.length - misses.length, `of ${reports.length}`, budget)
  if (misses.length === 0) return claim
  return {
    ...claim,
    rival: misses.map(({ seed, score, errors }) => `${seed}: ${score} ${errors.join(' ')}`).join('; '),
  }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1)
}
