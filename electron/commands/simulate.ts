import { writeFileSync } from 'node:fs'
import { toBase64 } from '../../core/records/base64.ts'
import { type RecordFile, recordFileText } from '../../core/records/envelope.ts'
import type { Case } from '../../core/scenario/schema.ts'
import type { SessionResult } from '../../core/session/outcome.ts'
import type { SessionTick } from '../../core/session/session.ts'
import type { SessionSetup } from '../../core/session/setup.ts'
import type { KernelFor } from '../../core/simulation/kernel/kernel.ts'
import { kernelFor } from '../engine/kernel.ts'
import { type FoundCase, findBuiltInCase, operatorSetup } from '../engine/setups.ts'
import { jitteredMargin, operatorOf } from '../operators/operators.ts'
import { runOperator } from '../operators/run.ts'

/** An operator's run. Without `start` the case's first; tremor in mm, delay in ms, margin in mm past the limit. */
export type SimulateOptions = {
  readonly operator: string
  readonly seed: number
  readonly start?: string
  readonly mode?: SessionSetup['mode']
  readonly tremorMm?: number
  readonly delayMs?: number
  readonly marginMm?: number
  /** Ends the run early, once what is asked has been seen. */
  readonly isEnough?: (tick: SessionTick) => boolean
  /** File to write the record to. */
  readonly out?: string
}

/** What `sina simulate --json` prints. */
export type SimulateReport = {
  readonly case: string
  readonly start: string
  readonly seed: number
  readonly operator: string
  readonly passed: boolean
  readonly score: number | null
  readonly errors: readonly string[]
  readonly metrics: Readonly<Record<string, number | null>>
  readonly stateHash: string
  readonly ticks: number
}

/** Lets an operator play a built-in case. Throws `case/unknown`, `case/unknown-start` or `operator/unknown`. */
export async function simulate(root: string, caseId: string, options: SimulateOptions): Promise<SimulateReport> {
  const found = findBuiltInCase(root, caseId)
  const { report, file } = simulateWith(operatorSetup(root, found, options), options, await kernelFor(root))
  if (options.out !== undefined) writeFileSync(options.out, recordFileText(file))
  return report
}

/** The same with a setup at hand. */
export function simulateWith(
  setup: SessionSetup,
  options: Omit<SimulateOptions, 'out' | 'start' | 'mode'>,
  kernel: KernelFor,
): { report: SimulateReport; file: RecordFile; result: SessionResult } {
  const entry = operatorOf(setup.case.id, options.operator)
  const parameters = {
    seed: options.seed,
    actSeconds: entry.actSeconds,
    slowness: entry.slowness,
    tremorMm: entry.tremorMm + (options.tremorMm ?? 0),
    delayMs: options.delayMs ?? 0,
    marginMm: options.marginMm ?? jitteredMargin(entry, options.seed),
  }
  const { record, chunks, session } = runOperator(setup, entry.operator, parameters, kernel, options.isEnough)
  const result = session.result()
  const report: SimulateReport = {
    case: setup.case.id,
    start: setup.start,
    seed: setup.seed,
    operator: options.operator,
    passed: result.passed,
    score: result.score,
    errors: result.errors.map(({ id }) => id),
    metrics: Object.fromEntries(result.metrics.map(({ id, value }) => [id, value])),
    stateHash: session.stateHash,
    ticks: session.tick,
  }
  return { report, file: { record, input: chunks.map(toBase64) }, result }
}

/** The run that "Watch the expert" replays: which one, the case itself says for each start. */
export async function expertRun(
  root: string,
  pack: FoundCase['pack'],
  of: Case,
  start: string,
): Promise<{ setup: SessionSetup; file: RecordFile }> {
  const chosen = of.expert.find((run) => run.start === start) ?? { start, operator: 'expert', seed: 1 }
  const setup = operatorSetup(root, { pack, case: of }, { start, seed: chosen.seed, mode: 'practice' })
  const kernel = await kernelFor(root)
  return { setup, file: simulateWith(setup, { operator: chosen.operator, seed: chosen.seed }, kernel).file }
}
