import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CELL } from '../../../../core/simulation/kernel/dropsort.ts'
import { listContacts } from '../../../../core/simulation/tissue/fluid/contact.ts'
import { gatherFlow, listNeighbours } from '../../../../core/simulation/tissue/fluid/flow.ts'
import { bindFluid, createFluid, type Fluid, stepFluid } from '../../../../core/simulation/tissue/fluid/fluid.ts'
import { LIQUID } from '../../../../core/simulation/tissue/fluid/liquids.ts'
import { FLUID_COUNT } from '../../../../core/simulation/tissue/fluid/memory.ts'
import { addParticle } from '../../../../core/simulation/tissue/fluid/particles.ts'
import { ASLEEP, TICK_S } from '../../../../core/simulation/tissue/fluid/scale.ts'
import { boxSurface, prepareSurface } from '../../../../core/simulation/tissue/fluid/surfacemotion.ts'
import { wasm } from './fixtures.ts'
import { createTub, placeTub, quietInput } from './tub.ts'

/** Millimetres and millimetres a second. */
const dropWithin = (half: number) =>
  fc.tuple(
    fc.integer({ min: -half, max: half }),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: -half, max: half }),
    fc.integer({ min: -900, max: 900 }),
    fc.integer({ min: -900, max: 900 }),
    fc.boolean(),
  )
const drop = dropWithin(28)
type Drops = readonly (readonly [number, number, number, number, number, boolean])[]

const tub = createTub(0.06, 0.08, 0.005, true)

/** A fluid with these drops in hand, the tub having moved by `way` metres. */
function inHand(drops: Drops, way: number): Fluid {
  placeTub(tub, 0, 0, 0)
  const fluid = createFluid(wasm, tub, 1, { particles: 120, vertices: 3000, sites: 1, sacs: 1, segments: 1, smoke: 1 })
  bindFluid(fluid, tub.triangle, tub.triangles, 1)
  for (const [x, y, z, vx, vy, sleeps] of drops) {
    const p = addParticle(fluid.memory, LIQUID.water, x / 1000, y / 1000, z / 1000, vx / 1000, vy / 1000, 0)
    if (sleeps) fluid.memory.still[p] = ASLEEP
  }
  placeTub(tub, way, 0, 0)
  prepareSurface(fluid.surface, fluid.memory)
  gatherFlow(fluid.flow, fluid.memory)
  boxSurface(fluid.surface)
  listContacts(fluid.flow, fluid.surface)
  listNeighbours(fluid.flow)
  return fluid
}

describe('lists of drops', () => {
  test('name all drops within reach of each that is awake, each once, and no others', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(drop, drop, drop, dropWithin(9000)), { maxLength: 100 }), (drops) => {
        const { flow } = inHand(drops, 0)
        for (let i = 0; i < flow.count; i++) {
          const listed = [...flow.near.subarray(flow.first[i], flow.first[i + 1])].filter((j) => j !== flow.spare)
          expect((flow.first[i + 1]! - flow.first[i]!) % 4).toBe(0)
          const expected: number[] = []
          for (let j = 0; flow.awake[i] && j < flow.count; j++) {
            const dx = flow.position[i * 4]! - flow.position[j * 4]!
            const dy = flow.position[i * 4 + 1]! - flow.position[j * 4 + 1]!
            const dz = flow.position[i * 4 + 2]! - flow.position[j * 4 + 2]!
            if (Math.sqrt(dx * dx + dy * dy + dz * dz) < CELL) expected.push(j)
          }
          expect(listed).toEqual(expected)
        }
      }),
      { numRuns: 60, seed: 3 },
    )
  })

  test('name all faces that a drop may meet on its way, also those that come to it', () => {
    fc.assert(
      fc.property(fc.array(drop, { maxLength: 40 }), fc.integer({ min: -4, max: 4 }), (drops, way) => {
        const { flow, surface } = inHand(drops, way / 1000)
        const reach = 0.00255
        for (let i = 0; i < flow.count; i++) {
          const listed = new Set(flow.listed.subarray(flow.from[i], flow.to[i]))
          if (!flow.awake[i]) expect(listed.size).toBe(0)
          for (let t = 0; flow.awake[i] && t < surface.triangles; t++) {
            if (meets(flow, i, t, reach, way / 1000)) expect(listed.has(t), `drop ${i} face ${t}`).toBe(true)
          }
        }
      }),
      { numRuns: 30, seed: 4 },
    )
  })

  /** Whether the boxes around a drop's path and a face's meet within `reach`. */
  function meets(flow: Fluid['flow'], i: number, t: number, reach: number, way: number): boolean {
    for (let k = 0; k < 3; k++) {
      const at = flow.position[i * 4 + k]!
      const end = at + flow.velocity[i * 4 + k]! * TICK_S
      const corners = [flow.a[t]!, flow.b[t]!, flow.c[t]!].flatMap((v) => {
        const now = tub.position[v * 4 + k]!
        return [now, k === 0 ? now - way : now]
      })
      if (Math.min(...corners) > Math.max(at, end) + reach) return false
      if (Math.max(...corners) < Math.min(at, end) - reach) return false
    }
    return true
  }

  test('a drop that finds no room for its faces waits, and none is lost', () => {
    const fluid = inHand(
      Array.from({ length: 100 }, (_, n) => [n % 50, 1 + (n % 7), (n % 13) - 6, 800, -800, false] as const),
      0,
    )
    // Thousands of faces in one place, in the middle of the floor.
    const crowd = new Uint32Array(3 * 8000)
    for (let t = 0; t < 8000; t++) crowd.set(tub.triangle.subarray(156 * 3, 157 * 3), t * 3)
    bindFluid(fluid, crowd, 8000, 2)
    const before = fluid.memory.position.slice()
    stepFluid(fluid, quietInput())
    const { awake, count } = fluid.flow
    expect(fluid.memory.count[FLUID_COUNT.particles]).toBe(100)
    expect(awake.subarray(0, count).includes(0)).toBe(true)
    for (let i = 0; i < count; i++) {
      const p = fluid.flow.order[i]!
      if (awake[i] === 0) expect(fluid.memory.position[p * 3]).toBe(before[p * 3])
    }
  })
})
