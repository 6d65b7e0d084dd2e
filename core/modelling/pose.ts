import type { Carried, Joint, Part, Pose, Rig, Shift } from './rig.ts'
import type { Rotation } from './rotation.ts'
import type { Vec3 } from './vec.ts'
import { unit } from './vec.ts'

/** Rotation about a unit axis through the origin (Rodrigues). */
export function rotationAbout(axis: Vec3, degrees: number): Rotation {
  const [x, y, z] = unit(axis)
  const a = (degrees * Math.PI) / 180
  const c = Math.cos(a)
  const s = Math.sin(a)
  const k = 1 - c
  return [
    c + x * x * k,
    x * y * k - z * s,
    x * z * k + y * s,
    y * x * k + z * s,
    c + y * y * k,
    y * z * k - x * s,
    z * x * k - y * s,
    z * y * k + x * s,
    c + z * z * k,
  ]
}

/** Share of a part that a point has, from 0 to 1. */
export function shareAt(part: Part, x: number, y: number, z: number): number {
  let share = 1
  for (const { p, n, over } of part.share) {
    const t = ((x - p[0]) * n[0] + (y - p[1]) * n[1] + (z - p[2]) * n[2]) / over + 0.5
    if (t <= 0) return 0
    if (t < 1) share *= t * t * (3 - 2 * t)
  }
  return share
}

/** `soft` bends at joints; `stiff` (bone) goes with the part of the body in which most of it lies. */
export type Stiffness = 'soft' | 'stiff'

/** Moves points (mm, xyz triples), in place; normals, of any length, turn with them. */
export type Mover = (positions: Float32Array, normals?: Float32Array | Int16Array) => void

type Bend = {
  readonly joint: Joint
  /** Of the joint, after the shifts. */
  readonly centre: Vec3
  readonly axis: Vec3
  readonly degrees: number
  readonly full: Rotation
}

/**
 * Puts structures into a pose. Every point is shifted, then turns about each joint, the outermost first, by its share of the joint's
 * turn; so distances from the joint stay and nothing shrinks where it bends.
 */
export class Posing {
  private readonly shifts: readonly Shift[]
  private readonly bends: readonly Bend[]
  private readonly whole: { readonly about: Vec3; readonly full: Rotation } | undefined

  constructor(rig: Rig, pose: Pose) {
    const turns = new Map(pose.turns.map((turn) => [turn.joint, turn]))
    this.bends = rig.joints.flatMap((joint) => {
      const turn = turns.get(joint.id)
      if (!turn) return []
      const { axis, degrees } = turn
      const centre = shifted(rig.shifts, joint.centre)
      return [{ joint, centre, axis, degrees, full: rotationAbout(axis, degrees) }]
    })
    this.shifts = rig.shifts
    const { whole } = pose
    this.whole = whole && { about: whole.about, full: rotationAbout(whole.axis, whole.degrees) }
  }

  /** Whether anything of a structure within the box (mm) moves. */
  moves(structure: Carried, min: Vec3, max: Vec3): boolean {
    const touched = (part: Part) => part.carries(structure) && part.share.every((s) => reaches(s, min, max))
    return this.whole !== undefined || this.shifts.some(touched) || this.bends.some(({ joint }) => touched(joint))
  }

  /** How a structure with these vertices moves, and all that belongs to it. */
  mover(structure: Carried, vertices: Float32Array, stiffness: Stiffness): Mover {
    const shifts = this.shifts.filter((shift) => shift.carries(structure))
    const bends = this.bends.filter(({ joint }) => joint.carries(structure))
    const fixed = stiffness === 'stiff' ? sharesOf(bends, middleOf(vertices)) : undefined
    const { whole } = this
    return (positions, normals) => {
      for (let i = 0; i < positions.length; i += 3) {
        const [x, y, z] = [positions[i], positions[i + 1], positions[i + 2]]
        for (const part of shifts) shift(part, x, y, z, i, positions, normals)
        for (let k = 0; k < bends.length; k++) {
          const { joint, centre, axis, degrees, full } = bends[k]
          const share = fixed ? fixed[k] : shareAt(joint, x, y, z)
          if (share === 0) continue
          const r = share === 1 ? full : rotationAbout(axis, degrees * share)
          turn(positions, i, r, centre)
          if (normals) turn(normals, i, r)
        }
        if (!whole) continue
        turn(positions, i, whole.full, whole.about)
        if (normals) turn(normals, i, whole.full)
      }
    }
  }
}

function sharesOf(bends: readonly Bend[], [x, y, z]: Vec3): number[] {
  return bends.map(({ joint }) => Math.round(shareAt(joint, x, y, z)))
}

/** Where a point of a structure that nothing holds back comes to stand before the body bends. */
function shifted(shifts: readonly Shift[], [x, y, z]: Vec3): Vec3 {
  const at = Float32Array.of(x, y, z)
  for (const part of shifts) shift(part, x, y, z, 0, at)
  return [at[0], at[1], at[2]]
}

/** Over this distance (mm, either way) the change of a share is measured. */
const NEAR = 0.5

/** Moves point `i`, which the definitions have at x, y, z, and slants its normal as the surface slants. */
function shift(
  part: Shift,
  x: number,
  y: number,
  z: number,
  i: number,
  positions: Float32Array,
  normals?: Float32Array | Int16Array,
): void {
  const share = shareAt(part, x, y, z)
  if (share === 0) return
  const { by } = part
  for (let c = 0; c < 3; c++) positions[i + c] += by[c] * share
  if (!normals || share === 1) return
  // The normal is multiplied by the inverse transpose of 1 + by ⊗ g, where g is the gradient of the share.
  const g = [
    shareAt(part, x + NEAR, y, z) - shareAt(part, x - NEAR, y, z),
    shareAt(part, x, y + NEAR, z) - shareAt(part, x, y - NEAR, z),
    shareAt(part, x, y, z + NEAR) - shareAt(part, x, y, z - NEAR),
  ].map((d) => d / (2 * NEAR))
  const along = by[0] * normals[i] + by[1] * normals[i + 1] + by[2] * normals[i + 2]
  const slant = along / (1 + by[0] * g[0] + by[1] * g[1] + by[2] * g[2])
  for (let c = 0; c < 3; c++) normals[i + c] -= g[c] * slant
}

const ORIGIN: Vec3 = [0, 0, 0]

function turn(a: Float32Array | Int16Array, i: number, r: Rotation, c: Vec3 = ORIGIN): void {
  const x = a[i] - c[0]
  const y = a[i + 1] - c[1]
  const z = a[i + 2] - c[2]
  const [u, v, w] = [r[0] * x + r[1] * y + r[2] * z, r[3] * x + r[4] * y + r[5] * z, r[6] * x + r[7] * y + r[8] * z]
  a[i] = u + c[0]
  a[i + 1] = v + c[1]
  a[i + 2] = w + c[2]
}

function reaches({ p, n, over }: Joint['share'][number], min: Vec3, max: Vec3): boolean {
  let far = 0
  for (let c = 0; c < 3; c++) far += ((n[c] > 0 ? max[c] : min[c]) - p[c]) * n[c]
  return far > -over / 2
}

function middleOf(positions: Float32Array): Vec3 {
  let [x, y, z] = [0, 0, 0]
  for (let i = 0; i < positions.length; i += 3) {
    x += positions[i]
    y += positions[i + 1]
    z += positions[i + 2]
  }
  const n = Math.max(1, positions.length / 3)
  return [x / n, y / n, z / n]
}
