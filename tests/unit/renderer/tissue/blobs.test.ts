import { expect, test } from 'vitest'
import { createBlobs, wrapDrops } from '../../../../renderer/views/tissue/draw/blobs.ts'

const R = 0.003
const white = new Float32Array(300).fill(1)

/** Parts of a surface that hang together, and whether every edge is met once each way. */
function readSurface(drops: number[]) {
  const blobs = createBlobs()
  wrapDrops(Float32Array.from(drops), white, drops.length / 4, blobs)
  const { index, corners, vertices, position, normal } = blobs
  const edges = new Map<string, number>()
  const part = Int32Array.from({ length: vertices }, (_, v) => v)
  const find = (v: number): number => (part[v] === v ? v : find(part[v]!))
  for (let i = 0; i < corners; i++) {
    const [a, b] = [index[i]!, index[i - (i % 3) + ((i + 1) % 3)]!]
    edges.set(a < b ? `${a}-${b}` : `${b}-${a}`, (edges.get(a < b ? `${a}-${b}` : `${b}-${a}`) ?? 0) + (a < b ? 1 : -1))
    part[find(a)] = find(b)
  }
  const used = new Set(index.subarray(0, corners))
  let volume = 0
  for (let t = 0; t < corners; t += 3) {
    const p = [0, 1, 2].map((k) => index[t + k]! * 3)
    const [a, b, c] = p.map((at) => [position[at]!, position[at + 1]!, position[at + 2]!])
    volume +=
      (a![0]! * (b![1]! * c![2]! - b![2]! * c![1]!) +
        a![1]! * (b![2]! * c![0]! - b![0]! * c![2]!) +
        a![2]! * (b![0]! * c![1]! - b![1]! * c![0]!)) /
      6
  }
  return {
    parts: new Set([...used].map(find)).size,
    isClosed: [...edges.values()].every((sum) => sum === 0),
    volume,
    position,
    normal,
    vertices,
  }
}

test('a drop alone is a closed ball of about its own size, its normals outwards', () => {
  const { parts, isClosed, volume, position, normal, vertices } = readSurface([0.01, 0.02, -0.01, R])
  expect(parts).toBe(1)
  expect(isClosed).toBe(true)
  expect(volume).toBeGreaterThan(0)
  for (let v = 0; v < vertices; v++) {
    const out = [position[v * 3]! - 0.01, position[v * 3 + 1]! - 0.02, position[v * 3 + 2]! + 0.01]
    const far = Math.hypot(...out)
    expect(far).toBeGreaterThan(0.7 * R)
    expect(far).toBeLessThan(1.5 * R)
    expect(
      (out[0]! * normal[v * 3]! + out[1]! * normal[v * 3 + 1]! + out[2]! * normal[v * 3 + 2]!) / far,
    ).toBeGreaterThan(0.85)
  }
})

test('neighbours run together, drops apart stay apart', () => {
  expect(readSurface([0, 0, 0, R, 1.6 * R, 0, 0, R]).parts).toBe(1)
  const apart = readSurface([0, 0, 0, R, 8 * R, 0, 0, R])
  expect(apart.parts).toBe(2)
  expect(apart.isClosed).toBe(true)
})

test('no drops, no surface', () => {
  const blobs = createBlobs()
  wrapDrops(new Float32Array(4), white, 0, blobs)
  expect(blobs.corners).toBe(0)
})
