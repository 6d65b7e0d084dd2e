/**
 * The solver of soft tissue: fixed ticks of 10 ms in small substeps with one pass over all constraints each (XPBD:
 * Macklin et al. 2016, doi:10.1145/2994258.2994272; small steps: Macklin et al. 2019, doi:10.1145/3309486.3340247).
 */
import type { Kernel } from '../kernel/kernel.ts'
import { substepsOf } from './clock.ts'
import { HASH_BYTES } from './hash.ts'
import { COUNT, createTissueMemory, type TissueMemory, type TissueSize, tissueBytes } from './memory.ts'

/** Nothing moves faster, m/s. */
export const FASTEST = 8
/** Share of its speed that a particle loses in a second, beyond what the material takes. */
const LOSS_PER_S = 3
/** Share of the rate of shape that tetrahedra lose in a substep: an estimate. */
const DAMP = 0.5
/** Share of a constraint's weight that is taken off its compliance; bars then pull as theory says, within a few per cent. */
const OFF = 1

/** What tools press has so many times its inertia: a power of two, that it may be taken off again to the bit. */
const LADEN = 8

/**
 * Makes the particles that tools press heavier, or lighter again. Of a tool and a milligram that cannot part in a substep
 * all of the way is the milligram's, and the tissue around it throws it back in the next, by millimetres: shafts were
 * felt with a tenth of the force, and what sprang back past their axis was through them.
 */
function lade({ position, laden }: TissueMemory, count: number, share: number): void {
  for (let n = 0; n < count; n++) position[laden[n] * 4 + 3] *= share
}

/** Notes that a tool presses a particle: it is laden for the rest of the tick, and in the first substep of the next. */
export function load({ counts, laden }: TissueMemory, particle: number): void {
  if (counts[COUNT.laden] < laden.length) laden[counts[COUNT.laden]++] = particle
}

/** Forgets the first of the laden: those of the tick before. */
function unload({ counts, laden }: TissueMemory, count: number): void {
  laden.copyWithin(0, count, counts[COUNT.laden])
  counts[COUNT.laden] -= count
}

/** What else acts in a substep, between tissue and velocities: rods, anchors, grasps, contacts. */
export type Actor = {
  /** Once a tick, before its substeps. */
  readonly prepare?: () => void
  /** Once a substep: moves particles. @param h s */
  readonly solve: (h: number) => void
  /** Once a tick, after its substeps. */
  readonly finish?: () => void
}

/** Soft tissue and the kernel that moves it. */
export type Tissue = {
  readonly memory: TissueMemory
  readonly kernel: Kernel
  /** Where in the kernel's memory hashing has its window. */
  readonly window: number
  /** Where in the kernel's memory others have theirs, a multiple of 16. */
  readonly spare: number
  /** m/s², turned with the patient. */
  readonly gravity: [number, number, number]
  readonly actors: Actor[]
}

/**
 * Makes empty tissue. @param kernelFor gives a kernel with that many bytes of memory @param spareBytes of its memory that
 * others want
 */
export function createTissue(kernelFor: (bytes: number) => Kernel, size: TissueSize, spareBytes = 0): Tissue {
  const window = tissueBytes(size)
  const spare = window + HASH_BYTES
  const kernel = kernelFor(spare + spareBytes)
  return { memory: createTissueMemory(size, kernel.memory), kernel, window, spare, gravity: [0, -9.81, 0], actors: [] }
}

/** Advances tissue by one tick. */
export function stepTissue(tissue: Tissue): void {
  const { actors, memory } = tissue
  const substeps = substepsOf(memory.substepS)
  for (let i = 0; i < actors.length; i++) actors[i].prepare?.()
  const before = memory.counts[COUNT.laden]
  for (let s = 0; s < substeps; s++) {
    substep(tissue, memory.substepS)
    if (s === 0) unload(memory, before)
  }
  for (let i = 0; i < actors.length; i++) actors[i].finish?.()
}

/** Advances tissue by `h` seconds. */
export function substep({ memory, kernel, gravity, actors }: Tissue, h: number): void {
  const { counts, position, previous, velocity, rest } = memory
  const particles = (counts[COUNT.particles] + 3) & ~3
  const perStep = 1 / (h * h)
  const x = position.byteOffset
  const before = previous.byteOffset
  const v = velocity.byteOffset
  const laden = counts[COUNT.laden]
  lade(memory, laden, 1 / LADEN)
  kernel.predict(x, before, v, rest.byteOffset, particles, gravity[0], gravity[1], gravity[2], h)
  kernel.solveTetrahedra(memory.tetBlocks.byteOffset, counts[COUNT.tetBlocks], x, v, perStep, h, DAMP, OFF)
  kernel.solveEdges(memory.edgeBlocks.byteOffset, counts[COUNT.edgeBlocks], x, perStep, 0)
  for (let i = 0; i < actors.length; i++) actors[i].solve(h)
  lade(memory, laden, LADEN)
  kernel.finish(x, before, v, particles, h, 1 - LOSS_PER_S * h, FASTEST)
}
