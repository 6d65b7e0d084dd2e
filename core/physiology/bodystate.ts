/** The numbers that a body's state is made of. */
import { WAVE_LENGTH, WAVES } from '../simulation/snapshot.ts'
import { CIRCULATION } from './circulation.ts'
import { EFFECTS_SIZE } from './drugs/effects.ts'
import { DRUGS_SIZE } from './drugs/kinetics.ts'
import { FLUIDS } from './fluids.ts'
import { GAS } from './gas.ts'
import { ILLNESS } from './illness.ts'
import { MONITOR } from './monitor.ts'
import { PLEURA } from './pleura.ts'
import { REFLEX } from './reflex.ts'
import { BREATHING } from './respiration.ts'
import { RHYTHM } from './rhythm.ts'
import { VENTILATOR } from './ventilator.ts'

const count = (named: Readonly<Record<string, number>>) => Object.keys(named).length

/** How many numbers each part of a body takes, for a block that holds it. */
export const BODY_PLAN = {
  circulation: count(CIRCULATION),
  reflex: count(REFLEX),
  rhythm: count(RHYTHM),
  fluids: count(FLUIDS),
  breathing: count(BREATHING),
  gas: count(GAS),
  ventilator: count(VENTILATOR),
  pleura: count(PLEURA),
  drugs: DRUGS_SIZE,
  effects: EFFECTS_SIZE,
  illness: count(ILLNESS),
  monitor: count(MONITOR),
  waves: WAVES.length * WAVE_LENGTH,
} as const
