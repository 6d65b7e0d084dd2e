import type { Instrument } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import type { InstrumentModel } from '../../theatre/instruments/model.ts'
import { buildJawed } from './jawed.ts'
import { buildPlain } from './plain.ts'

/** How an instrument of the operative field is drawn. */
export function buildInstrument(instrument: Instrument): InstrumentModel {
  return instrument.jaws ? buildJawed(instrument, instrument.jaws) : buildPlain(instrument)
}
