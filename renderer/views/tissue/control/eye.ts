import { type PerspectiveCamera, Vector3 } from 'three'
import type { Footprint } from '../draw/bench.ts'

const FIELD_OF_VIEW = 30
/** From the front, well above. */
const PITCH = 0.66
const YAW = -0.32
const FLIGHT_S = 0.2

/** The eye over the field: turns about the tissue, comes near, glides to where it should be. */
export class Eye {
  private readonly home = new Vector3()
  private readonly reach: number
  private yaw = YAW
  private pitch = PITCH
  private nearness = 1
  private readonly now = new Vector3()
  private placed: 'no' | 'yes' = 'no'
  /** Whether gliding is wanted; without, the eye is there at once. */
  motion: 'full' | 'reduced' = 'full'

  constructor({ min, max }: Footprint) {
    const size = Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2])
    // The upper part, where instruments work.
    this.home.set((min[0] + max[0]) / 2, min[1] + (max[1] - min[1]) * 0.62, (min[2] + max[2]) / 2)
    this.reach = Math.max(0.06, size * 2.35)
  }

  /** Turns by shares of the canvas height, nears by wheel steps. */
  turn(x: number, y: number, zoom: number): void {
    this.yaw -= x * 2.4
    this.pitch = Math.max(0.08, Math.min(1.5, this.pitch + y * 2.4))
    this.nearness = Math.max(0.25, Math.min(2.5, this.nearness * 1.12 ** zoom))
  }

  /** Size of a pixel at the tissue in a picture so many pixels high, m. */
  pixelAt(height: number): number {
    return (2 * Math.tan((FIELD_OF_VIEW * Math.PI) / 360) * this.reach * this.nearness) / Math.max(1, height)
  }

  step(camera: PerspectiveCamera, seconds: number): void {
    const far = this.reach * this.nearness
    const flat = Math.cos(this.pitch) * far
    wanted.set(Math.sin(this.yaw) * flat, Math.sin(this.pitch) * far, Math.cos(this.yaw) * flat).add(this.home)
    const share = this.placed === 'no' || this.motion === 'reduced' ? 1 : 1 - Math.exp((-3 * seconds) / FLIGHT_S)
    this.placed = 'yes'
    this.now.lerp(wanted, share)
    camera.position.copy(this.now)
    camera.up.set(0, 1, 0)
    camera.lookAt(this.home)
    camera.near = 0.005
    camera.far = 4
    camera.fov = FIELD_OF_VIEW
    camera.updateProjectionMatrix()
    camera.updateMatrixWorld()
  }
}

const wanted = new Vector3()
