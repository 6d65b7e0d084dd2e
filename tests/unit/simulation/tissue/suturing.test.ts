import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openScene, playTick, type RunningScene } from '../../../../core/simulation/scene/scene.ts'
import { type Scene, sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { EVENTS, type EventName } from '../../../../core/simulation/tissue/events.ts'
import { knotIn, watchKnots } from '../../../../core/simulation/tissue/fieldknots.ts'
import type { TissueField } from '../../../../core/simulation/tissue/fieldtype.ts'
import { SITE, SITE_WORD } from '../../../../core/simulation/tissue/fluid/memory.ts'
import { COUNT, FIRST_PARTICLE, OWNER } from '../../../../core/simulation/tissue/memory.ts'
import { recogniseKnot } from '../../../../core/simulation/tissue/thread/knot/recognise.ts'
import type { ThreadMemory } from '../../../../core/simulation/tissue/thread/memory.ts'
import { pointsIn } from '../../../../core/simulation/tissue/thread/tract.ts'
import { TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { wasm } from './fixtures.ts'
import { tied } from './thread/curves.ts'

const sceneOf = (name: string): Scene =>
  sceneSchema.parse(JSON.parse(readFileSync(join(sourceRoot, `tests/scenes/${name}.json`), 'utf8')))

type Seen = { readonly tick: number; readonly name: EventName; readonly figure: number; readonly force: number }

/** Plays a scene until its end; what happened. */
function playAll(running: RunningScene, each?: (field: TissueField, tick: number) => void): Seen[] {
  const seen: Seen[] = []
  const { field, scene } = running
  for (let tick = 0; tick < scene.seconds * 100; tick++) {
    playTick(running)
    const { count, code, figure, force } = field.events
    for (let i = 0; i < count; i++) seen.push({ tick, name: EVENTS[code[i]], figure: figure[i], force: force[i] })
    each?.(field, tick)
  }
  return seen
}

/** Width of the wound between two blocks on either side of x = 0 at their upper edges, mm. */
function woundOf({ tissue }: TissueField): number {
  const { rest, position, owner, counts } = tissue.memory
  const sums = [0, 0]
  const found = [0, 0]
  for (let p = FIRST_PARTICLE * 4; p < counts[COUNT.particles] * 4; p += 4) {
    if (owner[p >> 2] !== OWNER.tissue || Math.abs(rest[p]) > 0.0012) continue
    if (rest[p + 1] < 0.0149 || Math.abs(rest[p + 2]) > 0.004) continue
    const side = rest[p] > 0 ? 1 : 0
    sums[side] += position[p]
    found[side]++
  }
  return 1000 * (sums[1] / found[1] - sums[0] / found[0])
}

test('a needle is driven through both edges of a wound, drawn after, and the thread brings them together', () => {
  const running = openScene(sceneOf('suture'), wasm)
  let felt = 0
  let long = 0
  let open = 0
  let closest = Infinity
  const seen = playAll(running, ({ each, threads }, tick) => {
    if (tick === 30) open = woundOf(running.field)
    // while it is drawn: without a knot it slips back
    if (tick > 900) closest = Math.min(closest, woundOf(running.field))
    if (tick < 330) for (let i = 0; i < 3; i++) felt = Math.max(felt, Math.abs(each[0][TOOL.forceX + i]))
    const t = threads!.memory
    let most = 0
    for (let s = t.first[0]; s < t.first[0] + t.segments[0]; s++) {
      const d = [0, 1, 2].map((i) => t.checked[3 * s + 3 + i] - t.checked[3 * s + i])
      most = Math.max(most, Math.hypot(...d) / t.length[s] - 1)
    }
    if (most > 0.03) long++
  })
  const of = (name: EventName) => seen.filter((one) => one.name === name)
  // in and out of the right edge, in and out of the left one, with what a cutting needle needs in muscle
  expect(of('pierced').map(({ figure }) => figure)).toEqual([1, 2])
  expect(of('emerged').map(({ figure }) => figure)).toEqual([1, 2])
  expect(of('pierced')[0].force).toBeGreaterThan(0.1)
  expect(of('pierced')[0].force).toBeLessThan(1)
  expect(felt).toBeGreaterThan(0.15)
  expect(felt).toBeLessThan(3)
  // the second driver has it now, thread lies in the tract, and nothing tore out
  expect(running.field.threads!.memory.leader[0]).toBe(2)
  expect(pointsIn(running.field.threads!.tracts, 0)).toBeGreaterThan(6)
  expect(of('torn-out')).toEqual([])
  expect(long).toBeLessThan(12)
  expect(open).toBeGreaterThan(1.8)
  expect(closest).toBeLessThan(0.6 * open)
})

test('drawn too hard, a suture tears out of muscle above 4 N', () => {
  const scene = sceneOf('suture')
  // the needle is led on and on, while an assistant holds the other end
  for (const move of scene.tools[1].moves) if (move.atS > 10) move.tipMm = [60, 70, 0]
  const torn = playAll(openScene(scene, wasm)).filter(({ name }) => name === 'torn-out')
  expect(torn.length).toBeGreaterThan(0)
  for (const { force } of torn) expect(force).toBeGreaterThan(4)
  for (const { force } of torn) expect(force).toBeLessThan(8)
})

test('a loop that strangles a round stalk stops what bleeds over it, and stays around it', () => {
  const running = openScene(sceneOf('ligate'), wasm)
  const { threads } = running.field
  const rates: number[] = []
  const seen = playAll(running, ({ liquids }) => rates.push(liquids!.fluid.memory.site[SITE.rateMlS]))
  const tied = seen.filter(({ name }) => name === 'tied')
  expect(tied.length).toBe(1)
  expect(rates[tied[0].tick - 10]).toBeGreaterThan(1)
  expect(rates.at(-1)).toBe(0)
  expect(running.field.liquids!.fluid.memory.siteWord[SITE_WORD.closure]).toBe(2)
  // a fifth less than the 28 mm around it
  expect(tied[0].figure).toBeLessThan(23)
  // it has not gone through: around the middle of what it narrows it goes once
  expect(Math.abs(turnsAround(running.field, Math.floor(threads!.tracts.place[threads!.sliding[0]])))).toBeCloseTo(1, 1)
})

test('a hand that is elsewhere by a tenth of a millimetre strangles the stalk too', () => {
  const scene = sceneOf('ligate')
  for (const by of [
    [0.1, 0, 0],
    [0, -0.1, 0.1],
  ]) {
    const tools = scene.tools.map((tool) => ({
      ...tool,
      moves: tool.moves.map((move) => ({ ...move, tipMm: plus(move.tipMm, by), towardsMm: plus(move.towardsMm, by) })),
    }))
    const tied = playAll(openScene({ ...scene, tools, seconds: 3 }, wasm)).filter(({ name }) => name === 'tied')
    expect(tied.length, by.join()).toBe(1)
  }
})

type Point = Scene['tools'][0]['moves'][0]['tipMm']
const plus = (p: Point, by: readonly number[]): Point => [p[0] + by[0], p[1] + by[1], p[2] + by[2]]

/** Turns that the first rod takes, up to a vertex, about the upright middle of the tissue beside it. */
function turnsAround({ tissue, threads }: TissueField, last: number): number {
  const { position, owner, counts } = tissue.memory
  const { checked } = threads!.memory
  let height = 0
  for (let s = 0; s < last; s++) height += checked[3 * s + 1] / last
  const near: number[] = []
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++)
    if (owner[p] === OWNER.tissue && Math.abs(position[p * 4 + 1] - height) < 0.003) near.push(p * 4)
  const middle = (axis: number) => near.reduce((sum, i) => sum + position[i + axis] / near.length, 0)
  const [x, z] = [middle(0), middle(2)]
  let turns = 0
  for (let s = 0; s < last; s++) {
    const next = s + 1 === last ? 0 : s + 1
    const [a, b] = [checked[3 * s] - x, checked[3 * s + 2] - z]
    const [c, d] = [checked[3 * next] - x, checked[3 * next + 2] - z]
    turns += Math.atan2(a * d - b * c, a * c + b * d) / (2 * Math.PI)
  }
  return turns
}

test("two instruments tie a surgeon's knot on a stitch: it draws the wound together, bears the pull and stays", () => {
  const running = openScene(sceneOf('tie'), wasm)
  const { threads } = running.field
  let open = 0
  let pull = 0
  const seen = playAll(running, (field, tick) => {
    if (tick === 30) open = woundOf(field)
    // the hands draw the knot down
    if (tick > 2400) pull = Math.max(pull, Math.hypot(...threads!.tug.subarray(0, 3)))
  })
  const of = (name: EventName) => seen.filter((one) => one.name === name)
  const told = of('knot').map(({ figure }) => knotIn(figure))
  expect(told.at(-1)).toEqual({ kind: 'surgeon', throws: 2 })
  expect(recogniseKnot(pointsOf(threads!.memory)).throws.map(({ winds }) => winds)).toEqual([2, 1])
  expect(of('knot-slipped')).toEqual([])
  expect([...of('torn'), ...of('torn-out')]).toEqual([])
  expect(pull).toBeGreaterThan(2)
  expect(threads!.heldBy.every((held) => held === 0)).toBe(true)
  expect(open).toBeGreaterThan(2.1)
  // closed, and not over: its edges lie on each other
  const closed = woundOf(running.field)
  expect(closed).toBeLessThan(0.25 * open)
  expect(closed).toBeGreaterThan(-0.1 * open)
})

test('a Roeder knot closes when its tail is drawn, slides down its post to the peg, is named there and stays', () => {
  const running = openScene(sceneOf('roeder'), wasm)
  const { memory } = running.field.threads!
  /** How much of the post has come out of the knot, in segments of 1 mm. */
  const drawn = () => Math.floor(recogniseKnot(pointsOf(memory)).throws[0]!.from)
  let before = 0
  let hardest = 0
  const seen = playAll(running, ({ threads }, tick) => {
    if (tick === 320) before = drawn()
    for (const t of [0, 1]) hardest = Math.max(hardest, Math.hypot(...threads!.tug.subarray(3 * t, 3 * t + 3)))
  })
  const told = seen.filter(({ name }) => name === 'knot').map(({ figure }) => knotIn(figure))
  expect(told).toEqual([{ kind: 'roeder', throws: 1 }])
  expect(seen.filter(({ name }) => name === 'knot-slipped')).toEqual([])
  expect(drawn()).toBeGreaterThan(before + 30)
  // down at the peg: so far from its middle the post comes out of the knot, m
  expect(memory.checked[3 * drawn()]).toBeLessThan(0.018)
  // no hand is jerked at: none pulls with more than 6 N
  expect(hardest).toBeLessThan(6.5)
})

/** x y z of the vertices of the first rod. */
const pointsOf = ({ checked, segments }: ThreadMemory) => checked.subarray(0, 3 * (segments[0] + 1))

/** So small that the strands of a knot laid by hand touch, m. */
const SMALL = 1e-4

test('a needle driver takes a thread off muscle and draws it along, and nothing else', () => {
  const held = new Set<number>()
  const seen = playAll(openScene(sceneOf('thread'), wasm), ({ each, threads }, tick) => {
    if (tick >= 80) held.add(threads!.heldBy[0])
    expect(each[0][TOOL.held]).toBe(0)
  })
  expect(held.size).toBe(1)
  expect(held).not.toContain(0)
  expect(seen.filter(({ name }) => name === 'torn' || name === 'slipped')).toEqual([])
})

test('a square knot that two drivers draw tight is told, set, and gives way above what it holds', () => {
  const running = openScene(sceneOf('thread'), wasm)
  const { field } = running
  const { memory: t, knot } = field.threads!
  // the thread of the scene laid as a square knot, its ends taut
  const points = tied([
    { winds: 1, hand: 1 },
    { winds: 1, hand: -1 },
  ])
  const vertices = t.segments[0] + 1
  for (let s = 0; s < vertices; s++) {
    const at = ((points.length / 3 - 1) * s) / (vertices - 1)
    const i = Math.min(Math.floor(at), points.length / 3 - 2)
    for (let k = 0; k < 3; k++)
      t.checked[3 * s + k] = SMALL * (points[3 * i + k] * (1 - at + i) + points[3 * i + 3 + k] * (at - i))
  }
  t.tension.fill(5, 0, vertices - 1)
  const told: { name: EventName; figure: number; force: number }[] = []
  for (let tick = 0; tick < 60; tick++) {
    field.clock[0]++
    field.events.count = 0
    // given way under 60 N in its loop
    if (tick === 40) t.tension.fill(60, 0, vertices - 1)
    watchKnots(field, field.threads!)
    for (let i = 0; i < field.events.count; i++)
      told.push({ name: EVENTS[field.events.code[i]], figure: field.events.figure[i], force: field.events.force[i] })
  }
  expect(told.map(({ name }) => name)).toEqual(['knot', 'knot-slipped'])
  expect(knotIn(told[0].figure)).toEqual({ kind: 'square', throws: 2 })
  expect(told[0].force).toBe(5)
  expect(knotIn(told[1].figure)).toEqual({ kind: 'square', throws: 2 })
  // 41 N in thread of size 0; this is silk 3-0
  expect(told[1].force).toBeCloseTo(41 * (0.1125 / 0.1875) ** 2, 1)
  expect(knot[0]).toBe(told[0].figure)
})
