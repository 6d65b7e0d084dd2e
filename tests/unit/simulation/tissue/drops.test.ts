/** Drops beside the lips of a slit, and drops that sleep. */
import { describe, expect, test } from 'vitest'
import { bindFluid, createFluid, type Fluid, stepFluid } from '../../../../core/simulation/tissue/fluid/fluid.ts'
import { LIQUID } from '../../../../core/simulation/tissue/fluid/liquids.ts'
import { FLUID_COUNT } from '../../../../core/simulation/tissue/fluid/memory.ts'
import { addParticle } from '../../../../core/simulation/tissue/fluid/particles.ts'
import { ASLEEP, DROP_ML } from '../../../../core/simulation/tissue/fluid/scale.ts'
import { missingMl } from '../../../../core/simulation/tissue/fluid/volume.ts'
import { wasm } from './fixtures.ts'
import { createTub, fillTub, quietInput } from './tub.ts'

describe('a slit in a floor', () => {
  /** A floor at height 0 with a slit of 0.2 mm along x, of whose walls a narrow face each comes up to the lip. */
  const slit = () => {
    const position: number[] = []
    const triangle: number[] = []
    for (const side of [-1, 1]) {
      const lip = side * 0.0001
      const first = position.length / 4
      position.push(-0.02, 0, lip, 1, 0.02, 0, lip, 1, -0.02, 0, side * 0.02, 1, 0.02, 0, side * 0.02, 1)
      position.push(0, 0, lip, 1, -0.001, -0.005, lip, 1, 0.001, -0.005, lip, 1)
      const faces = [
        [0, 2, 1],
        [1, 2, 3],
        [4, 5, 6],
      ]
      for (const [a, b, c] of faces)
        triangle.push(first + a!, first + (side > 0 ? b! : c!), first + (side > 0 ? c! : b!))
    }
    return { position: Float32Array.from(position), triangle: Uint32Array.from(triangle) }
  }

  test('a drop over its lip falls and is not thrown across by the wall under it', () => {
    for (let height = 0.0013; height < 0.0035; height += 0.0003) {
      for (const side of [-0.0005, -0.0011, 0.0005, 0.0011]) {
        const { position, triangle } = slit()
        const fluid = createFluid(wasm, { position }, 1)
        bindFluid(fluid, triangle, triangle.length / 3, 1)
        addParticle(fluid.memory, LIQUID.water, 0, height, side, 0, 0, 0)
        fluid.memory.share[LIQUID.water] = DROP_ML
        for (let t = 0; t < 4; t++) stepFluid(fluid, quietInput())
        expect(Math.abs(fluid.memory.position[2]! - side)).toBeLessThan(0.0003)
        expect(fluid.memory.position[1]!).toBeGreaterThan(0)
      }
    }
  })
})

describe('drops that sleep', () => {
  const pool = () => {
    const tub = createTub(0.06, 0.04, 0.005, false)
    const fluid = createFluid(wasm, tub, 3)
    bindFluid(fluid, tub.triangle, tub.triangles, 1)
    fillTub(fluid.memory, LIQUID.blood, 256, 16, 0.0013)
    for (let t = 0; t < 500 && wakeful(fluid).length > 0; t++) stepFluid(fluid, quietInput())
    expect(wakeful(fluid)).toEqual([])
    return { tub, fluid }
  }

  const wakeful = ({ memory }: Fluid) =>
    Array.from({ length: memory.count[FLUID_COUNT.particles]! }, (_, p) => p).filter((p) => memory.still[p]! < ASLEEP)

  /** m along the floor from a drop to (x, z). */
  const distance = ({ memory }: Fluid, p: number, x: number, z: number) =>
    Math.hypot(memory.position[p * 3]! - x, memory.position[p * 3 + 2]! - z)

  /** The vertex of the floor in its middle. */
  const middle = (position: Float32Array) => {
    for (let v = 0; v < position.length / 4; v++)
      if (Math.hypot(position[v * 4]!, position[v * 4 + 1]!, position[v * 4 + 2]!) < 1e-6) return v
    throw new Error('no vertex in the middle')
  }

  test('wake where the floor creeps away under them, and nowhere else', () => {
    const { tub, fluid } = pool()
    const v = middle(tub.position)
    const woken = new Set<number>()
    for (let t = 0; t < 100; t++) {
      tub.position[v * 4 + 1] = -0.00001 * Math.min(t, 70)
      stepFluid(fluid, quietInput())
      for (const p of wakeful(fluid)) woken.add(p)
    }
    expect(woken.size).toBeGreaterThan(0)
    for (const p of woken) expect(distance(fluid, p, 0, 0)).toBeLessThan(0.02)
    for (let p = 0; p < 256; p++) if (distance(fluid, p, 0, 0) < 0.003) expect(woken).toContain(p)
    expect(missingMl(fluid.memory, LIQUID.blood)).toBe(0)
  })

  test('fall at once where the floor under them is taken away', () => {
    const { tub, fluid } = pool()
    const v = middle(tub.position)
    const kept: number[] = []
    for (let t = 0; t < tub.triangles; t++) {
      const corners = tub.triangle.subarray(t * 3, t * 3 + 3)
      if (!corners.includes(v)) kept.push(...corners)
    }
    bindFluid(fluid, Uint32Array.from(kept), kept.length / 3, 2)
    for (let t = 0; t < 10; t++) stepFluid(fluid, quietInput())
    const heights = Array.from({ length: 256 }, (_, p) => fluid.memory.position[p * 3 + 1]!)
    expect(Math.min(...heights)).toBeLessThan(-0.02)
    expect(missingMl(fluid.memory, LIQUID.blood)).toBe(0)
  })
})
