import { expect, test } from 'vitest'
import { wrapDrops } from '../../../../renderer/views/tissue/draw/blobs.ts'
import { createNet } from '../../../../renderer/views/tissue/draw/surfacenets.ts'

const R = 0.003
const white = new Float32Array(300).fill(1)
/** Drops without an axis of their own. */
const round = Float32Array.from({ length: 400 }, (_, i) => (i % 4 === 1 || i % 4 === 3 ? 1 : 0))

/** Parts of a surface that hang together, and whether every edge is met once each way. */
function readSurface(drops: number[], shape: Float32Array = round) {
  const blobs = createNet()
  wrapDrops(Float32Array.from(drops), shape, white, drops.length / 4, blobs)
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

test('a drop that flies is long and thin, one that lies is flat, and neither is more than it was', () => {
  const extent = (axis: number[], stretch: number) => {
    const { position, vertices, volume, isClosed } = readSurface([0, 0, 0, R], Float32Array.from([...axis, stretch]))
    expect(isClosed).toBe(true)
    const size = [0, 1, 2].map((k) => {
      const all = Array.from({ length: vertices }, (_, v) => position[v * 3 + k]!)
      return Math.max(...all) - Math.min(...all)
    })
    return { size, volume }
  }
  const ball = extent([0, 1, 0], 1)
  const long = extent([0.6, 0, 0.8], 2.5)
  const flat = extent([0, 1, 0], 0.42)
  expect(long.size[2]!).toBeGreaterThan(1.25 * ball.size[2]!)
  expect(long.size[1]!).toBeLessThan(0.85 * ball.size[1]!)
  expect(flat.size[1]!).toBeLessThan(0.65 * ball.size[1]!)
  expect(flat.size[0]!).toBeGreaterThan(1.15 * ball.size[0]!)
  for (const { volume } of [long, flat]) {
    expect(volume).toBeGreaterThan(0.85 * ball.volume)
    expect(volume).toBeLessThan(1.15 * ball.volume)
  }
})

test('drops of two liquids keep their colours where they are alone, and mix where they meet', () => {
  const colours = (tint: number[]) => {
    const blobs = createNet()
    const drops = Float32Array.of(0, 0, 0, R, 2 * R, 0, 0, R)
    wrapDrops(drops, round, Float32Array.from(tint), 2, blobs)
    const at = (x: number) => {
      let best = 0
      for (let v = 0; v < blobs.vertices; v++)
        if (Math.abs(blobs.position[v * 3]! - x) < Math.abs(blobs.position[best * 3]! - x)) best = v
      return blobs.colour[best * 3]!
    }
    return [at(-R), at(R), at(3 * R)]
  }
  const [first, middle, last] = colours([0.2, 0, 0, 0.8, 0, 0])
  expect(first).toBeCloseTo(0.2, 3)
  expect(last).toBeCloseTo(0.8, 3)
  expect(middle).toBeGreaterThan(0.3)
  expect(middle).toBeLessThan(0.7)
  for (const value of colours([0.5, 0, 0, 0.5, 0, 0])) expect(value).toBeCloseTo(0.5, 6)
})

test('no drops, no surface', () => {
  const blobs = createNet()
  wrapDrops(new Float32Array(4), round, white, 0, blobs)
  expect(blobs.corners).toBe(0)
})

test('a splash far off leaves the pool as fine as it was', () => {
  const pool = Array.from({ length: 60 }, (_, i) => [(i % 10) * R, 0, Math.floor(i / 10) * R, R])
  const splash = Array.from({ length: 20 }, (_, i) => [0.05 * (i % 5), 0.08 + 0.03 * i, 0.05, R])
  const vertices = (drops: number[][]) => {
    const blobs = createNet()
    wrapDrops(Float32Array.from(drops.flat()), round, white, drops.length, blobs)
    return blobs.vertices
  }
  const alone = vertices(pool)
  const drop = vertices([splash[0]!])
  expect(vertices([...pool, ...splash])).toBe(alone + 20 * drop)
  // In whatever order drops come.
  expect(vertices([...splash, ...pool])).toBe(alone + 20 * drop)
})
