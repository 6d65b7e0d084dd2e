/** The clock of soft tissue: ticks of 10 ms, in small substeps. */
export const TICK_S = 0.01
export const SUBSTEPS = 5
export const STEP_S = TICK_S / SUBSTEPS
