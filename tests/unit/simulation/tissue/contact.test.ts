import { describe, expect, test } from 'vitest'
import { twinKernel } from '../../../../core/simulation/kernel/kernel.ts'
import { openScene } from '../../../../core/simulation/scene/scene.ts'
import { sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { removeListed } from '../../../../core/simulation/tissue/cutting/remove.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import { createField, hashField, restoreField, saveField, stepField } from '../../../../core/simulation/tissue/field.ts'
import { type TissueField, toolOf } from '../../../../core/simulation/tissue/fieldtype.ts'
import { followMesh } from '../../../../core/simulation/tissue/followmesh.ts'
import { restVolume, volumeNow } from '../../../../core/simulation/tissue/load.ts'
import { materialNumber } from '../../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE, NONE } from '../../../../core/simulation/tissue/memory.ts'
import { CAPSULE_SLOTS } from '../../../../core/simulation/tissue/tools/capsules.ts'
import { INSTRUMENTS, instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { moveHand, TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { openReference } from '../../../../electron/bench/tissue/reference.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { readScene } from '../../../../electron/shell/scenefiles.ts'
import { wasm } from './fixtures.ts'

const CUBES = 12
const THREAD = { rods: 1, slots: 201, proxies: 12 }

/** A copy of a field in which nothing is listed yet, by the kernel's twin. */
function copyOf(field: TissueField): TissueField {
  const copy = createField(twinKernel, { ...field.tissue.memory.size, threads: THREAD })
  restoreField(copy, saveField(field))
  return copy
}

describe('lists of faces around points', () => {
  test('change nothing by when they were made, whatever is cut, and kernel and twin agree bit for bit', () => {
    const { field, tick } = openReference(wasm, CUBES, { thread: true, fluid: false })
    const topologies = new Set<number>()
    for (let n = 0; n < 300; n++) {
      tick()
      topologies.add(field.surface.version)
      if (n % 15 > 0) continue
      const copy = copyOf(field)
      stepField(field)
      stepField(copy)
      expect(hashField(copy), `tick ${n}`).toBe(hashField(field))
    }
    expect(topologies.size).toBeGreaterThan(10)
  }, 120_000)

  test('neither when tools are flung about', () => {
    const { field } = openReference(wasm, CUBES, { thread: true, fluid: false })
    let seed = 3
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return seed / 2 ** 32 - 0.5
    }
    for (let n = 0; n < 200; n++) {
      for (let t = 0; t < 3; t++) {
        const tip = [random() * 0.06, 0.02 + random() * 0.04, random() * 0.06]
        moveHand(toolOf(field, t), tip, [tip[0] + random() * 0.2, tip[1] + 0.25, tip[2]])
        if (n % 15 === 0) toolOf(field, t)[TOOL.jaw] = random() > 0 ? 1 : 0
      }
      const copy = n % 20 === 0 ? copyOf(field) : undefined
      stepField(field)
      if (!copy) continue
      stepField(copy)
      expect(hashField(copy), `tick ${n}`).toBe(hashField(field))
    }
  }, 120_000)
})

test('a layer of a quarter of a millimetre is not pressed by its own other side', () => {
  const { field } = openScene(readScene(sourceRoot, 'phaco'), wasm)
  const { tissue, mesh } = field
  const { tetVertex, tetMaterial, position, counts } = tissue.memory
  const gone = ['lens nucleus', 'lens cortex'].map(materialNumber)
  let listed = 0
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) if (gone.includes(tetMaterial[tet])) mesh.work.ring[listed++] = tet
  expect(removeListed(mesh, listed)).toBeGreaterThan(1e-7)
  followMesh(field)
  // Drawn in by a twentieth, as if something had pressed on it.
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++)
    if (position[p * 4 + 3] > 0) for (let i = 0; i < 3; i += 2) position[p * 4 + i] *= 0.95
  for (let n = 0; n < 100; n++) stepField(field)
  let now = 0
  let rest = 0
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) {
    if (tetVertex[tet * 4] === NONE) continue
    now += volumeNow(tissue.memory, tet)
    rest += restVolume(tissue.memory, tet)
  }
  expect(now / rest).toBeCloseTo(1, 3)
})

/** Whether a probe pressed at 2 m/s against the floor of the bowl ever has its tip under it. */
test('a tool that is driven into tissue at two metres a second does not pass through', () => {
  const { field } = openReference(wasm, CUBES, { thread: false, fluid: false })
  const probe = toolOf(field, 2)
  for (let t = 0; t < 2; t++) moveHand(toolOf(field, t), [0.3, 0.3, 0.3], [0.3, 0.6, 0.3])
  let lowest = 1
  for (let n = 0; n < 120; n++) {
    const height = Math.max(-0.05, 0.1 - 0.02 * Math.max(0, n - 20))
    moveHand(probe, [0.01, height, 0.01], [0.01, height + 0.3, 0.01])
    stepField(field)
    lowest = Math.min(lowest, probe[TOOL.ay])
  }
  // The floor is 15 mm thick and lies on a tray that is held.
  expect(lowest).toBeGreaterThan(0)
  expect(probe[TOOL.touched]).toBeGreaterThan(0)
})

