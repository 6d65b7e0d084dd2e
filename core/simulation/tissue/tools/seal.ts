/** What instruments do to bleeding sites: seal them between hot jaws, coagulate them, press them shut. */
import { PI } from '../../exactmath.ts'
import { BLEED, CLOSURE, closeSite, SEAL_BURST_MMHG } from '../fluid/bleed.ts'
import { type FluidMemory, SITE, SITE_STRIDE, SITE_WORD, SITE_WORDS } from '../fluid/memory.ts'
import { NONE } from '../memory.ts'
import { CAPSULE, CAPSULE_SLOTS, type Capsules } from './capsules.ts'
import { type Energy, INSTRUMENTS } from './catalogue.ts'
import { CATCH, placeInJaws, readyJaws } from './frame.ts'
import type { Heat } from './heat.ts'
import { TOOL } from './tool.ts'

/** Share of its time after which a seal begins to hold. */
const BEGINS = 0.2
/** Share of its strength that a seal has on a vessel that is too wide for it: inadequate for every device. */
const TOO_WIDE = 0.25
/** A vessel so narrow, mm, closes by coagulation of what is around it, and holds so much. */
const COAGULATES_MM = 1
const COAGULUM_MMHG = SEAL_BURST_MMHG.inadequate
/** Tissue gives around what presses it: the contact is wider than the instrument by this, m. */
const GIVES = 0.002
const PA_PER_MMHG = 133.322

const at = new Float64Array(3)
const place = new Float64Array(3)

/** Fills `at` with the place of site `s`. */
function locate({ site, siteWord }: FluidMemory, position: Float32Array, s: number): void {
  const w = s * SITE_WORDS
  const a = siteWord[w + SITE_WORD.a] * 4
  const b = siteWord[w + SITE_WORD.b] * 4
  const c = siteWord[w + SITE_WORD.c] * 4
  const wa = site[s * SITE_STRIDE + SITE.weightA]
  const wb = site[s * SITE_STRIDE + SITE.weightB]
  for (let i = 0; i < 3; i++) at[i] = wa * position[a + i] + wb * position[b + i] + (1 - wa - wb) * position[c + i]
}

const isOpen = ({ siteWord }: FluidMemory, s: number): boolean =>
  siteWord[s * SITE_WORDS + SITE_WORD.kind] !== BLEED.none &&
  siteWord[s * SITE_WORDS + SITE_WORD.closure] === CLOSURE.open

/** mmHg that a seal withstands after `burnS` seconds; 0 when it does not hold at all. */
export function sealMmHg({ seal }: Energy, burnS: number): number {
  if (!seal) return 0
  const share = (burnS / seal.takesS - BEGINS) / (1 - BEGINS)
  return seal.burstMmHg * Math.max(0, Math.min(1, share))
}

/** Closes all sites between a tool's jaws by a seal of that strength, unless a stronger closure holds. */
export function sealBetween(
  memory: FluidMemory,
  position: Float32Array,
  tool: Float64Array,
  mmHg: number,
  widestMm: number,
): void {
  if (mmHg === 0) return
  readyJaws(tool)
  for (let s = 0; s < memory.size.sites; s++) {
    const closure = memory.siteWord[s * SITE_WORDS + SITE_WORD.closure]
    if (!isOpen(memory, s) && closure !== CLOSURE.seal) continue
    locate(memory, position, s)
    if (!placeInJaws(tool, at, 0, place)) continue
    const n = s * SITE_STRIDE
    const strength = memory.site[n + SITE.vesselMm] > widestMm ? mmHg * TOO_WIDE : mmHg
    if (strength > memory.site[n + SITE.sealMmHg]) closeSite(memory, s, CLOSURE.seal, strength)
  }
}

/** Closes all sites between a tool's jaws by a clip. */
export function clipBetween(memory: FluidMemory, position: Float32Array, tool: Float64Array): void {
  readyJaws(tool)
  for (let s = 0; s < memory.size.sites; s++) {
    if (memory.siteWord[s * SITE_WORDS + SITE_WORD.kind] === BLEED.none) continue
    locate(memory, position, s)
    if (placeInJaws(tool, at, 0, place)) closeSite(memory, s, CLOSURE.clip, 0)
  }
}

