import type { RecordEvent } from '../records/envelope.ts'
import type { RunnerEvent } from '../scenario/runnerevents.ts'
import type { SimEvent } from '../simulation/contract.ts'

/** What of the simulation goes into the record: turning points and harm. Touch and approach can be had by replay. */
const KEPT: ReadonlySet<SimEvent['type']> = new Set<SimEvent['type']>([
  'marked',
  'cut',
  'infiltrated',
  'aspirated',
  'entered',
  'hit',
  'plunged',
  'decompressed',
  'drain',
  'stitched',
  'fixed',
  'dressed',
  'bleeding',
  'vital',
  'toxicity',
  'expanded',
  'arrest',
])

/** Adds the events of a tick that belong in a record: first the world's, then the case's. */
export function keepEvents(
  into: RecordEvent[],
  tick: number,
  world: readonly SimEvent[],
  runner: readonly RunnerEvent[],
): void {
  for (let i = 0; i < world.length; i++) if (KEPT.has(world[i].type)) into.push({ tick, ...world[i] })
  for (let i = 0; i < runner.length; i++) into.push({ tick, ...runner[i] })
}
