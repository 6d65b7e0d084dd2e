/**
 * Blood, irrigation, bile, pus and smoke of an operative field: one state, one tick. Suction, irrigation, sponges, cuts and
 * clips act on the state between ticks.
 */

import { SimulationError } from '../../contract.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { seedRandom } from '../../random.ts'
import { type Drive, stepBleeding } from './bleed.ts'
import { solveCapsules, takeCapsules } from './capsules.ts'
import { listContacts, solveContacts } from './contact.ts'
import { createEmission, type Emission } from './emit.ts'
import { drainLost, stepFilms, touchFilms } from './films.ts'
import {
  createFlow,
  evenDensity,
  type Flow,
  gatherFlow,
  isFlowing,
  listNeighbours,
  predictFlow,
  scatterFlow,
  settleVelocity,
  shareVelocity,
} from './flow.ts'
import { createFluidMemory, DEFAULT_SIZE, FLUID_COUNT, type FluidMemory, type FluidSize, fluidBytes } from './memory.ts'
import { mixLiquids } from './mix.ts'
import { drainStrays } from './particles.ts'
import { stepSacs } from './sacs.ts'
import { FLUID_SUBSTEPS, TICK_S } from './scale.ts'
import { createScratch, scratchBytes } from './scratch.ts'
import { stepSmoke } from './smoke.ts'
import { bindSurface, createSurface, type Surface, type SurfaceTissue } from './surface.ts'
import { advanceSurface, boxSurface, prepareSurface, rememberSurface } from './surfacemotion.ts'

/** Metres from the origin of the field beyond which liquid has drained away. */
export const FIELD_HALF = 0.35
/** A change of the acceleration by this, m/s², wakes all liquid. */
const TILT = 0.05

export type Fluid = {
  readonly memory: FluidMemory
  readonly surface: Surface
  readonly flow: Flow
  readonly emission: Emission
  /** mL bled, and leaked from sacs, in the last tick: for physiology. */
  bledMl: number
  leakedMl: number
}

/** What a tick needs from outside; the caller keeps one and fills it anew. */
export type FluidInput = {
  /** Acceleration in the frame of the field, m/s²: gravity turned by the patient's tilt. */
  gx: number
  gy: number
  gz: number
  drive: Drive
  /** Instruments, `CAPSULE` numbers each. */
  capsule: Float64Array
  capsules: number
}

/**
 * Liquid over a tissue whose particles do not exceed `size.vertices`. `seed` scatters jets and smoke.
 * @param kernelFor gives a kernel with that many bytes of memory
 */
export function createFluid(
  kernelFor: (bytes: number) => Kernel,
  tissue: SurfaceTissue,
  seed: number,
  size: FluidSize = DEFAULT_SIZE,
): Fluid {
  const own = fluidBytes(size)
  const kernel = kernelFor(own + scratchBytes(size))
  const memory = createFluidMemory(size, kernel.memory)
  seedRandom(memory.generator, seed, 5)
  const scratch = createScratch(kernel, size, own)
  const surface = createSurface(scratch, tissue)
  return {
    memory,
    surface,
    flow: createFlow(scratch),
    emission: createEmission(surface),
    bledMl: 0,
    leakedMl: 0,
  }
}

/**
 * Gives the liquid its surface: `count` free faces (three particles of tissue each, normals into the open) of topology
 * `version`. Call it after each change of topology and after {@link restoreFluid}.
 */
export function bindFluid(fluid: Fluid, triangle: Uint32Array, count: number, version: number): void {
  bindSurface(fluid.surface, fluid.memory, triangle, count, version)
  drainLost(fluid.memory, fluid.surface)
}

/** Advances all liquid by one tick of 10 ms, after the tissue's. */
export function stepFluid(fluid: Fluid, input: FluidInput): void {
  const { memory, surface, emission } = fluid
  const { gx, gy, gz } = input
  const tick = memory.count[FLUID_COUNT.tick]! + 1
  memory.count[FLUID_COUNT.tick] = tick
  prepareSurface(surface, memory)
  wake(fluid, input)
  fluid.bledMl = stepBleeding(memory, emission, input.drive)
  fluid.leakedMl = stepSacs(memory, emission)

  if (isFlowing(memory)) moveFlow(fluid, input)
  stepFilms(memory, surface, input.drive.clotting)
  stepSmoke(memory, gx, gy, gz)
  drainStrays(memory, FIELD_HALF)
  rememberSurface(surface)
}

/** Moves the particles that are awake. */
function moveFlow({ memory, surface, flow }: Fluid, { gx, gy, gz }: FluidInput): void {
  gatherFlow(flow, memory)
  boxSurface(surface)
  listContacts(flow, surface)
  listNeighbours(flow)
  const g = Math.sqrt(gx * gx + gy * gy + gz * gz)
  const up = g > 0 ? -1 / g : 0
  const h = TICK_S / FLUID_SUBSTEPS
  for (let s = 0; s < FLUID_SUBSTEPS; s++) {
    predictFlow(flow, gx, gy, gz, h)
    evenDensity(flow, gx * up, gy * up, gz * up)
    solveCapsules(flow)
    if (surface.motion > 0) advanceSurface(surface, s / FLUID_SUBSTEPS, (s + 1) / FLUID_SUBSTEPS)
    solveContacts(flow, surface, s)
    settleVelocity(flow, h)
  }
  shareVelocity(flow)
  mixLiquids(memory, flow)
  scatterFlow(flow, memory)
  touchFilms(memory, flow, surface)
}

function wake(fluid: Fluid, input: FluidInput): void {
  const { memory, flow } = fluid
  const { gravity } = memory
  gravity[0] = input.gx
  gravity[1] = input.gy
  gravity[2] = input.gz
  const tilt =
    Math.abs(gravity[0] - gravity[3]!) + Math.abs(gravity[1] - gravity[4]!) + Math.abs(gravity[2] - gravity[5]!)
  if (tilt > TILT) {
    memory.still.fill(0)
    gravity.copyWithin(3, 0, 3)
  }
  takeCapsules(flow, memory, input.capsule, input.capsules)
}

/** A copy of the whole state. */
export function saveFluid(fluid: Fluid): Uint8Array<ArrayBuffer> {
  return fluid.memory.bytes.slice()
}

/**
 * Restores what {@link saveFluid} gave; call {@link bindFluid} with the same surface afterwards. Throws
 * `simulation/state-mismatch` on another length.
 */
export function restoreFluid(fluid: Fluid, state: Uint8Array): void {
  if (state.length !== fluid.memory.bytes.length) throw new SimulationError('simulation/state-mismatch', 'fluid')
  fluid.memory.bytes.set(state)
}
