/** Fills the list of observables from the state. */

import { bloodMl, CIRCULATION } from '../physiology/circulation.ts'
import { EFFECT } from '../physiology/drugs/effects.ts'
import { DRUG, drugAt } from '../physiology/drugs/kinetics.ts'
import { FLUIDS, haemoglobinOf } from '../physiology/fluids.ts'
import { GAS } from '../physiology/gas.ts'
import { ILLNESS } from '../physiology/illness.ts'
import { MONITOR } from '../physiology/monitor.ts'
import { PLEURA } from '../physiology/pleura.ts'
import { BREATHING } from '../physiology/respiration.ts'
import { RHYTHM } from '../physiology/rhythm.ts'
import { VENTILATOR } from '../physiology/ventilator.ts'
import { TICKS_PER_SECOND } from './contract.ts'
import { clamp } from './exactmath.ts'
import { heightAt } from './field.ts'
import { DRAIN_HOLES, TOOL_CODE } from './instruments.ts'
import { OBSERVABLE_INDEX, type Observable } from './observables.ts'
import { toxicityOf } from './syringe.ts'
import { type Context, HAND, handGap, SITE } from './worldstate.ts'

type Reader = (ctx: Context) => number
const siteAt =
  (slot: number): Reader =>
  (ctx) =>
    ctx.site[slot]!
const pleuraAt =
  (slot: number): Reader =>
  (ctx) =>
    ctx.block.float64.pleura[slot]!
const monitorAt =
  (slot: number): Reader =>
  (ctx) =>
    ctx.block.float64.monitor[slot]!
const breathingAt =
  (slot: number): Reader =>
  (ctx) =>
    ctx.block.float64.breathing[slot]!
const gasAt =
  (slot: number, factor = 1): Reader =>
  (ctx) =>
    ctx.block.float64.gas[slot]! * factor
const rhythmAt =
  (slot: number): Reader =>
  (ctx) =>
    ctx.block.float64.rhythm[slot]!
const effectAt =
  (slot: number): Reader =>
  (ctx) =>
    ctx.block.float64.effects[slot]!
const lidocaineAt =
  (slot: number): Reader =>
  (ctx) =>
    drugAt(ctx.block.float64.drugs, 'lidocaine', slot)
const handAt =
  (hand: 0 | 1, slot: number): Reader =>
  (ctx) =>
    ctx.hands[hand][slot]!

const KPA_PER_MMHG = 0.133322

