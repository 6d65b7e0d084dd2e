/** Capsules: within a distance of a segment. A sphere is one whose ends are the same. */

/** Both ends (x, y, z each) and the radius, m. */
export type Capsule = Float64Array

/** Whether a point lies within. */
export function isWithin(capsule: Capsule, x: number, y: number, z: number): boolean {
  const ux = capsule[3] - capsule[0]
  const uy = capsule[4] - capsule[1]
  const uz = capsule[5] - capsule[2]
  const vx = x - capsule[0]
  const vy = y - capsule[1]
  const vz = z - capsule[2]
  const length2 = ux * ux + uy * uy + uz * uz
  const s = length2 > 0 ? Math.max(0, Math.min(1, (ux * vx + uy * vy + uz * vz) / length2)) : 0
  const dx = vx - ux * s
  const dy = vy - uy * s
  const dz = vz - uz * s
  return dx * dx + dy * dy + dz * dz <= capsule[6] * capsule[6]
}
