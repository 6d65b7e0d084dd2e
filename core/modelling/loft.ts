import { ShapeError } from './definition.ts'
import type { Field } from './field.ts'
import { Curve, centripetalKnots, periodicAt, SpaceCurve } from './spline.ts'
import { enclosed } from './triangles.ts'
import type { Vec3 } from './vec.ts'
import { add, cross, distanceBetween, dot, mix, scale, squareTo, sub, unit } from './vec.ts'

/** One cross-section: centre, normal, and radii at even angles from `u`, turning towards n × u; mm. */
export type Station = { readonly c: Vec3; readonly n: Vec3; readonly r: readonly number[]; readonly u?: Vec3 }

export type LoftSpec = {
  readonly stations: readonly Station[]
  /** Direction of angle 0 at every station that names none of its own. */
  readonly u?: Vec3
  /** How far the rounded ends bulge beyond the first and last station, mm; 0 leaves them flat. */
  readonly bulge?: readonly [number, number]
}

/** Direction of angle 0 in the measured figures: +Z square to n, or +Y where n is within 26° of ±Z. */
export const stationZero = (n: Vec3): Vec3 => squareTo(Math.abs(unit(n)[2]) > 0.8988 ? [0, 1, 0] : [0, 0, 1], unit(n))

type Ring = { c: Vec3; n: Vec3; u: Vec3; r: number[] }

/** A solid through measured cross-sections, smooth along and around, with domed ends. */
export function loft(spec: LoftSpec): Field {
  const stations = aligned(spec)
  refuseCrossing(stations)
  const around = Math.max(8, ...stations.map((s) => s.r.length))
  const rings = between(stations, around)
  const first = rings[0]
  const last = rings[rings.length - 1]
  const gap = (a: number, b: number) => distanceBetween(stations[a].c, stations[b].c)
  const bulge = spec.bulge ?? [
    Math.min(0.5 * mean(first.r), gap(0, 1)),
    Math.min(0.5 * mean(last.r), gap(stations.length - 1, stations.length - 2)),
  ]
  const widest = Math.max(...rings.map((r) => mean(r.r)))
  const edge = Math.min(5.5, Math.max(0.6, widest * 0.12))
  const m = Math.min(160, Math.max(24, Math.ceil((2 * Math.PI * widest) / edge / 4) * 4))
  const all = [...dome(first, -bulge[0]).reverse(), ...rings, ...dome(last, bulge[1])]
  const points: Vec3[] = []
  const triangles: [number, number, number][] = []
  for (const ring of all) {
    const v = cross(ring.n, ring.u)
    for (let k = 0; k < m; k++) {
      const angle = (2 * Math.PI * k) / m
      const r = Math.max(0.01, periodicAt(ring.r, (k / m) * ring.r.length))
      points.push(onRing(ring, v, r, angle))
    }
  }
  for (let i = 0; i + 1 < all.length; i++) {
    for (let k = 0; k < m; k++) {
      const a = i * m + k
      const b = i * m + ((k + 1) % m)
      triangles.push([a, b, b + m], [a, b + m, a + m])
    }
  }
  const [startPole, endPole] = [points.length, points.length + 1]
  points.push(add(first.c, scale(first.n, -bulge[0])), add(last.c, scale(last.n, bulge[1])))
  const top = (all.length - 1) * m
  for (let k = 0; k < m; k++) {
    const j = (k + 1) % m
    triangles.push([startPole, j, k], [endPole, top + k, top + j])
  }
  return enclosed({ points, triangles })
}

/** Neighbouring sections may touch, but not cut through each other by more than this, mm. */
const CROSSING_MM = 1

function refuseCrossing(stations: readonly Ring[]): void {
  for (let i = 0; i + 1 < stations.length; i++) {
    const [a, b] = [stations[i], stations[i + 1]]
    const depth = Math.max(behind(a, b, 1), behind(b, a, -1))
    if (depth <= CROSSING_MM) continue
    throw new ShapeError(
      'definition/self-intersection',
      `stations ${i + 1} and ${i + 2} of the loft cut ${depth.toFixed(1)} mm through each other`,
      'move them apart, turn their normals towards each other, or make the inner radii smaller',
    )
  }
}