const READERS: Readonly<Record<Observable, Reader>> = {
  'time.seconds': (ctx) => ctx.block.uint32.clock[0]! / TICKS_PER_SECOND,
  'vitals.heartRate': monitorAt(MONITOR.heartRate),
  'vitals.systolicMmHg': monitorAt(MONITOR.systolic),
  'vitals.diastolicMmHg': monitorAt(MONITOR.diastolic),
  'vitals.meanMmHg': monitorAt(MONITOR.mean),
  'vitals.cvpMmHg': (ctx) => ctx.block.float64.circulation[CIRCULATION.cvp]!,
  'vitals.spo2': gasAt(GAS.shown, 100),
  'vitals.breaths': monitorAt(MONITOR.breaths),
  'vitals.etco2KPa': gasAt(GAS.etco2, KPA_PER_MMHG),
  'vitals.etco2MmHg': gasAt(GAS.etco2),
  'vitals.consciousness': breathingAt(BREATHING.consciousness),
  'vitals.effort': breathingAt(BREATHING.effort),
  'vitals.arrest': (ctx) => 1 - ctx.block.float64.circulation[CIRCULATION.beating]!,
  'breath.soundSick': (ctx) => soundOf(ctx) * clamp((expansion(ctx) - 0.2) / 0.7, 0, 1),
  'breath.soundWell': (ctx) => soundOf(ctx),
  'trachea.shiftMm': (ctx) => 1.1 * Math.max(0, ctx.block.float64.pleura[PLEURA.staticMmHg]! - 4),
  'pleura.pressureMmHg': pleuraAt(PLEURA.pressure),
  'pleura.airMl': pleuraAt(PLEURA.airMl),
  'pleura.bloodMl': pleuraAt(PLEURA.bloodMl),
  'pleura.leakMlMin': pleuraAt(PLEURA.inflowMlMin),
  'pleura.ventMlMin': pleuraAt(PLEURA.ventMlMin),
  'lung.expansion': pleuraAt(PLEURA.expansion),
  'wall.incisionMm': siteAt(SITE.incisionMm),
  'wall.incisionRibDegrees': siteAt(SITE.incisionDegrees),
  'wall.incisionSpace': siteAt(SITE.incisionSpace),
  'wall.openDepthMm': siteAt(SITE.openDepth),
  'wall.tractDilationMm': siteAt(SITE.tractMm),
  'wall.pleuraOpen': siteAt(SITE.pleuraOpen),
  'wall.entrySpace': siteAt(SITE.entrySpace),
  'wall.entryLine': siteAt(SITE.entryLine),
  'wall.entryAboveLowerRibMm': siteAt(SITE.entryAbove),
  'wall.entryBelowUpperRibMm': siteAt(SITE.entryBelow),
  'wall.entryTriangleMarginMm': siteAt(SITE.entryMargin),
  'wall.suckingMlMin': pleuraAt(PLEURA.suckingMlMin),
  'wall.numb': siteAt(SITE.numb),
  'mark.placed': siteAt(SITE.markPlaced),
  'mark.space': siteAt(SITE.markSpace),
  'mark.line': siteAt(SITE.markLine),
  'mark.triangleMarginMm': siteAt(SITE.markMargin),
  'palpate.ribsFelt': (ctx) => bitCount(ctx.block.uint32.ribsFelt[0]!),
  'palpate.lastRib': siteAt(SITE.lastRib),
  'palpate.lastSpace': siteAt(SITE.lastSpace),
  'blood.lostMl': (ctx) => ctx.block.float64.circulation[CIRCULATION.lostMl]!,
  'blood.rateMlMin': siteAt(SITE.bleedTotal),
  'blood.share': (ctx) => ctx.block.float64.circulation[CIRCULATION.lostMl]! / ctx.patient.physiology.bloodVolumeMl,
  'needle.depthMm': siteAt(SITE.needleDepth),
  'needle.inPleura': siteAt(SITE.needleInPleura),
  'cannula.inSitu': siteAt(SITE.cannulaIn),
  'cannula.inPleura': siteAt(SITE.cannulaInPleura),
  'cannula.open': siteAt(SITE.cannulaOpen),
  'aspirated.air': siteAt(SITE.aspiratedAir),
  'aspirated.blood': siteAt(SITE.aspiratedBlood),
  'sweep.degrees': siteAt(SITE.sweepDegrees),
  'finger.inPleura': (ctx) =>
    ctx.hands.some((h) => h[HAND.tool] === TOOL_CODE.finger && h[HAND.region] === 1) ? 1 : 0,
  'drain.inserted': siteAt(SITE.drainIn),
  'drain.depthMm': siteAt(SITE.drainDepth),
  'drain.holesInside': siteAt(SITE.drainHoles),
  'drain.holesTotal': () => DRAIN_HOLES.length,
  'drain.upDegrees': siteAt(SITE.drainUp),
  'drain.backDegrees': siteAt(SITE.drainBack),
  'drain.connected': (ctx) => (ctx.site[SITE.drainConnected]! > 0 ? 1 : 0),
  'drain.suction': (ctx) => (ctx.site[SITE.drainConnected] === 2 ? 1 : 0),
  'drain.clamped': siteAt(SITE.drainClamped),
  'drain.kinked': siteAt(SITE.drainKinked),
  'drain.fogging': siteAt(SITE.drainFogging),
  'seal.belowChest': siteAt(SITE.sealBelow),
  'seal.swing': pleuraAt(PLEURA.swing),
  'seal.bubbling': pleuraAt(PLEURA.bubbling),
  'lidocaine.mg': lidocaineAt(DRUG.given),
  'lidocaine.mgPerKg': (ctx) => drugAt(ctx.block.float64.drugs, 'lidocaine', DRUG.given) / ctx.patient.dosingMassKg,
  'lidocaine.plasmaUgMl': lidocaineAt(DRUG.level),
  'lidocaine.toxicity': (ctx) => toxicityOf(drugAt(ctx.block.float64.drugs, 'lidocaine', DRUG.level)),
  'oxygen.on': breathingAt(BREATHING.oxygen),
  'bed.headUpDegrees': siteAt(SITE.bedDegrees),
  'arm.abducted': siteAt(SITE.armAbducted),
  'stitches.count': siteAt(SITE.stitches),
  'fix.done': siteAt(SITE.fixed),
  'dressing.done': siteAt(SITE.dressed),
  'hand0.tool': handAt(0, HAND.tool),
  'hand0.forceN': handAt(0, HAND.force),
  'hand0.depthMm': (ctx) => depthOf(ctx, 0),
  'hand0.structure': handAt(0, HAND.structure),
  'hand0.gapMm': (ctx) => gapOf(ctx, 0),
  'hand1.tool': handAt(1, HAND.tool),
  'hand1.forceN': handAt(1, HAND.force),
  'hand1.depthMm': (ctx) => depthOf(ctx, 1),
  'hand1.structure': handAt(1, HAND.structure),
  'hand1.gapMm': (ctx) => gapOf(ctx, 1),
  'vitals.rhythm': rhythmAt(RHYTHM.code),
  'vitals.outputLMin': (ctx) => ctx.block.float64.circulation[CIRCULATION.outputLMin]!,
  'vitals.tidalMl': breathingAt(BREATHING.tidalMl),
  'vitals.airwayCmH2O': monitorAt(MONITOR.airwayCm),
  'vitals.airwayPeakCmH2O': (ctx) => ventilatorAt(ctx, VENTILATOR.on) * ventilatorAt(ctx, VENTILATOR.peakCm),
  'gas.arterialO2MmHg': gasAt(GAS.arterialO2),
  'gas.arterialCo2MmHg': gasAt(GAS.arterialCo2),
  'gas.inspired': gasAt(GAS.inspired),
  'blood.volumeMl': (ctx) => bloodMl(ctx.block.float64.circulation),
  'blood.haemoglobinGDl': ({ block }) => haemoglobinOf(block.float64.fluids, block.float64.circulation),
  'fluid.givenMl': (ctx) => ctx.block.float64.fluids[FLUIDS.givenMl]!,
  'belly.pressureMmHg': (ctx) => ctx.block.float64.illness[ILLNESS.bellyMmHg]!,
  'drug.hypnosis': effectAt(EFFECT.hypnosis),
  'drug.paralysis': effectAt(EFFECT.paralysis),
  'drug.ventilation': effectAt(EFFECT.ventilation),
  'drug.analgesia': effectAt(EFFECT.analgesia),
  'ventilator.on': (ctx) => ventilatorAt(ctx, VENTILATOR.on),
  'chest.compressed': rhythmAt(RHYTHM.compressing),
  'chest.shocks': rhythmAt(RHYTHM.shocks),
  'vitals.airwayPlateauCmH2O': (ctx) => ventilatorAt(ctx, VENTILATOR.on) * ventilatorAt(ctx, VENTILATOR.plateauCm),
}

