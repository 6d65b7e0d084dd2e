import { expect, test } from 'vitest'
import { EVENTS, type EventName } from '../../../../core/simulation/tissue/events.ts'
import { knotFigure } from '../../../../core/simulation/tissue/fieldknots.ts'
import { Happenings } from '../../../../renderer/views/tissue/run/happenings.ts'

const tally = new Float64Array(EVENTS.length * 2)
const happen = (event: EventName, figure: number, times = 1) => {
  tally[EVENTS.indexOf(event)] += times
  tally[EVENTS.length + EVENTS.indexOf(event)] = figure
}

test('what happens is told once, the newest first; the same again is counted, another knot is told apart', () => {
  tally.fill(0)
  const happenings = new Happenings()
  const names = () => happenings.read(tally).map(({ event, times }) => `${event} ${times}`)
  expect(names()).toEqual([])
  happen('grasped', 8)
  happen('cut', 3)
  expect(names()).toEqual(['grasped 1'])
  happen('torn', 17)
  happen('torn', 18)
  expect(names()).toEqual(['torn 2', 'grasped 1'])
  happen('knot', knotFigure('granny', 2))
  names()
  happen('knot', knotFigure('square', 3))
  happen('torn', 19, 3)
  expect(names().slice(0, 2).sort()).toEqual(['knot 1', 'torn 5'])
  const knots = happenings.read(tally).filter(({ event }) => event === 'knot')
  // The granny slips.
  expect(knots.map(({ tone }) => tone)).toEqual(['good', 'bad'])
  expect(happenings.read(tally)).toBe(happenings.read(tally))
})

test('what was before the page looked is told too, and going back forgets', () => {
  tally.fill(0)
  happen('slipped', 3)
  const happenings = new Happenings()
  expect(happenings.read(tally)).toHaveLength(1)
  tally.fill(0)
  expect(happenings.read(tally)).toEqual([])
})
