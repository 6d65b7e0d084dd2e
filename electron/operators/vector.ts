/** A point or direction; millimetres where it is a point. */
export type Vec = readonly [x: number, y: number, z: number]

/** A rotation as a unit quaternion x, y, z, w. */
export type Turn = readonly [x: number, y: number, z: number, w: number]

export const add = (a: Vec, b: Vec): Vec => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
export const sub = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const scale = (a: Vec, by: number): Vec => [a[0] * by, a[1] * by, a[2] * by]
export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const cross = (a: Vec, b: Vec): Vec => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
export const length = (a: Vec): number => Math.sqrt(dot(a, a))
export const distance = (a: Vec, b: Vec): number => length(sub(a, b))
export const mix = (a: Vec, b: Vec, share: number): Vec => add(scale(a, 1 - share), scale(b, share))

/** The direction of a vector; throws on a vector without one. */
export function unit(a: Vec): Vec {
  const size = length(a)
  if (!(size > 1e-12)) throw new RangeError('a vector without direction')
  return scale(a, 1 / size)
}

/**
 * The rotation of a tool that points along `point` with its edge towards `edge`: in the tool's own frame it points along
 * −Z and the edge looks along −Y.
 */
export function turnToward(point: Vec, edge: Vec): Turn {
  const z = scale(unit(point), -1)
  const y = unit(sub(scale(edge, -1), scale(z, -dot(edge, z))))
  return turnOfAxes(cross(y, z), y, z)
}

/** The part of a rotation between two, along the shorter arc. */
export function turnMix(a: Turn, b: Turn, share: number): Turn {
  const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
  const sign = cosine < 0 ? -1 : 1
  const angle = Math.acos(Math.min(1, cosine * sign))
  const [from, to] = angle < 1e-4 ? [1 - share, share] : arcWeights(angle, share)
  return normalised([0, 1, 2, 3].map((i) => a[i] * from + b[i] * to * sign) as unknown as Turn)
}

/** The rotation `first`, then `second` (both in the outer frame). */
export function turnThen(first: Turn, second: Turn): Turn {
  const [ax, ay, az, aw] = second
  const [bx, by, bz, bw] = first
  return normalised([
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ])
}

/** A rotation about an axis. */
export function turnAbout(axis: Vec, degrees: number): Turn {
  const half = (degrees * Math.PI) / 360
  const [x, y, z] = scale(unit(axis), Math.sin(half))
  return [x, y, z, Math.cos(half)]
}

/** Angle between two rotations in degrees. */
export function turnDegrees(a: Turn, b: Turn): number {
  const cosine = Math.abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3])
  return (2 * Math.acos(Math.min(1, cosine)) * 180) / Math.PI
}

function arcWeights(angle: number, share: number): [number, number] {
  return [Math.sin((1 - share) * angle) / Math.sin(angle), Math.sin(share * angle) / Math.sin(angle)]
}

function turnOfAxes(x: Vec, y: Vec, z: Vec): Turn {
  const trace = x[0] + y[1] + z[2]
  if (trace > 0) {
    const s = Math.sqrt(trace + 1) * 2
    return normalised([(y[2] - z[1]) / s, (z[0] - x[2]) / s, (x[1] - y[0]) / s, s / 4])
  }
  if (x[0] > y[1] && x[0] > z[2]) {
    const s = Math.sqrt(1 + x[0] - y[1] - z[2]) * 2
    return normalised([s / 4, (y[0] + x[1]) / s, (z[0] + x[2]) / s, (y[2] - z[1]) / s])
  }
  if (y[1] > z[2]) {
    const s = Math.sqrt(1 + y[1] - x[0] - z[2]) * 2
    return normalised([(y[0] + x[1]) / s, s / 4, (z[1] + y[2]) / s, (z[0] - x[2]) / s])
  }
  const s = Math.sqrt(1 + z[2] - x[0] - y[1]) * 2
  return normalised([(z[0] + x[2]) / s, (z[1] + y[2]) / s, s / 4, (x[1] - y[0]) / s])
}

function normalised(q: Turn): Turn {
  const size = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3])
  return [q[0] / size, q[1] / size, q[2] / size, q[3] / size]
}
