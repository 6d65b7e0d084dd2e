import { describe, expect, test } from 'vitest'
import { gauge, layStone, stoneSchema } from '../../../../core/simulation/scene/stone.ts'
import { MATERIALS, materialNumber } from '../../../../core/simulation/tissue/materials.ts'
import { withoutEnclosed } from '../../../../renderer/views/tissue/draw/enclosed.ts'
import { fitRelief, swellings } from '../../../../renderer/views/tissue/draw/fitrelief.ts'
import { type Form, formsOf, GridForm, type Reading, TubeForm } from '../../../../renderer/views/tissue/draw/form.ts'
import { orient } from '../../../../renderer/views/tissue/draw/orient.ts'
import { type Relief, raise, raiseFinest, skinNormals } from '../../../../renderer/views/tissue/draw/relief.ts'
import { seamsOf } from '../../../../renderer/views/tissue/draw/seams.ts'
import { type Refined, refine, spread, type TriangleMesh } from '../../../../renderer/views/tissue/draw/subdivide.ts'

const LIVER = materialNumber('liver') * 2
const RADIUS = 0.02

/** A ball of 8 × 4 triangles at each pole and in two bands, its corners a little off its surface. */
function ball(
  kindOf: (t: number) => number = () => LIVER,
  inwards = false,
): { mesh: TriangleMesh; points: Float32Array } {
  const [rings, around] = [5, 8]
  const points: number[] = []
  const at = (up: number, turn: number, far: number) =>
    points.push(Math.sin(up) * Math.cos(turn) * far, Math.cos(up) * far, Math.sin(up) * Math.sin(turn) * far)
  at(0, 0, RADIUS)
  for (let r = 1; r < rings; r++)
    for (let k = 0; k < around; k++)
      at((Math.PI * r) / rings, (2 * Math.PI * k) / around, RADIUS * (1 + 0.02 * ((r * 3 + k) % 3)))
  at(Math.PI, 0, RADIUS)
  const last = points.length / 3 - 1
  const place = (r: number, k: number) => (r === 0 ? 0 : r === rings ? last : 1 + (r - 1) * around + (k % around))
  const triangles: number[] = []
  for (let r = 0; r < rings; r++)
    for (let k = 0; k < around; k++) {
      if (r > 0) triangles.push(place(r, k), place(r, k + 1), place(r + 1, k))
      if (r + 1 < rings) triangles.push(place(r, k + 1), place(r + 1, k + 1), place(r + 1, k))
    }
  if (inwards)
    for (let t = 0; t < triangles.length; t += 3)
      triangles.splice(t, 3, triangles[t]!, triangles[t + 2]!, triangles[t + 1]!)
  const kind = Uint8Array.from({ length: triangles.length / 3 }, (_, t) => kindOf(t))
  return {
    mesh: { vertices: points.length / 3, triangles: Uint32Array.from(triangles), kind },
    points: Float32Array.from(points),
  }
}

const round: Form = {
  within: 'lined',
  read(x, y, z, into) {
    const far = Math.hypot(x, y, z)
    Object.assign(into, { distance: far - RADIUS, x: x / far, y: y / far, z: z / far })
    return far > 0
  },
}
const forms = MATERIALS.map((_, m) => (m * 2 === LIVER ? round : null))

function stepsOf(mesh: TriangleMesh, points: Float32Array): Refined[] {
  const first = refine(mesh, points)
  const finer = new Float32Array(first.vertices * 3)
  spread(first, points, finer, 3)
  return [first, refine(first, finer)]
}

/** Where the vertices of the finest mesh are drawn when the corners are at `points`. */
function drawn(
  mesh: TriangleMesh,
  steps: readonly Refined[],
  relief: Relief | null,
  points: Float32Array,
): Float32Array {
  const ways = [mesh, steps[0]!].map(({ vertices }) => new Float32Array(vertices * 3))
  const levels = [mesh, ...steps].map(({ vertices }) => new Float32Array(vertices * 3))
  skinNormals(mesh, points, ways[0]!)
  if (relief) raise(relief, points, ways[0]!, levels[0]!)
  else levels[0]!.set(points)
  steps.forEach((step, s) => {
    spread(step, levels[s]!, levels[s + 1]!, 3)
  })
  spread(steps[0]!, ways[0]!, ways[1]!, 3)
  if (relief) raiseFinest(relief, steps, ways, levels[2]!)
  return levels[2]!
}

