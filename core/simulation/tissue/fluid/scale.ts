/** Sizes that all of liquid shares. A particle is a drop of 0.03 mL: small enough to trickle, large enough for 4,000 to fill a wound. */

export { DROP_ML } from '../../kernel/dropshares.ts'

/** Spacing of particles at rest in metres: the edge of a cube of a drop's volume. */
export const DROP = 0.00310723

/** m/s that liquid never exceeds. */
export const MOST_SPEED = 8

/** Seconds of a tick, and substeps in it. */
export const TICK_S = 0.01
export const FLUID_SUBSTEPS = 2

/** A particle that was still for so many ticks sleeps until something moves it. */
export const ASLEEP = 40
