/**
 * Film on tissue, a volume at each vertex of the surface: trickling drops leave it, it creeps downhill as a thin film
 * (lubrication: mean speed ρ·g·sinθ·h² / 3μ, Oron 1997, doi:10.1103/RevModPhys.69.931), gathers into drops where it grows
 * thick, is washed off by drops of another liquid, and clots. So what lies still needs no particles.
 */
import { CONTACT } from '../../kernel/dropfaces.ts'
import { POOL } from '../../kernel/pressure.ts'
import type { Flow } from './flow.ts'
import { LIQUID, LIQUID_COUNT, LIQUID_ROWS } from './liquids.ts'
import { ACCOUNT, FLUID_COUNT, type FluidMemory } from './memory.ts'
import { addParticle, prevailing, removeParticle } from './particles.ts'
import { DROP_ML, TICK_S } from './scale.ts'
import type { Surface } from './surface.ts'
import { book, bookable, filmMl, PER_ML, particleMl } from './volume.ts'

/** Film creeps and clots in turns: one triangle or vertex of so many each tick. */
const TURNS = 8
/** Share of a drop that it leaves in a tick while it moves, and while it lies still. */
const TRAIL = 0.008
const SPREAD = 0.05
/** A drop with less than this of a whole drop's volume ends as film. */
const LEAST = 0.12
/** Share of film that a drop of another liquid takes along in a tick. */
const WASH = 0.08
/** Share of the thickness a steep surface holds that never creeps. */
const PINNED = 0.25
/** Times the thickness a steep surface holds at which film parts as drops. */
const BEAD = 3

/** Drops on the surface: those with few others around leave film, those of another liquid wash it. */
export function touchFilms(memory: FluidMemory, flow: Flow, surface: Surface): void {
  const { order, count } = flow
  const { touching, weights } = flow
  const { film, share, still } = memory
  let emptied = false
  for (let i = 0; i < count; i++) {
    if (touching[i] === 0) continue
    const t = touching[i]! - 1
    const p = order[i]!
    const b = weights[i * 2]!
    const c = weights[i * 2 + 1]!
    const rest = 1 - b - c
    const v = b >= c ? (b >= rest ? flow.b[t]! : flow.a[t]!) : c >= rest ? flow.c[t]! : flow.a[t]!
    const f = v * LIQUID_COUNT
    const lying = film[f]! + film[f + 1]! + film[f + 2]! + film[f + 3]! + film[f + 4]!
    const mine = memory.liquid[p]!
    if (lying > 0 && film[f + mine]! < 0.9 * lying) wash(memory, p, v, lying)
    if (flow.crowd[i]! > POOL) continue
    const holds = LIQUID_ROWS[mine]!.filmUm * surface.area[v]!
    if (lying >= holds) continue
    const ml = particleMl(memory, p)
    const left = ml - DROP_ML * (still[p]! > 10 ? SPREAD : TRAIL)
    const part = left < LEAST * DROP_ML ? 1 : 1 - left / ml
    for (let k = 0; k < LIQUID_COUNT; k++) {
      const moved = part === 1 ? share[p * LIQUID_COUNT + k]! : bookable(share[p * LIQUID_COUNT + k]! * part)
      film[f + k] = film[f + k]! + moved
      share[p * LIQUID_COUNT + k] = share[p * LIQUID_COUNT + k]! - moved
    }
    if (part === 1) emptied = true
  }
  if (emptied) removeEmpty(memory)
}

/** Removes particles without volume. */
export function removeEmpty(memory: FluidMemory): void {
  for (let p = memory.count[FLUID_COUNT.particles]! - 1; p >= 0; p--) {
    if (particleMl(memory, p) === 0) removeParticle(memory, p)
  }
}

/** Equal volumes of a particle and of the film under it change places. */
function wash(memory: FluidMemory, p: number, v: number, lying: number): void {
  const { film, share } = memory
  const ml = particleMl(memory, p)
  const amount = Math.min(lying, ml) * WASH
  for (let k = 0; k < LIQUID_COUNT; k++) {
    const i = v * LIQUID_COUNT + k
    const j = p * LIQUID_COUNT + k
    const up = bookable((film[i]! / lying) * amount)
    const down = bookable((share[j]! / ml) * amount)
    film[i] = film[i]! - up + down
    share[j] = share[j]! + up - down
  }
  memory.liquid[p] = prevailing(memory, p)
}

