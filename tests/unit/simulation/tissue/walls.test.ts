import { expect, test } from 'vitest'
import { openScene } from '../../../../core/simulation/scene/scene.ts'
import { sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { removeListed } from '../../../../core/simulation/tissue/cutting/remove.ts'
import { stepField } from '../../../../core/simulation/tissue/field.ts'
import type { TissueField } from '../../../../core/simulation/tissue/fieldtype.ts'
import { followMesh } from '../../../../core/simulation/tissue/followmesh.ts'
import { COUNT, FIRST_PARTICLE, NONE, OWNER } from '../../../../core/simulation/tissue/memory.ts'
import { wasm } from './fixtures.ts'

type Three = readonly [number, number, number]
type Box = { readonly cubes: Three; readonly edgeMm: number; readonly atMm: Three; readonly held?: readonly string[] }

/** Boxes of liver without weight, away from all tools. */
const fieldOf = (...boxes: readonly Box[]): TissueField =>
  openScene(
    sceneSchema.parse({
      name: 'walls',
      technique: 'hold',
      gravity: [0, 0, 0],
      tissue: boxes.map((box) => ({ shape: 'box', material: 'liver', held: [], ...box })),
      tools: [{ instrument: 'scissors', moves: [{ atS: 0, tipMm: [0, 300, 0], towardsMm: [0, 600, 0] }] }],
      seconds: 1,
    }),
    wasm,
  ).field

/** The particles of tissue whose place at rest is as `where` says, x y z in mm. */
function particlesOf({ tissue }: TissueField, where: (...at: [number, number, number]) => boolean): number[] {
  const { rest, owner, counts } = tissue.memory
  const found: number[] = []
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++)
    if (owner[p] === OWNER.tissue && where(rest[p * 4] * 1000, rest[p * 4 + 1] * 1000, rest[p * 4 + 2] * 1000))
      found.push(p)
  return found
}

test('what is thrown from within at a wall that never moves stays within', () => {
  const field = fieldOf({ cubes: [2, 3, 3], edgeMm: 4, atMm: [0, 10, 0], held: ['right'] })
  const { tetVertex, position, velocity, counts } = field.tissue.memory
  const middle = new Set(particlesOf(field, (x, y, z) => x > 3.9 && Math.abs(y - 16) < 2.1 && Math.abs(z - 6) < 2.1))
  // There stay the tetrahedra with a face of the wall, and of the cubes before it the one in the middle, which is loose.
  let count = 0
  for (let t = 0; t < counts[COUNT.tets]; t++) {
    const four = [...tetVertex.subarray(t * 4, t * 4 + 4)]
    const held = four.filter((p) => position[p * 4 + 3] === 0).length
    if (held < 3 && !four.every((p) => middle.has(p))) field.mesh.work.ring[count++] = t
  }
  removeListed(field.mesh, count)
  followMesh(field)
  const loose = new Set<number>()
  for (let t = 0; t < counts[COUNT.tets]; t++) {
    const four = [...tetVertex.subarray(t * 4, t * 4 + 4)]
    if (four[0] !== NONE && four.every((p) => position[p * 4 + 3] > 0)) for (const p of four) loose.add(p)
  }
  expect(loose.size).toBe(8)
  for (const p of loose) velocity[p * 4] = -1.5
  for (let n = 0; n < 20; n++) stepField(field)
  for (const p of loose) expect(position[p * 4]).toBeGreaterThan(0)
})

test('what lies under a thin sheet is not drawn through it', () => {
  const field = fieldOf(
    { cubes: [6, 1, 6], edgeMm: 1, atMm: [27, 14, -3] },
    { cubes: [2, 2, 2], edgeMm: 2, atMm: [-2, 10, -2] },
  )
  const { position } = field.tissue.memory
  // Side by side at rest, lest they count as of one piece there. The block's top comes a little into the sheet.
  const sheet = particlesOf(field, (x) => x > 10)
  for (const p of sheet) {
    position[p * 4] -= 0.03
    position[p * 4 + 1] -= 0.0001
  }
  const top = particlesOf(field, (x, y) => x < 10 && y > 13.9)
  const before = Math.max(...top.map((p) => position[p * 4 + 1]))
  for (let n = 0; n < 5; n++) {
    stepField(field)
    expect(Math.max(...top.map((p) => position[p * 4 + 1]))).toBeLessThan(before + 0.00005)
  }
})

test('blocks whose edges lie in one plane part where they came into each other', () => {
  const field = fieldOf(
    { cubes: [2, 1, 2], edgeMm: 4, atMm: [-8, 10, -4] },
    { cubes: [2, 1, 2], edgeMm: 4, atMm: [0.4, 10, -4] },
  )
  const { position } = field.tissue.memory
  for (const p of particlesOf(field, (x) => x > 0.3)) position[p * 4] -= 0.001
  for (let n = 0; n < 50; n++) stepField(field)
  const left = particlesOf(field, (x) => Math.abs(x) < 0.01)
  const right = particlesOf(field, (x) => Math.abs(x - 0.4) < 0.01)
  expect(Math.min(...right.map((p) => position[p * 4]))).toBeGreaterThan(Math.max(...left.map((p) => position[p * 4])))
})
