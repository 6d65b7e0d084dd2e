/**
 * Where the arrays of rods lie; kernel source, see `scalars.ts`. The table at `r` holds the byte offset of each array in the
 * slot named here, then figures. What the arrays hold: `memory.ts`, `tract.ts` and `workspace.ts` in `tissue/thread`.
 */
import type { I } from './scalars.ts'

/** Particles of the tissue, four singles each; the particles of each tetrahedron. */
export const POSITION: I = 0
export const TET_VERTEX: I = 4
/** State of rods: doubles. */
export const LENGTH: I = 8
export const RADIUS: I = 12
export const FRICTION: I = 16
export const AXIAL: I = 20
export const BENDING: I = 24
export const REST: I = 28
export const FRAME: I = 32
export const CHECKED: I = 36
export const WENT: I = 40
export const TENSION: I = 44
export const HOLDING: I = 48
export const JAM: I = 52
export const TAUT: I = 56
export const TARGET: I = 60
export const LIMIT: I = 64
export const PACE: I = 68
export const PULL: I = 72
/** Words. */
export const COUNTS: I = 76
export const PARTICLE: I = 80
export const FIRST: I = 84
export const SEGMENTS: I = 88
export const ROD: I = 92
export const STEEL: I = 96
/** Bytes. */
export const BARE: I = 100
export const STUCK: I = 104
export const HELD_SLOTS: I = 108
export const LEADER: I = 112

/** State of tracts: doubles. */
export const BARY: I = 116
export const PLACE: I = 120
export const STAY: I = 124
export const DRAG: I = 128
export const BACK: I = 132
export const PULLS: I = 136
export const SOFT: I = 140
export const LOADS: I = 144
/** Words. */
export const TRACT_COUNTS: I = 148
export const TET: I = 152
export const TRACT_ROD: I = 156
/** Bytes. */
export const SLID: I = 160
export const ACTIVE: I = 164
export const KNOT: I = 168

/** Scratch: doubles. */
export const PROXIES: I = 172
export const X: I = 176
export const SURFACE: I = 180
export const KEPT: I = 184
export const WEIGHT: I = 188
export const LIGHTNESS: I = 192
export const LOW: I = 196
export const HIGH: I = 200
export const BOX: I = 204
export const RUNS: I = 208
export const WAY: I = 212
export const MOST: I = 216
export const HAND: I = 220
export const REACT: I = 224
export const WANTED: I = 228
export const DIRECTION: I = 232
export const MULTIPLIER: I = 236
export const DIAGONAL: I = 240
export const RIGHT: I = 244
export const OFF: I = 248
export const BAND: I = 252
export const LOAD: I = 256
export const PAIR_GAPS: I = 260
export const BASE_LOW: I = 264
export const BASE_HIGH: I = 268
/** Words: the two segments of each pair, of each that may become one, and where those of each run begin. */
export const PAIRS: I = 272
export const LISTED: I = 276
export const STARTS: I = 280
/** Bytes. */
export const SHEATHED: I = 284
export const GRASPED: I = 288
export const TOUCH: I = 292
export const BASE_ENDS: I = 296

/** Slots, pairs and listed pairs that there is room for; how many pairs there are; slots when they were listed. */
export const SLOT_ROOM: I = 300
export const PAIR_ROOM: I = 304
export const LIST_ROOM: I = 308
export const PAIR_COUNT: I = 312
export const BASE_SLOTS: I = 316
/** Shape at rest and mass of the tissue's particles, four singles each. */
export const TISSUE_REST: I = 320
/** Other vertices, plus one, that each vertex of a set knot is bound to, and how far they are from it. */
export const BOND: I = 324
export const BOND_LENGTH: I = 328
/** Bores of tools as they lie now, and the rods in them; see `rodsleeves.ts`. */
export const SLEEVES: I = 332
export const TABLE_BYTES: I = 336

/** Counts in their words: rods, slots, proxies. */
export const ROD_COUNT: I = 0
export const SLOT_COUNT: I = 4
export const PROXY_COUNT: I = 8