const offBall = (p: Float32Array) =>
  Array.from({ length: p.length / 3 }, (_, v) => Math.abs(Math.hypot(...p.subarray(v * 3, v * 3 + 3)) - RADIUS))

describe('what is drawn of an organ', () => {
  const { mesh, points } = ball()
  const steps = stepsOf(mesh, points)
  const relief = fitRelief(mesh, steps, points, forms)

  test('lies on its own shape, where the refined lattice alone shrinks from it', () => {
    const without = offBall(drawn(mesh, steps, null, points))
    expect(Math.max(...without)).toBeGreaterThan(0.001)
    expect(Math.max(...offBall(drawn(mesh, steps, relief, points)))).toBeLessThan(0.00005)
  })

  test('follows a rigid motion exactly', () => {
    const still = drawn(mesh, steps, relief, points)
    const [c, s] = [0.6, 0.8]
    const turned = (p: Float32Array) =>
      p.map((_, i) => {
        const [x, y, z] = p.subarray(i - (i % 3), i - (i % 3) + 3) as unknown as [number, number, number]
        return [c * x - s * z + 0.1, y - 0.05, s * x + c * z][i % 3]!
      })
    const moved = drawn(mesh, steps, relief, turned(points))
    const wanted = turned(still)
    for (let i = 0; i < moved.length; i++) expect(moved[i]).toBeCloseTo(wanted[i]!, 6)
  })

  test('goes along with what stretches it', () => {
    const stretched = drawn(
      mesh,
      steps,
      relief,
      points.map((x, i) => (i % 3 === 0 ? x * 1.5 : x)),
    )
    const widest = Math.max(...stretched.filter((_, i) => i % 3 === 0))
    expect(widest).toBeGreaterThan(RADIUS * 1.35)
    expect(widest).toBeLessThan(RADIUS * 1.55)
  })

  test('does not draw what is none of its surface: a wall within it, another tissue', () => {
    const wall = ball((t) => LIVER + (t < 12 ? 1 : 0))
    const fitted = fitRelief(wall.mesh, stepsOf(wall.mesh, wall.points), wall.points, forms)
    const skin = new Set<number>()
    wall.mesh.triangles.forEach((v, i) => {
      if (Math.floor(i / 3) >= 12) skin.add(v)
    })
    for (let v = 0; v < wall.mesh.vertices; v++)
      if (!skin.has(v)) expect([...fitted.shift.subarray(v * 3, v * 3 + 3)]).toEqual([0, 0, 0])
    const other = ball(() => materialNumber('fat') * 2)
    const none = fitRelief(other.mesh, stepsOf(other.mesh, other.points), other.points, forms)
    expect(none.shift.every((x) => x === 0)).toBe(true)
    expect(none.height.every((x) => x === 0)).toBe(true)
  })

  test('swells where its shape at rest has grown, as by an injection, not where a cut slid a corner', () => {
    const grown = points.map((x, i) => (i < 3 ? x * 1.2 : x))
    const particles = Uint32Array.from({ length: mesh.vertices }, (_, v) => v)
    const swollen = swellings(mesh, particles, grown, points, forms)
    expect(swollen[0]).toBeCloseTo(RADIUS * 0.2 - 0.001, 5)
    expect([...swollen].slice(1).every((x) => x === 0)).toBe(true)
    const bulge = drawn(mesh, steps, fitRelief(mesh, steps, grown, forms, swollen), grown)
    // One corner alone is drawn rounder than it is.
    expect(bulge[1]).toBeGreaterThan(RADIUS * 1.05)
    expect(bulge[1]).toBeLessThan(RADIUS * 1.2)
    const slid = points.map((x, i) => (i < 3 ? x * 1.04 : x))
    expect(swellings(mesh, particles, slid, points, forms)[0]).toBe(0)
  })

  test('has no hole after a cut: both halves stay closed, and their rims on each other', () => {
    const half = ball().mesh
    const isUpper = (t: number) => [0, 1, 2].every((k) => points[half.triangles[t * 3 + k]! * 3 + 1]! > -0.0072)
    const upper = cap(half, points, isUpper)
    const lower = cap(half, points, (t) => !isUpper(t))
    const rims = [upper, lower].map(({ mesh: part, points: p, rim }) => {
      const finer = stepsOf(part, p)
      const edges = new Map<string, number>()
      const { triangles } = finer[1]!
      triangles.forEach((a, i) => {
        const b = triangles[i - (i % 3) + ((i + 1) % 3)]!
        const key = [Math.min(a, b), Math.max(a, b)].join()
        edges.set(key, (edges.get(key) ?? 0) + (a < b ? 1 : -1))
      })
      expect([...edges.values()].every((sum) => sum === 0)).toBe(true)
      const at = drawn(part, finer, fitRelief(part, finer, p, forms), p)
      return rim.map((v) => [...at.subarray(v * 3, v * 3 + 3)])
    })
    expect(rims[0]!.length).toBe(8)
    for (const a of rims[0]!)
      expect(Math.min(...rims[1]!.map((b) => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!, a[2]! - b[2]!)))).toBeLessThan(
        0.0002,
      )
  })
})

