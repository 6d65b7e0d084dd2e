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
/** Free faces: three particles each, and tetrahedron × 4 + vertex opposite; by the latter the number of the face. */
export const TRIANGLES: I = 24
export const CORNERS: I = 28
export const FACE_OF: I = 32
/** Where particles were when the grid was laid, and the ball around each face and each group of faces then: x, y, z, radius. */
export const BASE: I = 36
export const BALLS: I = 40
export const GROUPS: I = 44
/** By particle on a free face the numbers of its cell along the axes. */
export const CELLS: I = 48
/** The grid: where the faces of each cell begin, the faces, in which query each was met last, and those that it found. */
export const STARTS: I = 52
export const ENTRIES: I = 56
export const SEEN: I = 60
export const FOUND: I = 64
/** Particles on free faces: a byte each; their numbers; where their lists begin; faces in these, and how far they were, m. */
export const OUTER: I = 68
export const POINTS: I = 72
export const LISTS: I = 76
export const LISTED: I = 80
export const FARS: I = 84
/** The same four before lists were last made, and the corners of faces then. */
export const POINTS_BEFORE: I = 88
export const LISTS_BEFORE: I = 92
export const LISTED_BEFORE: I = 96
export const FARS_BEFORE: I = 100
export const CORNERS_BEFORE: I = 104
/** Particles around which the surface has changed since. */
export const TOUCHED: I = 108
/** Point and face of each pair. */
export const PAIRS: I = 112
/** Capsules of tools in doubles: see `toolpairs.ts`, as for all that follows. */
export const ROWS: I = 116
/** Capsule and face of each pair, and their distance as the tick began, m; where the pairs of each capsule begin. */
export const TOOL_PAIRS: I = 120
export const TOOL_FARS: I = 124
export const TOOL_STARTS: I = 128
/** By capsule the room that it has, m, and how far it moved in the tick, m; doubles. */
export const ROOMS: I = 132
export const SWAYS: I = 136
/** Faces around each capsule at the base: where they begin, and they; ends of the capsules then, and how far the lists reach, m. */
export const NEAR_STARTS: I = 140
export const NEAR_FACES: I = 144
export const NEAR_FARS: I = 148
export const NEAR_ENDS: I = 152
export const NEAR_REACH: I = 156
/** Ends of capsules, and where particles were, as the tick began; particles of faces near tools. */
export const TOOL_ENDS: I = 160
export const TOOL_BASE: I = 164
export const TOOL_POINTS: I = 168
/** What touches, in doubles. */
export const HIT: I = 172

/** Capacities. */
export const PARTICLE_ROOM: I = 176
export const FACE_ROOM: I = 180
export const ENTRY_ROOM: I = 184
export const LIST_ROOM: I = 188
export const PAIR_ROOM: I = 192
export const TOOL_PAIR_ROOM: I = 196

/** How many particles are listed as touched; −1 when all may be. */
export const TOUCHED_COUNT: I = 200
/** Version of the surface that the grid was laid over; particles and points then, and how many of these have lists. */
export const VERSION: I = 204
export const PARTICLE_COUNT: I = 208
export const POINT_COUNT: I = 212
export const LIST_COUNT: I = 216
/** Number of the last query. */
export const QUERY: I = 220
/** How often lists were made; how often they had been when those of capsules were, and for how many of these; 0 for none. */
export const EPOCH: I = 224
export const NEAR_EPOCH: I = 228
export const NEAR_CAPSULES: I = 232
/** Particles of faces near tools. */
export const TOOL_POINT_COUNT: I = 236
/** How far the point of the surface that went furthest has moved since the grid was laid, m; a double. */
export const DRIFT: I = 240
/** The greatest speed of a point of the surface, m/s. */
export const FASTEST: I = 248
/** Radius of the greatest ball around a face, m. */
export const GREATEST: I = 256
/** The same as DRIFT of particles near tools, since the tick began. */
export const TOOL_DRIFT: I = 264
/** The faces nearest to a point: heights over them, m, in twelve doubles; then their numbers. */
export const RANK_HEIGHTS: I = 272
export const RANK_FACES: I = 368
/** Whether all lists, or but the grid, were made anew when last asked for. */
export const FRESH: I = 416
export const TABLE_BYTES: I = 424
