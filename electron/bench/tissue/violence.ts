/**
 * A violent hand. Every tool is yanked, spun, stabbed through tissue, dragged off
 * with what its jaws hold, pressed, brought to where the others are and put elsewhere at once, with snapping jaws and
 * pedals; now and then it is changed for another instrument. The same seed does the same.
 */
import { cos, sin } from '../../../core/simulation/exactmath.ts'
import type { RunningScene } from '../../../core/simulation/scene/scene.ts'
import { TICK_S } from '../../../core/simulation/tissue/clock.ts'
import { stepField } from '../../../core/simulation/tissue/field.ts'
import { changeTool } from '../../../core/simulation/tissue/fieldchange.ts'
import { type TissueField, toolOf } from '../../../core/simulation/tissue/fieldtype.ts'
import { COUNT, FIRST_PARTICLE, OWNER } from '../../../core/simulation/tissue/memory.ts'
import { INSTRUMENTS, instrumentNumber } from '../../../core/simulation/tissue/tools/catalogue.ts'
import { moveHand, TOOL } from '../../../core/simulation/tissue/tools/tool.ts'

/** Nothing in a field may be faster, m/s. */
export const FASTEST_M_S = 20
const MOODS = ['yank', 'spin', 'stab', 'drag', 'press', 'clash'] as const
/** Ticks that a tool keeps a mood, and after which one is changed for another. */
const MOOD_TICKS = 50
const CHANGE_TICKS = 500
/** Half the side of the space in which hands move, and height of its middle, m. */
const ROOM_M = 0.06
const MIDDLE_M = 0.01

type Hand = { mood: (typeof MOODS)[number]; x: number; y: number; z: number }

/** Plays ticks of violence on a scene. Each call is a tick; the answer is the greatest speed in it, m/s. */
export function violentHand({ scene, field }: RunningScene, seed: number): () => number {
  let state = seed >>> 0
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32 - 0.5
  }
  const pick = <T>(from: readonly T[]): T => from[Math.floor((random() + 0.5) * from.length)]
  const hands: Hand[] = scene.tools.map(() => ({ mood: 'yank', x: 0, y: MIDDLE_M, z: 0 }))
  const { position } = field.tissue.memory
  const before = position.slice()
  let tick = 0
  return () => {
    before.set(position)
    const particles = field.tissue.memory.counts[COUNT.particles]
    hands.forEach((hand, t) => {
      const tool = toolOf(field, t)
      if (tick % MOOD_TICKS === 0) {
        hand.mood = pick(MOODS)
        // It is put elsewhere at once, anywhere in the field.
        hand.x = random() * 2 * ROOM_M
        hand.y = MIDDLE_M + random() * 2 * ROOM_M
        hand.z = random() * 2 * ROOM_M
      }
      if (tick % CHANGE_TICKS === CHANGE_TICKS - 1 && random() > 0)
        change(field, t, pick([scene.tools[t].instrument, ...INSTRUMENTS.map(({ name }) => name)]))
      if (tick % 15 === 0) tool[TOOL.jaw] = random() > 0 ? 1 : 0
      if (tick % 25 === 0) tool[TOOL.pedal] = pick([0, 0.4, 1])
      move(tool, hand, hands[0], tick, random)
    })
    tick++
    stepField(field)
    return fastestOf(field, before, particles)
  }
}

/** Brings another instrument in from above. */
function change(field: TissueField, t: number, name: string): void {
  const kind = instrumentNumber(name)
  const x = 0.02 * t
  changeTool(field, t, kind, [x, 0.2, 0], [x, 0.2 + INSTRUMENTS[kind].length, 0])
}

function move(tool: Float64Array, hand: Hand, first: Hand, tick: number, random: () => number): void {
  const phase = tick % MOOD_TICKS
  const shaft = [random() * 0.2, 0.25, random() * 0.2]
  const tip = [hand.x, hand.y, hand.z]
  switch (hand.mood) {
    case 'yank':
      for (let i = 0; i < 3; i++) tip[i] += random() * 0.04
      break
    case 'spin': {
      const angle = 0.3 * phase
      shaft[0] = 0.25 * cos(angle)
      shaft[1] = 0.1
      shaft[2] = 0.25 * sin(angle)
      tool[TOOL.upX] = cos(2 * angle)
      tool[TOOL.upY] = sin(2 * angle)
      break
    }
    case 'stab':
      // To and fro at 2 m/s.
      tip[1] = 0.05 - 0.02 * Math.abs((phase % 8) - 4)
      break
    case 'drag':
      tool[TOOL.jaw] = phase < 5 ? 1 : 0
      for (let i = 0; i < 3; i++) tip[i] = phase < 10 ? tip[i] / 3 : tip[i] * (1 + (phase - 10) * 0.1)
      break
    case 'press':
      tip[1] = -0.02
      break
    case 'clash':
      tip[0] = first.x / 3
      tip[1] = MIDDLE_M
      tip[2] = first.z / 3
      break
  }
  moveHand(tool, tip, [tip[0] + shaft[0], tip[1] + shaft[1], tip[2] + shaft[2]])
}

/**
 * Greatest speed of all particles, m/s: what they keep for the next tick, and how far those that were there `before` came
 * in this one, whatever moved them. NaN if one is nowhere.
 */
function fastestOf({ tissue: { memory } }: TissueField, before: Float32Array, particles: number): number {
  const { position, velocity, owner, counts } = memory
  let most2 = 0
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (owner[p] === OWNER.none) continue
    let speed2 = 0
    let moved2 = 0
    for (let i = p * 4; i < p * 4 + 3; i++) {
      speed2 += velocity[i] ** 2
      if (p < particles) moved2 += ((position[i] - before[i]) / TICK_S) ** 2
    }
    if (!(speed2 <= most2)) most2 = speed2
    if (!(moved2 <= most2)) most2 = moved2
  }
  return Math.sqrt(most2)
}