/** How many free faces the axes of instruments go through. */
function crossed({ capsules: { rows, count }, surface, tissue }: TissueField): number {
  const { position } = tissue.memory
  const corner = (at: number) => [0, 1, 2].map((k) => position[surface.triangles[at] * 4 + k])
  let faces = 0
  for (let c = 0; c < count; c++) {
    const [p, q] = [0, 3].map((at) => [...rows.slice(c * CAPSULE_SLOTS + at, c * CAPSULE_SLOTS + at + 3)])
    for (let f = 0; f < surface.count * 3; f += 3) {
      const [i, j, k] = [corner(f), corner(f + 1), corner(f + 2)]
      if (volume(i, j, k, p) > 0 === volume(i, j, k, q) > 0) continue
      const around = [volume(p, q, i, j), volume(p, q, j, k), volume(p, q, k, i)].map(Math.sign)
      if (around.every((side) => side === around[0])) faces++
    }
  }
  return faces
}

/** Six times the volume of a tetrahedron. */
function volume(a: readonly number[], b: readonly number[], c: readonly number[], d: readonly number[]): number {
  const [u, v, w] = [b, c, d].map((corner) => corner.map((x, k) => x - a[k]))
  return (u[1] * v[2] - u[2] * v[1]) * w[0] + (u[2] * v[0] - u[0] * v[2]) * w[1] + (u[0] * v[1] - u[1] * v[0]) * w[2]
}

describe('a blunt instrument that is driven at two metres a second', () => {
  const names = ['probe', 'ligating-loop', 'phaco', 'drill', 'grasper-fenestrated', 'clip-applier', 'scope', 'finger']
  const sheets = [
    { material: 'bowel wall', layers: 1 },
    { material: 'liver', layers: 3 },
  ]
  /** The sheet it meets lies between 0 and 4 or 12 mm and is held all around. */
  const opened = (instrument: string, { material, layers }: (typeof sheets)[0], towards: number[]) =>
    openScene(
      sceneSchema.parse({
        name: 'driven',
        technique: 'hold',
        gravity: [0, 0, 0],
        tissue: [
          {
            shape: 'box',
            cubes: [8, layers, 6],
            edgeMm: 4,
            atMm: [-16, 0, -12],
            material,
            held: ['left', 'right', 'back', 'front'],
          },
        ],
        tools: [{ instrument, up: [1, 0, 0], moves: [{ atS: 0, tipMm: [0, 30, 0], towardsMm: towards }] }],
        seconds: 1,
      }),
      wasm,
    ).field

  test.each(names.flatMap((name) => sheets.map((sheet) => ({ name, ...sheet }))))(
    'goes through no $material that does not tear: $name',
    ({ name, ...sheet }) => {
      const field = opened(name, sheet, [0, 400, 0])
      const [tool] = field.each
      const { length } = INSTRUMENTS[instrumentNumber(name)]
      tool[TOOL.jaw] = 0
      let torn = 0
      let whole = 0
      let inside = 0
      for (let n = 0; n < 70; n++) {
        const height = 0.03 - Math.min(0.06, 0.02 * n)
        moveHand(tool, [0.0007, height, 0.0013], [0.0007, height + length, 0.0013])
        stepField(field)
        for (let e = 0; e < field.events.count; e++) if (EVENTS[field.events.code[e]] === 'torn') torn++
        if (n % 2 > 0 || crossed(field) === 0) continue
        inside++
        if (torn === 0) whole++
      }
      // The hand is 30 mm beyond: that no sheet bears. It tears as the tip comes through, and then lies beside the shaft.
      expect(torn).toBeGreaterThan(0)
      expect(whole * 2).toBeLessThanOrEqual(8)
      expect(inside * 2).toBeLessThan(35)
    },
  )

  test.each(names)('is held by liver that it comes down on sideways: %s', (name) => {
    const field = opened(name, sheets[1], [300, 30, 0])
    const [tool] = field.each
    const { length } = INSTRUMENTS[instrumentNumber(name)]
    tool[TOOL.jaw] = 0
    for (let n = 0; n < 30; n++) {
      const height = 0.03 - Math.min(0.05, 0.02 * n)
      moveHand(tool, [-0.02, height, 0.003], [length - 0.02, height, 0.003])
      stepField(field)
      if (n % 3 === 0) expect(crossed(field)).toBe(0)
    }
    expect(tool[TOOL.ay]).toBeGreaterThan(0.01)
  })

  test.each([
    { name: 'suction-irrigator', speed: 0.05 },
    { name: 'suction-irrigator', speed: 1 },
    { name: 'retractor', speed: 0.05 },
    { name: 'retractor', speed: 2 },
  ])('is borne along its length by fat that it is laid on and pressed into at $speed m/s: $name', ({ name, speed }) => {
    const { length } = INSTRUMENTS[instrumentNumber(name)]
    const field = openScene(
      sceneSchema.parse({
        name: 'laid',
        technique: 'hold',
        gravity: [0, 0, 0],
        tissue: [
          { shape: 'box', cubes: [12, 5, 12], edgeMm: 4, atMm: [-24, 0, -24], material: 'fat', held: ['below'] },
        ],
        tools: [{ instrument: name, moves: [{ atS: 0, tipMm: [20, 24, 0], towardsMm: [-300, 24, 0] }] }],
        seconds: 1,
      }),
      wasm,
    ).field
    const [tool] = field.each
    tool[TOOL.jaw] = 0
    // the hand goes 10 mm deep into 20 mm
    for (let n = 0; n < 14e-3 / (speed * 0.01) + 40; n++) {
      const height = Math.max(0.01, 0.024 - speed * 0.01 * n)
      moveHand(tool, [0.02, height, 0], [0.02 - length, height, 0])
      stepField(field)
    }
    expect(tool[TOOL.ay]).toBeGreaterThan(0.012)
    expect(tool[TOOL.forceY]).toBeGreaterThan(2)
  })
})