const ORDERED = Object.entries(OBSERVABLE_INDEX)
  .sort((a, b) => a[1] - b[1])
  .map(([name]) => READERS[name as Observable])

/** Writes every observable, in the order of OBSERVABLES. */
export function observeAll(ctx: Context, out: Float64Array): void {
  for (let i = 0; i < ORDERED.length; i++) out[i] = ORDERED[i]!(ctx)
}

/** mm that a hand's tip lies below the skin, negative above it. */
export function depthOf(ctx: Context, hand: 0 | 1): number {
  const h = ctx.hands[hand]
  if (h[HAND.tool] === 0) return 0
  return heightAt(ctx.field, ctx.field.skin, h[HAND.u]!, h[HAND.v]!) - h[HAND.w]!
}

function gapOf(ctx: Context, hand: 0 | 1): number {
  return ctx.hands[hand][HAND.tool] === 0 ? 0 : handGap(ctx.hands[hand])
}

function ventilatorAt(ctx: Context, slot: number): number {
  return ctx.block.float64.ventilator[slot]!
}

function expansion(ctx: Context): number {
  return ctx.block.float64.pleura[PLEURA.expansion]!
}

function soundOf(ctx: Context): number {
  const { breathing } = ctx.block.float64
  return breathing[BREATHING.rate]! < 1 ? 0 : clamp(breathing[BREATHING.tidalMl]! / 450, 0, 1)
}

function bitCount(word: number): number {
  let n = 0
  for (let x = word >>> 0; x !== 0; x &= x - 1) n++
  return n
}
