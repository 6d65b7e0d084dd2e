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
/** Where particles were when balls were laid, and the ball around each face and each group of faces then: x, y, z, radius. */
export const BASE: I = 36
export const BALLS: I = 40
export const GROUPS: I = 44
/** Balls around groups of groups; by particle the square of the greatest length from it to a corner of its faces, m². */
export const CLUSTERS: I = 48
export const SPANS: I = 52
/** Faces that a search gathered, their balls in rows, and those that it sifted out of them; bytes that packing looks up. */
export const FOUND: I = 56
export const FOUND_BALLS: I = 60
export const SIFTED: I = 64
export const LANE_TABLE: I = 68
/** Bytes that mark what changed; by particle the number of the query that touched it last. */
export const MARKS: I = 72
export const SEEN: I = 76
/** Particles on free faces: a byte each; their numbers; where their lists begin; faces in these, and how far they were, m. */
export const OUTER: I = 80
export const POINTS: I = 84
export const LISTS: I = 88
export const LISTED: I = 92
export const FARS: I = 96
/** The same four before lists were last made, and the corners of faces then. */
export const POINTS_BEFORE: I = 100
export const LISTS_BEFORE: I = 104
export const LISTED_BEFORE: I = 108
export const FARS_BEFORE: I = 112
export const CORNERS_BEFORE: I = 116
/** Particles around which the surface has changed since. */
export const TOUCHED: I = 120
/**
 * Point and face of each pair; the complement of the face's number where the point is within what never moves behind it, or
 * where a thread's vertex may lie in a groove beside it.
 */
export const PAIRS: I = 124
/** Capsules of tools in doubles: see `toolpairs.ts`, as for all that follows. */
export const ROWS: I = 128
/** Capsule and face of each pair, and their distance as the tick began, m; where the pairs of each capsule begin. */
export const TOOL_PAIRS: I = 132
export const TOOL_FARS: I = 136
export const TOOL_STARTS: I = 140
/** By capsule the room that it has, m, and how far it moved in the tick, m; doubles. */
export const ROOMS: I = 144
export const SWAYS: I = 148
/** Faces around each capsule at the base: where they begin, and they; ends of the capsules then, and how far the lists reach, m. */
export const NEAR_STARTS: I = 152
export const NEAR_FACES: I = 156
export const NEAR_FARS: I = 160
export const NEAR_ENDS: I = 164
export const NEAR_REACH: I = 168
/** Ends of capsules, and where particles were, as the tick began; particles of faces near tools. */
export const TOOL_ENDS: I = 172
export const TOOL_BASE: I = 176
export const TOOL_POINTS: I = 180
/** What touches, in doubles. */
export const HIT: I = 184

/** Capacities. */
export const PARTICLE_ROOM: I = 188
export const FACE_ROOM: I = 192
export const LIST_ROOM: I = 196
export const PAIR_ROOM: I = 200
export const TOOL_PAIR_ROOM: I = 204

/** How many particles are listed as touched; −1 when all may be. */
export const TOUCHED_COUNT: I = 208
/** Version of the surface that balls were laid over; particles and points then, and how many of these have lists; faces. */
export const VERSION: I = 212
export const PARTICLE_COUNT: I = 216
export const POINT_COUNT: I = 220
export const LIST_COUNT: I = 224
export const FACE_COUNT: I = 228
/** Number of the last query. */
export const QUERY: I = 232
/** How often lists were made; how often they had been when those of capsules were, and for how many of these; 0 for none. */
export const EPOCH: I = 236
export const NEAR_EPOCH: I = 240
export const NEAR_CAPSULES: I = 244
/** Particles of faces near tools. */
export const TOOL_POINT_COUNT: I = 248
/** How far the point of the surface that went furthest has moved since balls were laid, m; a double. */
export const DRIFT: I = 256
/** The greatest speed of a point of the surface, m/s. */
export const FASTEST: I = 264
/** The same as DRIFT of particles near tools, since the tick began. */
export const TOOL_DRIFT: I = 272
/** The faces nearest to a point: heights over them, m, in twelve doubles; then their numbers. */
export const RANK_HEIGHTS: I = 280
export const RANK_FACES: I = 376
/**
 * What a search asks about, in singles: place and reach, m; then how far before a face and behind it the place may lie, and
 * how far the face may have drifted, m.
 */
export const ASKED: I = 424
export const ASKED_HEIGHTS: I = 440
/** Corners of four faces. */
export const CORNERS_ASKED: I = 456
/** By vertex of a thread: its base and how far its list reaches; faces in it, how far they were, m, and how many they are. */
export const THREAD_BASE: I = 504
export const THREAD_FACES: I = 508
export const THREAD_FARS: I = 512
export const THREAD_LISTED: I = 516
/** By vertex of a thread the shift as its list was made: a double. Lists that there are. */
export const THREAD_SINCE: I = 520
export const THREAD_ROOM: I = 524
/** The sum of what the surface had drifted whenever its base was laid anew, m; a double. */
export const SHIFT: I = 528
/** How far the faces sifted are, m. */
export const SIFTED_FARS: I = 536
/** Segments of threads and edges of the surface that may meet; see `threadedgesolve.ts`. */
export const THREAD_EDGES: I = 540
/** By vertex of a thread the face nearest to it of those that it may lie over; −1 for none. */
export const THREAD_NEAREST: I = 544
export const TABLE_BYTES: I = 552
