/** A scene as the worker plays it: by script, or with one tool in a person's hand. */
import type { Kernel } from '../../../../core/simulation/kernel/kernel.ts'
import { openScene, playTick, type RunningScene } from '../../../../core/simulation/scene/scene.ts'
import type { Scene } from '../../../../core/simulation/scene/schema.ts'
import { CLOCK, toolOf } from '../../../../core/simulation/tissue/fieldtype.ts'
import { COUNT } from '../../../../core/simulation/tissue/memory.ts'
import { moveHand, TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { FaceKinds } from './facekinds.ts'
import { createFluidDrawer, drawThreads } from './filling.ts'
import type { Hand } from './protocol.ts'
import { HEAD, type SnapshotSize, type TissueSnapshot } from './snapshot.ts'

/** Fastest that a person's hand moves an end of a tool in a tick, m: 0.6 m/s. */
const MOST_M = 0.006
const MOST_TRIANGLES = 200_000
/** More changes of topology than a run has. */
const RUN = 2 ** 32

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
  }

  /** @param now reads a clock, ms */
  play(now: () => number): void {
    const began = now()
    if (this.free >= 0 && this.hand) this.follow(this.hand)
    playTick(this.running, this.free)
    this.tickMs += (now() - began - this.tickMs) * 0.05
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
    const { tissue, surface, tools, threads, clock } = this.running.field
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
