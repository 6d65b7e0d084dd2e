import { Matrix4, type PerspectiveCamera, Quaternion, Raycaster, Vector2, Vector3 } from 'three'
import { BUTTON, type InstrumentSample, type Tool } from '../../../../core/simulation/contract.ts'
import type { Field } from '../stage/field.ts'
import type { DeviceReading } from './devices.ts'
import { steerFreely } from './free.ts'
import { type Grip, grips } from './grips.ts'
import { newPose, type Pose, poseOfSteering, sampleOf } from './pose.ts'
import { type Intent, type Steering, steer, takeUp } from './steer.ts'

export type Scheme = 'guided' | 'free'

/** Lean for a drag over the whole height of the canvas, degrees; wheel step in mm. */
const LEAN_PER_HEIGHT = 150
const WHEEL_MM = 2
/** Free steering: metres per second of keys, wheel step in metres, radians per height of drag. */
const FREE_M_S = 0.08
const FREE_WHEEL = 0.004
const FREE_TURN = 3
/** One pull of the plunger, s. */
const PULL_S = 0.7

type Held = { tool: Tool; steering: Steering; pose: Pose; jaw: number; buttons: number }

/** The two hands of a person at a desktop: one is steered, the other stays where it was left. */
export class Hands {
  active: 0 | 1 = 0
  scheme: Scheme = 'guided'
  private readonly field: Field
  private readonly held: [Held, Held]
  private readonly ray = new Raycaster()
  private pullSeconds = 0

  constructor(field: Field) {
    this.field = field
    this.held = [start(field, 0.5), start(field, 0.35)]
  }

  /** The pose that the active hand asks for; null for a hand without a tool. */
  poseOf(hand: 0 | 1): Pose | null {
    return this.held[hand].tool === 'none' ? null : this.held[hand].pose
  }

  steeringOf(hand: 0 | 1): Steering {
    return this.held[hand].steering
  }

  /** Takes over which tool the engine says a hand holds. */
  holds(hand: 0 | 1, tool: Tool): void {
    const held = this.held[hand]
    if (held.tool === tool) return
    held.tool = tool
    held.steering = takeUp(grips[tool], held.steering.uMm, held.steering.vMm)
    held.jaw = 0
    poseOfSteering(held.steering, grips[tool].square, this.field, held.pose)
  }

  /** Moves the active hand on. `bodyMatrix`: body frame → world. */
  step(reading: DeviceReading, camera: PerspectiveCamera, bodyMatrix: Matrix4, seconds: number): void {
    const held = this.held[this.active]
    const grip = grips[held.tool]
    toBody.copy(bodyMatrix).invert()
    viewAxes(camera, toBody)
    if (this.scheme === 'guided') this.guided(held, grip, reading, camera, seconds)
    else this.free(held, reading, camera, seconds)
    const pressedHome = held.steering.pressed > 0.95 || this.scheme === 'free'
    held.buttons = 0
    if (this.pulls(reading, seconds)) held.buttons |= BUTTON.aspirate
    if (reading.brace === 'held') held.buttons |= BUTTON.brace
    if (reading.use > 0.5 && pressedHome && grip.use.kind === 'press' && grip.use.flag === 'use')
      held.buttons |= BUTTON.use
  }

  /** What both hands send now. */
  samples(): readonly [InstrumentSample, InstrumentSample] {
    const [a, b] = this.held
    return [sampleOf(a.pose, a.jaw, a.buttons), sampleOf(b.pose, b.jaw, b.buttons)]
  }

  /** Holding the key pulls the plunger again and again: each pull shows once what comes back. */
  private pulls(reading: DeviceReading, seconds: number): boolean {
    this.pullSeconds = reading.aspirate === 'held' ? this.pullSeconds + seconds : 0
    return reading.aspirate === 'held' && this.pullSeconds % PULL_S < PULL_S - 0.08
  }

