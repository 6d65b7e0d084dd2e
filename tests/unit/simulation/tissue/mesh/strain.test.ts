import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTissueMemory } from '../../../../../core/simulation/tissue/memory.ts'
import {
  cauchyGreen,
  directionOf,
  greatestStretch2,
  isUnder,
  stretch2Along,
} from '../../../../../core/simulation/tissue/mesh/strain.ts'

const SHAPE = [0, 0, 0, 0.01, 0.001, 0, 0.002, 0.012, -0.001, 0.001, 0.003, 0.009]

/** C of a tetrahedron whose present shape is its rest shape times a matrix (rows of three). */
function tensorOf(f: readonly number[]): Float64Array {
  const memory = createTissueMemory({ particles: 8, tets: 4, edges: 4 })
  for (let k = 0; k < 4; k++) {
    memory.tetVertex[k] = 4 + k
    const x = SHAPE.slice(k * 3, k * 3 + 3)
    for (let axis = 0; axis < 3; axis++) {
      memory.rest[(4 + k) * 4 + axis] = x[axis]
      memory.position[(4 + k) * 4 + axis] = 0.02 + f[axis * 3] * x[0] + f[axis * 3 + 1] * x[1] + f[axis * 3 + 2] * x[2]
    }
  }
  const tensor = new Float64Array(6)
  cauchyGreen(memory, 0, tensor)
  return tensor
}

it('is FᵀF', () => {
  const tensor = tensorOf([1.2, 0.3, 0, 0, 0.9, -0.1, 0.2, 0, 1.1])
  const expected = [1.44 + 0.04, 0.09 + 0.81, 0.01 + 1.21, 0.36, -0.09, 0.22]
  for (let i = 0; i < 6; i++) expect(tensor[i]).toBeCloseTo(expected[i], 4)
})

it('has a greatest stretch that no direction passes, that its own direction has, and that the bound covers', () => {
  const entry = fc.double({ min: -1.5, max: 1.5, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 9, maxLength: 9 }),
      fc.array(entry, { minLength: 3, maxLength: 3 }),
      (f, d) => {
        const tensor = tensorOf(f)
        const greatest = greatestStretch2(tensor)
        const scale = 1e-9 + 1e-6 * (tensor[0] + tensor[1] + tensor[2])
        if (greatest > scale) expect(isUnder(tensor, Float64Array.of(Math.sqrt(greatest - scale)), 0)).toBe(false)
        const length = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2])
        if (length > 0.01) {
          expect(stretch2Along(tensor, d[0] / length, d[1] / length, d[2] / length)).toBeLessThan(greatest + scale)
        }
        const along = new Float64Array(3)
        directionOf(tensor, greatest, along)
        expect(along[0] * along[0] + along[1] * along[1] + along[2] * along[2]).toBeCloseTo(1, 9)
        expect(Math.abs(stretch2Along(tensor, along[0], along[1], along[2]) - greatest)).toBeLessThan(1e3 * scale)
      },
    ),
    { seed: 4, numRuns: 300 },
  )
})
