import type { Bounds, Field } from './field.ts'
import { boundsOf } from './field.ts'
import { BOX, ItemField } from './itemfield.ts'
import type { Vec3 } from './vec.ts'

/** Plain triangle mesh that a field is measured from. */
export type Facets = {
  readonly points: readonly Vec3[]
  readonly triangles: readonly (readonly [number, number, number])[]
}

const hit = { d2: 0, v: 0, w: 0, region: 0 }

/**
 * Nearest point of a triangle, as barycentric v, w of its second and third corner, and the feature it lies on:
 * 0 face, 1–3 corners, 4–6 edges ab, bc, ca. Ericson, Real-Time Collision Detection (2005), 5.1.5.
 */
function nearestOnTriangle(t: Float64Array, o: number, x: number, y: number, z: number): void {
  const px = x - t[o]
  const py = y - t[o + 1]
  const pz = z - t[o + 2]
  const bx = t[o + 3]
  const by = t[o + 4]
  const bz = t[o + 5]
  const cx = t[o + 6]
  const cy = t[o + 7]
  const cz = t[o + 8]
  const d1 = bx * px + by * py + bz * pz
  const d2 = cx * px + cy * py + cz * pz
  const bb = t[o + 9]
  const bc = t[o + 10]
  const cc = t[o + 11]
  let v = 0
  let w = 0
  let region = 0
  const d3 = d1 - bb
  const d4 = d2 - bc
  const d5 = d1 - bc
  const d6 = d2 - cc
  if (d1 <= 0 && d2 <= 0) region = 1
  else if (d3 >= 0 && d4 <= d3) {
    v = 1
    region = 2
  } else if (d6 >= 0 && d5 <= d6) {
    w = 1
    region = 3
  } else {
    const vc = d1 * d4 - d3 * d2
    const vb = d5 * d2 - d1 * d6
    const va = d3 * d6 - d5 * d4
    if (vc <= 0 && d1 >= 0 && d3 <= 0) {
      v = d1 / (d1 - d3)
      region = 4
    } else if (vb <= 0 && d2 >= 0 && d6 <= 0) {
      w = d2 / (d2 - d6)
      region = 6
    } else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
      w = (d4 - d3) / (d4 - d3 + (d5 - d6))
      v = 1 - w
      region = 5
    } else {
      const k = 1 / (va + vb + vc)
      v = vb * k
      w = vc * k
    }
  }
  const rx = px - v * bx - w * cx
  const ry = py - v * by - w * cy
  const rz = pz - v * bz - w * cz
  hit.d2 = rx * rx + ry * ry + rz * rz
  hit.v = v
  hit.w = w
  hit.region = region
}

type Prepared = { readonly kept: Facets['triangles']; readonly data: Float64Array; readonly boxes: Float64Array }

function footInto(t: Float64Array, o: number, x: number, y: number, z: number, out: Float64Array): void {
  nearestOnTriangle(t, o, x, y, z)
  for (let c = 0; c < 3; c++) out[c] = t[o + c] + hit.v * t[o + 3 + c] + hit.w * t[o + 6 + c]
}

const dot3 = (u: Vec3, v: Vec3): number => u[0] * v[0] + u[1] * v[1] + u[2] * v[2]

function faceNormal(points: readonly Vec3[], t: readonly [number, number, number]): Vec3 {
  const [a, b, c] = [points[t[0]], points[t[1]], points[t[2]]]
  const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
  const [vx, vy, vz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]]
  return [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
}

function prepare(mesh: Facets, reach: (vertex: number) => number): Prepared {
  const kept = mesh.triangles.filter((t) => dot3(faceNormal(mesh.points, t), faceNormal(mesh.points, t)) > 1e-12)
  const data = new Float64Array(kept.length * 12)
  const boxes = new Float64Array(kept.length * BOX)
  kept.forEach((t, i) => {
    const [a, b, c] = [mesh.points[t[0]], mesh.points[t[1]], mesh.points[t[2]]]
    const u: Vec3 = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
    const v: Vec3 = [c[0] - a[0], c[1] - a[1], c[2] - a[2]]
    data.set([...a, ...u, ...v, dot3(u, u), dot3(u, v), dot3(v, v)], i * 12)
    const box = boundsOf([a, b, c])
    boxes.set([...box.min, ...box.max, Math.max(reach(t[0]), reach(t[1]), reach(t[2])), 1], i * BOX)
  })
  return { kept, data, boxes }
}

