/** The world of one session: the tick, and all that acts in it, in one fixed order. */
import { type Body, createBody, stepBody } from '../physiology/body.ts'
import { applyAction } from './actions.ts'
import { workForceps, workScalpel } from './blade.ts'
import { watchPlunge } from './breach.ts'
import { workPatch } from './chestwall/hands.ts'
import { digestOf, patchBytes, restorePatch, savePatch } from './chestwall/patch.ts'
import { workDressing, workMarker, workNeedleDriver } from './closure.ts'
import { moveTip } from './contact.ts'
import { reportContact } from './contactevents.ts'
import {
  type Hand,
  type InstrumentSample,
  type Patient,
  type SimEvent,
  SimulationError,
  type Start,
  TOOLS,
  type World,
  type WorldInput,
} from './contract.ts'
import { feedDrain, isFeeding, layDrain, watchDrain } from './drain.ts'
import { drawWorld } from './draw.ts'
import { readField, toField, turnToField } from './field.ts'
import { workFinger } from './finger.ts'
import { INSTRUMENT_BY_CODE } from './instruments.ts'
import type { KernelFor } from './kernel/kernel.ts'
import { OBSERVABLE_INDEX, OBSERVABLES, type Observable } from './observables.ts'
import { observeAll } from './observe.ts'
import { openBody, watchBody } from './opening.ts'
import { seedRandom } from './random.ts'
import { WAVE_LENGTH } from './snapshot.ts'
import { hashBlock, hashText, settle } from './state.ts'
import { workSyringe } from './syringe.ts'
import { FAR_MM } from './vessels.ts'
import { buildWall } from './wall.ts'
import { type Context, createContext, HAND, HANDS, SITE } from './worldstate.ts'

/** The world of one session. Throws `simulation/bad-patient` when the patient cannot be read. */
export function createWorld(patient: Patient, start: Start, seed: number, kernelFor: KernelFor): World {
  if (patient.version !== 1) throw new SimulationError('simulation/bad-patient', 'version')
  const field = readField(patient.field)
  const ctx = createContext(patient, start, field, buildWall(field), kernelFor)
  seedRandom(ctx.block.uint32.random, seed)
  prepare(ctx)
  const body = createBody(ctx.block.float64, patient, start)
  const observed = new Float64Array(OBSERVABLES.length)
  observeAll(ctx, observed)
  settle(ctx.block.float64)
  return new RunningWorld(ctx, body, observed)
}

class RunningWorld implements World {
  readonly patient: Patient
  readonly observed: Float64Array
  private readonly ctx: Context
  private readonly body: Body

  constructor(ctx: Context, body: Body, observed: Float64Array) {
    this.ctx = ctx
    this.body = body
    this.observed = observed
    this.patient = ctx.patient
  }

  get tick(): number {
    return this.ctx.block.uint32.clock[0]!
  }

  get events(): readonly SimEvent[] {
    return this.ctx.events
  }

  step(input: WorldInput): void {
    const { ctx } = this
    ctx.events.length = 0
    ctx.block.uint32.clock[0] = ctx.block.uint32.clock[0]! + 1
    for (const hand of HANDS) readSample(ctx, hand, input.samples[hand])
    for (let i = 0; i < input.actions.length; i++) applyAction(ctx, input.actions[i]!)
    for (const hand of HANDS) work(ctx, hand)
    workPatch(ctx)
    openBody(ctx, this.body.input)
    const waveHead = ctx.block.uint32.waveHead
    stepBody(this.body, waveHead[0]!)
    waveHead[0] = (waveHead[0]! + 1) % WAVE_LENGTH
    observeAll(ctx, this.observed)
    watchBody(ctx, this.observed)
    settle(ctx.block.float64)
  }

  observe(name: Observable): number {
    return this.observed[OBSERVABLE_INDEX[name]]!
  }

  save(): Uint8Array<ArrayBuffer> {
    const { block, patch } = this.ctx
    const all = new Uint8Array(block.bytes.length + patchBytes(patch))
    all.set(block.bytes)
    savePatch(patch, all, block.bytes.length)
    return all
  }

  restore(state: Uint8Array): void {
    const { block, patch } = this.ctx
    const { bytes } = block
    if (state.length !== bytes.length + patchBytes(patch))
      throw new SimulationError('simulation/state-mismatch', `${state.length} bytes`)
    bytes.set(state.subarray(0, bytes.length))
    restorePatch(patch, this.ctx.field, state, bytes.length)
    this.ctx.events.length = 0
    observeAll(this.ctx, this.observed)
  }

