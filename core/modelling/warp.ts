import type { Vec3 } from './vec.ts'

/** A body between others: standard deviations from the reference. All zero is the reference itself. */
export type Build = { readonly stature: number; readonly adiposity: number }

/** What a warp needs to know of the reference body, mm. */
export type WarpFrame = {
  /** Axis of the trunk at heights from below up: points (x = 0 is kept the midline). */
  readonly axis: readonly Vec3[]
  /** Half width and half depth of the bony trunk at the same heights: fat lies beyond them. */
  readonly core: readonly (readonly [number, number])[]
  /** Half width and half depth of the skin at the same heights. */
  readonly skin: readonly (readonly [number, number])[]
}

/** Change of length per standard deviation: 6.9 cm of 175 cm (NCD-RisC 2016, doi 10.7554/eLife.13410). */
const STATURE_SHARE = 0.039

/** Size of a body beside the reference, by its stature in standard deviations. */
export const sizeOf = (stature: number): number => 1 + STATURE_SHARE * stature
/** Growth of the layer between bone and skin per standard deviation of adiposity, as a share of its thickness. */
const FAT_SHARE = 0.45
/** Thinnest that the layer may become, as a share. */
const LEAST_FAT = 0.35

/**
 * Moves a point of the reference body to its place in another build. Smooth, one to one, and the identity at zero, so
 * the same vertices and ids serve every build: bone and organs only scale with stature, what lies outside the bony
 * trunk also moves outwards with adiposity.
 */
export function warp(frame: WarpFrame, build: Build, p: Vec3): Vec3 {
  const s = sizeOf(build.stature)
  const fat = Math.max(LEAST_FAT, 1 + FAT_SHARE * build.adiposity)
  const at = sectionAt(frame, p[1])
  const dx = p[0] - at.c[0]
  const dz = p[2] - at.c[2]
  // Radius in units of the bony ellipse, and of the skin's.
  const inner = Math.sqrt((dx / at.core[0]) ** 2 + (dz / at.core[1]) ** 2)
  const outer = Math.sqrt((dx / at.skin[0]) ** 2 + (dz / at.skin[1]) ** 2)
  if (inner <= 1 || fat === 1) return [p[0] * s, p[1] * s, p[2] * s]
  // Along the ray: core at 1 / inner of the way, skin at 1 / outer; the layer between is stretched about the core.
  const core = 1 / inner
  const skin = Math.max(core * 1.0001, 1 / outer)
  const depth = Math.min(1, (1 - core) / (skin - core))
  // Sets in and ends with slope zero; its steepest, 1.5, still keeps order at the thinnest.
  const grow = 1 + (fat - 1) * (skin - core) * depth * depth * (3 - 2 * depth)
  return [(at.c[0] + dx * grow) * s, p[1] * s, (at.c[2] + dz * grow) * s]
}

type Section = { readonly c: Vec3; readonly core: readonly [number, number]; readonly skin: readonly [number, number] }

function sectionAt({ axis, core, skin }: WarpFrame, y: number): Section {
  const last = axis.length - 1
  if (y <= axis[0][1]) return { c: axis[0], core: core[0], skin: skin[0] }
  if (y >= axis[last][1]) return { c: axis[last], core: core[last], skin: skin[last] }
  let i = 0
  while (y > axis[i + 1][1]) i++
  const t = (y - axis[i][1]) / (axis[i + 1][1] - axis[i][1])
  // Smooth steps between heights: no crease at a section.
  const e = t * t * (3 - 2 * t)
  const between = (a: number, b: number) => a + (b - a) * e
  const pair = (list: readonly (readonly [number, number])[]): [number, number] => [
    between(list[i][0], list[i + 1][0]),
    between(list[i][1], list[i + 1][1]),
  ]
  return {
    c: [between(axis[i][0], axis[i + 1][0]), y, between(axis[i][2], axis[i + 1][2])],
    core: pair(core),
    skin: pair(skin),
  }
}
