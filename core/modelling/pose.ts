import type { Carried, Joint, Pose, Rig } from './rig.ts'
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

/** Share of a joint's turn that a point takes, from 0 to 1. */
export function shareAt(joint: Joint, x: number, y: number, z: number): number {
  let share = 1
  for (const { p, n, over } of joint.share) {
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

type Bend = { readonly joint: Joint; readonly axis: Vec3; readonly degrees: number; readonly full: Rotation }

/**
 * Puts structures into a pose. Every point turns about each joint, the outermost first, by its share of the joint's
 * turn; so distances from the joint stay and nothing shrinks where it bends.
 */
export class Posing {
  private readonly bends: readonly Bend[]
  private readonly whole: { readonly about: Vec3; readonly full: Rotation } | undefined

  constructor(rig: Rig, pose: Pose) {
    const turns = new Map(pose.turns.map((turn) => [turn.joint, turn]))
    this.bends = rig.joints.flatMap((joint) => {
      const turn = turns.get(joint.id)
      if (!turn) return []
      const { axis, degrees } = turn
      return [{ joint, axis, degrees, full: rotationAbout(axis, degrees) }]
    })
    const { whole } = pose
    this.whole = whole && { about: whole.about, full: rotationAbout(whole.axis, whole.degrees) }
  }

  /** Whether anything of a structure within the box (mm) moves. */
  moves(structure: Carried, min: Vec3, max: Vec3): boolean {
    const bent = ({ joint }: Bend) => joint.carries(structure) && joint.share.every((s) => reaches(s, min, max))
    return this.whole !== undefined || this.bends.some(bent)
  }

  /** How a structure with these vertices moves, and all that belongs to it. */
  mover(structure: Carried, vertices: Float32Array, stiffness: Stiffness): Mover {
    const bends = this.bends.filter(({ joint }) => joint.carries(structure))
    const fixed = stiffness === 'stiff' ? sharesOf(bends, middleOf(vertices)) : undefined
    const { whole } = this
    return (positions, normals) => {
      for (let i = 0; i < positions.length; i += 3) {
        const [x, y, z] = [positions[i], positions[i + 1], positions[i + 2]]
        for (let k = 0; k < bends.length; k++) {
          const { joint, axis, degrees, full } = bends[k]
          const share = fixed ? fixed[k] : shareAt(joint, x, y, z)
          if (share === 0) continue
          const r = share === 1 ? full : rotationAbout(axis, degrees * share)
          turn(positions, i, r, joint.centre)
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