  hash(): string {
    return hashText(`${hashBlock(this.ctx.block.bytes)}-${digestOf(this.ctx.patch)}`)
  }

  draw(out: Parameters<World['draw']>[0]): void {
    drawWorld(this.ctx, this.observed, out)
  }
}

function prepare(ctx: Context): void {
  ctx.block.float64.nearest.fill(FAR_MM)
  ctx.site[SITE.bedDegrees] = ctx.start.bedHeadUpDegrees
  ctx.site[SITE.sealBelow] = 1
  for (const h of ctx.hands) {
    h[HAND.w] = 60
    h[HAND.stroke] = -1
    h[HAND.plungeTick] = -1
    h[HAND.roll] = -1
    h[HAND.axisW] = 1
  }
}

function readSample(ctx: Context, hand: Hand, sample: InstrumentSample): void {
  const h = ctx.hands[hand]
  const { scratch, field } = ctx
  const [x, y, z] = sample.xUm10
  let [qx, qy, qz, qw] = sample.q
  if (!(x - x === 0 && y - y === 0 && z - z === 0)) throw new SimulationError('simulation/bad-input', 'xUm10')
  const length = Math.sqrt(qx * qx + qy * qy + qz * qz + qw * qw)
  if (!(length > 0 && length - length === 0)) throw new SimulationError('simulation/bad-input', 'q')
  qx /= length
  qy /= length
  qz /= length
  qw /= length
  h[HAND.qx] = qx
  h[HAND.qy] = qy
  h[HAND.qz] = qz
  h[HAND.qw] = qw
  h[HAND.bodyX] = x / 100000
  h[HAND.bodyY] = y / 100000
  h[HAND.bodyZ] = z / 100000
  toField(field, x / 100, y / 100, z / 100, scratch)
  store(h, HAND.handU, scratch)
  turnToField(field, 2 * (qx * qz + qw * qy), 2 * (qy * qz - qw * qx), 1 - 2 * (qx * qx + qy * qy), scratch)
  store(h, HAND.axisU, scratch)
  turnToField(field, 1 - 2 * (qy * qy + qz * qz), 2 * (qx * qy + qw * qz), 2 * (qx * qz - qw * qy), scratch)
  store(h, HAND.jawU, scratch)
  turnToField(field, 2 * (qx * qy - qw * qz), 1 - 2 * (qx * qx + qz * qz), 2 * (qy * qz + qw * qx), scratch)
  store(h, HAND.upU, scratch)
  h[HAND.jawBefore] = h[HAND.jaw]!
  h[HAND.jaw] = sample.jaw
  h[HAND.buttonsBefore] = h[HAND.buttons]!
  h[HAND.buttons] = sample.buttons
}

function store(h: Float64Array, slot: number, from: Float64Array): void {
  h[slot] = from[0]!
  h[slot + 1] = from[1]!
  h[slot + 2] = from[2]!
}

function work(ctx: Context, hand: Hand): void {
  const h = ctx.hands[hand]
  const code = h[HAND.tool]!
  if (code === 0) return
  h[HAND.held] = h[HAND.held]! + 1
  const instrument = INSTRUMENT_BY_CODE[code]!
  const tool = TOOLS[code]!
  const before = h[HAND.structure]!
  if (isFeeding(ctx, h)) feedDrain(ctx, hand)
  else moveTip(ctx, hand, instrument)
  if (instrument.kind === 'tube') watchDrain(ctx, hand)
  else if (instrument.kind === 'needle') workSyringe(ctx, hand)
  else if (instrument.kind === 'blade') workScalpel(ctx, hand)
  else if (instrument.kind === 'blunt') workForceps(ctx, hand)
  else if (tool === 'finger') workFinger(ctx, hand)
  else if (tool === 'marker') workMarker(ctx, hand)
  else if (tool === 'needle-driver') workNeedleDriver(ctx, hand)
  else if (tool === 'dressing') workDressing(ctx, hand)
  watchPlunge(ctx, hand, tool)
  reportContact(ctx, hand, before)
  if (hand === 0 && ctx.site[SITE.drainIn] === 1 && !isFeeding(ctx, h)) layDrain(ctx)
}
