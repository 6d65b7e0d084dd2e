/**
 * Film on tissue, a volume at each vertex of the surface: trickling drops leave it, it creeps downhill as a thin film
 * (`kernel/dropfilms.ts`), gathers into drops where it grows thick, is washed off by drops of another liquid, and clots. So
 * what lies still needs no particles.
 */
import { CONTACT } from '../../kernel/dropfaces.ts'
import { FILM_TURNS } from '../../kernel/dropfilms.ts'
import type { Flow } from './flow.ts'
import { LIQUID, LIQUID_COUNT, LIQUID_ROWS } from './liquids.ts'
import { ACCOUNT, FLUID_COUNT, type FluidMemory } from './memory.ts'
import { addParticle, prevailing, removeParticle } from './particles.ts'
import { DROP_ML, TICK_S } from './scale.ts'
import type { Surface } from './surface.ts'
import { book, bookable, filmMl, particleMl } from './volume.ts'

/** Times the thickness a steep surface holds at which film parts as drops. */
const BEAD = 3

/** Drops on the surface: those with few others around leave film, those of another liquid wash it. */
export function touchFilms(memory: FluidMemory, flow: Flow, surface: Surface): void {
  const { kernel } = flow
  nameFilms(memory, surface)
  const emptied = kernel.touchFilms(
    flow.order.byteOffset,
    flow.count,
    flow.touching.byteOffset,
    flow.weights.byteOffset,
    flow.crowd.byteOffset,
    flow.a.byteOffset,
    flow.b.byteOffset,
    flow.c.byteOffset,
    memory.liquid.byteOffset,
    memory.still.byteOffset,
  )
  if (emptied) removeEmpty(memory)
}

/** Says where volumes and areas lie. */
function nameFilms({ share, film }: FluidMemory, { kernel, filming, area }: Surface): void {
  kernel.nameFilms(share.byteOffset, film.byteOffset, filming.byteOffset, area.byteOffset)
}

/** Removes particles without volume. */
export function removeEmpty(memory: FluidMemory): void {
  for (let p = memory.count[FLUID_COUNT.particles]! - 1; p >= 0; p--) {
    if (particleMl(memory, p) === 0) removeParticle(memory, p)
  }
}

/** Film creeps, gathers into drops and clots for a tick. */
export function stepFilms(memory: FluidMemory, surface: Surface, clotting: number): void {
  const turn = memory.count[FLUID_COUNT.tick]! % FILM_TURNS
  const { kernel, used, usedCount, area, normal } = surface
  const { film, gravity } = memory
  nameFilms(memory, surface)
  kernel.creepFilms(
    surface.a.byteOffset,
    surface.b.byteOffset,
    surface.c.byteOffset,
    surface.triangles,
    turn,
    surface.goal.byteOffset,
    gravity[0]!,
    gravity[1]!,
    gravity[2]!,
    TICK_S * FILM_TURNS,
  )
  for (let i = turn; i < usedCount; i += FILM_TURNS) {
    const v = used[i]!
    const f = v * LIQUID_COUNT
    const ml = filmMl(memory, v)
    if (ml === 0) continue
    const blood = film[f + LIQUID.blood]!
    if (blood > 0.5 * ml) {
      const clot = bookable((blood * clotting * TICK_S * FILM_TURNS) / LIQUID_ROWS[LIQUID.blood]!.dryS)
      film[f + LIQUID.blood] = blood - clot
      memory.clot[v] = memory.clot[v]! + clot
      book(memory, ACCOUNT.clotted, LIQUID.blood, clot)
    }
    const most = prevailing(film, v)
    if (ml >= DROP_ML * 1.02 && ml > BEAD * LIQUID_ROWS[most]!.filmUm * area[v]!) {
      shed(memory, surface, v, ml, most, normal)
    }
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
  memory.liquid[n] = prevailing(memory.share, n)
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
