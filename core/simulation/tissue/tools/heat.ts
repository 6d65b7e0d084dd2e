/**
 * Heat in living tissue: conduction over the tetrahedra (linear elements, lumped capacity), cooling by the blood that
 * flows through (Pennes 1948, doi:10.1152/jappl.1948.1.2.93), water that boils at 100 °C, and thermal damage as a rate
 * process (Henriques 1947, "Studies of thermal injury V": ∫ A·exp(−E/RT) dt, 1 where tissue is irreversibly burned).
 * Conductivity 0.52 W/m/K and heat capacity 3,540 J/kg/K are those of liver (IT'IS database of tissue properties).
 */
import { exp } from '../../exactmath.ts'
import { createBlock } from '../../state.ts'
import { coagulated, MATERIALS } from '../materials.ts'
import { COUNT, FIRST_PARTICLE, NONE, type TissueMemory } from '../memory.ts'
import { starOf } from '../mesh/around.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { FACE } from '../mesh/volume.ts'
import { repack } from '../pack.ts'

export const BODY_C = 37
const CONDUCTIVITY = 0.52
const CAPACITY = 3540
/** Share of its blood that flows through tissue in a second: liver about 0.9 L/kg/min, pale tissue 0.03 (review). */
const PERFUSION = { red: 0.015, pale: 0.0005 } as const
/** Henriques: 1/s, and J/mol over the gas constant, K. */
const LN_A = 226.78
const ACTIVATION_K = 6.28e5 / 8.314
/** Below this nothing is damaged in an operation's time, °C. */
const HARMLESS_C = 43
const BOILS_C = 100
/** Warming in K that would take as much heat as boiling all water of the tissue: 0.7 · 2.26 MJ/kg over the capacity. */
const LATENT_K = 447
/** A particle whose water has boiled off by this share is charred: its surface has long been dry (review). */
const CHARRED = 0.15
/** Cooler tissue counts as not heated, K. */
const COOL_K = 0.05
/** Heat is carried on every so many ticks. */
export const HEAT_TICKS = 5
const DENSITY = 1050

/** What heat has made of a particle. */
export const BURN = { none: 0, coagulated: 1, charred: 2 } as const

export type Heat = {
  /** K above the body, by particle. */
  readonly warmth: Float32Array
  /** Henriques' integral. */
  readonly damage: Float32Array
  /** Share of the water that has boiled off. */
  readonly boiled: Float32Array
  readonly burn: Uint8Array
  /** Particles known so far, whether anything is warm, tool that heated last plus one. */
  readonly words: Uint32Array
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Scratch: W into each particle; particles or tetrahedra. */
  readonly flow: Float64Array
  readonly list: Uint32Array
}

const KNOWN = 0
const WARM = 1
export const HEATED_BY = 2

export function createHeat({ owner, tetMaterial }: TissueMemory): Heat {
  const n = owner.length
  const plan = {
    float32: { warmth: n, damage: n, boiled: n },
    float64: {},
    uint32: { words: 4 },
    uint16: {},
    uint8: { burn: n },
  }
  const block = createBlock(plan)
  return {
    ...block.float32,
    burn: block.uint8.burn,
    words: block.uint32.words,
    bytes: block.bytes,
    flow: new Float64Array(n),
    list: new Uint32Array(Math.max(n, tetMaterial.length)),
  }
}

/** Temperature of a particle, °C. */
export const celsius = ({ warmth }: Heat, particle: number): number => BODY_C + warmth[particle]

/**
 * Gives `joules` to the tissue within `reach` metres of the segment in `ends`, most where it is nearest; dry tissue
 * conducts no more and takes none of its share. Returns whether there was any tissue.
 */
export function giveHeat(
  heat: Heat,
  { position, rest, counts }: TissueMemory,
  ends: Float64Array,
  reach: number,
  joules: number,
): boolean {
  const { list } = heat
  const x = (ends[0] + ends[3]) / 2
  const y = (ends[1] + ends[4]) / 2
  const z = (ends[2] + ends[5]) / 2
  const halfX = Math.abs(ends[3] - x) + reach
  const halfY = Math.abs(ends[4] - y) + reach
  const halfZ = Math.abs(ends[5] - z) + reach
  let count = 0
  let sum = 0
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    const i = p * 4
    if (Math.abs(position[i] - x) > halfX || Math.abs(position[i + 1] - y) > halfY) continue
    if (Math.abs(position[i + 2] - z) > halfZ || rest[i + 3] === 0) continue
    sum += nearness(ends, reach, position, p) * rest[i + 3]
    list[count++] = p
  }
  if (!(sum > 0)) return false
  const kelvin = joules / (sum * CAPACITY)
  for (let n = 0; n < count; n++) {
    const p = list[n]
    heat.warmth[p] += kelvin * (1 - heat.boiled[p]) * nearness(ends, reach, position, p)
  }
  heat.words[WARM] = 1
  return true
}

