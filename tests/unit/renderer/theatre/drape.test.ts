import { expect, test } from 'vitest'
import { CLOTH, layCloth } from '../../../../renderer/views/theatre/stage/drape.ts'

const columns = Math.round((CLOTH.right - CLOTH.left) / CLOTH.cell) + 1
const at = (height: Float32Array, x: number, y: number) =>
  height[Math.round((y - CLOTH.bottom) / CLOTH.cell) * columns + Math.round((x - CLOTH.left) / CLOTH.cell)]

test('cloth lies on the body, on the table beside it, and hangs beyond the edge', () => {
  const box = [-0.1, 1, 0.12, 0.1, 1, 0.12, 0, 1.4, 0.12]
  const height = layCloth(box, [0, 1, 2], -0.12)
  expect(at(height, 0, 1.1)).toBeGreaterThanOrEqual(0.12)
  expect(at(height, 0, 1.1)).toBeLessThan(0.14)
  expect(at(height, 0.25, 0.8)).toBeCloseTo(-0.115, 2)
  expect(at(height, 0.55, 0.8)).toBeLessThan(-0.3)
})

test('cloth never lies beneath the skin under it', () => {
  const positions = Array.from({ length: 60 }, (_, i) => [
    ((i * 37) % 40) / 100 - 0.2,
    0.9 + ((i * 53) % 50) / 100,
    ((i * 29) % 20) / 100,
  ]).flat()
  const index = Array.from({ length: 54 }, (_, i) => [i, i + 3, i + 5]).flat()
  const height = layCloth(positions, index, -0.12)
  for (let i = 0; i < positions.length; i += 3)
    expect(at(height, positions[i], positions[i + 1])).toBeGreaterThan(positions[i + 2] - 0.005)
})
