import { type PerspectiveCamera, Plane, Quaternion, Ray, Vector3 } from 'three'
import { INSTRUMENTS } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import type { DeviceReading } from '../../theatre/control/devices.ts'
import type { Hand } from '../run/protocol.ts'

const MOVE_M_S = 0.05
const TURN_S = 1.2
const ROLL_S = 1.9
/** Radians that dragging over the height of the picture turns. */
const DRAG = 2.4
const WHEEL_M = 0.003
/** How fast the tip follows the pointer, 1/s, and jaws close, 1/s. */
const FOLLOW = 16
const JAW_S = 3.5
/** Pedal of a tube that sucks, and of a syringe that draws. */
const SUCKS = 0.5
const DRAWS = 0.4

/**
 * A person's hand on one instrument: the pointer moves its tip across the view, wheel and keys deeper, with Shift it
 * turns about its tip.
 */
export class ToolHand {
  private readonly tip = new Vector3()
  private readonly end = new Vector3()
  private readonly up = new Vector3(0, 1, 0)
  private jaw = 1
  private kind = -1

  /** Takes over a tool as it lies in the field. */
  take(row: Float64Array): void {
    this.tip.fromArray(row, TOOL.gax)
    this.end.fromArray(row, TOOL.gbx)
    this.up.fromArray(row, TOOL.upX)
    this.jaw = row[TOOL.jaw]
    this.kind = row[TOOL.kind]
  }

  /** Moves on by `seconds` as the devices ask. */
  step(reading: DeviceReading, camera: PerspectiveCamera, seconds: number): Hand {
    camera.matrixWorld.extractBasis(right, above, back)
    const turns = reading.pace === 'fine'
    way.set(0, 0, 0)
    if (turns) {
      this.rotate(above, reading.dragX * DRAG)
      this.rotate(right, -reading.dragY * DRAG)
    } else if (reading.pointer) {
      this.under(reading.pointer, camera)
      way
        .copy(aim)
        .sub(this.tip)
        .multiplyScalar(1 - Math.exp(-FOLLOW * seconds))
    }
    way.addScaledVector(right, reading.right * MOVE_M_S * seconds)
    way.addScaledVector(above, reading.up * MOVE_M_S * seconds)
    // Deeper is away from the eye.
    way.addScaledVector(back, -reading.depth * MOVE_M_S * seconds - reading.wheel * WHEEL_M)
    this.tip.add(way)
    this.end.add(way)
    this.rotate(above, reading.leanRight * TURN_S * seconds)
    this.rotate(right, -reading.leanUp * TURN_S * seconds)
    axis.copy(this.end).sub(this.tip).normalize()
    this.up.applyQuaternion(turn.setFromAxisAngle(axis, reading.roll * ROLL_S * seconds))
    const closed = 1 - reading.use
    this.jaw += Math.max(-JAW_S * seconds, Math.min(JAW_S * seconds, closed - this.jaw))
    const pedal = pedalOf(this.kind, reading)
    return { tip: list(this.tip), end: list(this.end), up: list(this.up), jaw: this.jaw, pedal }
  }

  /** Sets `aim` to the point under the pointer, as far from the eye as the tip. */
  private under({ x, y }: { x: number; y: number }, camera: PerspectiveCamera): void {
    ray.origin.copy(camera.position)
    ray.direction.set(x, y, 0.5).unproject(camera).sub(camera.position).normalize()
    plane.setFromNormalAndCoplanarPoint(back, this.tip)
    if (!ray.intersectPlane(plane, aim)) aim.copy(this.tip)
  }

  private rotate(about: Vector3, angle: number): void {
    if (angle === 0) return
    turn.setFromAxisAngle(about, angle)
    this.end.sub(this.tip).applyQuaternion(turn).add(this.tip)
    this.up.applyQuaternion(turn)
  }
}

/**
 * What the pedal does: with jaws the left button closes them and the right one is the pedal; without, the left one works.
 * A tube that does both sucks halfway down and rinses all the way; a syringe injects with the left and draws with the right.
 */
function pedalOf(kind: number, { use, turning }: DeviceReading): number {
  const { jaws, flow, bore } = INSTRUMENTS[kind]
  const leans = turning === 'lean' ? 1 : 0
  if (bore) return use > 0 ? use : leans * DRAWS
  if (jaws) return leans
  return flow === 'both' && leans === 0 ? use * SUCKS : Math.max(leans, use)
}

const list = ({ x, y, z }: Vector3): [number, number, number] => [x, y, z]
const right = new Vector3()
const above = new Vector3()
const back = new Vector3()
const way = new Vector3()
const aim = new Vector3()
const axis = new Vector3()
const turn = new Quaternion()
const ray = new Ray()
const plane = new Plane()
