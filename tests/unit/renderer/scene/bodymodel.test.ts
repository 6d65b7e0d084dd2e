import { expect, test } from 'vitest'
import { BodyModel } from '../../../../renderer/scene/bodymodel.ts'
import { fade, hide, select, show, wholeBody } from '../../../../renderer/scene/dissection.ts'
import { ballAtlas } from './fixture.ts'

const atlas = ballAtlas([
  { id: 'skin', system: 'integumentary', at: [0, 1, 0], radius: 0.2, material: 'skin' },
  { id: 'rib', system: 'skeletal', at: [0, 1, 0], radius: 0.1 },
  { id: 'heart', system: 'heart', at: [0, 1, 0], radius: 0.05 },
])
const opacities = (model: BodyModel) => [0, 1, 2].map((row) => Math.round(model.state.opacity(row) * 100) / 100)

test('takes over what changed, and back', () => {
  const model = new BodyModel(atlas)
  const hidden = hide(wholeBody, ['skin', 'rib'])
  model.apply(hidden)
  expect(opacities(model)).toEqual([0, 0, 1])
  model.apply(fade(show(hidden, ['rib']), ['heart']))
  expect(opacities(model)).toEqual([0, 1, 0.22])
  model.apply(wholeBody)
  expect(opacities(model)).toEqual([1, 1, 1])
})

test('what is selected glows only where it is shown, and is drawn over what coincides with it', () => {
  const model = new BodyModel(atlas)
  const glow = model.group.getObjectByName('glow')
  model.apply(select(wholeBody, 'heart'))
  expect(glow?.visible).toBe(true)
  expect(model.state.pull(2)).toBeGreaterThan(0)
  model.apply(select(hide(wholeBody, ['heart']), 'heart'))
  expect(glow?.visible).toBe(false)
  model.apply(select(wholeBody, 'skin'))
  expect(model.state.pull(2)).toBe(0)
  model.apply(wholeBody)
  expect(glow?.visible).toBe(false)
  expect(model.state.pull(0)).toBeGreaterThan(model.state.pull(1))
})
