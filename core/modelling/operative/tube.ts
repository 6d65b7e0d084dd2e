/** Ducts and vessels of a field: solid strands of wedges around their middle line, too thin for the lattice to resolve. */
import { cross, distanceBetween, mix, scale, squareTo, sub, unit, type Vec3 } from '../vec.ts'
import type { Cells } from './cells.ts'

const SIDES = 6
const TURN: readonly (readonly [number, number])[] = [
  [1, 0],
  [0.5, Math.sqrt(0.75)],
  [-0.5, Math.sqrt(0.75)],
  [-1, 0],
  [-0.5, -Math.sqrt(0.75)],
  [0.5, -Math.sqrt(0.75)],
]
/** A hexagon of this radius has the area of a circle of radius 1. */
const FULL = Math.sqrt((2 * Math.PI) / (3 * Math.sqrt(3)))

export type Strand = {
  /** Vertex on the middle line at each station. */
  readonly middles: number[]
  /** All vertices of each station. */
  readonly stations: number[][]
}

/** Lays a strand along stations; `radius` is that of the tube. @param made told each new tetrahedron */
export function layStrand(
  cells: Cells,
  stations: readonly { readonly c: Vec3; readonly radius: number }[],
  made: (tet: number) => void,
): Strand {
  const rings: number[][] = []
  let side: Vec3 = [0, 1, 0]
  stations.forEach(({ c, radius }, i) => {
    const ahead = stations[Math.min(i + 1, stations.length - 1)].c
    const behind = stations[Math.max(0, i - 1)].c
    const along = unit(sub(ahead, behind))
    side = squareTo(side, along)
    const other = cross(along, side)
    const ring = [cells.addVertex(...c)]
    for (const [u, v] of TURN) {
      const reach = radius * FULL
      ring.push(
        cells.addVertex(
          ...([0, 1, 2].map((k) => c[k] + (side[k] * u + other[k] * v) * reach) as [number, number, number]),
        ),
      )
    }
    rings.push(ring)
  })
  for (let i = 1; i < rings.length; i++)
    for (let k = 0; k < SIDES; k++) {
      const [p, q] = [rings[i - 1], rings[i]]
      // Middle and two neighbours of a ring, in the order of their numbers: sides shared with the next wedge agree.
      const order = [0, k + 1, ((k + 1) % SIDES) + 1].sort((a, b) => a - b)
      const [a, b, c] = order.map((n) => p[n])
      const [d, e, g] = order.map((n) => q[n])
      made(cells.addTet(a, d, e, g))
      made(cells.addTet(a, b, e, g))
      made(cells.addTet(a, b, c, g))
    }
  return { middles: rings.map((ring) => ring[0]), stations: rings }
}

/** Points of a line as far apart as `stepMm`, or a little less, smoothed over `smoothMm`. */
export function respace(line: readonly { readonly c: Vec3; readonly radius: number }[], stepMm: number) {
  const total = line.reduce((sum, { c }, i) => sum + (i > 0 ? distanceBetween(c, line[i - 1].c) : 0), 0)
  const pieces = Math.max(1, Math.ceil(total / stepMm))
  const out: { c: Vec3; radius: number }[] = []
  let i = 1
  let passed = 0
  for (let n = 0; n <= pieces; n++) {
    const wanted = (total * n) / pieces
    let long = distanceBetween(line[i].c, line[i - 1].c)
    while (i < line.length - 1 && passed + long < wanted) {
      passed += long
      i++
      long = distanceBetween(line[i].c, line[i - 1].c)
    }
    const share = Math.max(0, Math.min(1, (wanted - passed) / Math.max(1e-9, long)))
    out.push({
      c: mix(line[i - 1].c, line[i].c, share),
      radius: line[i - 1].radius + (line[i].radius - line[i - 1].radius) * share,
    })
  }
  return out
}

/** Draws each point but the ends half way to the middle of its neighbours, `times` times. */
export function smoothed<T extends { readonly c: Vec3 }>(line: readonly T[], times: number): T[] {
  let now = [...line]
  for (let n = 0; n < times; n++)
    now = now.map((one, i) =>
      i === 0 || i === now.length - 1
        ? one
        : {
            ...one,
            c: mix(one.c, scale([0, 1, 2].map((k) => now[i - 1].c[k] + now[i + 1].c[k]) as unknown as Vec3, 0.5), 0.5),
          },
    )
  return now
}
