/** Scenes in which an instrument only holds, feels or reaches: what its hand feels, what is seen, and what gives way. */
import { describe, expect, test } from 'vitest'
import { openScene, playTick, type RunningScene } from '../../../../core/simulation/scene/scene.ts'
import type { Scene } from '../../../../core/simulation/scene/schema.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import type { TissueField } from '../../../../core/simulation/tissue/fieldtype.ts'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE } from '../../../../core/simulation/tissue/memory.ts'
import { CAPSULE, CAPSULE_SLOTS } from '../../../../core/simulation/tissue/tools/capsules.ts'
import { INSTRUMENTS, instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { FIXITY_N, TROCAR } from '../../../../core/simulation/tissue/tools/port.ts'
import { TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { readScene } from '../../../../electron/shell/scenefiles.ts'
import { wasm } from './fixtures.ts'

type Move = Scene['tools'][0]['moves'][0]

/** A scene ready to play, with the moves of its tool, and what else is asked, changed. */
function opened(name: string, moved: (move: Move) => Partial<Move> = () => ({}), more: Partial<Scene> = {}) {
  const scene = readScene(sourceRoot, name)
  const [tool] = scene.tools
  const moves = tool.moves.map((move) => ({ ...move, ...moved(move) }))
  return openScene({ ...scene, tools: [{ ...tool, moves }], ...more }, wasm)
}

/** Plays up to a time; how often tissue tore on the way. */
function playTo(running: RunningScene, seconds: number, each: (field: TissueField) => void = () => {}): number {
  const { field } = running
  let torn = 0
  while (field.clock[0] < seconds * 100) {
    playTick(running)
    for (let e = 0; e < field.events.count; e++) if (EVENTS[field.events.code[e]] === 'torn') torn++
    each(field)
  }
  return torn
}

const forceOf = ({ each: [tool] }: TissueField): number =>
  Math.hypot(tool[TOOL.forceX], tool[TOOL.forceY], tool[TOOL.forceZ])
const pressedBy = ({ each: [tool] }: TissueField): string | undefined => MATERIALS[tool[TOOL.layer] - 1]?.name

describe('retractor', () => {
  /** From where an assistant looks under the edge of the liver, m. */
  const EYE = [0, 0.12, 0.16] as const

  /** Share of the corners of the gallbladder's surface that is in sight from there. */
  function inSight({ surface, tissue: { memory } }: TissueField): number {
    const { triangles, corners, count } = surface
    const { position, tetMaterial } = memory
    const isBladder = (f: number) => MATERIALS[tetMaterial[corners[f] >> 2]].name === 'gallbladder wall'
    const points = new Set<number>()
    for (let f = 0; f < count; f++) if (isBladder(f)) for (let k = 0; k < 3; k++) points.add(triangles[f * 3 + k])
    const at = (p: number) => [0, 1, 2].map((k) => position[p * 4 + k] - EYE[k])
    const dot = (a: number[], b: number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    const cross = (a: number[], b: number[]) =>
      [0, 1, 2].map((k) => a[(k + 1) % 3] * b[(k + 2) % 3] - a[(k + 2) % 3] * b[(k + 1) % 3])
    const others = Array.from({ length: count }, (_, f) => f).filter((f) => !isBladder(f))
    let seen = 0
    for (const p of points) {
      const ray = at(p)
      const hidden = others.some((f) => {
        const [a, b, c] = [0, 1, 2].map((k) => at(triangles[f * 3 + k]))
        const sides = [dot(ray, cross(a, b)), dot(ray, cross(b, c)), dot(ray, cross(c, a))]
        if (!(sides.every((side) => side > 0) || sides.every((side) => side < 0))) return false
        const [n, m] = [a, b].map((corner) => corner.map((x, k) => c[k] - x))
        const normal = cross(n, m)
        const share = dot(a, normal) / dot(ray, normal)
        return share > 0 && share < 0.98
      })
      if (!hidden) seen++
    }
    return seen / points.size
  }

  test('lifts the edge of the liver: the gallbladder comes into sight, little force is felt and nothing tears', () => {
    const running = opened('retract')
    let torn = playTo(running, 1.2)
    const before = inSight(running.field)
    torn += playTo(running, 2.8)
    const during = inSight(running.field)
    const held = forceOf(running.field)
    torn += playTo(running, 5.6)
    expect(during).toBeGreaterThan(before + 0.2)
    expect(held).toBeGreaterThan(0.15)
    expect(held).toBeLessThan(0.5)
    expect(torn).toBe(0)
    // It falls back when the retractor leaves.
    expect(inSight(running.field)).toBeLessThan(before + 0.05)
  })

  test('lifted twice as far, the liver tears', () => {
    const running = opened('retract', ({ tipMm: [x, y, z] }) => (y > 30 ? { tipMm: [x, 50, z - 8] } : {}))
    expect(playTo(running, 2.6)).toBeGreaterThan(0)
  })
})

describe('bougie', () => {
  /** Half the least width of the tube inside, mm, where its stricture is. */
  function halfWidth({ tissue: { memory } }: TissueField): number {
    const { position, rest, counts } = memory
    const inner: number[] = []
    for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
      const [x, y, z] = [0, 1, 2].map((k) => rest[p * 4 + k] * 1000)
      if (Math.abs(x - 4) < 4 && Math.hypot(y - 12, z) < 6)
        inner.push(Math.hypot(position[p * 4 + 1] * 1000 - 12, position[p * 4 + 2] * 1000))
    }
    return inner.reduce((sum, r) => sum + r, 0) / inner.length
  }

  const tight = (innerMm: number) => {
    const { tissue } = readScene(sourceRoot, 'bougie')
    return {
      tissue: tissue.map((one) =>
        one.shape === 'tube' && one.waist ? { ...one, waist: { ...one.waist, innerMm } } : one,
      ),
    }
  }

  test('of 11 mm widens a stricture of 8 mm: force rises in it, then only rubs, and nothing tears', () => {
    const running = opened('bougie')
    const narrow = halfWidth(running.field)
    expect(narrow).toBeLessThan(4.5)
    let entering = 0
    let torn = playTo(running, 1.9, (field) => expect(forceOf(field)).toBeLessThan(0.2))
    torn += playTo(running, 3, (field) => {
      entering = Math.max(entering, forceOf(field))
    })
    torn += playTo(running, 3.4)
    const rubbing = forceOf(running.field)
    expect(entering).toBeGreaterThan(1.2 * rubbing)
    expect(entering).toBeLessThan(4)
    expect(rubbing).toBeGreaterThan(0.3)
    // the corners of a tube of twelve sides lie farther out than the bougie
    expect(halfWidth(running.field)).toBeGreaterThan(5.3)
    torn += playTo(running, 6)
    expect(torn).toBe(0)
    expect(halfWidth(running.field)).toBeCloseTo(narrow, 1)
  })

  test('tears one of 5 mm: twice the three millimetres that one may add in a session', () => {
    expect(playTo(opened('bougie', undefined, tight(2.5)), 3)).toBeGreaterThan(0)
  })
})

test('a probe tells muscle from the bone at the bottom of a cleft, by touch and by force', () => {
  const running = opened('probe')
  const { field } = running
  const felt: { at: number; name: string; newtons: number; y: number }[] = []
  const torn = playTo(running, 5, () => {
    const name = pressedBy(field)
    if (name) felt.push({ at: field.clock[0] / 100, name, newtons: forceOf(field), y: field.each[0][TOOL.ay] })
  })
  const muscle = felt.filter(({ name }) => name === 'muscle')
  const bone = felt.filter(({ name }) => name === 'bone')
  expect([...new Set(felt.map(({ name }) => name))]).toEqual(['muscle', 'bone'])
  // Its upper side lies at 20 mm: it gives way by two millimetres under less than bone needs for none.
  expect(Math.min(...muscle.map(({ y }) => y))).toBeLessThan(0.018)
  expect(Math.max(...muscle.map(({ newtons }) => newtons))).toBeLessThan(1.5)
  // The hand wants 1 mm deeper than bone lets it; the tip is rounded and 1 mm thick.
  const pressed = bone.filter(({ at }) => at > 3 && at < 3.9)
  expect(pressed.length).toBeGreaterThan(80)
  for (const { newtons, y } of pressed) {
    expect(newtons).toBeGreaterThan(1.7)
    expect(y).toBeGreaterThan(0.0059)
  }
  expect(torn).toBe(0)
})

describe('trocar', () => {
  const PIVOT = [-0.034, 0.036, 0]

  test('an instrument turns about it, meets the valve, and takes the wall with it', () => {
    const running = opened('trocar')
    const { field } = running
    const [tool] = field.each
    const { position, counts } = field.tissue.memory
    const before = position.slice()
    let off = 0
    let moved = 0
    const inwards: number[] = []
    const torn = playTo(running, 5.6, () => {
      const tick = field.clock[0]
      const tip = [tool[TOOL.ax], tool[TOOL.ay], tool[TOOL.az]]
      const end = [tool[TOOL.bx], tool[TOOL.by], tool[TOOL.bz]]
      const [along, aside] = [0, 1, 2].reduce(
        ([sum, size], k) => [sum + (PIVOT[k] - tip[k]) * (end[k] - tip[k]), size + (end[k] - tip[k]) ** 2],
        [0, 0],
      )
      off = Math.max(off, Math.hypot(...tip.map((x, k) => x + ((end[k] - x) * along) / aside - PIVOT[k])))
      // What the tip does, the hand does the other way about.
      if (tick === 160 || tick === 240) expect(Math.sign(end[2])).toBe(-Math.sign(tip[2]))
      if (tick > 10 && tick < 60) inwards.push(tool[TOOL.forceX])
      for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++)
        if (before[p * 4] < -0.02)
          moved = Math.max(moved, Math.hypot(...[1, 2].map((k) => position[p * 4 + k] - before[p * 4 + k])))
    })
    expect(off).toBeLessThan(1e-9)
    expect(moved).toBeGreaterThan(0.002)
    for (const newtons of inwards) expect(newtons).toBeCloseTo(-0.6, 1)
    expect(torn).toBe(0)
  })

  test('it can go no deeper than its handle lets it, and its jaws open only where they are out', () => {
    const [held] = readScene(sourceRoot, 'trocar').tools
    const [first] = held.moves
    const { length } = INSTRUMENTS[instrumentNumber(held.instrument)]
    const to = (atS: number, x: number, y: number): Move => ({ ...first, atS, tipMm: [x, y, 0], jaw: 1 })
    // a hand at rest there holds it by 4.5 N
    const stop = PIVOT[0] * 1000 + (length - 0.04) * 1000 + 5
    const moves = [first, to(0.8, stop, 36), to(1, stop, 36), to(2, -60, 36)]
    const running = opened('trocar', undefined, { tools: [{ ...held, moves }] })
    const [tool] = running.field.each
    playTo(running, 1)
    const depth = () => Math.hypot(...PIVOT.map((x, k) => tool[TOOL.ax + k] - x))
    expect(depth()).toBeCloseTo(length - 0.04, 4)
    expect(tool[TOOL.slid]).toBe(0)
    playTo(running, 2.2)
    expect(depth()).toBeGreaterThan(0.003)
    expect(depth()).toBeLessThan(0.01)
    expect(tool[TOOL.jaw]).toBe(0)
  })

  test('its tube slides in the wall where the handle presses on it by more than 6.3 N, and stays there', () => {
    const [held] = readScene(sourceRoot, 'trocar').tools
    const [first] = held.moves
    const { length } = INSTRUMENTS[instrumentNumber(held.instrument)]
    const to = (atS: number, x: number): Move => ({ ...first, atS, tipMm: [x, 36, 0], jaw: 0 })
    const deep = PIVOT[0] * 1000 + (length - 0.04) * 1000
    // 12 mm beyond, where 7 mm of the hand's spring are 6.3 N; then far beyond, and back
    const moves = [
      first,
      to(0.8, deep),
      to(1, deep + 12),
      to(1.6, deep + 12),
      to(2, deep + 90),
      to(3, -20),
      to(3.5, -39),
      to(4, -60),
    ]
    const running = opened('trocar', undefined, { tools: [{ ...held, moves }] })
    const [tool] = running.field.each
    playTo(running, 1.6)
    expect(tool[TOOL.slid]).toBeCloseTo(0.005, 4)
    expect(tool[TOOL.forceX]).toBeCloseTo(-FIXITY_N, 1)
    // its end in the body went with it
    const { rows, count } = running.field.capsules
    const ends = Array.from({ length: count }, (_, c) => c * CAPSULE_SLOTS).filter(
      (at) => rows[at + CAPSULE.radius] === TROCAR.radius,
    )
    expect(ends.map((at) => rows[at] - PIVOT[0])).toEqual([expect.closeTo(TROCAR.inside + 0.005, 4)])
    playTo(running, 2)
    const most = tool[TOOL.slid]
    expect(most).toBeLessThan(TROCAR.outside)
    playTo(running, 3.4)
    expect(tool[TOOL.slid]).toBe(most)
    // the tip that does not leave it draws it back to where it was set
    playTo(running, 4)
    expect(tool[TOOL.slid]).toBe(0)
  })
})