/** Film creeps, gathers into drops and clots for a tick. */
export function stepFilms(memory: FluidMemory, surface: Surface, clotting: number): void {
  const turn = memory.count[FLUID_COUNT.tick]! % TURNS
  const { triangles, used, usedCount, area, normal } = surface
  const { film } = memory
  for (let t = turn; t < triangles; t += TURNS) {
    const a = surface.a[t]!
    const b = surface.b[t]!
    const c = surface.c[t]!
    if (filmMl(memory, a) + filmMl(memory, b) + filmMl(memory, c) === 0) continue
    creep(memory, surface, a, b)
    creep(memory, surface, b, c)
    creep(memory, surface, c, a)
  }
  for (let i = turn; i < usedCount; i += TURNS) {
    const v = used[i]!
    const f = v * LIQUID_COUNT
    const ml = filmMl(memory, v)
    if (ml === 0) continue
    const blood = film[f + LIQUID.blood]!
    if (blood > 0.5 * ml) {
      const clot = bookable((blood * clotting * TICK_S * TURNS) / LIQUID_ROWS[LIQUID.blood]!.dryS)
      film[f + LIQUID.blood] = blood - clot
      memory.clot[v] = memory.clot[v]! + clot
      book(memory, ACCOUNT.clotted, LIQUID.blood, clot)
    }
    const most = filmLiquid(memory, v)
    if (ml >= DROP_ML * 1.02 && ml > BEAD * LIQUID_ROWS[most]!.filmUm * area[v]!) {
      shed(memory, surface, v, ml, most, normal)
    }
  }
}

/** The liquid of which most lies at a vertex. */
export function filmLiquid(memory: FluidMemory, v: number): number {
  let best = 0
  for (let k = 1; k < LIQUID_COUNT; k++) {
    if (memory.film[v * LIQUID_COUNT + k]! > memory.film[v * LIQUID_COUNT + best]!) best = k
  }
  return best
}

/** Moves film along an edge, from the higher end to the lower. Every edge is met from both of its triangles. */
function creep(memory: FluidMemory, surface: Surface, a: number, b: number): void {
  const { gravity } = memory
  const p = surface.tissue.position
  const dx = p[b * 4]! - p[a * 4]!
  const dy = p[b * 4 + 1]! - p[a * 4 + 1]!
  const dz = p[b * 4 + 2]! - p[a * 4 + 2]!
  const fall = dx * gravity[0]! + dy * gravity[1]! + dz * gravity[2]!
  const from = fall > 0 ? a : b
  const to = fall > 0 ? b : a
  const ml = filmMl(memory, from)
  const area = surface.area[from]!
  if (ml === 0 || area === 0) return
  const length2 = dx * dx + dy * dy + dz * dz
  if (length2 < 1e-10) return
  const row = LIQUID_ROWS[filmLiquid(memory, from)]!
  // mL/m² is µm
  const loose = ml / area - PINNED * row.filmUm
  if (loose <= 0) return
  const h = Math.min(loose, 1000) * 1e-6
  const pull = Math.abs(fall) / Math.sqrt(length2)
  const speed = (row.density * pull * h * h) / (3 * row.viscosity)
  const part =
    Math.min(0.2, (0.5 * speed * TICK_S * TURNS) / Math.sqrt(length2)) * (loose / (loose + PINNED * row.filmUm))
  for (let k = 0; k < LIQUID_COUNT; k++) {
    const moved = Math.floor(memory.film[from * LIQUID_COUNT + k]! * part * PER_ML) / PER_ML
    memory.film[from * LIQUID_COUNT + k] = memory.film[from * LIQUID_COUNT + k]! - moved
    memory.film[to * LIQUID_COUNT + k] = memory.film[to * LIQUID_COUNT + k]! + moved
  }
}

/** A drop parts from thick film. */
function shed(
  memory: FluidMemory,
  surface: Surface,
  v: number,
  ml: number,
  liquid: number,
  normal: Float64Array,
): void {
  const p = surface.tissue.position
  const n = addParticle(
    memory,
    liquid,
    p[v * 4]! + normal[v * 3]! * CONTACT * 1.1,
    p[v * 4 + 1]! + normal[v * 3 + 1]! * CONTACT * 1.1,
    p[v * 4 + 2]! + normal[v * 3 + 2]! * CONTACT * 1.1,
    0,
    0,
    0,
  )
  if (n < 0) return
  const part = DROP_ML / ml
  for (let k = 0; k < LIQUID_COUNT; k++) {
    const moved = bookable(memory.film[v * LIQUID_COUNT + k]! * part)
    memory.film[v * LIQUID_COUNT + k] = memory.film[v * LIQUID_COUNT + k]! - moved
    memory.share[n * LIQUID_COUNT + k] = moved
  }
  memory.liquid[n] = prevailing(memory, n)
}

/** Drains the film of vertices that are on no surface any more: it left with the tissue. */
export function drainLost(memory: FluidMemory, { left, leftCount, area }: Surface): void {
  for (let i = 0; i < leftCount; i++) if (!(area[left[i]!]! > 0)) drainFilm(memory, left[i]!)
}

function drainFilm(memory: FluidMemory, v: number): void {
  for (let k = 0; k < LIQUID_COUNT; k++) {
    const i = v * LIQUID_COUNT + k
    book(memory, ACCOUNT.drained, k, memory.film[i]!)
    memory.film[i] = 0
  }
}