/** A point of a section; `v` is the direction of a quarter turn. */
const onRing = (ring: Ring, v: Vec3, r: number, angle: number): Vec3 =>
  add(ring.c, add(scale(ring.u, r * Math.cos(angle)), scale(v, r * Math.sin(angle))))

/** How far the ring lies on the wrong side of another's plane. */
function behind(plane: Ring, ring: Ring, sign: number): number {
  const v = cross(ring.n, ring.u)
  let worst = 0
  ring.r.forEach((r, k) => {
    const angle = (2 * Math.PI * k) / ring.r.length
    worst = Math.max(worst, -sign * dot(plane.n, sub(onRing(ring, v, r, angle), plane.c)))
  })
  return worst
}

const mean = (r: readonly number[]): number => r.reduce((a, b) => a + b, 0) / r.length

/** Rings of a quarter-ellipse dome beyond an end ring, ending short of the pole. */
function dome(end: Ring, height: number): Ring[] {
  if (Math.abs(height) < 0.05) return []
  const steps = 8
  return Array.from({ length: steps - 1 }, (_, i) => {
    const a = (Math.PI / 2) * ((i + 1) / steps)
    return { ...end, c: add(end.c, scale(end.n, height * Math.sin(a))), r: end.r.map((r) => r * Math.cos(a)) }
  })
}

/** Normals turned the way the stations run, and angle 0 carried along without jumps. */
function aligned({ stations, u: common }: LoftSpec): Ring[] {
  const out: Ring[] = []
  stations.forEach((s, i) => {
    const onward = stations[Math.min(i + 1, stations.length - 1)].c
    const before = stations[Math.max(i - 1, 0)].c
    const way: Vec3 = [onward[0] - before[0], onward[1] - before[1], onward[2] - before[2]]
    const forward = dot(s.n, way) >= 0
    const n = unit(forward ? s.n : scale(s.n, -1))
    const zero = s.u ?? common
    const u = zero ? squareTo(zero, n) : stationZero(n)
    // With the normal turned round, angles run the other way.
    const r = forward ? [...s.r] : s.r.map((_, k) => s.r[(s.r.length - k) % s.r.length])
    const carried = i === 0 ? u : squareTo(out[i - 1].u, n)
    const phase = Math.atan2(dot(cross(n, carried), u), dot(carried, u))
    if (Math.abs(phase) < 0.35) out.push({ c: s.c, n, u, r })
    else {
      const k = r.length / (2 * Math.PI)
      out.push({ c: s.c, n, u: carried, r: r.map((_, j) => periodicAt(r, j - phase * k)) })
    }
  })
  return out
}

/** Stations and enough rings between them. */
function between(stations: readonly Ring[], around: number): Ring[] {
  const knots = centripetalKnots(stations.map((s) => s.c))
  const line = new SpaceCurve(
    stations.map((s) => s.c),
    knots,
    'open',
  )
  const even = stations.map((s) => Array.from({ length: around }, (_, k) => periodicAt(s.r, (k / around) * s.r.length)))
  const curves = Array.from(
    { length: around },
    (_, k) =>
      new Curve(
        even.map((r) => r[k]),
        knots,
        'smooth',
      ),
  )
  const widest = Math.max(...stations.map((s) => mean(s.r)))
  const edge = Math.min(6, Math.max(0.8, widest * 0.15))
  const rings: Ring[] = []
  for (let i = 0; i + 1 < stations.length; i++) {
    const a = stations[i]
    const b = stations[i + 1]
    const steps = Math.max(3, Math.min(40, Math.ceil(distanceBetween(a.c, b.c) / edge)))
    for (let k = i === 0 ? 0 : 1; k <= steps; k++) {
      const t = k / steps
      const n = unit(mix(a.n, b.n, t), a.n)
      const low = Math.min(mean(a.r), mean(b.r)) * 0.05
      const r = curves.map((c) => Math.max(low, c.at(i, t)))
      rings.push({ c: line.at(i, t), n, u: squareTo(mix(a.u, b.u, t), n), r })
    }
  }
  return rings
}