/** Part of a mesh, its rim closed by a wall around a vertex in the middle. */
function cap(mesh: TriangleMesh, points: Float32Array, isIn: (t: number) => boolean) {
  const number = new Map<number, number>()
  const to: number[] = []
  const name = (v: number) => {
    if (!number.has(v)) number.set(v, to.push(...points.subarray(v * 3, v * 3 + 3)) / 3 - 1)
    return number.get(v)!
  }
  const triangles: number[] = []
  const open = new Map<string, [number, number]>()
  for (let t = 0; t < mesh.kind.length; t++) {
    if (!isIn(t)) continue
    const three = [0, 1, 2].map((k) => name(mesh.triangles[t * 3 + k]!))
    triangles.push(...three)
    three.forEach((a, k) => {
      const b = three[(k + 1) % 3]!
      if (!open.delete(`${b},${a}`)) open.set(`${a},${b}`, [a, b])
    })
  }
  const skin = triangles.length / 3
  const rim = [...open.values()].map(([a]) => a)
  const middle = [0, 1, 2].map((c) => rim.reduce((sum, v) => sum + to[v * 3 + c]!, 0) / rim.length)
  const centre = to.push(...middle) / 3 - 1
  for (const [a, b] of open.values()) triangles.push(b, a, centre)
  const kind = Uint8Array.from({ length: triangles.length / 3 }, (_, t) => LIVER + (t < skin ? 0 : 1))
  return {
    mesh: { vertices: to.length / 3, triangles: Uint32Array.from(triangles), kind },
    points: Float32Array.from(to),
    rim,
  }
}

describe('forms', () => {
  const found: Reading = { distance: 0, x: 0, y: 0, z: 0 }

  test('a grid of distances gives those between its points, with unit gradients, and nothing outside', () => {
    const counts = [17, 17, 17] as [number, number, number]
    const distances: number[] = []
    for (let k = 0; k < 17; k++)
      for (let j = 0; j < 17; j++)
        for (let i = 0; i < 17; i++) distances.push(Math.round((Math.hypot(i - 8, j - 8, k - 8) * 2 - 10) * 100))
    const grid = new GridForm({ stepMm: 2, minMm: [-16, -16, -16], counts, distances }, [0, 5, 0])
    expect(grid.read(0.0063, 0.0103, 0.0058, found)).toBe(true)
    expect(found.distance).toBeCloseTo(Math.hypot(6.3, 5.3, 5.8) / 1000 - 0.01, 4)
    expect(Math.hypot(found.x, found.y, found.z)).toBeCloseTo(1, 1)
    expect(found.x).toBeCloseTo(6.3 / Math.hypot(6.3, 5.3, 5.8), 1)
    expect(grid.read(0.017, 0, 0, found)).toBe(false)
  })

  test('a tube is round about its middle line and of its own radius', () => {
    const tube = { id: 'duct', kind: 'duct' as const, calibreMm: 2, radiiMm: [1, 2], stations: [[0], [1]] }
    const form = new TubeForm({ tubes: [tube], positions: [0, 0, 0, 0.01, 0, 0] }, [0, 0, 0])
    for (const turn of [0, 1, 2, 3]) {
      form.read(0.005, Math.cos(turn) * 0.004, Math.sin(turn) * 0.004, found)
      expect(found.distance).toBeCloseTo(0.0025, 6)
    }
  })

  test('scenes without organs have none', () => {
    expect(formsOf({ tissue: [] })).toBeNull()
  })
})

