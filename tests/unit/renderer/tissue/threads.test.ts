import { expect, test } from 'vitest'
import { ThreadModels } from '../../../../renderer/views/tissue/draw/threads.ts'
import { HEAD, snapshotBytes, snapshotIn } from '../../../../renderer/views/tissue/run/snapshot.ts'

const size = { particles: 4, triangles: 4, threadPoints: 8, drops: 0, puffs: 0 }

test('threads are tubes of their own thickness around their points, and do not join', () => {
  const out = snapshotIn(new ArrayBuffer(snapshotBytes(size)), 0, size)
  const points = [
    [0, 0, 0],
    [0.01, 0, 0],
    [0.02, 0.005, 0],
    [0, 0.1, 0],
    [0.01, 0.1, 0.01],
  ]
  points.forEach(([x, y, z], p) => {
    out.thread.set([x!, y!, z!, 0.0005], p * 4)
    out.threadOf[p] = p < 3 ? 0 : 1
  })
  out.head[HEAD.threadPoints] = points.length
  const model = new ThreadModels()
  model.update(out, 0.0001)
  const { geometry } = model.mesh
  const position = geometry.getAttribute('position')
  const index = geometry.getIndex()!
  const { count } = geometry.drawRange
  const corners = [...Array(count).keys()].map((i) => index.getX(i))
  // Seven rings of the first thread and four of the second, twelve quads between neighbours.
  expect(count).toBe((6 + 3) * 12 * 6)
  for (const v of [0, 3, 7]) {
    const far = Math.hypot(position.getX(v), position.getY(v), position.getZ(v))
    expect(far).toBeCloseTo(0.0005, 6)
  }
  for (let t = 0; t < count; t += 3) {
    const heights = [0, 1, 2].map((k) => position.getY(corners[t + k]!))
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(0.01)
  }
})

test('a thread finer than a pixel is drawn as wide as one', () => {
  const out = snapshotIn(new ArrayBuffer(snapshotBytes(size)), 0, size)
  out.thread.set([0, 0, 0, 0.00001, 0.01, 0, 0, 0.00001])
  out.head[HEAD.threadPoints] = 2
  const model = new ThreadModels()
  model.update(out, 0.0002)
  const position = model.mesh.geometry.getAttribute('position')
  expect(Math.hypot(position.getX(0), position.getY(0), position.getZ(0))).toBeCloseTo(0.0002, 7)
})
