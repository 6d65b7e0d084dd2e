/** Pockets of water in a field, one for each tool that may inject: they lift, grow along their plane, and run out. */
import { TICK_S } from './clock.ts'
import { peelAlong } from './cutting/dissect.ts'
import { note } from './events.ts'
import type { Liquids, TissueField } from './fieldtype.ts'
import { emit } from './fluid/emit.ts'
import { LIQUID } from './fluid/liquids.ts'
import { ACCOUNT } from './fluid/memory.ts'
import { book, bookable } from './fluid/volume.ts'
import { FACE } from './mesh/volume.ts'
import { followSurface, isNear, POCKET, type Pocket, solvePocket } from './organs/pocket.ts'
import type { Actor } from './solver.ts'
import { hasRoom, lift } from './tools/edges.ts'
import { INJECTED_PLANES } from './tools/planes.ts'

/** A point this near to a pocket fills it, m. */
const REACH = 0.007
/** Share of its water that a pocket has room for when its plane does not part. */
const ROOM = 0.7
/** A plane does not part farther than water can fill it to this thickness, m (an estimate: loose tissue swells first). */
const LEAST_THICK = 0.002
/** The plunger stands still while so much of the water has found no room, mL. */
const STALLS_ML = 1
/** Runs out of a pocket that has come to the open, mL/s (an estimate). */
const RUNS_ML_S = 2

export function pocketActor(field: TissueField): Actor {
  const { pockets, tissue, surface, liquids } = field
  return {
    solve(h: number): void {
      for (let t = 0; t < pockets.length; t++) {
        if (pockets[t].state[POCKET.ml] === 0) continue
        followSurface(pockets[t], tissue.memory, surface)
        solvePocket(pockets[t], tissue.memory, surface, h)
      }
    },
    finish(): void {
      for (let t = 0; t < pockets.length; t++)
        if (pockets[t].scratch.kind === 'open' && pockets[t].state[POCKET.ml] > 0) runOut(field, pockets[t], liquids)
    },
  }
}

/**
 * Presses `ml` between two sheets at a needle's point `at` (m): into the pocket there, or into a new one where the point
 * lies at a natural plane. Says whether there is one, and whether the plunger could go on.
 */
export function fillPocket(field: TissueField, t: number, at: Float64Array, ml: number): 'filled' | 'stalled' | 'none' {
  const { tissue, surface, edges, events, mesh } = field
  const pocket = field.pockets[t]
  const { state, scratch } = pocket
  followSurface(pocket, tissue.memory, surface)
  const isThere = state[POCKET.seed] > 0 && isNear(pocket, tissue.memory, at, REACH)
  if (!isThere && state[POCKET.ml] > 0) return 'none'
  const { opened, openedCount } = mesh.changes
  const parted = isThere ? grow(field, pocket, at) : lift(edges, field.each[t])
  if (parted > 0) note(events, 'spread', t, parted)
  if (!isThere) {
    if (parted === 0) return 'none'
    const corner = opened[openedCount]
    state[POCKET.seed] = mesh.memory.tetVertex[(corner & ~3) + FACE[(corner & 3) * 3]] + 1
  } else if (scratch.kind === 'room' && state[POCKET.ml] - scratch.held * 1e6 > STALLS_ML) return 'stalled'
  state[POCKET.ml] += ml
  return 'filled'
}

/** Parts the plane at a pocket's rim where its water finds no room. Returns the number of faces. */
function grow({ mesh, edges }: TissueField, { state, scratch, isOf }: Pocket, at: Float64Array): number {
  const wanted = state[POCKET.ml] * 1e-6
  if (scratch.kind !== 'room' || scratch.held > ROOM * wanted) return 0
  if (scratch.area * LEAST_THICK > wanted || !hasRoom(edges.mesh)) return 0
  return peelAlong(mesh, INJECTED_PLANES, isOf, at)
}

/** Lets water out where the pocket's surface goes on to the outside: it wells up, and the pocket is gone once it is empty. */
function runOut({ surface }: TissueField, { state, scratch, face }: Pocket, liquids: Liquids | undefined): void {
  const ml = bookable(Math.min(state[POCKET.ml], RUNS_ML_S * TICK_S))
  if (liquids && scratch.faces > 0) {
    const { memory, emission } = liquids.fluid
    const at = face[0] * 3
    book(memory, ACCOUNT.entered, LIQUID.water, ml)
    emission.a = surface.triangles[at]
    emission.b = surface.triangles[at + 1]
    emission.c = surface.triangles[at + 2]
    emission.weightA = emission.weightB = 1 / 3
    emission.axis = 0
    emission.liquid = LIQUID.water
    emission.speed = 0
    emission.ml = ml
    emit(memory, emission)
  }
  state[POCKET.ml] -= ml
  if (state[POCKET.ml] > 1e-9) return
  state.fill(0)
  scratch.version = -1
}
