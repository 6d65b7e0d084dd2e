import type { Action, InstrumentSample, Patient, SimEvent, Start, World } from '../../../core/simulation/contract.ts'
import { createWorld } from '../../../core/simulation/world.ts'
import { kernel } from '../kernel.ts'
import { fixturePatient, input, SLIM, sampleAt, TENSION, type WallShape } from './fixture.ts'

type Deed = Omit<Action, 'tick' | 'hand'>

/** A steady hand on the fixture's chest: moves a tool in straight lines at a speed, presses, waits, remembers events. */
export class Driver {
  readonly world: World
  readonly events: SimEvent[] = []
  place: [number, number, number] = [80, 100, 60]
  jaw = 0
  buttons = 0
  turn: InstrumentSample['q'] | null = null

  constructor(shape: WallShape = SLIM, start: Start = TENSION, patient: Patient = fixturePatient(shape)) {
    this.world = createWorld(patient, start, 1, kernel)
  }

  /** Goes back to a saved state with the hand at rest, as if nothing had happened since. */
  rewind(state: Uint8Array): void {
    this.world.restore(state)
    this.events.length = 0
    this.place = [80, 100, 60]
    this.jaw = 0
    this.buttons = 0
  }

  step(...deeds: Deed[]): void {
    const sample = sampleAt(...this.place, this.jaw, this.buttons)
    this.world.step(input(this.turn === null ? sample : { ...sample, q: this.turn }, ...deeds))
    this.events.push(...this.world.events)
  }

  act(verb: string, object = '', value?: number): void {
    this.step(value === undefined ? { verb, object } : { verb, object, value })
  }

  wait(seconds: number): void {
    for (let i = 0; i < seconds * 100; i++) this.step()
  }

  /** Moves to (u, v, w) at `speed` mm/s. */
  to(u: number, v: number, w: number, speed = 60): void {
    const [a, b, c] = this.place
    const length = Math.hypot(u - a, v - b, w - c)
    const steps = Math.max(1, Math.ceil(length / (speed / 100)))
    for (let i = 1; i <= steps; i++) {
      this.place = [a + ((u - a) * i) / steps, b + ((v - b) * i) / steps, c + ((w - c) * i) / steps]
      this.step()
    }
  }

  /** Opens and closes the jaws once. */
  spread(): void {
    for (let jaw = 0; jaw <= 255; jaw += 15) {
      this.jaw = jaw
      this.step()
    }
    for (let jaw = 255; jaw >= 0; jaw -= 51) {
      this.jaw = jaw
      this.step()
    }
    this.jaw = 0
  }

  of<T extends SimEvent['type']>(type: T): Extract<SimEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<SimEvent, { type: T }> => event.type === type)
  }

  read(name: Parameters<World['observe']>[0]): number {
    return this.world.observe(name)
  }
}
