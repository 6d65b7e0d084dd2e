import type { SessionRecord } from '../../core/records/envelope.ts'
import { createSession, type Session, type SessionTick } from '../../core/session/session.ts'
import type { SessionSetup } from '../../core/session/setup.ts'
import type { KernelFor } from '../../core/simulation/kernel/kernel.ts'
import { Eyes } from './eyes.ts'
import { Screen } from './screen.ts'
import { Surgeon, type SurgeonParameters, type Work } from './surgeon.ts'

/** Longest run: an operator that has not finished within half an hour of case time never will. */
const MAX_TICKS = 30 * 60 * 100

/** What an operator has to work with. `marginMm`: how far past its limit an operator that errs goes. */
export type Duty = {
  readonly surgeon: Surgeon
  readonly screen: Screen
  readonly start: string
  readonly sickSide: 'left' | 'right'
  readonly marginMm: number
}

/** How an operator works a case. */
export type Operator = (duty: Duty) => Work

export type OperatorParameters = SurgeonParameters & { readonly marginMm: number }

export type OperatorRun = {
  readonly record: SessionRecord
  readonly chunks: readonly Uint8Array[]
  readonly session: Session
}

/** Lets an operator play a case from start to end, or until `isEnough` has been seen. It touches the session only through `step`, as a person's devices do. */
export function runOperator(
  setup: SessionSetup,
  operator: Operator,
  parameters: OperatorParameters,
  kernelFor: KernelFor,
  isEnough: (tick: SessionTick) => boolean = () => false,
): OperatorRun {
  const session = createSession(setup, kernelFor)
  const eyes = new Eyes(setup.patient, Math.round(parameters.delayMs / 10))
  const screen = new Screen(setup.case, eyes.delayTicks)
  const surgeon = new Surgeon(eyes, parameters)
  const work = operator({
    surgeon,
    screen,
    start: setup.start,
    sickSide: setup.patient.side,
    marginMm: parameters.marginMm,
  })
  const chunks: Uint8Array[] = []
  let idle = 0
  while (session.isRunning && session.tick < MAX_TICKS && idle < 100) {
    idle = work.next().done ? idle + 1 : 0
    const { samples, actions } = surgeon.send(session.tick)
    const tick = session.step(samples, actions)
    if (tick.chunk) chunks.push(tick.chunk.bytes)
    eyes.look(session.tick, session.world.observed, tick.world)
    screen.look(session.tick, tick.runner)
    if (isEnough(tick)) break
  }
  const { chunk, record } = session.finish()
  if (chunk) chunks.push(chunk.bytes)
  return { record, chunks, session }
}
