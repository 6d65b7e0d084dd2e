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
export const MOST: I = 128
export const WANTED: I = 132
export const DIRECTION: I = 136
export const MULTIPLIER: I = 140
export const DIAGONAL: I = 144
export const RIGHT: I = 148
export const OFF: I = 152
export const BAND: I = 156
export const LOAD: I = 160
export const PAIR_GAPS: I = 164
export const BASE_LOW: I = 168
export const BASE_HIGH: I = 172
/** Words: the two segments of each pair, of each that may become one, and where those of each run begin. */
export const PAIRS: I = 176
export const LISTED: I = 180
export const STARTS: I = 184
/** Bytes. */
export const GRASPED: I = 188
export const TOUCH: I = 192
export const BASE_ENDS: I = 196

/** Slots, pairs and listed pairs that there is room for; how many pairs there are; slots when they were listed. */
export const SLOT_ROOM: I = 200
export const PAIR_ROOM: I = 204
export const LIST_ROOM: I = 208
export const PAIR_COUNT: I = 212
export const BASE_SLOTS: I = 216
export const TABLE_BYTES: I = 224

/** Counts in their words: rods, slots, proxies. */
export const ROD_COUNT: I = 0
export const SLOT_COUNT: I = 4
export const PROXY_COUNT: I = 8
