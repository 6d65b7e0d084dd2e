/** The clock of soft tissue: ticks of 10 ms, in small substeps; a field of stiff tissue may ask for more of them. */
export const TICK_S = 0.01
export const SUBSTEPS = 5
/** The most that a field may ask for: skin on a lattice of 4 mm then pulls as it should. */
export const MOST_SUBSTEPS = 20
export const STEP_S = TICK_S / SUBSTEPS

/** Substeps a tick of a length, s. */
export const substepsOf = (substepS: number): number => Math.max(1, Math.floor(TICK_S / substepS + 0.5))
