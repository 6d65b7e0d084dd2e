import type { Rotation } from './rotation.ts'
import { NO_ROTATION, rotate } from './rotation.ts'
import type { Vec3 } from './vec.ts'
import { add, cross, distanceBetween, dot, length, mix, scale, sub, unit } from './vec.ts'

/** A bone that others hang on: its joint in the reference pose (mm, body frame) and the end that it reaches to. */
export type Bone = {
  readonly id: string
  /** Bone that it moves with; absent: it stands on its own. */
  readonly parent?: string
  readonly joint: Vec3
  readonly end: Vec3
}

/** Turn of each joint from the reference pose: axis (body frame) and degrees, right-handed. Absent joints stay. */
export type Pose = { readonly [bone: string]: { readonly axis: Vec3; readonly degrees: number } }

/** Rigid motion p → R p + t, mm. */
export type Motion = { readonly r: Rotation; readonly t: Vec3 }

const STILL: Motion = { r: NO_ROTATION, t: [0, 0, 0] }

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

export const move = (m: Motion, p: Vec3): Vec3 => add(rotate(m.r, p), m.t)

/** First `b`, then `a`. */
export function after(a: Motion, b: Motion): Motion {
  const r = [0, 1, 2].flatMap((i) =>
    [0, 1, 2].map((j) => a.r[i * 3] * b.r[j] + a.r[i * 3 + 1] * b.r[3 + j] + a.r[i * 3 + 2] * b.r[6 + j]),
  ) as unknown as Rotation
  return { r, t: move(a, b.t) }
}

/** How every bone moves in a pose: forward kinematics from the roots. Throws on an unknown or circular parent. */
export function motions(bones: readonly Bone[], pose: Pose): ReadonlyMap<string, Motion> {
  const byId = new Map(bones.map((b) => [b.id, b]))
  const found = new Map<string, Motion>()
  const of = (id: string, depth: number): Motion => {
    const known = found.get(id)
    if (known) return known
    const bone = byId.get(id)
    if (!bone || depth > bones.length) throw new Error(`no way from a root to bone "${id}"`)
    const parent = bone.parent === undefined ? STILL : of(bone.parent, depth + 1)
    const turn = pose[id]
    let motion = parent
    if (turn) {
      const r = rotationAbout(turn.axis, turn.degrees)
      motion = after(parent, { r, t: sub(bone.joint, rotate(r, bone.joint)) })
    }
    found.set(id, motion)
    return motion
  }
  for (const bone of bones) of(bone.id, 0)
  return found
}

export type Weight = { readonly bone: string; readonly share: number }

/** Bones further than the nearest by more than this share of `blendMm` have no say. */
const BONES_AT_MOST = 4

/**
 * Smooth skinning weights of a point: each bone counts by how much closer it is than `blendMm` beyond the nearest one.
 * The shares add up to 1 and change continuously with the point.
 */
export function weightsAt(bones: readonly Bone[], p: Vec3, blendMm: number): Weight[] {
  const far = bones.map((b) => distanceBetween(p, nearestOnSegment(b.joint, b.end, p)))
  const nearest = Math.min(...far)
  const raw = bones.map((b, i) => ({ bone: b.id, share: Math.max(0, 1 - (far[i] - nearest) / blendMm) ** 2 }))
  const kept = raw.filter((w) => w.share > 0).sort((a, b) => b.share - a.share || (a.bone < b.bone ? -1 : 1))
  const few = kept.slice(0, BONES_AT_MOST)
  // What the fifth bone would have is taken from all, so that its coming and going makes no jump.
  const floor = kept.length > BONES_AT_MOST ? kept[BONES_AT_MOST].share : 0
  const sum = few.reduce((s, w) => s + w.share - floor, 0)
  if (sum <= 0) return [{ bone: few[0].bone, share: 1 }]
  return few.filter((w) => w.share > floor).map((w) => ({ bone: w.bone, share: (w.share - floor) / sum }))
}

/** A point in a pose: the blend of what its bones would do with it. */
export function posed(p: Vec3, weights: readonly Weight[], motion: ReadonlyMap<string, Motion>): Vec3 {
  let out: Vec3 = [0, 0, 0]
  for (const { bone, share } of weights) out = add(out, scale(move(motion.get(bone) ?? STILL, p), share))
  return out
}

function nearestOnSegment(a: Vec3, b: Vec3, p: Vec3): Vec3 {
  const d = sub(b, a)
  const l = dot(d, d)
  return l === 0 ? a : mix(a, b, Math.max(0, Math.min(1, dot(sub(p, a), d) / l)))
}

/** Right-handed frame of a bone: y from joint to end, x as close to `lateral` as can be. */
export function boneFrame(
  bone: Bone,
  lateral: Vec3 = [1, 0, 0],
): { readonly x: Vec3; readonly y: Vec3; readonly z: Vec3 } {
  const y = unit(sub(bone.end, bone.joint))
  const z = cross(lateral, y)
  const front = length(z) > 1e-6 ? unit(z) : unit(cross([0, 0, 1], y), [0, 0, 1])
  return { x: cross(y, front), y, z: front }
}
