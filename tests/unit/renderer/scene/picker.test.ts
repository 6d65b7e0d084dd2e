import { expect, test } from 'vitest'
import { Picker } from '../../../../renderer/scene/picker.ts'
import { StateTable } from '../../../../renderer/scene/statetable.ts'
import { ballAtlas } from './fixture.ts'

const balls = ballAtlas([
  { id: 'front', system: 'integumentary', at: [0, 1, 0.2], radius: 0.1 },
  { id: 'middle', system: 'skeletal', at: [0, 1, 0], radius: 0.08 },
  { id: 'back', system: 'skeletal', at: [0, 1, -0.2], radius: 0.1 },
])
const from = [0, 1, 2] as const
const ahead = [0, 0, -1] as const

function picker() {
  const state = new StateTable(balls.rows)
  return { state, picker: new Picker(balls, state) }
}

test('the nearest solid structure is met, at its surface', () => {
  const hit = picker().picker.pick(from, ahead)
  expect(hit?.structure.id).toBe('front')
  expect(hit?.point[2]).toBeCloseTo(0.3, 3)
})

test('hidden structures are not met', () => {
  const { state, picker: p } = picker()
  state.setOpacity(0, 0)
  expect(p.pick(from, ahead)?.structure.id).toBe('middle')
})

test('one looks through faded structures, but meets them when nothing solid is behind', () => {
  const { state, picker: p } = picker()
  state.setOpacity(0, 0.3)
  expect(p.pick(from, ahead)?.structure.id).toBe('middle')
  state.setOpacity(1, 0)
  state.setOpacity(2, 0)
  expect(p.pick(from, ahead)?.structure.id).toBe('front')
})

test('a structure that was moved is met where it is drawn', () => {
  const { state, picker: p } = picker()
  state.setOffset(0, [0.5, 0, 0])
  expect(p.pick(from, ahead)?.structure.id).toBe('middle')
  expect(p.pick([0.5, 1, 2], ahead)?.structure.id).toBe('front')
})

test('what a section took away is not met; its cut face is', () => {
  const { picker: p } = picker()
  p.section = { normal: [0, 0, 1], distance: 0.02 }
  const hit = p.pick(from, ahead)
  expect(hit?.structure.id).toBe('middle')
})

test('a ray beside everything meets nothing', () => {
  expect(picker().picker.pick([0.5, 1, 2], ahead)).toBeNull()
})

test('what is drawn nearer than it lies is met first, at its own surface', () => {
  const { state, picker: p } = picker()
  state.setPull(1, 0.4)
  const hit = p.pick(from, ahead)
  expect(hit?.structure.id).toBe('middle')
  expect(hit?.point[2]).toBeCloseTo(0.08, 3)
})
