import { expect, test } from 'vitest'
import { compileBody } from '../../../core/modelling/compile.ts'
import { readDefinitions } from '../../../core/modelling/definition.ts'
import { tendonShare } from '../../../core/modelling/tendon.ts'

const file = {
  name: 'test.yaml',
  content: {
    structures: [
      {
        id: 'muscle',
        material: 'muscle',
        cellMm: 1,
        tendon: 2,
        shape: {
          sweep: {
            points: [
              [0, 100, 0],
              [0, 150, 0],
              [0, 200, 0],
              [0, 300, 0],
            ],
            radii: [8, 8, 1.2, 1.2],
          },
        },
      },
    ],
  },
}

test('a thin end is tendon, a thick belly is not', () => {
  const library = readDefinitions([file])
  expect(library.problems).toEqual([])
  const body = compileBody(library, { sex: 'male', params: { adiposity: 0, stature: 0 } })
  const points = Float32Array.from([8, 120, 0, 1.2, 280, 0])
  const outwards = Float32Array.from([1, 0, 0, 1, 0, 0])
  const [belly, end] = tendonShare(body.field('muscle'), points, outwards, library.structures[0].tendon!)
  expect(belly).toBe(0)
  expect(end).toBe(255)
})
