import { eventMatch } from '../scenario/conditionmatch.ts'
import type { Measure } from '../scenario/measure.ts'
import type { SimEvent } from '../simulation/contract.ts'
import { OBSERVABLE_INDEX } from '../simulation/observables.ts'
import type { HandMotion } from './handmotion.ts'

const TICK_SECONDS = 0.01
const NOT_YET = -1

/** What a meter may look at. */
export type MeterTick = {
  readonly tick: number
  readonly observed: Float64Array
  readonly events: readonly SimEvent[]
}

/** One streaming measurement. Its numbers lie in the cells it was given. */
export type Meter = {
  step(now: MeterTick): void
  /** The figure so far; null when it was not (or cannot be) measured. */
  value(): number | null
}

/** Numbers that the meter of any measure needs. */
export const METER_CELLS = 3

const idle = (): void => undefined

/** Force of both hands against `aboveN`: contacts that pass it, time above it, or the highest. */
export function forceMeter({ what, aboveN }: Extract<Measure, { of: 'force' }>, cells: Float64Array): Meter {
  const first = OBSERVABLE_INDEX['hand0.forceN']
  const second = OBSERVABLE_INDEX['hand1.forceN']
  return {
    step({ observed }) {
      const force = Math.max(observed[first], observed[second])
      const isAbove = force > aboveN ? 1 : 0
      if (what === 'peak') cells[0] = Math.max(cells[0], force)
      else if (what === 'excess-seconds') cells[0] += isAbove
      else if (isAbove === 1 && cells[1] === 0) cells[0]++
      cells[1] = isAbove
    },
    value: () => (what === 'excess-seconds' ? cells[0] * TICK_SECONDS : cells[0]),
  }
}

/** A figure of the simulation: its last value, an extreme, or the time beyond a threshold. */
export function observableMeter(measure: Extract<Measure, { of: 'observable' }>, cells: Float64Array): Meter {
  const index = OBSERVABLE_INDEX[measure.name]
  const { what, threshold = 0 } = measure
  return {
    step({ observed }) {
      const value = observed[index]
      if (what === 'seconds-below') cells[0] += value < threshold ? 1 : 0
      else if (what === 'seconds-above') cells[0] += value > threshold ? 1 : 0
      else if (cells[1] === 0 || what === 'last') cells[0] = value
      else if (what === 'highest') cells[0] = Math.max(cells[0], value)
      else cells[0] = Math.min(cells[0], value)
      cells[1] = 1
    },
    value: () => (what.startsWith('seconds') ? cells[0] * TICK_SECONDS : cells[1] === 0 ? null : cells[0]),
  }
}

/** Events that match: how many, or the sum or an extreme of one of their fields. */
export function eventMeter(measure: Extract<Measure, { of: 'events' }>, cells: Float64Array): Meter {
  const { match, what, field = '', none = null } = measure
  const matches = eventMatch(match)
  return {
    step({ events }) {
      for (let i = 0; i < events.length; i++) {
        if (events[i].type !== match.is || !matches(events[i])) continue
        const value = what === 'count' ? 1 : (events[i] as unknown as Record<string, number>)[field]
        if (what === 'count' || what === 'sum') cells[0] += value
        else if (cells[1] === 0) cells[0] = value
        else cells[0] = what === 'lowest' ? Math.min(cells[0], value) : Math.max(cells[0], value)
        cells[1] = 1
      }
    },
    value: () => (cells[1] === 0 && what !== 'count' && what !== 'sum' ? none : cells[0]),
  }
}

/** Seconds between the ticks at which two conditions first came true. */
export function intervalMeter(from: () => boolean, to: () => boolean, cells: Float64Array): Meter {
  cells[0] = cells[1] = NOT_YET
  return {
    step({ tick }) {
      if (cells[0] === NOT_YET && from()) cells[0] = tick
      if (cells[1] === NOT_YET && cells[0] !== NOT_YET && to()) cells[1] = tick
    },
    value: () => (cells[1] === NOT_YET ? null : (cells[1] - cells[0]) * TICK_SECONDS),
  }
}

/** A figure of hand motion, over one or both hands. */
export function handMeter(what: Extract<Measure, { of: 'hand' }>['what'], hands: readonly HandMotion[]): Meter {
  const sum = (of: (hand: HandMotion) => number) => hands.reduce((total, hand) => total + of(hand), 0)
  const read: Record<typeof what, () => number | null> = {
    time: () => sum((hand) => hand.seconds),
    idle: () => sum((hand) => hand.idleSeconds),
    path: () => sum((hand) => hand.pathMm),
    angle: () => sum((hand) => hand.angleDegrees),
    economy: () => {
      const actual = sum((hand) => hand.actualMm)
      return actual === 0 ? null : sum((hand) => hand.idealMm) / actual
    },
    'speed-peaks': () => sum((hand) => hand.speedPeaks),
    jerk: () => hands.reduce((highest, hand) => Math.max(highest, hand.jerk), 0),
  }
  return { step: idle, value: read[what] }
}

/** A figure that the case's own ledger holds. */
export function ledgerMeter(read: () => number | null): Meter {
  return { step: idle, value: read }
}
