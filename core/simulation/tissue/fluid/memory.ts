/**
 * The state of all liquids and smoke of an operative field in one block. Metres, seconds; volumes in mL. Positions are
 * relative to the origin of the field, in the frame of the tissue that the liquid runs over.
 */
import { type Block, blockSize, createBlock, slots } from '../../state.ts'
import { LIQUID_COUNT } from './liquids.ts'

/** What is in use of each capacity, and the clock. */
export const FLUID_COUNT = slots(['particles', 'smoke', 'tick', 'surface', 'vertices', 'refused'] as const)

/** Accounts by liquid, in mL; see `volume.ts`. */
export const ACCOUNT = slots(['entered', 'sucked', 'soaked', 'drained', 'clotted'] as const)
export const ACCOUNT_COUNT = 5

/** A bleed site's numbers. */
export const SITE = slots([
  'boreMm', // opening at rest
  'vesselMm', // calibre of the vessel that feeds it
  'feed', // share of the driving pressure that reaches it
  'areaMm2', // raw surface of an ooze
  'spasm', // 1 relaxed … SPASM_LEAST contracted
  'plug', // 0 open … 1 clotted
  'sealMmHg', // what its closure withstands; 0 not closed
  'externalMmHg', // pressed from outside, set by the caller each tick
  'rateMlS', // now
  'totalMl', // since it opened
  'pendingMl', // bled, but less than a drop
  'weightA',
  'weightB', // the third is 1 − a − b
] as const)
export const SITE_STRIDE = 13

/** A bleed site's words. */
export const SITE_WORD = slots([
  'kind',
  'closure',
  'a',
  'b',
  'c',
  'aim',
  'segment', // of the network, plus 1; 0: none
  'end', // of a cut segment: see `vessels.ts`
] as const)
export const SITE_WORDS = 8

/** A sac's numbers. */
export const SAC = slots([
  'volumeMl',
  'slackMl', // it fills so far without pressure
  'complianceMlMmHg',
  'holeMm', // 0: whole
  'squeezedMmHg', // pressed from outside, set by the caller each tick
  'pendingMl', // leaked, but less than a drop
] as const)
export const SAC_STRIDE = 6
/** A sac's words: liquid, and the three vertices around its hole. */
export const SAC_WORD = slots(['liquid', 'a', 'b', 'c'] as const)
export const SAC_WORDS = 4

/** Capacities. `vertices`: particles of tissue that a surface may use. */
export type FluidSize = {
  readonly particles: number
  readonly vertices: number
  readonly sites: number
  readonly sacs: number
  readonly segments: number
  readonly smoke: number
}

export const DEFAULT_SIZE: FluidSize = {
  particles: 4000,
  vertices: 8000,
  sites: 128,
  sacs: 8,
  segments: 256,
  smoke: 256,
}

function planOf(size: FluidSize) {
  return {
    float64: {
      /** mL of each liquid in each particle. */
      share: size.particles * LIQUID_COUNT,
      /** mL of each liquid in the film at each vertex of tissue. */
      film: size.vertices * LIQUID_COUNT,
      /** mL of clot that sticks at each vertex. */
      clot: size.vertices,
      account: ACCOUNT_COUNT * LIQUID_COUNT,
      site: size.sites * SITE_STRIDE,
      sac: size.sacs * SAC_STRIDE,
      /** mL of irrigation that is less than a drop. */
      irrigation: 1,
      /** Acceleration in the frame of the field now, and when its change last woke all liquid, m/s². */
      gravity: 6,
    },
    float32: {
      position: size.particles * 3,
      velocity: size.particles * 3,
      /** Where a particle was when it last counted as moving. */
      anchor: size.particles * 3,
      /** Displacement by pressure in the last substep, in metres: the next begins with a share of it. */
      pressed: size.particles * 3,
      /** Particles of tissue when the last tick ended, and when the surface was last measured; as they lie there. */
      surfaceBefore: size.vertices * 4,
      surfaceLaid: size.vertices * 4,
      /** x, y, z, strength (1 fresh … 0 gone). */
      smoke: size.smoke * 4,
      smokeVelocity: size.smoke * 3,
    },
    uint32: {
      count: 8,
      generator: 4,
      /** Tick at which a particle left its source. */
      born: size.particles,
      siteWord: size.sites * SITE_WORDS,
      sacWord: size.sacs * SAC_WORDS,
    },
    uint16: {},
    uint8: {
      /** Row of the liquid that prevails in each particle. */
      liquid: size.particles,
      /** Ticks that a particle has stayed near its anchor, up to `ASLEEP`. */
      still: size.particles,
      /** Of a vessel's segments: see `vessels.ts`. */
      segmentState: size.segments,
    },
  }
}

export type FluidBlock = Block<ReturnType<typeof planOf>>

/** All arrays of liquids, flat. */
export type FluidMemory = FluidBlock['float64'] &
  FluidBlock['float32'] &
  FluidBlock['uint32'] &
  FluidBlock['uint8'] & {
    readonly size: FluidSize
    /** The whole state. */
    readonly bytes: Uint8Array<ArrayBuffer>
  }

/** Bytes needed for these capacities. */
export const fluidBytes = (size: FluidSize): number => blockSize(planOf(size))

/** Lays liquids out at the beginning of a kernel's memory. */
export function createFluidMemory(size: FluidSize, buffer: ArrayBuffer): FluidMemory {
  const block = createBlock(planOf(size), buffer)
  return { ...block.float64, ...block.float32, ...block.uint32, ...block.uint8, size, bytes: block.bytes }
}
