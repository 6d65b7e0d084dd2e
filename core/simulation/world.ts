import { type Patient, SimulationError, type Start, type World } from './contract.ts'

/** The world of one session. Throws `simulation/bad-patient` when the patient cannot be read. */
export function createWorld(_patient: Patient, _start: Start, _seed: number): World {
  throw new SimulationError('simulation/bad-patient', 'world')
}