  private guided(held: Held, grip: Grip, reading: DeviceReading, camera: PerspectiveCamera, seconds: number): void {
    const leaning = reading.turning === 'lean'
    const intent: Intent = {
      aim: leaning || !reading.pointer ? null : this.aim(reading.pointer, camera),
      ...alongSkin(this.field, reading),
      depth: reading.depth,
      depthStepMm: reading.wheel * WHEEL_MM,
      ...leanOf(this.field, reading, leaning),
      roll: reading.roll,
      use: reading.use,
      pace: reading.pace,
    }
    held.steering = steer(held.steering, intent, grip, seconds)
    held.jaw = held.steering.jaw
    poseOfSteering(held.steering, grip.square, this.field, held.pose)
  }

  private free(held: Held, reading: DeviceReading, camera: PerspectiveCamera, seconds: number): void {
    tip.copy(held.pose.position).applyMatrix4(new Matrix4().copy(toBody).invert())
    const span = 2 * Math.tan((camera.fov * Math.PI) / 360) * tip.distanceTo(camera.position)
    const leaning = reading.turning === 'lean'
    const turnRate = leaning ? FREE_TURN : 0
    steerFreely(
      held.pose,
      {
        right: (leaning ? 0 : reading.dragX * span) + reading.right * FREE_M_S * seconds,
        up: (leaning ? 0 : -reading.dragY * span) + reading.up * FREE_M_S * seconds,
        away: reading.wheel * FREE_WHEEL + reading.depth * FREE_M_S * seconds,
        turnRight: reading.dragX * turnRate + reading.leanRight * 1.2 * seconds,
        turnUp: -reading.dragY * turnRate + reading.leanUp * 1.2 * seconds,
        roll: reading.roll * 1.8 * seconds,
        pace: reading.pace,
      },
      axes,
    )
    held.jaw = reading.use
  }

  private aim(pointer: { x: number; y: number }, camera: PerspectiveCamera): { uMm: number; vMm: number } | null {
    this.ray.setFromCamera(pointerNdc.set(pointer.x, pointer.y), camera)
    origin.copy(this.ray.ray.origin).applyMatrix4(toBody)
    direction.copy(this.ray.ray.direction).transformDirection(toBody)
    return this.field.hitSkin(origin, direction)
  }
}

const toBody = new Matrix4()
const origin = new Vector3()
const direction = new Vector3()
const pointerNdc = new Vector2()
const tip = new Vector3()
const axes = { right: new Vector3(), up: new Vector3(), forward: new Vector3() }

function viewAxes(camera: PerspectiveCamera, worldToBody: Matrix4): void {
  axes.right.setFromMatrixColumn(camera.matrixWorld, 0).transformDirection(worldToBody)
  axes.up.setFromMatrixColumn(camera.matrixWorld, 1).transformDirection(worldToBody)
  axes.forward.setFromMatrixColumn(camera.matrixWorld, 2).transformDirection(worldToBody).negate()
}

/** "Right" and "up" of the screen along the skin of the field. */
function alongSkin(field: Field, reading: DeviceReading): { moveU: number; moveV: number } {
  return screenToField(field, reading.right, reading.up, 'moveU', 'moveV')
}

function leanOf(
  field: Field,
  reading: DeviceReading,
  leaning: boolean,
): Pick<Intent, 'leanU' | 'leanV' | 'leanStepU' | 'leanStepV'> {
  const rate = screenToField(field, reading.leanRight, reading.leanUp, 'leanU', 'leanV')
  const step = leaning ? LEAN_PER_HEIGHT : 0
  return { ...rate, ...screenToField(field, reading.dragX * step, -reading.dragY * step, 'leanStepU', 'leanStepV') }
}

function screenToField<U extends string, V extends string>(
  field: Field,
  right: number,
  up: number,
  uName: U,
  vName: V,
): Record<U | V, number> {
  return {
    [uName]: right * axes.right.dot(field.u) + up * axes.up.dot(field.u),
    [vName]: right * axes.right.dot(field.v) + up * axes.up.dot(field.v),
  } as Record<U | V, number>
}

function start(field: Field, share: number): Held {
  const steering = takeUp(grips.none, field.widthMm * share, field.heightMm * 0.4)
  const pose = { ...newPose(), rotation: new Quaternion() }
  return { tool: 'none', steering, pose: poseOfSteering(steering, grips.none.square, field, pose), jaw: 0, buttons: 0 }
}
