/**
 * Camera by hand: orbit, pan and zoom about the point under the cursor. Pure: a view in, a view out. Nothing here ever
 * turns the camera towards a new centre, so the picture never jumps.
 *
 * Angles in radians, lengths in metres. Yaw 0 looks along −Z (at the body's front); pitch is positive looking up.
 */
export type Vec3 = readonly [number, number, number]
export type View = { readonly position: Vec3; readonly yaw: number; readonly pitch: number }

const PITCH_LIMIT = Math.PI / 2 - 0.02

/** Right, up and backward axes of the camera. */
export function axesOf({ yaw, pitch }: Pick<View, 'yaw' | 'pitch'>): { right: Vec3; up: Vec3; back: Vec3 } {
  const cy = Math.cos(yaw)
  const sy = Math.sin(yaw)
  const cp = Math.cos(pitch)
  const sp = Math.sin(pitch)
  return { right: [cy, 0, -sy], up: [sy * sp, cp, cy * sp], back: [sy * cp, -sp, cy * cp] }
}

/** Radius of a ball that light and shadow must reach to cover a box, with a little to spare; metres. */
export function reachOf([low, high]: readonly [Vec3, Vec3]): number {
  return 0.55 * Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2])
}

/** Turns the camera about a point; the point keeps its place on the screen. */
export function orbit(view: View, pivot: Vec3, dYaw: number, dPitch: number): View {
  const pitch = clamp(view.pitch + dPitch, -PITCH_LIMIT, PITCH_LIMIT)
  const yaw = wrap(view.yaw + dYaw)
  const before = axesOf(view)
  const offset = sub(view.position, pivot)
  const local: Vec3 = [dot(offset, before.right), dot(offset, before.up), dot(offset, before.back)]
  const after = axesOf({ yaw, pitch })
  return { position: add(pivot, combine(after, local)), yaw, pitch }
}

/** Moves along the line to the pivot: factor below 1 comes nearer, above 1 goes away. */
export function zoom(view: View, pivot: Vec3, factor: number, limits: { nearest: number; farthest: number }): View {
  const away = sub(view.position, pivot)
  const distance = Math.hypot(...away)
  if (distance < 1e-9) return view
  const wanted = clamp(distance * factor, limits.nearest, limits.farthest)
  // Already beyond a limit: go on only towards the allowed range.
  if ((distance < limits.nearest && factor < 1) || (distance > limits.farthest && factor > 1)) return view
  return { ...view, position: add(pivot, scale(away, wanted / distance)) }
}

/**
 * Slides the camera so that a point at the pivot's depth follows the cursor.
 * @param dx movement to the right as a share of the picture's height
 * @param dy movement down as a share of the picture's height
 * @param fov vertical field of view, radians
 */
export function pan(view: View, pivot: Vec3, dx: number, dy: number, fov: number): View {
  const axes = axesOf(view)
  const depth = Math.max(0.02, dot(sub(view.position, pivot), axes.back))
  const span = 2 * depth * Math.tan(fov / 2)
  const move = add(scale(axes.right, -dx * span), scale(axes.up, dy * span))
  return { ...view, position: add(view.position, move) }
}

/** Parts of the picture that panels cover, as shares of its width or height. */
export type Covered = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
export const uncovered: Covered = { left: 0, right: 0, top: 0, bottom: 0 }
const MARGIN = 1.04

/** The view that shows a box whole in the free part of the picture, looking the same way. */
export function frame(
  view: Pick<View, 'yaw' | 'pitch'>,
  box: readonly [Vec3, Vec3],
  fov: number,
  aspect: number,
  covered: Covered = uncovered,
): View {
  const centre = scale(add(box[0], box[1]), 0.5)
  const half = scale(sub(box[1], box[0]), 0.5)
  const { right, up, back } = axesOf(view)
  const reach = (axis: Vec3) => Math.abs(axis[0]) * half[0] + Math.abs(axis[1]) * half[1] + Math.abs(axis[2]) * half[2]
  const tan = Math.tan(fov / 2)
  const width = Math.max(0.2, 1 - covered.left - covered.right)
  const height = Math.max(0.2, 1 - covered.top - covered.bottom)
  const tall = reach(up) / (tan * height)
  const wide = reach(right) / (tan * aspect * width)
  const distance = Math.max(tall, wide, 0.02) * MARGIN + reach(back)
  const aside = (covered.right - covered.left) * tan * aspect * distance
  const above = (covered.top - covered.bottom) * tan * distance
  const position = add(add(centre, scale(back, distance)), add(scale(right, aside), scale(up, above)))
  return { position, yaw: view.yaw, pitch: view.pitch }
}

/** Between two views: angles the short way round. @param t 0 to 1 */
export function between(from: View, to: View, t: number): View {
  const s = t * t * (3 - 2 * t)
  return {
    position: add(from.position, scale(sub(to.position, from.position), s)),
    yaw: wrap(from.yaw + wrap(to.yaw - from.yaw) * s),
    pitch: from.pitch + (to.pitch - from.pitch) * s,
  }
}

/** The six sides, as an anatomist names them. */
export const sides = {
  front: { yaw: 0, pitch: 0 },
  back: { yaw: Math.PI, pitch: 0 },
  left: { yaw: Math.PI / 2, pitch: 0 },
  right: { yaw: -Math.PI / 2, pitch: 0 },
  above: { yaw: 0, pitch: -PITCH_LIMIT },
  below: { yaw: 0, pitch: PITCH_LIMIT },
} as const
export type Side = keyof typeof sides

/** Direction from the camera through a place on the screen. @param x, y −1 to 1, right and up */
export function rayThrough(view: View, x: number, y: number, fov: number, aspect: number): Vec3 {
  const { right, up, back } = axesOf(view)
  const tan = Math.tan(fov / 2)
  const out = add(add(scale(right, x * tan * aspect), scale(up, y * tan)), scale(back, -1))
  return scale(out, 1 / Math.hypot(...out))
}

/** Where a point appears: −1 to 1 right and up; undefined behind the camera. */
export function project(view: View, point: Vec3, fov: number, aspect: number): readonly [number, number] | undefined {
  const { right, up, back } = axesOf(view)
  const offset = sub(point, view.position)
  const depth = -dot(offset, back)
  if (depth <= 1e-9) return undefined
  const tan = Math.tan(fov / 2) * depth
  return [dot(offset, right) / (tan * aspect), dot(offset, up) / tan]
}

function combine(axes: { right: Vec3; up: Vec3; back: Vec3 }, local: Vec3): Vec3 {
  return add(add(scale(axes.right, local[0]), scale(axes.up, local[1])), scale(axes.back, local[2]))
}

function wrap(angle: number): number {
  const turn = 2 * Math.PI
  return angle - turn * Math.floor((angle + Math.PI) / turn)
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value))
const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
const sub = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const scale = (a: Vec3, k: number): Vec3 => [a[0] * k, a[1] * k, a[2] * k]
const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