/** Closes oozes and small vessels whose tissue is coagulated: at two of the three particles they are bound to. */
export function coagulateSites(memory: FluidMemory, { burn }: Heat): void {
  const { site, siteWord, size } = memory
  for (let s = 0; s < size.sites; s++) {
    if (!isOpen(memory, s)) continue
    const w = s * SITE_WORDS
    if (siteWord[w + SITE_WORD.kind] !== BLEED.ooze && site[s * SITE_STRIDE + SITE.boreMm] > COAGULATES_MM) continue
    let cooked = 0
    for (let k = SITE_WORD.a; k <= SITE_WORD.c; k++) if (burn[siteWord[w + k]] > 0) cooked++
    if (cooked >= 2) closeSite(memory, s, CLOSURE.seal, COAGULUM_MMHG)
  }
}

/**
 * Sets what presses each site from outside: an instrument's force over the area of its contact, or the pinch of jaws
 * that hold what it lies in.
 */
export function pressSites(
  memory: FluidMemory,
  position: Float32Array,
  tools: readonly Float64Array[],
  capsules: Capsules,
): void {
  const { site, size } = memory
  for (let s = 0; s < size.sites; s++) site[s * SITE_STRIDE + SITE.externalMmHg] = 0
  for (let t = 0; t < tools.length; t++)
    if (tools[t][TOOL.kind] >= 0 && (tools[t][TOOL.held] > 0 || tools[t][TOOL.touched] > 0))
      press(memory, position, tools[t], t, capsules)
}

/** Adds the pressure of a tool on each site: of its closed jaws, or of what touches it, the greater one. */
function press(memory: FluidMemory, position: Float32Array, tool: Float64Array, t: number, capsules: Capsules): void {
  const { site, siteWord, size } = memory
  const { rows } = capsules
  const { jaws, gripN } = INSTRUMENTS[tool[TOOL.kind]]
  const pinch = jaws && gripN !== undefined && tool[TOOL.held] > 0 ? gripN / (jaws.length * 2 * CATCH) : 0
  const x = tool[TOOL.forceX]
  const y = tool[TOOL.forceY]
  const z = tool[TOOL.forceZ]
  const force = tool[TOOL.touched] > 0 ? Math.sqrt(x * x + y * y + z * z) : 0
  if (pinch > 0) readyJaws(tool)
  for (let s = 0; s < size.sites; s++) {
    if (siteWord[s * SITE_WORDS + SITE_WORD.kind] === BLEED.none) continue
    locate(memory, position, s)
    let most = pinch > 0 && placeInJaws(tool, at, 0, place) ? pinch : 0
    const row = force > 0 ? pressing(capsules, t) : NONE
    if (row !== NONE) {
      const reach = rows[row + CAPSULE.radius] + GIVES
      most = Math.max(most, force / (PI * reach * reach))
    }
    site[s * SITE_STRIDE + SITE.externalMmHg] += most / PA_PER_MMHG
  }
}

/** Where among all capsules the first of a tool stands that presses on what is at `at`, or NONE. */
function pressing({ rows, count }: Capsules, t: number): number {
  for (let row = 0; row < count * CAPSULE_SLOTS; row += CAPSULE_SLOTS)
    if (rows[row + CAPSULE.tool] === t && isBeneath(rows, row)) return row
  return NONE
}

/** Whether `at` lies where a capsule presses. */
function isBeneath(rows: Float64Array, row: number): boolean {
  const reach = rows[row + CAPSULE.radius] + GIVES
  const ux = rows[row + 3] - rows[row]
  const uy = rows[row + 4] - rows[row + 1]
  const uz = rows[row + 5] - rows[row + 2]
  const vx = at[0] - rows[row]
  const vy = at[1] - rows[row + 1]
  const vz = at[2] - rows[row + 2]
  const length2 = ux * ux + uy * uy + uz * uz
  const s = length2 > 0 ? Math.max(0, Math.min(1, (ux * vx + uy * vy + uz * vz) / length2)) : 0
  const x = vx - s * ux
  const y = vy - s * uy
  const z = vz - s * uz
  return x * x + y * y + z * z < reach * reach
}
