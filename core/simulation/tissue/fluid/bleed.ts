/**
 * Bleed sites: where an opened vessel or raw tissue gives blood. A site is bound to up to three particles of tissue and
 * follows them. What leaves it in a tick is a deterministic function of pressures, calibre, spasm, clot and closure.
 */
import { relax } from '../../exactmath.ts'
import { nextUnit } from '../../random.ts'
import { type Emission, emit } from './emit.ts'
import { jetSpeed, oozeFlow, openingFlow, SPASM_LEAST } from './haemodynamics.ts'
import { LIQUID } from './liquids.ts'
import { ACCOUNT, type FluidMemory, SITE, SITE_STRIDE, SITE_WORD, SITE_WORDS } from './memory.ts'
import { TICK_S } from './scale.ts'
import { book, bookable } from './volume.ts'

/** `SITE_WORD.kind`. */
export const BLEED = { none: 0, artery: 1, vein: 2, ooze: 3 } as const
/** `SITE_WORD.closure`; an open site is closed by none. */
export const CLOSURE = { open: 0, clip: 1, tie: 2, seal: 3 } as const
/** `SITE_WORD.aim`: blood leaves along the face's normal, or along the axis from particle b to particle a. */
export const AIM = { normal: 0, axis: 1 } as const

/** mmHg at which seals burst (FACTS §4); one that was made badly holds less than `inadequate`. */
export const SEAL_BURST_MMHG = { ultrasonic: 1078, bipolar: 836, inadequate: 360 } as const

/** A clip or a tie slips at no pressure that a heart can make. */
const FIRM_MMHG = 2000

/**
 * By kind: seconds in which a cut vessel contracts, and in which its clot forms at no flow; mL/s of flow that washes the
 * clot away. Bleeding time after a small cut is 2–9 minutes; a larger artery that runs never clots by itself.
 */
const HEALING = [
  { contractS: 1, clotS: 1, washMlS: 1 },
  { contractS: 20, clotS: 240, washMlS: 0.25 },
  { contractS: 1e9, clotS: 240, washMlS: 0.4 },
  { contractS: 1e9, clotS: 180, washMlS: 0.6 },
] as const

/** What drives bleeding in a tick. */
export type Drive = {
  /** Pressure in the arteries now, and in the veins, mmHg. */
  arterialMmHg: number
  venousMmHg: number
  /** Pressure around all sites: insufflation of the abdomen, or 0. */
  ambientMmHg: number
  /** Times as fast as usual that clots form: 1; more with tranexamic acid, less with heparin or dilution. */
  clotting: number
}

/** What a site is opened with. */
export type Opening = {
  readonly kind: (typeof BLEED)[keyof typeof BLEED]
  /** Opening and feeding vessel in mm; for an ooze the raw area in mm². */
  readonly boreMm: number
  readonly vesselMm: number
  readonly areaMm2: number
  /** Share of the driving pressure that arrives: 1 from the heart's side, less from collaterals. */
  readonly feed: number
  /** Particles of tissue and the weights of the first two. */
  readonly a: number
  readonly b: number
  readonly c: number
  readonly weightA: number
  readonly weightB: number
  readonly aim: (typeof AIM)[keyof typeof AIM]
}

/** Opens a site and gives its number, or −1 where all are in use. */
export function openSite(memory: FluidMemory, opening: Opening): number {
  const { site, siteWord, size } = memory
  for (let s = 0; s < size.sites; s++) {
    const w = s * SITE_WORDS
    if (siteWord[w + SITE_WORD.kind] !== BLEED.none) continue
    const n = s * SITE_STRIDE
    siteWord[w + SITE_WORD.kind] = opening.kind
    siteWord[w + SITE_WORD.closure] = CLOSURE.open
    siteWord[w + SITE_WORD.a] = opening.a
    siteWord[w + SITE_WORD.b] = opening.b
    siteWord[w + SITE_WORD.c] = opening.c
    siteWord[w + SITE_WORD.aim] = opening.aim
    site.fill(0, n, n + SITE_STRIDE)
    site[n + SITE.boreMm] = opening.boreMm
    site[n + SITE.vesselMm] = opening.vesselMm
    site[n + SITE.areaMm2] = opening.areaMm2
    site[n + SITE.feed] = opening.feed
    site[n + SITE.spasm] = 1
    site[n + SITE.weightA] = opening.weightA
    site[n + SITE.weightB] = opening.weightB
    return s
  }
  return -1
}

/** Removes a site; what it still held of a drop is drained. */
export function removeSite(memory: FluidMemory, s: number): void {
  const n = s * SITE_STRIDE
  book(memory, ACCOUNT.drained, LIQUID.blood, memory.site[n + SITE.pendingMl]!)
  memory.site.fill(0, n, n + SITE_STRIDE)
  memory.siteWord.fill(0, s * SITE_WORDS, (s + 1) * SITE_WORDS)
}

