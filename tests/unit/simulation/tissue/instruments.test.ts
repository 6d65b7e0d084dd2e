import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { twinKernel } from '../../../../core/simulation/kernel/kernel.ts'
import { openScene, playTick, type RunningScene } from '../../../../core/simulation/scene/scene.ts'
import { type Scene, sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { EVENTS, type EventName } from '../../../../core/simulation/tissue/events.ts'
import { toolOf } from '../../../../core/simulation/tissue/fieldtype.ts'
import { BLEED } from '../../../../core/simulation/tissue/fluid/bleed.ts'
import { FLUID_COUNT, SITE, SITE_WORD, SITE_WORDS } from '../../../../core/simulation/tissue/fluid/memory.ts'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { COUNT, FIRST_PARTICLE, NONE } from '../../../../core/simulation/tissue/memory.ts'
import { adoptMesh } from '../../../../core/simulation/tissue/mesh/adopt.ts'
import { createMesh } from '../../../../core/simulation/tissue/mesh/mesh.ts'
import { instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { clipPose } from '../../../../core/simulation/tissue/tools/clips.ts'
import { BODY_C, BURN, celsius, createHeat, giveHeat, stepHeat } from '../../../../core/simulation/tissue/tools/heat.ts'
import { feelTool, pullTool } from '../../../../core/simulation/tissue/tools/motion.ts'
import { scopePose } from '../../../../core/simulation/tissue/tools/scope.ts'
import { moveHand, placeTool, TOOL, TOOL_SLOTS } from '../../../../core/simulation/tissue/tools/tool.ts'
import { setPivot } from '../../../../core/simulation/tissue/tools/trocar.ts'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { block, wasm } from './fixtures.ts'

const sceneOf = (name: string): Scene =>
  sceneSchema.parse(JSON.parse(readFileSync(join(sourceRoot, 'tests/scenes', `${name}.json`), 'utf8')))

/** The scene with the first tool's moves changed. */
const withMoves = (scene: Scene, change: (move: Scene['tools'][0]['moves'][0]) => object): Scene => ({
  ...scene,
  tools: scene.tools.map((tool) => ({ ...tool, moves: tool.moves.map((move) => ({ ...move, ...change(move) })) })),
})

type Seen = { readonly name: EventName; readonly figure: number }

/** Plays up to a time and gives the events on the way. */
function playTo(running: RunningScene, seconds: number): Seen[] {
  const seen: Seen[] = []
  const { field } = running
  while (field.clock[0] < seconds * 100) {
    playTick(running)
    const { events } = field
    for (let i = 0; i < events.count; i++) seen.push({ name: EVENTS[events.code[i]], figure: events.figure[i] })
  }
  return seen
}

const site = ({ field }: RunningScene, slot: number): number => field.liquids!.fluid.memory.site[slot]
const count = (seen: readonly Seen[], name: EventName): number => seen.filter((one) => one.name === name).length
const smokeIn = ({ field }: RunningScene): number => field.liquids!.fluid.memory.count[FLUID_COUNT.smoke]

describe('heat', () => {
  function heated(joules: number) {
    const { memory } = block(twinKernel, [8, 8, 8], 0, 0.003)
    const mesh = createMesh(memory)
    adoptMesh(mesh)
    const heat = createHeat(memory)
    const middle = new Float64Array([0.012, 0.012, 0.012, 0.012, 0.012, 0.012])
    expect(giveHeat(heat, memory, middle, 0.004, joules)).toBe(true)
    return { memory, mesh, heat }
  }
  const energyOf = ({ memory, heat }: ReturnType<typeof heated>) => {
    let sum = 0
    for (let p = FIRST_PARTICLE; p < memory.counts[COUNT.particles]; p++)
      sum += heat.warmth[p] * memory.rest[p * 4 + 3] * 3540
    return sum
  }

  test('is neither made nor lost by conduction, and spreads', () => {
    const one = heated(2)
    expect(energyOf(one)).toBeCloseTo(2, 3)
    const peak = Math.max(...one.heat.warmth)
    const burned = { volume: 0, charred: 0 }
    for (let i = 0; i < 20; i++) stepHeat(one.heat, one.mesh, 0.05, burned)
    // In a second blood carries 1.5 % of it away.
    expect(energyOf(one)).toBeGreaterThan(2 * 0.98)
    expect(energyOf(one)).toBeLessThan(2 * 0.99)
    expect(Math.max(...one.heat.warmth)).toBeLessThan(peak)
    for (let i = 0; i < 1000; i++) stepHeat(one.heat, one.mesh, 1, burned)
    expect(Math.max(...one.heat.warmth)).toBe(0)
  })

  test('spreads as the law of conduction says', () => {
    const one = heated(2)
    const { memory, heat, mesh } = one
    const spread = () => {
      let weight = 0
      let sum = 0
      for (let p = FIRST_PARTICLE; p < memory.counts[COUNT.particles]; p++) {
        const w = heat.warmth[p] * memory.rest[p * 4 + 3]
        weight += w
        for (let i = 0; i < 3; i++) sum += w * (memory.rest[p * 4 + i] - 0.012) ** 2
      }
      return sum / weight
    }
    const before = spread()
    const burned = { volume: 0, charred: 0 }
    for (let i = 0; i < 80; i++) stepHeat(heat, mesh, 0.05, burned)
    // The mean square distance grows by 6 κ t, κ = 0.52 / (1060 · 3540).
    expect((spread() - before) / (6 * (0.52 / (1060 * 3540)) * 4)).toBeCloseTo(1, 1)
  })

  test('burns at 60 °C within about a second, and not at 42 °C', () => {
    const one = heated(0.01)
    const p = one.heat.warmth.indexOf(Math.max(...one.heat.warmth))
    const burned = { volume: 0, charred: 0 }
    const secondsAt = (c: number, most: number) => {
      for (let i = 0; i * 0.05 < most; i++) {
        one.heat.warmth[p] = c - BODY_C
        stepHeat(one.heat, one.mesh, 0.05, burned)
        if (one.heat.burn[p] !== BURN.none) return i * 0.05
      }
      return most
    }
    expect(secondsAt(42, 60)).toBe(60)
    const seconds = secondsAt(60, 10)
    expect(seconds).toBeGreaterThan(0.3)
    expect(seconds).toBeLessThan(3)
    expect(burned.volume).toBeGreaterThan(0)
  })

  test('boils water before tissue gets hotter than 100 °C, then chars it', () => {
    const one = heated(20)
    const p = one.heat.warmth.indexOf(Math.max(...one.heat.warmth))
    const burned = { volume: 0, charred: 0 }
    stepHeat(one.heat, one.mesh, 0.05, burned)
    expect(celsius(one.heat, p)).toBeCloseTo(100, 3)
    expect(one.heat.boiled[p]).toBeGreaterThan(0)
    for (let i = 0; i < 40 && one.heat.burn[p] !== BURN.charred; i++) {
      giveHeat(one.heat, one.memory, new Float64Array([0.012, 0.012, 0.012, 0.012, 0.012, 0.012]), 0.004, 2)
      stepHeat(one.heat, one.mesh, 0.05, burned)
    }
    expect(one.heat.burn[p]).toBe(BURN.charred)
    expect(Math.max(...one.heat.warmth)).toBeLessThan(64)
  })
})

describe('grasping', () => {
  /** Pulls bowel wall slowly off its floor until the jaws lose it: the first that happens, and under what pull, N. */
  function pulled(instrument: string) {
    const at = (y: number, atS: number, jaw: number) => ({ atS, tipMm: [0.5, y, 0.5], towardsMm: [0.5, 300, 0.5], jaw })
    const running = openScene(
      sceneSchema.parse({
        name: 'pulled',
        technique: 'hold',
        gravity: [0, 0, 0],
        tissue: [
          { shape: 'box', cubes: [8, 3, 6], edgeMm: 4, atMm: [-16, 0, -12], material: 'bowel wall', held: ['below'] },
        ],
        tools: [{ instrument, up: [1, 0, 0], moves: [at(16, 0, 1), at(9, 0.4, 1), at(9, 0.7, 0), at(50, 3, 0)] }],
        seconds: 3,
      }),
      wasm,
    )
    const [tool] = running.field.each
    let pull = 0
    for (let tick = 0; tick < 300; tick++) {
      const [lost] = playTo(running, (tick + 1) / 100).filter(({ name }) => name === 'slipped' || name === 'torn')
      if (lost) return { lost: lost.name, pull }
      pull = Math.max(pull, tool[TOOL.grip])
    }
    return { lost: 'nothing', pull }
  }

  test.each([
    { instrument: 'dissector-maryland', limit: 5 },
    { instrument: 'grasper-fenestrated', limit: 8 },
  ])('$instrument holds without slip up to $limit N, then slips', ({ instrument, limit }) => {
    const { lost, pull } = pulled(instrument)
    expect(lost).toBe('slipped')
    expect(pull).toBeGreaterThan(0.95 * limit)
    expect(pull).toBeLessThan(1.1 * limit)
  })

  test('teeth hold on above that, and it is the tissue that tears', () => {
    const { lost, pull } = pulled('grasper-toothed')
    expect(lost).toBe('torn')
    expect(pull).toBeGreaterThan(8)
    expect(pull).toBeLessThan(20)
  })
})

describe('cautery', () => {
  test('coagulates an ooze, cooks, chars and smokes; a centimetre away tissue stays below 42 °C', () => {
    const running = openScene(sceneOf('cauterise'), wasm)
    const { memory } = running.field.tissue
    const { heat } = running.field.energy
    playTo(running, 0.7)
    expect(site(running, SITE.rateMlS)).toBeGreaterThan(0)
    const seen = playTo(running, 2)
    expect(site(running, SITE.rateMlS)).toBe(0)
    expect(count(seen, 'burned')).toBeGreaterThan(0)
    expect(count(seen, 'charred')).toBeGreaterThan(0)
    expect(smokeIn(running)).toBeGreaterThan(5)
    const cooked = [...memory.tetMaterial.subarray(0, memory.counts[COUNT.tets])].map((m) => MATERIALS[m].name)
    expect(cooked).toContain('liver, coagulated')
    const tool = toolOf(running.field, 0)
    let far = 0
    for (let p = FIRST_PARTICLE; p < memory.counts[COUNT.particles]; p++) {
      const d = Math.hypot(...[0, 1, 2].map((i) => memory.position[p * 4 + i] - tool[TOOL.ax + i]))
      if (d < 0.01) continue
      far++
      expect(celsius(heat, p)).toBeLessThan(42)
    }
    expect(far).toBeGreaterThan(500)
  })

  test('a hook parts tissue with its pedal down only', () => {
    const hot = playTo(openScene(sceneOf('cauterise'), wasm), 5)
    const cold = playTo(
      openScene(
        withMoves(sceneOf('cauterise'), () => ({ pedal: 0 })),
        wasm,
      ),
      5,
    )
    expect(count(hot, 'cut')).toBeGreaterThan(3)
    expect(count(cold, 'cut')).toBe(0)
    expect(count(cold, 'burned')).toBe(0)
  })
})

describe('seal', () => {
  test('stops an artery for good, pinched before and sealed after', () => {
    const running = openScene(sceneOf('seal'), wasm)
    playTo(running, 0.6)
    expect(site(running, SITE.rateMlS)).toBeGreaterThan(0.5)
    playTo(running, 1.1)
    expect(site(running, SITE.rateMlS)).toBe(0)
    expect(site(running, SITE.externalMmHg)).toBeGreaterThan(150)
    const seen = playTo(running, 6)
    expect(site(running, SITE.rateMlS)).toBe(0)
    expect(site(running, SITE.externalMmHg)).toBe(0)
    expect(seen.find(({ name }) => name === 'sealed')?.figure).toBe(836)
  })

  test('does not when the burn is too short', () => {
    const short = withMoves(sceneOf('seal'), (move) =>
      move.atS === 4 ? { atS: 1.65 } : move.atS === 4.3 ? { atS: 1.9 } : {},
    )
    const running = openScene(short, wasm)
    const seen = playTo(running, 6)
    const made = seen.find(({ name }) => name === 'sealed')?.figure ?? 0
    expect(made).toBeGreaterThan(0)
    expect(made).toBeLessThan(360)
    expect(site(running, SITE.rateMlS)).toBeGreaterThan(0.5)
  })
})

describe('clip', () => {
  test('stops an artery and stays on it; one that holds nothing is lost', () => {
    const running = openScene(sceneOf('clip'), wasm)
    playTo(running, 0.6)
    expect(site(running, SITE.rateMlS)).toBeGreaterThan(0.5)
    const first = playTo(running, 2)
    expect(first.find(({ name }) => name === 'clipped')?.figure).toBe(19)
    expect(count(first, 'clip-lost')).toBe(0)
    expect(site(running, SITE.rateMlS)).toBe(0)
    const second = playTo(running, 4)
    // Let go, the vessel swings: it is at rest by now.
    const pose = new Float64Array(9)
    clipPose(running.field.energy.clips, 0, running.field.tissue.memory, pose)
    expect(Math.hypot(pose[0], pose[1] - 0.013, pose[2])).toBeLessThan(0.002)
    // Its legs stand across the artery, as the applier had them.
    expect(pose[4]).toBeGreaterThan(0.9)
    expect(Math.abs(pose[6])).toBeGreaterThan(0.9)
    expect(second.find(({ name }) => name === 'clip-lost')?.figure).toBe(18)
    expect(site(running, SITE.rateMlS)).toBe(0)
    expect(running.field.energy.clips.rows[0]).toBeGreaterThan(3)
    expect([...first, ...second].filter(({ name }) => name === 'torn' || name === 'removed')).toEqual([])
  })

  test.each([
    [-1, -1, 0],
    [0, -2, -1],
    [1, -1, 1],
  ])('what it crushes between its legs is not torn, nor does it ooze (set %d, %d, %d mm beside)', (...beside) => {
    const scene = sceneOf('clip')
    const [applier] = scene.tools
    const moves = applier.moves.map((move) => ({ ...move, tipMm: move.tipMm.map((x, i) => x + beside[i]) }))
    const running = openScene(sceneSchema.parse({ ...scene, tools: [{ ...applier, moves }] }), wasm)
    const seen = playTo(running, 2.4)
    expect(count(seen, 'clipped')).toBe(1)
    expect(count(seen, 'torn')).toBe(0)
    const { siteWord, size } = running.field.liquids!.fluid.memory
    const kinds = Array.from({ length: size.sites }, (_, s) => siteWord[s * SITE_WORDS + SITE_WORD.kind])
    expect(kinds.filter((kind) => kind !== BLEED.none)).toHaveLength(1)
  })
})

describe('blunt dissection', () => {
  /** Faces between fat and liver that still hold together. */
  const joined = ({ field }: RunningScene) => {
    const { tetVertex, tetNeighbour, tetMaterial, counts } = field.tissue.memory
    let sum = 0
    for (let corner = 0; corner < counts[COUNT.tets] * 4; corner++) {
      const other = tetNeighbour[corner]
      if (tetVertex[corner & ~3] !== NONE && other !== NONE && tetMaterial[other] > tetMaterial[corner >> 2]) sum++
    }
    return sum
  }

  test('jaws that open part the plane under traction', () => {
    const running = openScene(sceneOf('dissect'), wasm)
    const pulled = playTo(running, 1.6)
    expect(count(pulled, 'spread')).toBe(0)
    const held = joined(running)
    const spread = playTo(running, 6)
    expect(count(spread, 'spread')).toBeGreaterThan(0)
    expect(joined(running)).toBeLessThan(held * 0.97)
  })

  test('a jet parts it too, suction does not', () => {
    const scene = sceneOf('dissect')
    const parted = (pedal: number) => {
      const [grasper, dissector] = scene.tools
      const moves = dissector.moves.map((move) => ({ ...move, pedal: move.atS >= 2 && move.atS < 3.4 ? pedal : 0 }))
      const tools = [grasper, { ...dissector, instrument: 'suction-irrigator', moves }]
      return count(playTo(openScene(sceneSchema.parse({ ...scene, tools }), wasm), 4), 'spread')
    }
    expect(parted(1)).toBeGreaterThan(0)
    expect(parted(0.5)).toBe(0)
  })
})

describe('pressure', () => {
  test('a finger-wide instrument on a bleeding artery stops it while it presses, and no longer', () => {
    const scene = sceneOf('bleed')
    const pressing = sceneSchema.parse({
      ...scene,
      tools: [
        {
          instrument: 'finger',
          moves: [
            { atS: 0, tipMm: [-20, 40, 6], towardsMm: [-200, 90, 6] },
            { atS: 1, tipMm: [12, 40, 6], towardsMm: [-200, 90, 6] },
            { atS: 2, tipMm: [12, 11, 6], towardsMm: [-200, 61, 6] },
            { atS: 3, tipMm: [12, 11, 6], towardsMm: [-200, 61, 6] },
            { atS: 3.5, tipMm: [12, 50, 6], towardsMm: [-200, 90, 6] },
          ],
        },
      ],
    })
    const running = openScene(pressing, wasm)
    playTo(running, 1)
    const free = site(running, SITE.rateMlS)
    expect(free).toBeGreaterThan(0.3)
    playTo(running, 2.8)
    expect(site(running, SITE.externalMmHg)).toBeGreaterThan(20)
    expect(site(running, SITE.rateMlS)).toBeLessThan(free / 2)
    playTo(running, 4.5)
    expect(site(running, SITE.rateMlS)).toBeGreaterThan(free / 2)
  })
})

describe('laparoscopic shafts', () => {
  const placed = (name: string) => {
    const tool = new Float64Array(TOOL_SLOTS)
    placeTool(tool, instrumentNumber(name), [0, 0, 0], [0, 0.32, 0])
    setPivot(tool, [0, 0.1, 0], [0, 1, 0])
    return tool
  }
  const lead = (tool: Float64Array, tip: readonly number[]) => {
    for (let tick = 0; tick < 200; tick++) {
      moveHand(tool, tip, [0, 0.5, 0])
      for (let s = 1; s <= 5; s++) pullTool(tool, s / 5, 1 / 5, 0.002)
      feelTool(tool)
    }
  }

  test('go no deeper than their length, and are not drawn out of their trocar', () => {
    const tool = placed('probe')
    lead(tool, [0, -0.4, 0])
    expect(tool[TOOL.ay]).toBeGreaterThan(0.1 - 0.2)
    expect(tool[TOOL.by]).toBeGreaterThan(0.1)
    lead(tool, [0, 0.3, 0])
    expect(tool[TOOL.ay]).toBeLessThan(0.1)
    expect(tool[TOOL.by]).toBeGreaterThan(0.2)
    lead(tool, [0.01, 0.02, 0])
    // The valve holds the shaft back by less than a millimetre, and small ways of the hand whole.
    const stuck = tool[TOOL.ay]
    expect(Math.abs(stuck - 0.02)).toBeLessThan(0.001)
    expect(Math.abs(stuck - 0.02)).toBeGreaterThan(0.0003)
    lead(tool, [0.01, stuck + 0.0002, 0])
    expect(Math.abs(tool[TOOL.ay] - stuck)).toBeLessThan(2e-5)
    lead(tool, [0.01, stuck + 0.002, 0])
    expect(tool[TOOL.ay]).toBeGreaterThan(stuck + 0.001)
  })

  test('a straight scope looks along its shaft, an oblique one 30° off, and turning it looks around', () => {
    const pose = new Float64Array(9)
    scopePose(placed('scope'), 0, pose)
    expect([...pose.subarray(3, 6)].map((x) => Math.round(x * 1e6) / 1e6 + 0)).toEqual([0, -1, 0])
    const oblique = placed('scope-30')
    for (const [x, z] of [
      [1, 0],
      [0, 1],
    ]) {
      oblique.set([x, 0, z], TOOL.upX)
      scopePose(oblique, 0.4, pose)
      expect(pose[3]).toBeCloseTo(-x / 2, 9)
      expect(pose[4]).toBeCloseTo(-Math.sqrt(0.75), 9)
      expect(pose[5]).toBeCloseTo(-z / 2, 9)
      const dot = pose[3] * pose[6] + pose[4] * pose[7] + pose[5] * pose[8]
      expect(dot).toBeCloseTo(0, 9)
      expect(Math.hypot(pose[6], pose[7], pose[8])).toBeCloseTo(1, 9)
    }
  })
})
