/**
 * Where the arrays of contact lie; kernel source, see `scalars.ts`. The table at `c` holds the byte offset of each array
 * in the slot named here, then capacities and what a search leaves for the next one.
 */
import type { I } from './scalars.ts'

/** Particles, four singles each, as in the tissue's block. */
export const POSITION: I = 0
export const PREVIOUS: I = 4
export const VELOCITY: I = 8
export const REST: I = 12
/** What a particle belongs to, a byte each. */
export const OWNER: I = 16
/** Number of the tool that holds a particle plus one, 255 for a clip, 0 for none; a byte each. */
export const BOUND: I = 20
/** Free faces: three particles each. */
export const TRIANGLES: I = 24
/** Where particles were when the grid was laid, and the ball around each face and each group of faces then: x, y, z, radius. */
export const BASE: I = 28
export const BALLS: I = 32
export const GROUPS: I = 36
/** The grid: where the faces of each cell begin, the faces, in which query each was met last, and those that it found. */
export const STARTS: I = 40
export const ENTRIES: I = 44
export const SEEN: I = 48
export const FOUND: I = 52
/** Particles on free faces: a byte each; their numbers; where their lists begin; faces in these, and how far they were, m. */
export const OUTER: I = 56
export const POINTS: I = 60
export const LISTS: I = 64
export const LISTED: I = 68
export const FARS: I = 72
/** Point and face of each pair. */
export const PAIRS: I = 76
/** Capsules of tools (see `tools/capsules.ts`), in doubles; capsule and face of each pair; by capsule the room that it has, m. */
export const ROWS: I = 80
export const TOOL_PAIRS: I = 84
export const ROOMS: I = 88
/** What touches, in doubles: see `toolpairs.ts`. */
export const HIT: I = 92

/** Capacities. */
export const PARTICLE_ROOM: I = 96
export const FACE_ROOM: I = 100
export const ENTRY_ROOM: I = 104
export const LIST_ROOM: I = 108
export const PAIR_ROOM: I = 112
export const TOOL_PAIR_ROOM: I = 116

/** Version of the surface that the grid was laid over; points on it, and how many of them have lists; number of the last query. */
export const VERSION: I = 120
export const POINT_COUNT: I = 124
export const LIST_COUNT: I = 128
export const QUERY: I = 132
/** How far the point of the surface that went furthest has moved since the grid was laid, m; a double. */
export const DRIFT: I = 136
/** The faces nearest to a point: heights over them, m, in twelve doubles; then their numbers. */
export const RANK_HEIGHTS: I = 144
export const RANK_FACES: I = 240
export const TABLE_BYTES: I = 288