/** All points closer to an open surface than its half thickness there, mm (one figure per vertex). */
export function thickened(mesh: Facets, halfThickness: readonly number[]): Field {
  const { kept, data, boxes } = prepare(mesh, (i) => halfThickness[i])
  const half = new Float64Array(kept.length * 3)
  kept.forEach((t, i) => {
    const [h0, h1, h2] = t.map((k) => halfThickness[k])
    half.set([h0, h1 - h0, h2 - h0], i * 3)
    const o = i * 12
    const [bb, bc, cc] = [data[o + 9], data[o + 10], data[o + 11]]
    // Squared length of the gradient of the thickness within the triangle: dᵀ G⁻¹ d.
    const det = bb * cc - bc * bc
    const [p, q] = [h1 - h0, h2 - h0]
    const slope2 = (cc * p * p - 2 * bc * p * q + bb * q * q) / det
    boxes[i * BOX + BOX - 1] = Math.sqrt(1 + slope2)
  })
  const most = halfThickness.reduce((m, h) => Math.max(m, h), 0)
  const even = halfThickness.every((h) => h === most)
  return new (even ? EvenSlab : Slab)(data, half, boxes, boundsOf(mesh.points, most))
}

class Slab extends ItemField {
  protected readonly data: Float64Array
  private readonly half: Float64Array
  constructor(data: Float64Array, half: Float64Array, boxes: Float64Array, box: Bounds) {
    super(boxes, 'solid', box)
    this.data = data
    this.half = half
  }
  protected item(i: number, x: number, y: number, z: number): number {
    nearestOnTriangle(this.data, i * 12, x, y, z)
    const h = this.half
    return Math.sqrt(hit.d2) - h[i * 3] - hit.v * h[i * 3 + 1] - hit.w * h[i * 3 + 2]
  }
}

/**
 * The inside of a closed mesh (triangles counter-clockwise from outside). The sign comes from angle-weighted
 * pseudonormals, so it is right at corners and edges too: Bærentzen and Aanæs 2005, doi 10.1109/TVCG.2005.49.
 */
export function enclosed(mesh: Facets): Field {
  const { kept, data, boxes } = prepare(mesh, () => 0)
  const faces = kept.map((t) => unitOf(faceNormal(mesh.points, t)))
  const corner = mesh.points.map(() => [0, 0, 0])
  const edges = new Map<number, number[]>()
  const keyOf = (a: number, b: number) => Math.min(a, b) * mesh.points.length + Math.max(a, b)
  kept.forEach((t, i) => {
    for (let k = 0; k < 3; k++) {
      const angle = angleAt(mesh.points[t[k]], mesh.points[t[(k + 1) % 3]], mesh.points[t[(k + 2) % 3]])
      const key = keyOf(t[k], t[(k + 1) % 3])
      const sum = edges.get(key) ?? [0, 0, 0]
      for (let c = 0; c < 3; c++) {
        corner[t[k]][c] += faces[i][c] * angle
        sum[c] += faces[i][c]
      }
      edges.set(key, sum)
    }
  })
  const normals = new Float64Array(kept.length * 21)
  kept.forEach((t, i) => {
    normals.set(faces[i], i * 21)
    for (let k = 0; k < 3; k++) {
      normals.set(corner[t[k]], i * 21 + 3 + k * 3)
      normals.set(edges.get(keyOf(t[k], t[(k + 1) % 3]))!, i * 21 + 12 + k * 3)
    }
  })
  return new Enclosed(data, normals, boxes, boundsOf(mesh.points))
}

/** A slab of one thickness all over. */
class EvenSlab extends Slab {
  protected override footOn(i: number, x: number, y: number, z: number, out: Float64Array): void {
    footInto(this.data, i * 12, x, y, z, out)
  }
}

class Enclosed extends ItemField {
  private readonly data: Float64Array
  private readonly normals: Float64Array
  constructor(data: Float64Array, normals: Float64Array, boxes: Float64Array, box: Bounds) {
    super(boxes, 'skin', box)
    this.data = data
    this.normals = normals
  }
  protected override footOn(i: number, x: number, y: number, z: number, out: Float64Array): void {
    footInto(this.data, i * 12, x, y, z, out)
  }
  protected item(i: number, x: number, y: number, z: number): number {
    const t = this.data
    const o = i * 12
    nearestOnTriangle(t, o, x, y, z)
    const m = this.normals
    const k = i * 21 + hit.region * 3
    const rx = x - t[o] - hit.v * t[o + 3] - hit.w * t[o + 6]
    const ry = y - t[o + 1] - hit.v * t[o + 4] - hit.w * t[o + 7]
    const rz = z - t[o + 2] - hit.v * t[o + 5] - hit.w * t[o + 8]
    const d = Math.sqrt(hit.d2)
    return rx * m[k] + ry * m[k + 1] + rz * m[k + 2] < 0 ? -d : d
  }
}

function unitOf(n: Vec3): Vec3 {
  const l = Math.sqrt(dot3(n, n))
  return [n[0] / l, n[1] / l, n[2] / l]
}

function angleAt(a: Vec3, b: Vec3, c: Vec3): number {
  const u: Vec3 = [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
  const v: Vec3 = [c[0] - a[0], c[1] - a[1], c[2] - a[2]]
  const cos = dot3(u, v) / Math.sqrt(dot3(u, u) * dot3(v, v))
  return Math.acos(Math.max(-1, Math.min(1, cos)))
}
