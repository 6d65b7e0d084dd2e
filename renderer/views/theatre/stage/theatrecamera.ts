import { type Matrix4, type PerspectiveCamera, Vector3 } from 'three'
import type { Field } from './field.ts'

export const viewNames = ['operator', 'close', 'above', 'room', 'seal'] as const
export type ViewName = (typeof viewNames)[number]

/** Where a view stands: target in field shares, eye offset from it in metres (outward, world up, cranial). */
type Preset = { u: number; v: number; outward: number; up: number; cranial: number }

const presets: Record<Exclude<ViewName, 'seal'>, Preset> = {
  operator: { u: 0.5, v: 0.5, outward: 0.52, up: 0.36, cranial: -0.1 },
  close: { u: 0.5, v: 0.45, outward: 0.27, up: 0.15, cranial: -0.03 },
  above: { u: 0.62, v: 0.5, outward: 0.3, up: 0.78, cranial: -0.05 },
  room: { u: 0.4, v: 0.2, outward: 1.5, up: 0.95, cranial: -1.1 },
}

const FLIGHT_S = 0.2

/** The eye of the operator: presets, turning about the field, coming near. Never jumps: it glides to where it should be. */
export class TheatreCamera {
  private view: ViewName = 'operator'
  private yaw = 0
  private pitch = 0
  private nearness = 1
  private readonly eye = new Vector3()
  private readonly target = new Vector3()
  private readonly wantedEye = new Vector3()
  private readonly wantedTarget = new Vector3()
  private placed: 'no' | 'yes' = 'no'
  /** Whether gliding is wanted; without, the camera is there at once. */
  motion: 'full' | 'reduced' = 'full'

  show(view: ViewName): void {
    this.view = view
    this.yaw = this.pitch = 0
    this.nearness = 1
  }

  get shown(): ViewName {
    return this.view
  }

  /** Turns by shares of the canvas height, nears by wheel steps. */
  turn(x: number, y: number, zoom: number): void {
    this.yaw -= x * 2.4
    this.pitch = Math.max(-0.9, Math.min(0.9, this.pitch + y * 2.4))
    this.nearness = Math.max(0.35, Math.min(2.2, this.nearness * 1.12 ** zoom))
  }

  /** @param sealAt where the bottle stands, world */
  step(camera: PerspectiveCamera, field: Field, body: Matrix4, sealAt: Vector3, seconds: number): void {
    this.aim(field, body, sealAt)
    const share = this.placed === 'no' || this.motion === 'reduced' ? 1 : 1 - Math.exp((-3 * seconds) / FLIGHT_S)
    this.placed = 'yes'
    this.eye.lerp(this.wantedEye, share)
    this.target.lerp(this.wantedTarget, share)
    camera.position.copy(this.eye)
    camera.up.set(0, 1, 0)
    camera.lookAt(this.target)
    camera.near = 0.02
    camera.far = 12
    camera.fov = 34
    camera.updateProjectionMatrix()
    camera.updateMatrixWorld()
  }

  private aim(field: Field, body: Matrix4, sealAt: Vector3): void {
    const { wantedEye, wantedTarget } = this
    if (this.view === 'seal') {
      wantedTarget.copy(sealAt)
      // The water stands above the panels at the bottom edge.
      wantedTarget.y += 0.05
      wantedEye.copy(wantedTarget).add(offset.set(Math.sign(sealAt.x) * 0.7, 0.25, 0.56))
    } else {
      const preset = presets[this.view]
      field.skinPoint(preset.u * field.widthMm, preset.v * field.heightMm, wantedTarget).applyMatrix4(body)
      outward.copy(field.w).transformDirection(body)
      cranial.copy(field.v).transformDirection(body)
      wantedEye
        .copy(wantedTarget)
        .addScaledVector(outward, preset.outward)
        .addScaledVector(cranial, preset.cranial)
        .addScaledVector(UP, preset.up)
    }
    offset.copy(wantedEye).sub(wantedTarget)
    offset.applyAxisAngle(UP, this.yaw)
    side.crossVectors(UP, offset).normalize()
    offset.applyAxisAngle(side, -this.pitch).multiplyScalar(this.nearness)
    wantedEye.copy(wantedTarget).add(offset)
  }
}

const UP = new Vector3(0, 1, 0)
const offset = new Vector3()
const outward = new Vector3()
const cranial = new Vector3()
const side = new Vector3()
