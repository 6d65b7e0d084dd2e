import { beforeAll, describe, expect, it } from 'vitest'
import { collapseSafely } from '../../../core/modelling/collapse.ts'
import { build } from '../../../core/modelling/compile.ts'
import { contour } from '../../../core/modelling/contour.ts'
import { DOUBLED_FACE, unsettled } from '../../../core/modelling/dualtables.ts'
import type { Field } from '../../../core/modelling/field.ts'
import { checkManifold, isSound } from '../../../core/modelling/manifold.ts'
import { mirrorQuanta, QUANTUM_MM, quantise, spreadSlivers } from '../../../core/modelling/quantise.ts'
import { type Simplifier, simplifySoundly } from '../../../core/modelling/simplify.ts'
import { loadSimplifier } from '../../../electron/atlas/simplifier.ts'
import { randomTree } from './trees.ts'

const noRefs = () => {
  throw new Error('no refs here')
}
let simplifier: Simplifier

beforeAll(async () => {
  simplifier = await loadSimplifier()
})

/** Moved to the chest, so that quanta are in range. */
const onBody = (field: Field): Field => ({
  bounds: {
    min: [field.bounds.min[0], field.bounds.min[1] + 1000, field.bounds.min[2]],
    max: [field.bounds.max[0], field.bounds.max[1] + 1000, field.bounds.max[2]],
  },
  lipschitz: field.lipschitz,
  distance: (x, y, z) => field.distance(x, y - 1000, z),
  near: (x, y, z, r) => onBody(field.near(x, y - 1000, z, r)),
})

describe('tables of dual marching cubes', () => {
  it('settle every doubled face by reading it the other way', () => {
    expect(unsettled()).toEqual([])
    expect([...DOUBLED_FACE].filter((f) => f !== 255).length).toBeGreaterThan(0)
  })
})

describe('meshes of random trees', () => {
  for (let group = 0; group < 10; group++) {
    it(`are closed, oriented 2-manifolds at every stage: ${group * 50}–${group * 50 + 49}`, () => {
      let meshed = 0
      for (let seed = group * 50; seed < group * 50 + 50; seed++) {
        let field: Field
        try {
          field = onBody(build(randomTree(seed), noRefs))
        } catch (error) {
          expect(String(error)).toContain('nothing inside')
          continue
        }
        const mesh = contour(field, 2.6)
        if (mesh.indices.length === 0) continue
        meshed++
        const where = `seed ${seed}`
        const raw = checkManifold(mesh.positions, mesh.indices)
        expect({ where, ...raw, volume: raw.volume > 0 }).toEqual({
          where,
          badEdges: 0,
          badVertices: 0,
          degenerate: 0,
          volume: true,
        })
        const q = quantise(mesh.positions)
        expect(spreadSlivers(q, mesh.indices), where).toBe(0)
        expect(isSound(checkManifold(q, mesh.indices)), `${where} quantised`).toBe(true)
        const full = simplifySoundly(q, mesh.indices, simplifier, { targetCount: 12, errorMm: 0.2 })
        expect(isSound(checkManifold(full.q, full.indices)), `${where} simplified`).toBe(true)
        const light = simplifySoundly(full.q, full.indices, simplifier, { targetCount: 12, errorMm: 0.6 })
        expect(isSound(checkManifold(light.q, light.indices)), `${where} light`).toBe(true)
        expect(light.indices.length).toBeLessThanOrEqual(mesh.indices.length)
        const twin = mirrorQuanta(light.q, light.indices)
        expect(isSound(checkManifold(twin.q, twin.indices)), `${where} mirrored`).toBe(true)
      }
      expect(meshed).toBeGreaterThan(35)
    })
  }
})

