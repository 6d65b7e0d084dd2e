import type { Action, Hand, InstrumentSample, SimEvent, Tool } from '../../core/simulation/contract.ts'
import type { Eyes } from './eyes.ts'
import { alongReach, type Grip, reachSeconds, sampleOf } from './hand.ts'
import { createTremor, randomFrom } from './tremor.ts'
import { type Turn, turnToward, type Vec } from './vector.ts'

/** A piece of work: each `yield` is one tick of 10 ms. */
export type Work<T = void> = Generator<void, T, void>

export type SurgeonParameters = {
  seed: number
  /** Peak of the hands' tremor, mm. */
  tremorMm: number
  /** How late everything is seen and felt, ms. */
  delayMs: number
  /** How long a menu act takes, in seconds. */
  actSeconds: number
  /** How many times slower than as fast as is careful the hands move. */
  slowness: number
}

/** Where the hands wait, in field coordinates: a hand's breadth over the wall, left and right. */
const REST: readonly [Vec, Vec] = [
  [60, 60, 120],
  [110, 60, 120],
]

/** A pair of hands that move like hands, and a mouth that gives orders. Work is written in terms of this. */
export class Surgeon {
  readonly eyes: Eyes
  readonly random: () => number
  readonly #parameters: SurgeonParameters
  readonly #tremor: readonly [(tick: number) => Vec, (tick: number) => Vec]
  readonly #grips: [Grip, Grip]
  readonly #memory: SimEvent[] = []
  #actions: Action[] = []
  #tick = 0

  constructor(eyes: Eyes, parameters: SurgeonParameters) {
    this.eyes = eyes
    this.#parameters = parameters
    this.random = randomFrom(parameters.seed)
    this.#tremor = [createTremor(parameters.tremorMm, this.random), createTremor(parameters.tremorMm, this.random)]
    const turn = turnToward(eyes.direction(0, 0, -1), eyes.direction(1, 0, 0))
    this.#grips = [
      { at: eyes.toBody(REST[0]), turn, jaw: 0, buttons: 0 },
      { at: eyes.toBody(REST[1]), turn, jaw: 0, buttons: 0 },
    ]
  }

  /** What the hands and menus send in this tick. */
  send(tick: number): { samples: [InstrumentSample, InstrumentSample]; actions: Action[] } {
    this.#tick = tick
    for (const event of this.eyes.noticed) this.#memory.push(event)
    const actions = this.#actions
    this.#actions = []
    return {
      samples: [this.#sample(0, tick), this.#sample(1, tick)],
      actions: actions.map((action) => ({ ...action, tick })),
    }
  }

  grip(hand: Hand): Readonly<Grip> {
    return this.#grips[hand]
  }

  /** The last event of a type that was noticed, if any. */
  recall<T extends SimEvent['type']>(type: T): Extract<SimEvent, { type: T }> | undefined {
    return this.#memory.findLast((event) => event.type === type) as Extract<SimEvent, { type: T }> | undefined
  }

  /** How many events of a type were noticed. */
  count(type: SimEvent['type']): number {
    return this.#memory.filter((event) => event.type === type).length
  }

  *wait(seconds: number): Work {
    for (let ticks = Math.round(seconds * 100); ticks > 0; ticks--) yield
  }

  /** Waits until something is seen; answers whether it came within the time. */
  *until(seen: () => boolean, seconds: number): Work<boolean> {
    for (let ticks = Math.round(seconds * 100); ticks > 0; ticks--) {
      if (seen()) return true
      yield
    }
    return seen()
  }

  /** Orders, says, ticks or picks something: one menu act. */
  *act(verb: string, object = '', value?: number, hand: Hand = 0): Work {
    yield* this.wait(this.#parameters.actSeconds)
    this.#actions.push({ tick: this.#tick, hand, verb, object, ...(value === undefined ? {} : { value }) })
    yield
  }

  *pick(tool: Tool, hand: Hand = 0): Work {
    yield* this.act('pick', tool, undefined, hand)
  }

  *put(hand: Hand = 0): Work {
    yield* this.act('put', '', undefined, hand)
  }

  /** Moves a tool's tip to a point and turns it, in least jerk. Without `seconds`: as fast as is careful. */
  *reach(hand: Hand, at: Vec, turn: Turn = this.#grips[hand].turn, seconds?: number): Work {
    const from = this.#grips[hand]
    const quickest = reachSeconds(from, at, turn)
    const ticks = Math.max(1, Math.ceil(Math.max(quickest, seconds ?? quickest * this.#parameters.slowness) * 100))
    for (let i = 1; i <= ticks; i++) {
      this.#grips[hand] = { ...this.#grips[hand], ...alongReach(from, at, turn, i / ticks) }
      yield
    }
  }

  /** Puts the tip where it shall be in this tick: for motion that the caller paces. */
  place(hand: Hand, at: Vec): void {
    this.#grips[hand] = { ...this.#grips[hand], at }
  }

  /** Height of the hand's tip over the skin below it, mm. */
  heightOf(hand: Hand): number {
    const [u, v, w] = this.eyes.toField(this.#grips[hand].at)
    return w - this.eyes.skinHeight(u, v)
  }

  /** Moves the tip straight on at an even speed (mm/s) until `stop` says so or the way is done; answers which. */
  *advance(hand: Hand, to: Vec, speed: number, stop: () => boolean): Work<'stopped' | 'arrived'> {
    const from = this.#grips[hand].at
    const way = Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2])
    const ticks = Math.max(1, Math.ceil((way / speed) * 100))
    for (let i = 1; i <= ticks; i++) {
      if (stop()) return 'stopped'
      const share = i / ticks
      this.#grips[hand] = {
        ...this.#grips[hand],
        at: [
          from[0] + (to[0] - from[0]) * share,
          from[1] + (to[1] - from[1]) * share,
          from[2] + (to[2] - from[2]) * share,
        ],
      }
      yield
    }
    return 'arrived'
  }

  /** Opens or closes the jaws (0–1), or presses the plunger. */
  *squeeze(hand: Hand, jaw: number, seconds: number): Work {
    const from = this.#grips[hand].jaw
    const ticks = Math.max(1, Math.round(seconds * 100))
    for (let i = 1; i <= ticks; i++) {
      this.#grips[hand] = { ...this.#grips[hand], jaw: from + ((jaw - from) * i) / ticks }
      yield
    }
  }

  /** Holds down these buttons from now on. */
  press(hand: Hand, buttons: number): void {
    this.#grips[hand] = { ...this.#grips[hand], buttons }
  }

  /** The rotation of a tool that points along a direction of the field with its edge along another. */
  turn(point: Vec, edge: Vec): Turn {
    return turnToward(this.eyes.direction(...point), this.eyes.direction(...edge))
  }

  #sample(hand: Hand, tick: number): InstrumentSample {
    return sampleOf(this.#grips[hand], this.#tremor[hand](tick))
  }
}