/** 1 on the segment … 0 at `reach` and beyond. */
function nearness(ends: Float64Array, reach: number, position: Float32Array, p: number): number {
  const vx = position[p * 4] - ends[0]
  const vy = position[p * 4 + 1] - ends[1]
  const vz = position[p * 4 + 2] - ends[2]
  const ux = ends[3] - ends[0]
  const uy = ends[4] - ends[1]
  const uz = ends[5] - ends[2]
  const length2 = ux * ux + uy * uy + uz * uz
  const s = length2 > 0 ? Math.max(0, Math.min(1, (ux * vx + uy * vy + uz * vz) / length2)) : 0
  const d2 = (vx - ux * s) * (vx - ux * s) + (vy - uy * s) * (vy - uy * s) + (vz - uz * s) * (vz - uz * s)
  return d2 >= reach * reach ? 0 : 1 - Math.sqrt(d2) / reach
}

/** Newly burned, m³, in the last step: all, and what is charred. */
export type Burned = { volume: number; charred: number }

/** Carries heat on by {@link HEAT_TICKS} ticks, and stiffens what coagulates. @param seconds of a step */
export function stepHeat(heat: Heat, mesh: Mesh, seconds: number, burned: Burned): void {
  burned.volume = 0
  burned.charred = 0
  if (heat.words[WARM] === 0) {
    heat.words[KNOWN] = mesh.memory.counts[COUNT.particles]
    return
  }
  adoptNew(heat, mesh)
  conduct(heat, mesh.memory, seconds)
  if (burn(heat, mesh.memory, seconds, burned)) stiffen(heat, mesh.memory)
}

/** Particles that cutting added are as warm and as burned as those around them. */
function adoptNew({ warmth, damage, boiled, burn, words }: Heat, mesh: Mesh): void {
  const { counts, tetVertex } = mesh.memory
  const known = words[KNOWN] || counts[COUNT.particles]
  for (let p = known; p < counts[COUNT.particles]; p++) {
    const n = starOf(mesh, p)
    let warm = 0
    let harm = 0
    let dry = 0
    let found = 0
    for (let i = 0; i < n * 4; i++) {
      const q = tetVertex[mesh.work.star[i >> 2] * 4 + (i & 3)]
      if (q >= p) continue
      warm += warmth[q]
      harm += damage[q]
      dry += boiled[q]
      found++
    }
    if (found === 0) continue
    warmth[p] = warm / found
    damage[p] = harm / found
    boiled[p] = dry / found
    burn[p] = boiled[p] >= CHARRED ? BURN.charred : damage[p] >= 1 ? BURN.coagulated : BURN.none
  }
  words[KNOWN] = counts[COUNT.particles]
}

const gradient = new Float64Array(12)

