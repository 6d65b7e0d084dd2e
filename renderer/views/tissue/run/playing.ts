/** A scene as the worker plays it: by script, or with one tool in a person's hand. */
import type { Kernel } from '../../../../core/simulation/kernel/kernel.ts'
import { openScene, playTick, type RunningScene } from '../../../../core/simulation/scene/scene.ts'
import type { Scene } from '../../../../core/simulation/scene/schema.ts'
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import { restoreField, saveField } from '../../../../core/simulation/tissue/field.ts'
import { changeTool } from '../../../../core/simulation/tissue/fieldchange.ts'
import { CLOCK, toolOf } from '../../../../core/simulation/tissue/fieldtype.ts'
import { COUNT } from '../../../../core/simulation/tissue/memory.ts'
import { ENERGIES, INSTRUMENTS } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { sealMmHg } from '../../../../core/simulation/tissue/tools/seal.ts'
import { moveHand, TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { setPivot } from '../../../../core/simulation/tissue/tools/trocar.ts'
import { FaceKinds } from './facekinds.ts'
import { createFluidDrawer, drawBurns, drawClips, drawPatient, drawThreads } from './filling.ts'
import type { Hand } from './protocol.ts'
import { HEAD, type SnapshotSize, type TissueSnapshot } from './snapshot.ts'

/** Fastest that a person's hand moves an end of a tool in a tick, m: 0.6 m/s. */
const MOST_M = 0.006
/** How far an instrument that is changed comes back out of the tissue, m. */
const DRAWN_BACK_M = 0.025
const MOST_TRIANGLES = 200_000
/** More changes of topology than a run has. */
const RUN = 2 ** 32
/** A state is kept every so many ticks; of all the newest stay, up to so many bytes and steps. */
const KEEP_TICKS = 200
const KEPT_BYTES = 64 * 2 ** 20
const MOST_KEPT = 12
/** A step back goes to what was kept at least so many ticks ago: pressing again goes further. */
const BACK_TICKS = 50
const SEALED = EVENTS.indexOf('sealed')

type Kept = { readonly tick: number; readonly state: ReturnType<typeof saveField>; readonly tally: Float64Array }

export class Playing {
  readonly scene: Scene
  readonly size: SnapshotSize
  /** Number of the tool in a person's hand, −1 for none. */
  free = -1
  hand: Hand | null = null
  private readonly kernelFor: (bytes: number) => Kernel
  private running: RunningScene
  private kinds: FaceKinds
  private drawFluid: ((out: TissueSnapshot) => void) | null
  private readonly kindOf: Uint8Array
  private kindsAt = -1
  /** Grows with every restart, so that no snapshot keeps the triangles of another run. */
  private runs = 0
  private tickMs = 0
  private kept: Kept[] = []
  /** How often each event happened, then its last figure. */
  private readonly tally = new Float64Array(EVENTS.length * 2)

  constructor(scene: Scene, kernelFor: (bytes: number) => Kernel) {
    this.scene = scene
    this.kernelFor = kernelFor
    this.running = openScene(scene, kernelFor)
    const { surface, tissue, threads, liquids } = this.running.field
    const { particles, tets } = tissue.memory.size
    this.size = {
      particles,
      triangles: Math.min(tets * 4, MOST_TRIANGLES),
      threadPoints: threads?.memory.size.slots ?? 0,
      drops: liquids?.fluid.memory.size.particles ?? 0,
      puffs: liquids?.fluid.memory.size.smoke ?? 0,
    }
    this.drawFluid = liquids ? createFluidDrawer(liquids.fluid) : null
    this.kindOf = new Uint8Array(this.size.triangles)
    this.kinds = new FaceKinds(tissue.memory, surface.triangles, surface.count)
  }

  get tick(): number {
    return this.running.field.clock[CLOCK.tick]
  }

  /** Whether the script is over and nobody holds a tool. */
  get isOver(): boolean {
    return this.free < 0 && this.tick >= Math.round(this.scene.seconds * 100)
  }

  restart(): void {
    this.running = openScene(this.scene, this.kernelFor)
    const { surface, tissue, liquids } = this.running.field
    this.kinds = new FaceKinds(tissue.memory, surface.triangles, surface.count)
    this.runs++
    this.drawFluid = liquids ? createFluidDrawer(liquids.fluid) : null
    this.hand = null
    this.kept = []
    this.tally.fill(0)
  }

  /** Rows of the catalogue of the scene's tools. */
  get kindsOfTools(): number[] {
    return this.scene.tools.map((_, t) => toolOf(this.running.field, t)[TOOL.kind])
  }

  /** Puts another instrument into the place of a tool: drawn back a little, jaws open. */
  change(t: number, kind: number): void {
    const { field } = this.running
    const row = toolOf(field, t)
    const { length } = INSTRUMENTS[row[TOOL.kind]]
    const along = [0, 1, 2].map((i) => (row[TOOL.bx + i] - row[TOOL.ax + i]) / length)
    const tip = along.map((x, i) => row[TOOL.ax + i] + x * DRAWN_BACK_M)
    const [pivoted, pivot, port, up] = [
      row[TOOL.pivoted],
      ...[TOOL.pivotX, TOOL.portX, TOOL.upX].map((slot) => row.slice(slot, slot + 3)),
    ]
    const slid = row[TOOL.slid]
    changeTool(
      field,
      t,
      kind,
      tip,
      along.map((x, i) => tip[i] + x * INSTRUMENTS[kind].length),
    )
    row.set(up, TOOL.upX)
    if (pivoted === 1) setPivot(row, pivot, port)
    row[TOOL.slid] = slid
    this.hand = null
  }

  /** How many steps back there are. */
  get steps(): number {
    return this.kept.length
  }

  /** Keeps the field as it is, to come back to. */
  keep(): void {
    const { field } = this.running
    if (this.kept.at(-1)?.tick === this.tick) return
    this.kept.push({ tick: this.tick, state: saveField(field), tally: this.tally.slice() })
    const bytes = this.kept[0].state.reduce((sum, { length }) => sum + length, 0)
    const most = Math.max(2, Math.min(MOST_KEPT, Math.floor(KEPT_BYTES / bytes)))
    if (this.kept.length > most) this.kept.shift()
  }

  /** Goes back to the newest state that was kept a while ago, or the oldest of all. */
  back(): void {
    while (this.kept.length > 1 && this.kept[this.kept.length - 1].tick > this.tick - BACK_TICKS) this.kept.pop()
    const last = this.kept.pop()
    if (!last) return
    restoreField(this.running.field, last.state)
    this.tally.set(last.tally)
    this.hand = null
    this.runs++
  }

  /** @param now reads a clock, ms */
  play(now: () => number): void {
    if (this.tick % KEEP_TICKS === 0) this.keep()
    const began = now()
    if (this.free >= 0 && this.hand) this.follow(this.hand)
    playTick(this.running, this.free)
    this.tickMs += (now() - began - this.tickMs) * 0.05
    const { events } = this.running.field
    for (let i = 0; i < events.count; i++) {
      this.tally[events.code[i]]++
      this.tally[EVENTS.length + events.code[i]] = events.figure[i]
    }
  }

  /** mmHg that the seal in the making withstands, or the last one made. */
  private sealNow(): number {
    const { each } = this.running.field
    for (const tool of each)
      if (tool[TOOL.kind] >= 0 && tool[TOOL.burnS] > 0)
        return sealMmHg(ENERGIES[INSTRUMENTS[tool[TOOL.kind]].energy ?? 'monopolar'], tool[TOOL.burnS])
    return this.tally[EVENTS.length + SEALED]
  }

  private follow({ tip, end, up, jaw, pedal }: Hand): void {
    const row = toolOf(this.running.field, this.free)
    moveHand(row, nearer(row, TOOL.lax, tip), nearer(row, TOOL.lbx, end))
    for (let i = 0; i < 3; i++) row[TOOL.upX + i] = up[i]
    row[TOOL.jaw] = jaw
    row[TOOL.pedal] = pedal
  }

  /** Fills a snapshot; triangles only where it holds those of an earlier mesh. */
  draw(out: TissueSnapshot): void {
    const { tissue, surface, tools, threads, clock, energy, patient } = this.running.field
    const { memory } = tissue
    const particles = memory.counts[COUNT.particles]
    const version = this.runs * RUN + clock[CLOCK.surface] + 1
    const triangles = Math.min(surface.count, this.size.triangles)
    copyPoints(memory.position, particles, out.position)
    out.tools.set(tools)
    if (out.head[HEAD.topology] !== version) {
      if (this.kindsAt !== version) {
        this.kinds.write(memory, surface.triangles, surface.corners, triangles, this.kindOf)
        this.kindsAt = version
      }
      copyPoints(memory.rest, particles, out.rest)
      out.triangles.set(surface.triangles.subarray(0, triangles * 3))
      out.kind.set(this.kindOf.subarray(0, triangles))
    }
    if (threads) drawThreads(threads.memory, memory, out)
    this.drawFluid?.(out)
    if (patient) drawPatient(patient, out)
    drawBurns(energy.heat, particles, out)
    out.swollen.set(memory.swollen.subarray(0, particles))
    drawClips(energy.clips, memory, out)
    out.tally.set(this.tally)
    out.head[HEAD.sealMmHg] = this.sealNow()
    out.head[HEAD.tick] = this.tick
    out.head[HEAD.topology] = version
    out.head[HEAD.particles] = particles
    out.head[HEAD.triangles] = triangles
    out.head[HEAD.tickMs] = this.tickMs
  }
}

/** A point towards `wanted` no farther from where the hand was than it can go in a tick. */
function nearer(row: Float64Array, slot: number, wanted: readonly [number, number, number]): number[] {
  const way = wanted.map((x, i) => x - row[slot + i])
  const far = Math.hypot(...way)
  const share = far > MOST_M ? MOST_M / far : 1
  return way.map((x, i) => row[slot + i] + x * share)
}

function copyPoints(from: Float32Array, count: number, to: Float32Array): void {
  for (let p = 0; p < count; p++) {
    to[p * 3] = from[p * 4]
    to[p * 3 + 1] = from[p * 4 + 1]
    to[p * 3 + 2] = from[p * 4 + 2]
  }
}
