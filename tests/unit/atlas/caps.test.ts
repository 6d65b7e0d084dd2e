import { expect, test } from 'vitest'
import { QUANTUM_MM, QUANTUM_ORIGIN_M } from '../../../core/modelling/quantise.ts'
import { type Painted, raster, VIEWS } from '../../../electron/atlas/raster.ts'

/** A cube about a point, mm, of one colour. */
function cube(half: number, colour: [number, number, number]): Painted {
  const quanta = (mm: number, c: number) => Math.round((mm / 1000 - QUANTUM_ORIGIN_M[c]) / (QUANTUM_MM / 1000))
  const q = new Uint16Array(24)
  for (let v = 0; v < 8; v++) {
    const at = [v & 1 ? half : -half, 1000 + (v & 2 ? half : -half), v & 4 ? half : -half]
    for (let c = 0; c < 3; c++) q[v * 3 + c] = quanta(at[c], c)
  }
  const faces = [0, 2, 3, 1, 4, 5, 7, 6, 0, 1, 5, 4, 2, 6, 7, 3, 0, 4, 6, 2, 1, 3, 7, 5]
  const indices: number[] = []
  for (let f = 0; f < 24; f += 4)
    indices.push(faces[f], faces[f + 1], faces[f + 2], faces[f], faces[f + 2], faces[f + 3])
  const normals = new Int16Array(24).fill(18918)
  return {
    mesh: { q, normals, ao: new Uint8Array(8).fill(255), indices: Uint32Array.from(indices) },
    colour,
    roughness: 1,
    tendon: [1, 1, 1],
  }
}

test('a plane that is seen square on shows solids filled, the inner one over the outer', () => {
  const items = [cube(10, [0, 0, 1]), cube(40, [1, 0, 0])]
  const frame = { centre: [0, 1000, 0], halfMm: 50 } as const
  const size = 50
  const picture = raster(items, VIEWS.front, frame, [{ axis: 2, above: 0 }], size)
  const at = (x: number, y: number) => [...picture.subarray((y * size + x) * 3, (y * size + x) * 3 + 3)]
  expect(at(25, 25)[2]).toBeGreaterThan(200)
  expect(at(25, 25)[0]).toBe(0)
  expect(at(12, 25)[0]).toBeGreaterThan(200)
  expect(at(12, 25)[2]).toBe(0)
  expect(at(2, 25)[1]).toBeGreaterThan(200)
})
