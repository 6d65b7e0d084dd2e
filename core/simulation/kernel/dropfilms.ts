/**
 * Film on tissue, a volume of each liquid at each vertex of the surface: drops leave and wash it, and it creeps downhill as a
 * thin film (lubrication: mean speed ρ·g·sinθ·h² / 3μ, Oron 1997, doi:10.1103/RevModPhys.69.931); kernel source, see
 * `scalars.ts`. Volumes of drops and films lie as `dropshares.ts` has them.
 */
import { allOf, bookable, DROP_ML, mostOf, moveShare, SHARE_BYTES } from './dropshares.ts'
import { POOL } from './pressure.ts'
import { type D, type I, type Ptr, readByte, readDouble, readInt, readSingle, writeByte } from './scalars.ts'

/** Film creeps in turns: one triangle of so many each tick. */
export const FILM_TURNS: I = 8
/** Bytes of a liquid's row in the table of films: thickness in µm that a steep surface still holds, density, viscosity. */
export const FILM_BYTES: I = 24
/** Share of a drop that it leaves in a tick while it moves, and while it lies still; ticks after which it does. */
const TRAIL: D = 0.008
const SPREAD: D = 0.05
const LIES: I = 10
/** A drop with less than this of a whole drop's volume ends as film. */
const LEAST: D = 0.12
/** Share of film that a drop of another liquid takes along in a tick. */
const WASH: D = 0.08
/** Share of a film that is the drop's own liquid from which on it is not washed. */
const OWN: D = 0.9
/** Share of the thickness a steep surface holds that never creeps. */
const PINNED: D = 0.25

let drops: Ptr = 0
let films: Ptr = 0
let rows: Ptr = 0
let areas: Ptr = 0

/** Says where volumes of drops and films lie, the table of films (see {@link FILM_BYTES}), and the area around each vertex, m². */
export function nameFilms(shares: Ptr, film: Ptr, table: Ptr, area: Ptr): void {
  drops = shares
  films = film
  rows = table
  areas = area
}

/**
 * Drops on the surface, at `count` places: those with few others around leave film, those of another liquid wash it. `touching`
 * and `weights` are those of `dropcontact.ts`, `a`, `b`, `c` rows of the faces' vertices. Tells whether a drop was emptied.
 */
export function touchFilms(
  order: Ptr,
  count: I,
  touching: Ptr,
  weights: Ptr,
  crowd: Ptr,
  a: Ptr,
  b: Ptr,
  c: Ptr,
  liquid: Ptr,
  still: Ptr,
): boolean {
  let emptied = false
  for (let i: I = 0; i < count; i++) {
    const face = readInt(touching + i * 4) - 1
    if (face < 0) continue
    const p = readInt(order + i * 4)
    const second = readSingle(weights + i * 8)
    const third = readSingle(weights + i * 8 + 4)
    const first = 1 - second - third
    const row: Ptr = second >= third ? (second >= first ? b : a) : third >= first ? c : a
    const v = readInt(row + face * 4)
    const film: Ptr = films + v * SHARE_BYTES
    const mine: Ptr = drops + p * SHARE_BYTES
    const lying = allOf(film)
    const kind = readByte(liquid + p)
    if (lying > 0 && readDouble(film + kind * 8) < OWN * lying) {
      wash(mine, film, lying)
      writeByte(liquid + p, mostOf(mine))
    }
    if (readSingle(crowd + i * 4) > POOL) continue
    if (lying >= readDouble(rows + kind * FILM_BYTES) * readDouble(areas + v * 8)) continue
    const ml = allOf(mine)
    const left = ml - DROP_ML * (readByte(still + p) > LIES ? SPREAD : TRAIL)
    const part: D = left < LEAST * DROP_ML ? 1 : 1 - left / ml
    for (let k: I = 0; k < SHARE_BYTES; k += 8) {
      const has = readDouble(mine + k)
      moveShare(mine + k, film + k, part === 1 ? has : bookable(has * part))
    }
    if (part === 1) emptied = true
  }
  return emptied
}

/** Equal volumes of a drop and of the film under it, of which `lying` mL are there, change places. */
function wash(drop: Ptr, film: Ptr, lying: D): void {
  const ml = allOf(drop)
  const amount = Math.min(lying, ml) * WASH
  for (let k: I = 0; k < SHARE_BYTES; k += 8) {
    const lies = readDouble(film + k)
    const has = readDouble(drop + k)
    const up = bookable((lies / lying) * amount)
    const down = bookable((has / ml) * amount)
    moveShare(film + k, drop + k, up)
    moveShare(drop + k, film + k, down)
  }
}

/**
 * Film creeps along the edges of those of `count` faces whose turn it is; vertices lie at `places` (four numbers each), (gx,
 * gy, gz) is gravity, m/s², and `seconds` pass from turn to turn. Every edge is met from both of its faces.
 */
export function creepFilms(
  a: Ptr,
  b: Ptr,
  c: Ptr,
  count: I,
  turn: I,
  places: Ptr,
  gx: D,
  gy: D,
  gz: D,
  seconds: D,
): void {
  for (let t: I = turn; t < count; t += FILM_TURNS) {
    const i = readInt(a + t * 4)
    const j = readInt(b + t * 4)
    const k = readInt(c + t * 4)
    const all = allOf(films + i * SHARE_BYTES) + allOf(films + j * SHARE_BYTES) + allOf(films + k * SHARE_BYTES)
    if (all === 0) continue
    creep(places, i, j, gx, gy, gz, seconds)
    creep(places, j, k, gx, gy, gz, seconds)
    creep(places, k, i, gx, gy, gz, seconds)
  }
}

/** Moves film along an edge, from the higher end to the lower. */
function creep(places: Ptr, i: I, j: I, gx: D, gy: D, gz: D, seconds: D): void {
  const one: Ptr = places + i * 16
  const other: Ptr = places + j * 16
  const dx = readSingle(other) - readSingle(one)
  const dy = readSingle(other + 4) - readSingle(one + 4)
  const dz = readSingle(other + 8) - readSingle(one + 8)
  const fall = dx * gx + dy * gy + dz * gz
  const from: Ptr = films + (fall > 0 ? i : j) * SHARE_BYTES
  const to: Ptr = films + (fall > 0 ? j : i) * SHARE_BYTES
  const ml = allOf(from)
  const area = readDouble(areas + (fall > 0 ? i : j) * 8)
  if (ml === 0 || area === 0) return
  const length2 = dx * dx + dy * dy + dz * dz
  if (length2 < 1e-10) return
  const row: Ptr = rows + mostOf(from) * FILM_BYTES
  const pinned = PINNED * readDouble(row)
  // mL/m² is µm
  const loose = ml / area - pinned
  if (loose <= 0) return
  const h = Math.min(loose, 1000) * 1e-6
  const pull = Math.abs(fall) / Math.sqrt(length2)
  const speed = (readDouble(row + 8) * pull * h * h) / (3 * readDouble(row + 16))
  const part = Math.min(0.2, (0.5 * speed * seconds) / Math.sqrt(length2)) * (loose / (loose + pinned))
  for (let k: I = 0; k < SHARE_BYTES; k += 8) moveShare(from + k, to + k, bookable(readDouble(from + k) * part))
}