test('the lining of a whole hollow organ is not drawn; once its wall is cut it is', () => {
  const outer = ball()
  const inner = ball(() => LIVER, true)
  const both = (kind: Uint8Array) => ({
    vertices: outer.mesh.vertices * 2,
    triangles: Uint32Array.from([...outer.mesh.triangles, ...inner.mesh.triangles.map((v) => v + outer.mesh.vertices)]),
    kind,
  })
  const points = Float32Array.from([...outer.points, ...inner.points.map((x) => x * 0.8)])
  const count = outer.mesh.kind.length
  const whole = withoutEnclosed(both(new Uint8Array(count * 2).fill(LIVER)), points)
  expect([...whole.triangles]).toEqual([...outer.mesh.triangles])
  const opened = new Uint8Array(count * 2).fill(LIVER)
  opened[count] = LIVER + 1
  expect(withoutEnclosed(both(opened), points).kind).toHaveLength(count * 2)
})

test('triangles that look the wrong way are turned as their neighbours are', () => {
  const { mesh } = ball()
  const folded = { ...mesh, triangles: mesh.triangles.slice() }
  for (const t of [3, 20, 41])
    folded.triangles.set(
      [1, 0, 2].map((k) => mesh.triangles[t * 3 + k]!),
      t * 3,
    )
  orient(folded)
  for (let t = 0; t < mesh.kind.length; t++) {
    const three = [...folded.triangles.subarray(t * 3, t * 3 + 3)]
    const first = three.indexOf(mesh.triangles[t * 3]!)
    expect([0, 1, 2].map((k) => three[(first + k) % 3])).toEqual([...mesh.triangles.subarray(t * 3, t * 3 + 3)])
  }
})

test('a seam lies where the serous skins of two organs meet, and nowhere else', () => {
  const bowel = materialNumber('bowel wall') * 2
  const { mesh, points } = ball((t) => (t < 24 ? LIVER : bowel))
  const near = seamsOf(mesh, stepsOf(mesh, points), () => true)
  expect(near.some((x) => x > 0.5)).toBe(true)
  expect(near[0]).toBeLessThan(0.01)
  expect(seamsOf(ball().mesh, stepsOf(mesh, points), () => true).every((x) => x === 0)).toBe(true)
  expect(seamsOf(mesh, stepsOf(mesh, points), (kind) => kind === LIVER).every((x) => x === 0)).toBe(true)
})

test('a stone is drawn round with flat sides, though its lattice has but 48 faces', () => {
  const data = { shape: 'stone', atMm: [10, 5, -3], sizeMm: [6, 4, 5], material: 'gallstone', flats: [[0.7, 0, 0.2]] }
  const stone = stoneSchema.parse(data)
  const { positions, tetrahedra } = layStone(stone).lattice
  const faces = new Map<string, number[]>()
  for (let t = 0; t < tetrahedra.length; t += 4)
    for (const corners of [
      [1, 2, 3],
      [0, 3, 2],
      [0, 1, 3],
      [0, 2, 1],
    ]) {
      const face = corners.map((k) => tetrahedra[t + k]!)
      const key = face.toSorted((a, b) => a - b).join()
      if (!faces.delete(key)) faces.set(key, face)
    }
  expect(faces.size).toBe(48)
  const kind = new Uint8Array(48).fill(materialNumber('gallstone') * 2)
  const mesh = { vertices: 27, triangles: Uint32Array.from([...faces.values()].flat()), kind }
  const points = Float32Array.from(positions)
  const steps = stepsOf(mesh, points)
  const forms = formsOf({ tissue: [stone] })!
  const off = (p: Float32Array) => {
    let most = 0
    for (let v = 0; v < p.length / 3; v++) {
      if (v === 13) continue // its middle is none of its surface
      const [x, y, z] = [0, 1, 2].map((i) => (p[v * 3 + i]! * 1000 - stone.atMm[i]!) / (stone.sizeMm[i]! / 2))
      most = Math.max(most, Math.abs(gauge(stone, x!, y!, z!) - 1))
    }
    return most
  }
  expect(off(drawn(mesh, steps, null, points))).toBeGreaterThan(0.1)
  expect(off(drawn(mesh, steps, fitRelief(mesh, steps, points, forms), points))).toBeLessThan(0.01)
})
