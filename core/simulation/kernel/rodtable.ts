/**
 * Where the arrays of rods lie; kernel source, see `scalars.ts`. The table at `r` holds the byte offset of each array in the
 * slot named here, then figures. What the arrays hold: `tissue/thread/memory.ts` and `workspace.ts`.
 */
import type { I } from './scalars.ts'

/** Particles of the tissue, four singles each. */
export const POSITION: I = 0
/** State of rods: doubles. */
export const LENGTH: I = 4
export const RADIUS: I = 8
export const FRICTION: I = 12
export const AXIAL: I = 16
export const BENDING: I = 20
export const REST: I = 24
export const FRAME: I = 28
export const CHECKED: I = 32
export const WENT: I = 36
export const TENSION: I = 40
export const HOLDING: I = 44
export const JAM: I = 48
export const TAUT: I = 52
/** Words. */
export const COUNTS: I = 56
export const PARTICLE: I = 60
export const FIRST: I = 64
export const SEGMENTS: I = 68
export const ROD: I = 72
/** Bytes. */
export const BARE: I = 76
export const STUCK: I = 80

/** Scratch: doubles. */
export const PROXIES: I = 84
export const X: I = 88
export const SURFACE: I = 92
export const KEPT: I = 96
export const WEIGHT: I = 100
export const LIGHTNESS: I = 104
export const LOW: I = 108
export const HIGH: I = 112
export const BOX: I = 116
export const RUNS: I = 120
export const WAY: I = 124
export const WANTED: I = 128
export const DIRECTION: I = 132
export const MULTIPLIER: I = 136
export const DIAGONAL: I = 140
export const RIGHT: I = 144
export const OFF: I = 148
export const BAND: I = 152
export const LOAD: I = 156
export const PAIR_GAPS: I = 160
/** Words: the two segments of each pair. */
export const PAIRS: I = 164
/** Bytes. */
export const GRASPED: I = 168
export const TOUCH: I = 172

/** Slots and pairs that there is room for, and how many pairs there are. */
export const SLOT_ROOM: I = 176
export const PAIR_ROOM: I = 180
export const PAIR_COUNT: I = 184
export const TABLE_BYTES: I = 192

/** Counts in their words: rods, slots, proxies. */
export const ROD_COUNT: I = 0
export const SLOT_COUNT: I = 4
export const PROXY_COUNT: I = 8