function conduct({ warmth, flow, words }: Heat, memory: TissueMemory, seconds: number): void {
  const { tetVertex, tetMaterial, counts, rest } = memory
  const particles = counts[COUNT.particles]
  flow.fill(0, 0, particles)
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) {
    const v = tet * 4
    if (tetVertex[v] === NONE) continue
    const a = tetVertex[v]
    const b = tetVertex[v + 1]
    const c = tetVertex[v + 2]
    const d = tetVertex[v + 3]
    if (warmth[a] < COOL_K && warmth[b] < COOL_K && warmth[c] < COOL_K && warmth[d] < COOL_K) continue
    const six = measureGradients(rest, tetVertex, v)
    if (!(six > 0)) continue
    let x = 0
    let y = 0
    let z = 0
    for (let k = 0; k < 4; k++) {
      const t = warmth[tetVertex[v + k]]
      x += t * gradient[k * 3]
      y += t * gradient[k * 3 + 1]
      z += t * gradient[k * 3 + 2]
    }
    // Gradients come multiplied by six volumes: k·V·∇φ·∇T = k·(6V∇φ)·(6V∇T) / (6·6V).
    const across = CONDUCTIVITY / (6 * six)
    const blood =
      ((MATERIALS[tetMaterial[tet]].bleeds ? PERFUSION.red : PERFUSION.pale) * DENSITY * CAPACITY * six) / 24
    for (let k = 0; k < 4; k++) {
      const g = k * 3
      const p = tetVertex[v + k]
      flow[p] -= across * (gradient[g] * x + gradient[g + 1] * y + gradient[g + 2] * z) + blood * warmth[p]
    }
  }
  let most = 0
  for (let p = FIRST_PARTICLE; p < particles; p++) {
    if (flow[p] !== 0 && rest[p * 4 + 3] > 0)
      // Slivers may ask for more than explicit steps can carry: nothing gets cooler than the body by it.
      warmth[p] = Math.max(0, warmth[p] + (flow[p] * seconds) / (rest[p * 4 + 3] * CAPACITY))
    if (warmth[p] > most) most = warmth[p]
  }
  if (most < COOL_K) {
    warmth.fill(0, 0, particles)
    words[WARM] = 0
  }
}

/** Fills in each vertex's gradient of its shape function at rest, times six volumes; returns those, m³. */
function measureGradients(rest: Float32Array, tetVertex: Uint32Array, v: number): number {
  let six = 0
  for (let k = 0; k < 4; k++) {
    const o = tetVertex[v + FACE[k * 3]] * 4
    const a = tetVertex[v + FACE[k * 3 + 1]] * 4
    const b = tetVertex[v + FACE[k * 3 + 2]] * 4
    const ux = rest[a] - rest[o]
    const uy = rest[a + 1] - rest[o + 1]
    const uz = rest[a + 2] - rest[o + 2]
    const vx = rest[b] - rest[o]
    const vy = rest[b + 1] - rest[o + 1]
    const vz = rest[b + 2] - rest[o + 2]
    // The normals of free faces look outwards, gradients inwards.
    gradient[k * 3] = uz * vy - uy * vz
    gradient[k * 3 + 1] = ux * vz - uz * vx
    gradient[k * 3 + 2] = uy * vx - ux * vy
    if (k > 0) continue
    const p = tetVertex[v] * 4
    for (let i = 0; i < 3; i++) six += gradient[i] * (rest[p + i] - rest[o + i])
  }
  return six
}

/** Boils and damages; says whether a particle coagulated. */
function burn(heat: Heat, { rest, counts }: TissueMemory, seconds: number, burned: Burned): boolean {
  const { warmth, damage, boiled } = heat
  let changed = false
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    if (warmth[p] < HARMLESS_C - BODY_C) continue
    const over = warmth[p] - (BOILS_C - BODY_C)
    if (over > 0 && boiled[p] < 1) {
      const share = Math.min(over / LATENT_K, 1 - boiled[p])
      boiled[p] += share
      warmth[p] -= share * LATENT_K
    }
    const kelvin = BODY_C + warmth[p] + 273.15
    damage[p] = Math.min(100, damage[p] + seconds * exp(Math.min(5, LN_A - ACTIVATION_K / kelvin)))
    const volume = rest[p * 4 + 3] / DENSITY
    if (heat.burn[p] === BURN.none && damage[p] >= 1) {
      heat.burn[p] = BURN.coagulated
      burned.volume += volume
      changed = true
    }
    if (heat.burn[p] === BURN.coagulated && boiled[p] >= CHARRED) {
      heat.burn[p] = BURN.charred
      burned.charred += volume
    }
  }
  return changed
}

/** Tetrahedra of which half is coagulated take the stiffness of cooked tissue, and bleed no more. */
function stiffen({ burn, list }: Heat, memory: TissueMemory): void {
  const { tetVertex, tetMaterial, counts } = memory
  let count = 0
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) {
    const v = tet * 4
    if (tetVertex[v] === NONE) continue
    let cooked = 0
    for (let k = 0; k < 4; k++) if (burn[tetVertex[v + k]] > 0) cooked++
    const material = coagulated(tetMaterial[tet])
    if (cooked < 2 || material === tetMaterial[tet]) continue
    tetMaterial[tet] = material
    list[count++] = tet
  }
  repack(memory, list, count)
}