describe('contour', () => {
  it('keeps volume, sharp edges and place', () => {
    const sphere = contour(build({ sphere: { c: [3, 4, 5], r: 20 } }, noRefs), 2)
    expect(checkManifold(sphere.positions, sphere.indices).volume).toBeCloseTo((4 / 3) * Math.PI * 8000, -2)
    const box = contour(build({ box: { c: [0, 0, 0], half: [10, 20, 30], rotate: [20, 30, 40] } }, noRefs), 1.5)
    const volume = checkManifold(box.positions, box.indices).volume
    expect(Math.abs(volume / 48000 - 1)).toBeLessThan(0.005)
  })

  it('loses nothing when the Lipschitz bound is a lie', () => {
    const honest = build({ sphere: { c: [0, 0, 0], r: 20 } }, noRefs)
    const liar: Field = { ...honest, distance: (x, y, z) => 1.6 * honest.distance(x, y, z), near: () => liar }
    Object.assign(liar, { bounds: honest.bounds, lipschitz: 1 })
    const mesh = contour(liar, 2)
    expect(isSound(checkManifold(mesh.positions, mesh.indices))).toBe(true)
  })

  it('refuses a shape without bounds and one that is not a number', () => {
    expect(() => contour(build({ halfspace: { p: [0, 0, 0], n: [0, 1, 0] } }, noRefs), 2)).toThrow('no bounds')
    const sphere = build({ sphere: { c: [0, 0, 0], r: 9 } }, noRefs)
    const broken: Field = { bounds: sphere.bounds, lipschitz: 1, distance: () => NaN, near: () => broken }
    expect(() => contour(broken, 2)).toThrow('not a number')
  })
})

describe('the check of a mesh', () => {
  it('finds a hole, a turned triangle, a pinched vertex and a sliver', () => {
    const mesh = contour(build({ sphere: { c: [0, 0, 0], r: 8 } }, noRefs), 3)
    const holed = checkManifold(mesh.positions, mesh.indices.slice(3))
    expect(holed.badEdges).toBe(3)
    const turned = mesh.indices.slice()
    turned.set([turned[1], turned[0]], 0)
    expect(checkManifold(mesh.positions, turned).badEdges).toBeGreaterThan(0)
    const tetrahedron = [0, 2, 1, 0, 1, 3, 1, 2, 3, 2, 0, 3]
    const corners = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]
    const second = tetrahedron.map((i) => (i === 0 ? 0 : i + 3))
    const pinched = checkManifold([...corners, 0, 0, -1, 0, -1, 0, -1, 0, 0], [...tetrahedron, ...second])
    expect(pinched.badEdges).toBe(0)
    expect(pinched.badVertices).toBe(1)
    const flat = checkManifold([0, 0, 0, 1, 0, 0, 2, 0, 0], [0, 1, 2])
    expect(flat.degenerate).toBe(1)
  })

  it('spreads slivers that rounding made', () => {
    const q = Uint16Array.from([100, 100, 100, 110, 100, 100, 120, 100, 100, 110, 120, 100, 110, 110, 130])
    const indices = Uint32Array.from([0, 3, 1, 1, 3, 2, 0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4, 0, 1, 2])
    expect(spreadSlivers(q, indices.slice(18))).toBe(0)
    expect(checkManifold(q, indices.slice(18)).degenerate).toBe(0)
  })
})

describe('safe collapse', () => {
  it('thins a sheet that a general simplifier tears, within its error', () => {
    const shape = { shell: { of: { sphere: { c: [0, 1000, 0], r: 20 } }, inner: -0.8, outer: 0 } } as const
    const mesh = contour(build(shape, noRefs), 2)
    const fewer = collapseSafely(mesh.positions, mesh.indices, 0.3)
    const report = checkManifold(mesh.positions, fewer)
    expect(report.badEdges + report.badVertices + report.degenerate).toBe(0)
    expect(fewer.length).toBeLessThan(mesh.indices.length * 0.6)
    const before = checkManifold(mesh.positions, mesh.indices).volume
    expect(Math.abs(report.volume / before - 1)).toBeLessThan(0.35)
  })
})

it('quanta are exact in metres and mirror onto themselves', () => {
  expect(QUANTUM_MM * 32768).toBe(1000)
  const { q } = mirrorQuanta(quantise([12, 1000, 3, -12, 1000, 3]), new Uint32Array(0))
  expect([...q.slice(0, 3)]).toEqual([...quantise([-12, 1000, 3])])
  expect(() => quantise([1500, 0, 0])).toThrow('outside the space')
})
