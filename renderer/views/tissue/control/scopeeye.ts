import { type PerspectiveCamera, Vector3 } from 'three'
import { MOST_TOOLS } from '../../../../core/simulation/tissue/fieldtype.ts'
import { INSTRUMENTS, instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { scopePose } from '../../../../core/simulation/tissue/tools/scope.ts'
import { placeTool, TOOL, TOOL_SLOTS } from '../../../../core/simulation/tissue/tools/tool.ts'
import type { Footprint } from '../draw/bench.ts'

/** How a person looks: freely over the field, or through a scope. Angles in degrees. */
export type View =
  | { readonly kind: 'free' }
  | {
      readonly kind: 'scope'
      readonly optic: 0 | 30
      /** Turn of the shaft with its light post: where an oblique optic looks. */
      readonly turn: number
      /** Tilt of the camera head against the horizon. */
      readonly roll: number
    }

export const FREE: View = { kind: 'free' }
const DEGREE = Math.PI / 180
const NAME = { 0: 'scope', 30: 'scope-30' } as const
/** Tip of a scope of the page's own from what it looks at, and its trocar, in sizes of the tissue. */
const TIP = 0.95
const TROCAR = 1.6
const YAW = -0.25
const PITCH = 0.75

/**
 * The eye at the tip of a scope: of one that stands in the field, or, in a scene without one, of a scope of the page's own
 * that goes through a trocar over the tissue.
 */
export class ScopeEye {
  private readonly home = new Vector3()
  private readonly size: number
  private readonly tool = new Float64Array(TOOL_SLOTS)
  private readonly pose = new Float64Array(9)
  private yaw = YAW
  private pitch = PITCH
  private nearness = 1

  constructor({ min, max }: Footprint) {
    this.home.set((min[0] + max[0]) / 2, min[1] + (max[1] - min[1]) * 0.75, (min[2] + max[2]) / 2)
    this.size = Math.max(0.04, Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]))
  }

  /** Swings the scope about its trocar by shares of the canvas height; deeper by wheel steps. */
  turn(x: number, y: number, zoom: number): void {
    this.yaw -= x * 1.6
    this.pitch = Math.max(0.25, Math.min(1.45, this.pitch + y * 1.6))
    this.nearness = Math.max(0.3, Math.min(1.5, this.nearness * 1.1 ** zoom))
  }

  /** Size of a pixel at the tissue in a picture so many pixels high, m. */
  pixelAt(height: number): number {
    return (2 * Math.tan(fieldOf(0) / 2) * this.size * TIP * this.nearness) / Math.max(1, height)
  }

  /**
   * Looks through the scope of the field, or the page's own. Returns the number of the tool that is looked through, which
   * must not be drawn, or −1.
   */
  step(camera: PerspectiveCamera, tools: Float64Array, { optic, turn, roll }: View & { kind: 'scope' }): number {
    const number = scopeIn(tools)
    if (number < 0) this.place(optic)
    else this.tool.set(tools.subarray(number * TOOL_SLOTS, (number + 1) * TOOL_SLOTS))
    turnPost(this.tool, turn * DEGREE)
    // The camera head stays as it is held while the shaft turns in it.
    scopePose(this.tool, (roll - turn) * DEGREE, this.pose)
    eye.fromArray(this.pose, 0)
    look.fromArray(this.pose, 3)
    camera.position.copy(eye)
    camera.up.fromArray(this.pose, 6)
    camera.lookAt(eye.add(look))
    camera.near = 0.002
    camera.far = 2
    camera.fov = fieldOf(optic) / DEGREE
    camera.updateProjectionMatrix()
    camera.updateMatrixWorld()
    return number
  }

  /** Lays the page's own scope so that it looks at the tissue with its post up. */
  private place(optic: 0 | 30): void {
    const flat = Math.cos(this.pitch)
    trocar.set(Math.sin(this.yaw) * flat, Math.sin(this.pitch), Math.cos(this.yaw) * flat)
    trocar.multiplyScalar(this.size * TROCAR).add(this.home)
    tip.copy(trocar).lerp(this.home, 1 - (TIP * this.nearness) / TROCAR)
    // The tip of an oblique scope lies beside the line from trocar to tissue: found by a few rounds.
    for (let i = 0; i < 4; i++) {
      along.copy(tip).sub(this.home).normalize()
      aside.set(0, 1, 0).cross(along).normalize()
      along.applyAxisAngle(aside, optic * DEGREE)
      tip.copy(trocar).addScaledVector(along, -this.size * Math.max(0.2, TROCAR - TIP * this.nearness))
    }
    end.copy(tip).addScaledVector(along, INSTRUMENTS[instrumentNumber(NAME[optic])].length)
    placeTool(this.tool, instrumentNumber(NAME[optic]), tip.toArray(tipAt), end.toArray(endAt))
  }
}

/** Number of the first scope among tools, or −1. */
export function scopeIn(tools: Float64Array): number {
  for (let t = 0; t < MOST_TOOLS; t++) {
    const kind = tools[t * TOOL_SLOTS + TOOL.kind]
    if (kind >= 0 && INSTRUMENTS[kind].view) return t
  }
  return -1
}

const fieldOf = (optic: 0 | 30) => INSTRUMENTS[instrumentNumber(NAME[optic])].view?.field ?? 1.2

/** Turns a scope's light post about its shaft. */
function turnPost(tool: Float64Array, angle: number): void {
  if (angle === 0) return
  along.set(tool[TOOL.bx] - tool[TOOL.ax], tool[TOOL.by] - tool[TOOL.ay], tool[TOOL.bz] - tool[TOOL.az]).normalize()
  up.fromArray(tool, TOOL.upX).applyAxisAngle(along, angle).toArray(tool, TOOL.upX)
}

const eye = new Vector3()
const look = new Vector3()
const trocar = new Vector3()
const tip = new Vector3()
const end = new Vector3()
const tipAt = [0, 0, 0]
const endAt = [0, 0, 0]
const along = new Vector3()
const aside = new Vector3()
const up = new Vector3()
