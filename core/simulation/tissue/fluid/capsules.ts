/** Liquid against instruments: capsules push particles out of themselves and take a little of their motion. */
import { CONTACT } from '../../kernel/dropfaces.ts'
import type { Flow } from './flow.ts'
import { FLUID_COUNT, type FluidMemory } from './memory.ts'
import { ASLEEP } from './scale.ts'

/** Numbers a capsule: both end points in metres in the field, and the radius. */
export const CAPSULE = 7

/** Distance in metres that a particle's centre keeps from metal. */
const SKIN = CONTACT * 0.6
/** Metres around metal in which what sleeps wakes. */
const WAKES = 0.003
/** Share of the motion along metal that is lost in a substep. */
const DRAG = 0.1

export function solveCapsules(flow: Flow, capsule: Float64Array, capsules: number): void {
  const { position, start, awake, count } = flow
  for (let c = 0; c < capsules; c++) {
    const at = c * CAPSULE
    const ax = capsule[at]!
    const ay = capsule[at + 1]!
    const az = capsule[at + 2]!
    const ux = capsule[at + 3]! - ax
    const uy = capsule[at + 4]! - ay
    const uz = capsule[at + 5]! - az
    const keep = capsule[at + 6]! + SKIN
    const length2 = ux * ux + uy * uy + uz * uz
    const x1 = Math.min(0, ux) + ax - keep
    const x2 = Math.max(0, ux) + ax + keep
    const y1 = Math.min(0, uy) + ay - keep
    const y2 = Math.max(0, uy) + ay + keep
    const z1 = Math.min(0, uz) + az - keep
    const z2 = Math.max(0, uz) + az + keep
    for (let i = 0; i < count; i++) {
      const px = position[i * 4]!
      if (px < x1 || px > x2) continue
      const py = position[i * 4 + 1]!
      const pz = position[i * 4 + 2]!
      if (py < y1 || py > y2 || pz < z1 || pz > z2 || awake[i] === 0) continue
      const along = length2 > 0 ? ((px - ax) * ux + (py - ay) * uy + (pz - az) * uz) / length2 : 0
      const t = along < 0 ? 0 : along > 1 ? 1 : along
      let dx = px - (ax + ux * t)
      let dy = py - (ay + uy * t)
      let dz = pz - (az + uz * t)
      let d = Math.sqrt(dx * dx + dy * dy + dz * dz)
      if (d >= keep) continue
      if (d < 1e-9) {
        // on the axis: out along a fixed line
        dx = 0
        dy = 1e-9
        dz = 0
        d = 1e-9
      }
      const out = (keep - d) / d
      position[i * 4] = px + dx * out + (start[i * 4]! - px) * DRAG
      position[i * 4 + 1] = py + dy * out + (start[i * 4 + 1]! - py) * DRAG
      position[i * 4 + 2] = pz + dz * out + (start[i * 4 + 2]! - pz) * DRAG
    }
  }
}

/** Wakes what sleeps close to an instrument. */
export function wakeNear({ count, position, still }: FluidMemory, capsule: Float64Array, capsules: number): void {
  const particles = count[FLUID_COUNT.particles]!
  for (let c = 0; c < capsules; c++) {
    const at = c * CAPSULE
    const ax = capsule[at]!
    const ay = capsule[at + 1]!
    const az = capsule[at + 2]!
    const ux = capsule[at + 3]! - ax
    const uy = capsule[at + 4]! - ay
    const uz = capsule[at + 5]! - az
    const reach = capsule[at + 6]! + WAKES
    const length2 = ux * ux + uy * uy + uz * uz
    const lowY = Math.min(0, uy) - reach
    const highY = Math.max(0, uy) + reach
    for (let p = 0; p < particles; p++) {
      if (still[p]! < ASLEEP) continue
      const y = position[p * 3 + 1]! - ay
      if (y < lowY || y > highY) continue
      const x = position[p * 3]! - ax
      const z = position[p * 3 + 2]! - az
      const along = length2 > 0 ? (x * ux + y * uy + z * uz) / length2 : 0
      const t = along < 0 ? 0 : along > 1 ? 1 : along
      const dx = x - ux * t
      const dy = y - uy * t
      const dz = z - uz * t
      if (dx * dx + dy * dy + dz * dz < reach * reach) still[p] = 0
    }
  }
}
