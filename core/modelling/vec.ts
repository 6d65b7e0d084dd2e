/** Small vector helpers for code that is not in a hot loop. */
export type Vec3 = readonly [number, number, number]

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
export const sub = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const scale = (a: Vec3, s: number): Vec3 => [a[0] * s, a[1] * s, a[2] * s]
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const length = (a: Vec3): number => Math.sqrt(dot(a, a))
export const distanceBetween = (a: Vec3, b: Vec3): number => length(sub(a, b))

export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

export const mix = (a: Vec3, b: Vec3, t: number): Vec3 => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
]

/** Unit vector along `a`; `otherwise` when `a` has no length. */
export function unit(a: Vec3, otherwise: Vec3 = [0, 1, 0]): Vec3 {
  const l = length(a)
  return l > 1e-12 ? scale(a, 1 / l) : otherwise
}

/** The part of `a` that is square to the unit vector `n`, as a unit vector. */
export function squareTo(a: Vec3, n: Vec3): Vec3 {
  const flat = sub(a, scale(n, dot(a, n)))
  if (length(flat) > 1e-6) return unit(flat)
  const other: Vec3 = Math.abs(n[0]) < 0.7 ? [1, 0, 0] : [0, 0, 1]
  return unit(sub(other, scale(n, dot(other, n))))
}
