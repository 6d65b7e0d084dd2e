/**
 * Liquid leaves a source that is bound to tissue: slowly as film on the surface around it, fast as drops along a jet.
 */
import { CONTACT } from '../../kernel/dropfaces.ts'
import { nextUnit } from '../../random.ts'
import { LIQUID_COUNT } from './liquids.ts'
import { ACCOUNT, type FluidMemory } from './memory.ts'
import { addParticle } from './particles.ts'
import { DROP, DROP_ML, MOST_SPEED, TICK_S } from './scale.ts'
import type { Surface } from './surface.ts'
import { book } from './volume.ts'

/** Slower than this, m/s, liquid does not part from the surface: it wells up as film. */
const WELLING = 0.03

/** Where and how liquid leaves; one object, filled anew for each source. */
export type Emission = {
  readonly surface: Surface
  a: number
  b: number
  c: number
  weightA: number
  weightB: number
  /** 1: along the line from b to a; 0: along the normal of (a, b, c). */
  axis: 0 | 1
  liquid: number
  /** m/s; sideways share of it that drops scatter. */
  speed: number
  spread: number
  /** mL that are to leave, and what is left of them then: a number that is handed over is garbage. */
  ml: number
}

export function createEmission(surface: Surface): Emission {
  return { surface, a: 0, b: 0, c: 0, weightA: 1, weightB: 0, axis: 0, liquid: 0, speed: 0, spread: 0, ml: 0 }
}

/** Lets go of `ml` as far as it may be, and leaves what is left of it there. What finds no free particle becomes film. */
export function emit(memory: FluidMemory, e: Emission): void {
  const v = wettest(e)
  const { area } = e.surface
  if (e.speed < WELLING && area[v]! > 0) {
    addFilm(memory, v, e)
    return
  }
  const drops = Math.floor(e.ml / DROP_ML)
  if (drops === 0) return
  aim(e)
  const speed = Math.min(Math.max(e.speed, WELLING), MOST_SPEED)
  for (let d = 0; d < drops; d++) {
    // one after the other along the jet, so that drops of one tick do not lie in one place
    const ahead = CONTACT * 1.2 + Math.min(speed * TICK_S, DROP) * (d + nextUnit(memory.generator))
    const dx = ray[0]! + (nextUnit(memory.generator) - 0.5) * e.spread
    const dy = ray[1]! + (nextUnit(memory.generator) - 0.5) * e.spread
    const dz = ray[2]! + (nextUnit(memory.generator) - 0.5) * e.spread
    const n = addParticle(
      memory,
      e.liquid,
      ray[3]! + dx * ahead,
      ray[4]! + dy * ahead,
      ray[5]! + dz * ahead,
      dx * speed,
      dy * speed,
      dz * speed,
    )
    if (n < 0) {
      if (area[v]! > 0) addFilm(memory, v, e)
      return
    }
    memory.share[n * LIQUID_COUNT + e.liquid] = DROP_ML
    e.ml -= DROP_ML
  }
}

/** Pours `ml` as a ball of whole drops at rest around (x, y, z), m, nearest first. Stops where no particle is free. */
export function pour(memory: FluidMemory, liquid: number, x: number, y: number, z: number, ml: number): void {
  const drops = Math.floor(ml / DROP_ML)
  for (let shell = 0, d = 0; d < drops; shell++)
    for (let i = -shell; i <= shell; i++)
      for (let j = -shell; j <= shell; j++)
        for (let k = -shell; k <= shell && d < drops; k++) {
          if (Math.floor(Math.sqrt(i * i + j * j + k * k)) !== shell) continue
          const p = addParticle(memory, liquid, x + i * DROP, y + j * DROP, z + k * DROP, 0, 0, 0)
          if (p < 0) return
          memory.share[p * LIQUID_COUNT + liquid] = DROP_ML
          book(memory, ACCOUNT.entered, liquid, DROP_ML)
          d++
        }
}

/** All that is left becomes film at a vertex. */
function addFilm(memory: FluidMemory, v: number, e: Emission): void {
  const i = v * LIQUID_COUNT + e.liquid
  memory.film[i] = memory.film[i]! + e.ml
  e.ml = 0
}

/** Weights of the three particles of a face. */
const shares = new Float64Array(3)

/** The particle of tissue that takes the film: the nearest of the three that is on the surface. */
function wettest(e: Emission): number {
  const { area } = e.surface
  shares[0] = e.weightA
  shares[1] = e.weightB
  shares[2] = 1 - e.weightA - e.weightB
  if (!(area[e.a]! > 0)) shares[0] = -1
  if (!(area[e.b]! > 0)) shares[1] = -1
  if (!(area[e.c]! > 0)) shares[2] = -1
  if (shares[0]! >= shares[1]!) return shares[0]! >= shares[2]! ? e.a : e.c
  return shares[1]! >= shares[2]! ? e.b : e.c
}

/** Unit direction in which liquid leaves, and where. */
const ray = new Float64Array(6)

function aim(e: Emission): void {
  const p = e.surface.tissue.position
  const a = e.a * 4
  const b = e.b * 4
  const c = e.c * 4
  const ux = p[b]! - p[a]!
  const uy = p[b + 1]! - p[a + 1]!
  const uz = p[b + 2]! - p[a + 2]!
  const vx = p[c]! - p[a]!
  const vy = p[c + 1]! - p[a + 1]!
  const vz = p[c + 2]! - p[a + 2]!
  const nx = e.axis === 1 ? -ux : uy * vz - uz * vy
  const ny = e.axis === 1 ? -uy : uz * vx - ux * vz
  const nz = e.axis === 1 ? -uz : ux * vy - uy * vx
  const length = Math.sqrt(nx * nx + ny * ny + nz * nz)
  const scale = length > 1e-14 ? 1 / length : 0
  const wc = 1 - e.weightA - e.weightB
  ray[0] = nx * scale
  ray[1] = ny * scale
  ray[2] = nz * scale
  for (let k = 0; k < 3; k++) ray[3 + k] = p[a + k]! * e.weightA + p[b + k]! * e.weightB + p[c + k]! * wc
}
