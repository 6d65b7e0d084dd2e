/** Which strip an instrument of the tissue engine plays, and how: read from its row of the catalogue. */
import type { Instrument } from '../../core/simulation/tissue/tools/catalogue.ts'
import type { StripName } from './desk.ts'
import { type Bone, drill, type EnergyMode, electrosurgery, hush, irrigation, type Steady, suction } from './steady.ts'

/** What an instrument does now. */
export type Use = {
  /** 0–1: how far pedal or trigger is pressed. */
  readonly pedal: number
  readonly mode: EnergyMode
  /** What the pedal of a suction-irrigator does. */
  readonly flow: 'suction' | 'irrigation'
  /** Contact of the tip with tissue, 0–1; closes a sucker, makes electrosurgery sizzle. */
  readonly contact: number
  /** Share of what is sucked that is fluid. */
  readonly fluid: number
  readonly bone: Bone
  readonly pressN: number
  /** Thickness of bone left under a burr, mm. */
  readonly leftMm: number
}

/** Writes the sound of an instrument into `out` and names its strip; null for one that makes none of its own. */
export function instrumentSound(instrument: Instrument, use: Use, out: Steady): StripName | null {
  const { energy, flow, removes } = instrument
  if (energy) {
    const mode = energy === 'bipolar' ? 'bipolar' : use.mode
    electrosurgery(use.pedal > 0 ? mode : 'off', use.contact, out)
    return 'energy'
  }
  if (removes === 'burr') {
    drill(use.pedal, use.bone, use.pressN, use.leftMm, out)
    return 'drill'
  }
  if (!flow) {
    hush(out)
    return null
  }
  if (flow === 'irrigation' || (flow === 'both' && use.flow === 'irrigation')) {
    irrigation(use.pedal, out)
    return 'irrigation'
  }
  suction(use.pedal, use.fluid, use.contact, out)
  return 'suction'
}
