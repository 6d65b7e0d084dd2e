import { Matrix4, Vector3 } from 'three'
import { AXIS_ONE, NO_HEIGHT, type OperativeField, type Surface } from '../../../../core/anatomy/patient.ts'

/** 0.01 mm in metres. */
const UM10 = 1e-5

/** The operative field as the page needs it: frame and surfaces, in metres, with bilinear reading. */
export class Field {
  readonly origin = new Vector3()
  readonly u = new Vector3()
  readonly v = new Vector3()
  readonly w = new Vector3()
  /** Field metres (u, v, w) → body metres. */
  readonly toBody = new Matrix4()
  readonly toField = new Matrix4()
  readonly widthMm: number
  readonly heightMm: number
  readonly source: OperativeField
  private readonly grids = new Map<Surface, Int16Array>()

  constructor(source: OperativeField) {
    this.source = source
    const { originUm10: o, uAxis, vAxis, wAxis } = source.frame
    this.origin.set(o[0] * UM10, o[1] * UM10, o[2] * UM10)
    this.u.fromArray(uAxis as unknown as number[]).divideScalar(AXIS_ONE)
    this.v.fromArray(vAxis as unknown as number[]).divideScalar(AXIS_ONE)
    this.w.fromArray(wAxis as unknown as number[]).divideScalar(AXIS_ONE)
    this.toBody.makeBasis(this.u, this.v, this.w).setPosition(this.origin)
    this.toField.copy(this.toBody).invert()
    this.widthMm = ((source.columns - 1) * source.spacingUm10) / 100
    this.heightMm = ((source.rows - 1) * source.spacingUm10) / 100
  }

  /** Raw heights of a surface over the plane, 0.01 mm. */
  grid(surface: Surface): Int16Array {
    let grid = this.grids.get(surface)
    if (!grid) {
      grid = int16(this.source.surfaces[surface])
      this.grids.set(surface, grid)
    }
    return grid
  }

  /** Height w of a surface at (u, v) mm, in mm; clamps to the border; `NaN` where the surface is not there. */
  surfaceMm(surface: Surface, uMm: number, vMm: number): number {
    const { columns, rows, spacingUm10 } = this.source
    const grid = this.grid(surface)
    const x = Math.max(0, Math.min(columns - 1.0001, (uMm * 100) / spacingUm10))
    const y = Math.max(0, Math.min(rows - 1.0001, (vMm * 100) / spacingUm10))
    const i = Math.floor(x)
    const j = Math.floor(y)
    const fx = x - i
    const fy = y - j
    const a = grid[j * columns + i]
    const b = grid[j * columns + i + 1]
    const c = grid[(j + 1) * columns + i]
    const d = grid[(j + 1) * columns + i + 1]
    if (a === NO_HEIGHT || b === NO_HEIGHT || c === NO_HEIGHT || d === NO_HEIGHT) return Number.NaN
    return ((a * (1 - fx) + b * fx) * (1 - fy) + (c * (1 - fx) + d * fx) * fy) / 100
  }

  /** Point of the skin at (u, v) mm in body metres. */
  skinPoint(uMm: number, vMm: number, out = new Vector3()): Vector3 {
    return this.point(uMm, vMm, this.surfaceMm('skin', uMm, vMm), out)
  }

  /** Field point in mm → body metres. */
  point(uMm: number, vMm: number, wMm: number, out = new Vector3()): Vector3 {
    return out.set(uMm, vMm, wMm).multiplyScalar(0.001).applyMatrix4(this.toBody)
  }

  /** Body metres → field mm. */
  locate(body: Vector3, out = new Vector3()): Vector3 {
    return out.copy(body).applyMatrix4(this.toField).multiplyScalar(1000)
  }

  /** Outward normal of the skin in the body frame. */
  skinNormal(uMm: number, vMm: number, out = new Vector3()): Vector3 {
    const step = 4
    const du = this.surfaceMm('skin', uMm + step, vMm) - this.surfaceMm('skin', uMm - step, vMm)
    const dv = this.surfaceMm('skin', uMm, vMm + step) - this.surfaceMm('skin', uMm, vMm - step)
    return out
      .set(-du / (2 * step), -dv / (2 * step), 1)
      .normalize()
      .transformDirection(this.toBody)
  }

  /** Where a ray (body frame, metres) meets the skin, as (u, v) mm; null when it passes by. */
  hitSkin(origin: Vector3, direction: Vector3): { uMm: number; vMm: number } | null {
    const p = this.locate(origin, new Vector3())
    const d = direction.clone().transformDirection(this.toField)
    let before = Number.POSITIVE_INFINITY
    const reach = p.length() + 400
    for (let t = 0; t < reach; t += 2) {
      const u = p.x + d.x * t
      const v = p.y + d.y * t
      if (u < 0 || v < 0 || u > this.widthMm || v > this.heightMm) continue
      const above = p.z + d.z * t - this.surfaceMm('skin', u, v)
      if (above <= 0 && before !== Number.POSITIVE_INFINITY) {
        const back = (2 * -above) / Math.max(1e-6, before - above)
        return { uMm: u - d.x * back, vMm: v - d.y * back }
      }
      if (above > 0) before = above
    }
    return null
  }
}

function int16(base64: string): Int16Array {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  const view = new DataView(bytes.buffer)
  const values = new Int16Array(bytes.length >> 1)
  for (let i = 0; i < values.length; i++) values[i] = view.getInt16(i * 2, true)
  return values
}