/** Closes a site by a clip or a tie, which hold, or by a seal that withstands `sealMmHg` (see {@link SEAL_BURST_MMHG}). */
export function closeSite(
  memory: FluidMemory,
  s: number,
  closure: (typeof CLOSURE)[keyof typeof CLOSURE],
  sealMmHg: number,
): void {
  memory.siteWord[s * SITE_WORDS + SITE_WORD.closure] = closure
  memory.site[s * SITE_STRIDE + SITE.sealMmHg] = closure === CLOSURE.seal ? sealMmHg : FIRM_MMHG
}

/** Takes a closure off again. */
export function reopenSite(memory: FluidMemory, s: number): void {
  memory.siteWord[s * SITE_WORDS + SITE_WORD.closure] = CLOSURE.open
  memory.site[s * SITE_STRIDE + SITE.sealMmHg] = 0
}

/** Pressure in mmHg inside the vessel of a site. */
export function feedingMmHg(memory: FluidMemory, s: number, drive: Drive): number {
  const kind = memory.siteWord[s * SITE_WORDS + SITE_WORD.kind]!
  const feed = memory.site[s * SITE_STRIDE + SITE.feed]!
  const source =
    kind === BLEED.artery
      ? drive.arterialMmHg
      : kind === BLEED.vein
        ? drive.venousMmHg
        : // arterioles take four fifths of the fall from arteries to veins
          drive.venousMmHg + 0.2 * Math.max(0, drive.arterialMmHg - drive.venousMmHg)
  return source * feed
}

/**
 * Advances all sites by a tick and gives the mL that were bled. Seals that the pressure inside (less the pressure from
 * outside) exceeds burst. `externalMmHg` of a site must have been set by the caller.
 */
export function stepBleeding(memory: FluidMemory, emission: Emission, drive: Drive): number {
  const { site, siteWord, size } = memory
  let bled = 0
  for (let s = 0; s < size.sites; s++) {
    const w = s * SITE_WORDS
    const kind = siteWord[w + SITE_WORD.kind]!
    if (kind === BLEED.none) continue
    const n = s * SITE_STRIDE
    const outside = drive.ambientMmHg + site[n + SITE.externalMmHg]!
    const driving = feedingMmHg(memory, s, drive) - outside
    const healing = HEALING[kind]!
    if (siteWord[w + SITE_WORD.closure] !== CLOSURE.open) {
      if (driving <= site[n + SITE.sealMmHg]!) {
        site[n + SITE.rateMlS] = 0
        continue
      }
      reopenSite(memory, s)
    }
    const spasm = relax(site[n + SITE.spasm]!, SPASM_LEAST, TICK_S, healing.contractS)
    site[n + SITE.spasm] = spasm
    const unclotted = 1 - site[n + SITE.plug]!
    const boreMm = site[n + SITE.boreMm]! * spasm
    // a vessel that is cut through contracts with its opening, one with a hole in its side does not
    const vesselMm = site[n + SITE.vesselMm]!
    const feedingMm = site[n + SITE.boreMm]! < vesselMm ? vesselMm : vesselMm * spasm
    const rate =
      unclotted *
      (kind === BLEED.ooze ? oozeFlow(site[n + SITE.areaMm2]!, driving) : openingFlow(boreMm, feedingMm, driving))
    site[n + SITE.rateMlS] = rate
    // a clot grows while the flow is too slow to wash it away
    const growth = 1 - rate / healing.washMlS
    const plug = site[n + SITE.plug]! + (growth * drive.clotting * TICK_S) / healing.clotS
    site[n + SITE.plug] = plug < 0 ? 0 : plug > 1 ? 1 : plug
    const ml = bookable(rate * TICK_S)
    if (ml <= 0) continue
    bled += ml
    book(memory, ACCOUNT.entered, LIQUID.blood, ml)
    site[n + SITE.totalMl] = site[n + SITE.totalMl]! + ml
    site[n + SITE.pendingMl] = site[n + SITE.pendingMl]! + ml
    emission.speed = kind === BLEED.ooze ? 0 : jetSpeed(rate, boreMm * Math.sqrt(unclotted))
    release(memory, emission, s)
  }
  return bled
}

function release(memory: FluidMemory, emission: Emission, s: number): void {
  const { site, siteWord } = memory
  const n = s * SITE_STRIDE
  const w = s * SITE_WORDS
  emission.a = siteWord[w + SITE_WORD.a]!
  emission.b = siteWord[w + SITE_WORD.b]!
  emission.c = siteWord[w + SITE_WORD.c]!
  emission.weightA = site[n + SITE.weightA]!
  emission.weightB = site[n + SITE.weightB]!
  emission.axis = siteWord[w + SITE_WORD.aim] === AIM.axis ? 1 : 0
  emission.liquid = LIQUID.blood
  emission.spread = 0.08 + 0.04 * nextUnit(memory.generator)
  emission.ml = site[n + SITE.pendingMl]!
  emit(memory, emission)
  site[n + SITE.pendingMl] = emission.ml
}
