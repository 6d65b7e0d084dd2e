import type { Group } from 'three'

/**
 * An instrument as drawn. Frame: working tip at the origin, shaft towards +Z (the hand), +Y up in a neutral grip; metres.
 */
export type InstrumentModel = {
  group: Group
  /** Opens jaws or draws a plunger, 0 closed/empty … 1 open/full. */
  setJaw: (opening: number) => void
}
