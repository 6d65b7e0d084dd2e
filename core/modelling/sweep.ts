import { ellipseDistance } from './ellipse.ts'
import type { Field } from './field.ts'
import { type Bounds, boundsOf } from './field.ts'
import { BOX, ItemField } from './itemfield.ts'
import { Curve, centripetalKnots, SpaceCurve } from './spline.ts'
import type { Vec3 } from './vec.ts'
import { cross, distanceBetween, dot, length, mix, scale, squareTo, sub, unit } from './vec.ts'

export type SweepSpec = {
  readonly points: readonly Vec3[]
  /** Half axes of the elliptic section at each point: along `up`, and across. */
  readonly radii: readonly (readonly [number, number])[]
  /** Direction of the first half axis at each point; absent: carried along without twist. */
  readonly up?: readonly Vec3[]
  readonly caps: 'round' | 'flat'
}

/** A section of a sweep: centre, half axes, direction of the first of them, and how far along it lies, mm. */
export type SweepSample = {
  readonly c: Vec3
  readonly a: number
  readonly b: number
  readonly up: Vec3
  readonly along: number
}

const STRIDE = 20
const TURN = 0.1

/** A tube along a centripetal Catmull-Rom curve with a varying elliptic section. */
export function sweep(spec: SweepSpec): Field {
  const samples = sampleSweep(spec)
  const n = samples.length - 1
  const data = new Float64Array(n * STRIDE)
  const boxes = new Float64Array(n * BOX)
  const total = samples[n].along
  for (let i = 0; i < n; i++) {
    const p = samples[i]
    const q = samples[i + 1]
    const d = sub(q.c, p.c)
    const long = Math.max(1e-9, length(d))
    const widest = Math.max(p.a, p.b, q.a, q.b)
    const up1 = dot(p.up, q.up) < 0 ? scale(q.up, -1) : q.up
    const slope = Math.max(Math.abs(q.a - p.a), Math.abs(q.b - p.b)) / long
    const twist = (length(sub(up1, p.up)) * Math.max(Math.abs(p.a - p.b), Math.abs(q.a - q.b))) / long
    // Pieces close to a flat end are cut by its plane; further ones may pass it again and must not be.
    const cutStart = spec.caps === 'flat' && p.along < 2 * widest ? 1 : 0
    const cutEnd = spec.caps === 'flat' && total - q.along < 2 * widest ? 1 : 0
    data.set([...p.c, ...d, 1 / (long * long), p.a, q.a - p.a, p.b, q.b - p.b, ...p.up, ...sub(up1, p.up)], i * STRIDE)
    data.set([cutStart, cutEnd], i * STRIDE + 17)
    const box = boundsOf([p.c, q.c])
    boxes.set([...box.min, ...box.max, widest, Math.sqrt(1 + (slope + twist) ** 2)], i * BOX)
  }
  const start = unit(sub(samples[0].c, samples[1].c))
  const end = unit(sub(samples[n].c, samples[n - 1].c))
  const caps = Float64Array.from([...start, dot(start, samples[0].c), ...end, dot(end, samples[n].c)])
  const box = boundsOf(
    samples.map((s) => s.c),
    Math.max(...samples.map((s) => Math.max(s.a, s.b))),
  )
  return new Sweep(data, caps, boxes, box)
}

class Sweep extends ItemField {
  private readonly data: Float64Array
  private readonly caps: Float64Array
  constructor(data: Float64Array, caps: Float64Array, boxes: Float64Array, box: Bounds) {
    super(boxes, 'solid', box)
    this.data = data
    this.caps = caps
  }
  protected item(i: number, x: number, y: number, z: number, limit: number): number {
    const s = this.data
    const o = i * STRIDE
    const px = x - s[o]
    const py = y - s[o + 1]
    const pz = z - s[o + 2]
    let t = (px * s[o + 3] + py * s[o + 4] + pz * s[o + 5]) * s[o + 6]
    t = t < 0 ? 0 : t > 1 ? 1 : t
    const rx = px - t * s[o + 3]
    const ry = py - t * s[o + 4]
    const rz = pz - t * s[o + 5]
    const a = s[o + 7] + t * s[o + 8]
    const b = s[o + 9] + t * s[o + 10]
    const r2 = rx * rx + ry * ry + rz * rz
    const r = Math.sqrt(r2)
    let d = r - (a > b ? a : b)
    // The circle round the ellipse already says that this piece is too far.
    if (a !== b && d < limit) {
      const h = rx * (s[o + 11] + t * s[o + 14]) + ry * (s[o + 12] + t * s[o + 15]) + rz * (s[o + 13] + t * s[o + 16])
      const across = Math.sqrt(Math.max(0, r2 - h * h))
      // Scaled distance falls short of the true one outside: enough to rule most pieces out.
      const least = (Math.sqrt((h * h) / (a * a) + (across * across) / (b * b)) - 1) * (a < b ? a : b)
      d = least > 0 && least >= limit ? least : ellipseDistance(h, across, a, b)
    }
    const c = this.caps
    if (s[o + 17] > 0) d = Math.max(d, c[0] * x + c[1] * y + c[2] * z - c[3])
    if (s[o + 18] > 0) d = Math.max(d, c[4] * x + c[5] * y + c[6] * z - c[7])
    return d
  }
}

/** Sections of a sweep, close enough that straight pieces between them look smooth. */
export function sampleSweep(spec: SweepSpec): SweepSample[] {
  const knots = centripetalKnots(spec.points)
  const line = new SpaceCurve(spec.points, knots, 'open')
  const a = new Curve(
    spec.radii.map((r) => r[0]),
    knots,
    'monotone',
  )
  const b = new Curve(
    spec.radii.map((r) => r[1]),
    knots,
    'monotone',
  )
  const centres: Vec3[] = []
  const places: [number, number][] = []
  for (let i = 0; i < line.spans; i++) {
    const steps = stepsOf(line, i, spec)
    for (let k = i === 0 ? 0 : 1; k <= steps; k++) {
      centres.push(line.at(i, k / steps))
      places.push([i, k / steps])
    }
  }
  const tangents = centres.map((_, i) =>
    unit(sub(centres[Math.min(i + 1, centres.length - 1)], centres[Math.max(i - 1, 0)])),
  )
  const samples: SweepSample[] = []
  let up = squareTo([0, 1, 0], tangents[0])
  let along = 0
  for (let i = 0; i < centres.length; i++) {
    const [span, t] = places[i]
    up = squareTo(spec.up ? mix(spec.up[span], spec.up[span + 1], t) : up, tangents[i])
    if (i > 0) along += distanceBetween(centres[i - 1], centres[i])
    samples.push({ c: centres[i], a: a.at(span, t), b: b.at(span, t), up, along })
  }
  return samples
}

/** Enough pieces that each turns by less than TURN rad and radii look smooth. */
function stepsOf(line: SpaceCurve, span: number, spec: SweepSpec): number {
  let turn = 0
  let last: Vec3 | undefined
  for (let k = 0; k < 8; k++) {
    const d = unit(sub(line.at(span, (k + 1) / 8), line.at(span, k / 8)))
    if (last) turn += length(cross(last, d))
    last = d
  }
  const [r, s] = [spec.radii[span], spec.radii[span + 1]]
  const even = r[0] === s[0] && r[1] === s[1]
  return Math.max(even ? 1 : 5, Math.min(32, Math.ceil((turn * 8) / 7 / TURN)))
}
