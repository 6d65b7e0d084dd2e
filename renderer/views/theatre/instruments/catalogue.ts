import type { Tool } from '../../../../core/simulation/contract.ts'
import { buildForceps, buildNeedleDriver } from './forceps.ts'
import { buildFinger } from './hand.ts'
import type { InstrumentModel } from './model.ts'
import { buildCannula, buildSyringe } from './needles.ts'
import { buildScalpel } from './scalpel.ts'
import { buildDrain, buildDressing, buildMarker, buildTrocarDrain } from './tubes.ts'

/** How each tool of the engine is drawn; `none` has no form. */
export const instrumentBuilders: Record<Exclude<Tool, 'none'>, () => InstrumentModel> = {
  finger: buildFinger,
  marker: buildMarker,
  syringe: () => buildSyringe(),
  scalpel: buildScalpel,
  forceps: buildForceps,
  'cannula-short': () => buildCannula(45),
  'cannula-long': () => buildCannula(80),
  drain: buildDrain,
  'trocar-drain': buildTrocarDrain,
  'needle-driver': buildNeedleDriver,
  dressing: buildDressing,
}
