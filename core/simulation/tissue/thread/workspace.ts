/** Scratch of the rod solver, rebuilt in every substep: nothing here is state. */
import type { ThreadMemory } from './memory.ts'

/** Pairs of segments near each other in one substep. */
export const PAIR_CAPACITY = 8192
/** Segments that share a box in the search for pairs. */
export const RUN = 8
/** Numbers of a proxy. */
export const PROXY = 8

export type Workspace = ReturnType<typeof createWorkspace>

export function createWorkspace({ size }: Pick<ThreadMemory, 'size'>) {
  const all = size.slots + 2 * size.proxies
  const of = (n: number) => new Float64Array(n)
  return {
    /** Each proxy as the instrument lies now: ends and radius, ax ay az bx by bz r (metres), and friction; the caller's. */
    proxies: of(PROXY * size.proxies),
    /** Positions; proxies' ends after the slots. */
    x: of(3 * all),
    /** What surfaces pushed each vertex by in this substep, with the mass that the solver reckons with, m; the caller's. */
    surface: of(3 * size.slots),
    /** Positions to go back to. */
    kept: of(3 * all),
    /** Inverse mass that the solver reckons with, 1/kg. */
    weight: of(all),
    /** True mass over that mass. */
    lightness: of(size.slots),
    /** Bounds of each vertex in this substep. */
    low: of(3 * all),
    high: of(3 * all),
    /** Box of each segment's way. */
    box: of(6 * all),
    /** Box of each run of segments. */
    run: of(6 * Math.ceil(size.slots / RUN)),
    /** How far each vertex goes in this substep, m. */
    way: of(all),
    /** Inverse mass of the tool that holds each vertex as part of a needle, 1/kg, else 0; the caller's. */
    hand: of(size.slots + 1),
    /** Push of tissue on the needle of each rod in this substep, x y z, kg·m. */
    react: of(3 * size.rods),
    /** Where stretch wanted the vertices before contact had the last word. */
    wanted: of(3 * size.slots),
    /** 1 within an instrument, which does not push it then; the caller's. */
    sheathed: new Uint8Array(size.slots),
    /** 1 near a grasp or sheathed: instruments do not push the thread that they hold. */
    grasped: new Uint8Array(size.slots),
    /** What each vertex did at its contacts in this substep: see `contact.ts`. */
    touch: new Uint8Array(all),
    direction: of(3 * size.slots),
    multiplier: of(size.slots),
    diagonal: of(size.slots),
    right: of(size.slots),
    off: of(size.slots),
    band: of(3 * size.slots),
    load: of(3 * size.slots),
    pairCount: 0,
    pairA: new Uint32Array(PAIR_CAPACITY),
    pairB: new Uint32Array(PAIR_CAPACITY),
    /** Least distance of each pair when the substep began, m. */
    pairGap: of(PAIR_CAPACITY),
  }
}
