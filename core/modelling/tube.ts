import type { SweepSpec } from './sweep.ts'
import { sampleSweep } from './sweep.ts'
import type { Vec3 } from './vec.ts'
import { add, cross, distanceBetween, length, mix, scale, squareTo, sub, unit } from './vec.ts'

/** How finely a tube is drawn. */
export type TubeDetail = {
  /** Largest departure of chords and of the rings' sides from the round, mm. */
  readonly toleranceMm: number
  readonly leastSides: number
  /** Longest stretch between two rings, mm. */
  readonly longestMm: number
  /** Rings of a rounded end, its pole left out. */
  readonly capRings: number
}

export type TubeMesh = {
  readonly positions: Float32Array
  readonly normals: Float32Array
  readonly indices: Uint32Array
}

type Ring = { readonly c: Vec3; readonly r: number; readonly t: Vec3; u: Vec3 }

/** Sections as round as this are drawn as circles. */
const ROUND = 1.03
/** Beyond this radius, mm, a sweep is a body rather than a vessel, and is contoured like any other. */
const WIDEST_MM = 14
/** A flat end has a second ring this far out, so that its rim stays sharp. */
const RIM = 0.9

/** Whether a sweep can be drawn ring by ring: round everywhere, slender, and bending less sharply than it is thick. */
export function isTube(spec: SweepSpec): boolean {
  const round = spec.radii.every(([a, b]) => Math.max(a, b) <= ROUND * Math.min(a, b) && a <= WIDEST_MM)
  const s = sampleSweep(spec)
  const widest = Math.max(...spec.radii.map(([a]) => a))
  if (!round || s[s.length - 1].along < 4 * widest) return false
  for (let i = 1; i + 1 < s.length; i++) {
    const before = unit(sub(s[i].c, s[i - 1].c))
    const after = unit(sub(s[i + 1].c, s[i].c))
    const bend = length(sub(after, before)) / (0.5 * (s[i + 1].along - s[i - 1].along))
    if (bend * s[i].a > 0.8) return false
  }
  return true
}

/**
 * A round sweep as rings of vertices: closed, a 2-manifold by construction, with a fraction of the triangles that
 * contouring its field needs. Sections are as large as the circles that they stand for.
 */
export function tubeMesh(spec: SweepSpec, detail: TubeDetail): TubeMesh {
  const rings = chosenRings(spec, detail)
  const widest = Math.max(...rings.map((ring) => ring.r))
  const half = Math.acos(Math.max(0, 1 - detail.toleranceMm / widest))
  const sides = Math.max(detail.leastSides, Math.ceil(Math.PI / half))
  const grown = Math.sqrt((2 * Math.PI) / sides / Math.sin((2 * Math.PI) / sides))
  const positions: number[] = []
  const normals: number[] = []
  const indices: number[] = []
  const first = rings[0]
  const last = rings[rings.length - 1]
  const ring = ({ c, t, u }: Ring, r: number, lean: number, along: number): void => {
    const v = cross(t, u)
    for (let k = 0; k < sides; k++) {
      const angle = (2 * Math.PI * k) / sides
      const out = add(scale(u, Math.cos(angle)), scale(v, Math.sin(angle)))
      positions.push(...add(add(c, scale(out, r)), scale(t, along)))
      normals.push(...unit(add(scale(out, Math.sqrt(1 - lean * lean)), scale(t, lean))))
    }
  }
  const cap = (end: Ring, way: 1 | -1): void => {
    for (let k = 1; k <= detail.capRings; k++) {
      // from the pole inward at the start, outward at the end
      const angle = (Math.PI / 2) * ((way < 0 ? detail.capRings + 1 - k : k) / (detail.capRings + 1))
      ring(end, grown * end.r * Math.cos(angle), way * Math.sin(angle), way * end.r * Math.sin(angle))
    }
  }
  const round = spec.caps === 'round'
  if (round) cap(first, -1)
  else ring(first, RIM * grown * first.r, -1, 0)
  for (const r of rings) ring(r, grown * r.r, 0, 0)
  if (round) cap(last, 1)
  else ring(last, RIM * grown * last.r, 1, 0)
  const count = positions.length / 3 / sides
  for (let i = 0; i + 1 < count; i++) {
    for (let k = 0; k < sides; k++) {
      const [a, b] = [i * sides + k, i * sides + ((k + 1) % sides)]
      indices.push(a, b, b + sides, a, b + sides, a + sides)
    }
  }
  const [start, end] = [positions.length / 3, positions.length / 3 + 1]
  // without rings of its own a rounded end is a blunt cone
  const height = round ? (detail.capRings > 0 ? 1 : 0.7) : 0
  positions.push(...add(first.c, scale(first.t, -height * first.r)), ...add(last.c, scale(last.t, height * last.r)))
  normals.push(...scale(first.t, -1), ...last.t)
  const top = (count - 1) * sides
  for (let k = 0; k < sides; k++) {
    const next = (k + 1) % sides
    indices.push(start, next, k, end, top + k, top + next)
  }
  return {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    indices: Uint32Array.from(indices),
  }
}

/** As few sections of the sweep as the tolerance allows, each turned the least from the one before. */
function chosenRings(spec: SweepSpec, detail: TubeDetail): Ring[] {
  const s = sampleSweep(spec)
  const kept = [0]
  for (let i = 0; i < s.length - 1; ) {
    let j = i + 1
    while (j + 1 < s.length && s[j + 1].along - s[i].along <= detail.longestMm && fits(s, i, j + 1, detail)) j++
    kept.push(j)
    i = j
  }
  const rings: Ring[] = kept.map((i) => {
    const t = unit(sub(s[Math.min(i + 1, s.length - 1)].c, s[Math.max(i - 1, 0)].c))
    return { c: s[i].c, r: (s[i].a + s[i].b) / 2, t, u: [0, 0, 0] }
  })
  let u: Vec3 = Math.abs(rings[0].t[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0]
  for (const ring of rings) {
    u = squareTo(u, ring.t)
    ring.u = u
  }
  return rings
}

function fits(s: ReturnType<typeof sampleSweep>, i: number, j: number, { toleranceMm }: TubeDetail): boolean {
  const long = s[j].along - s[i].along
  for (let k = i + 1; k < j; k++) {
    const t = (s[k].along - s[i].along) / long
    if (distanceBetween(s[k].c, mix(s[i].c, s[j].c, t)) > toleranceMm) return false
    if (Math.abs(s[k].a - (s[i].a + (s[j].a - s[i].a) * t)) > toleranceMm) return false
  }
  const turn = length(sub(unit(sub(s[j].c, s[j - 1].c)), unit(sub(s[i + 1].c, s[i].c))))
  return turn < 0.45
}
