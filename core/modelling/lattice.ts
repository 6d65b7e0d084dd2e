import type { Field } from './field.ts'
import { Octree } from './octree.ts'

/** Tetrahedra of a solid. Positions in mm; four vertices each, positively oriented; a material each. */
export type Lattice = {
  readonly positions: Float64Array
  readonly tetrahedra: Uint32Array
  readonly materials: Uint16Array
}

export type LatticeSpec = {
  /** The solid to fill. */
  readonly field: Field
  /** Largest and smallest edge of a cube, mm; the largest is the smallest doubled a few times. */
  readonly coarseMm: number
  readonly fineMm: number
  /** Cubes at a place may be no larger than this many mm: small where cutting is wanted. */
  readonly sizeAt: (x: number, y: number, z: number) => number
  /** Material of a place; asked at the middle of each tetrahedron. */
  readonly materialAt: (x: number, y: number, z: number) => number
}

/** How far a vertex may move onto the surface, as a share of the shortest edge at it. */
const SNAP = 0.25

/**
 * A graded, conforming lattice: cubes of an octree in which neighbours differ by at most one level, each split into
 * tetrahedra from its middle to its faces. A face with finer neighbours, or with a hanging corner on an edge, is fanned
 * from its own middle; both sides of a face see the same corners, so they split it alike. Tetrahedra whose middle is
 * inside stay; their outer vertices are drawn to the surface as far as no tetrahedron turns over.
 */
export function buildLattice(spec: LatticeSpec): Lattice {
  const { corners, all } = fillCubes(new Octree(spec.field, spec))
  return finish(spec, Float64Array.from(corners), all)
}

/** Splits all cubes of a tree into tetrahedra: their corners in mm, and four of these each, in either order. */
export function fillCubes(tree: Octree): { corners: number[]; all: number[] } {
  const corners: number[] = []
  const named = new Map<string, number>()
  const vertex = (x: number, y: number, z: number): number => {
    const key = `${x},${y},${z}`
    const known = named.get(key)
    if (known !== undefined) return known
    const id = corners.length / 3
    named.set(key, id)
    corners.push(...tree.place(x, y, z))
    return id
  }
  const all: number[] = []
  tree.eachLeaf((leaf) => {
    const h = leaf.size / 2
    const middle = vertex(leaf.x + h, leaf.y + h, leaf.z + h)
    for (const face of tree.facesOf(leaf)) {
      const ring = face.ring.map(([x, y, z]) => vertex(x, y, z))
      if (ring.length === 4) {
        // The diagonal goes through the corner with the smaller number: the same from either side.
        const k = ring.indexOf(Math.min(...ring))
        const [a, b, c, d] = [0, 1, 2, 3].map((i) => ring[(k + i) % 4])
        all.push(middle, a, b, c, middle, a, c, d)
      } else {
        const hub = vertex(face.middle[0], face.middle[1], face.middle[2])
        ring.forEach((a, i) => {
          all.push(middle, hub, a, ring[(i + 1) % ring.length])
        })
      }
    }
  })
  return { corners, all }
}

function finish(spec: LatticeSpec, corners: Float64Array, all: readonly number[]): Lattice {
  const kept: number[] = []
  for (let t = 0; t < all.length; t += 4) {
    const four = all.slice(t, t + 4)
    const [x, y, z] = middleOf(corners, four)
    if (spec.field.distance(x, y, z) >= 0) continue
    // Faces are walked so that some come out turned: order each by its volume.
    kept.push(...(volumeOf(corners, four) > 0 ? four : [four[0], four[1], four[3], four[2]]))
  }
  const place = new Map<number, number>()
  const tetrahedra = Uint32Array.from(kept, (v) => {
    const known = place.get(v)
    if (known !== undefined) return known
    place.set(v, place.size)
    return place.size - 1
  })
  const positions = new Float64Array(place.size * 3)
  for (const [from, to] of place) positions.set(corners.subarray(from * 3, from * 3 + 3), to * 3)
  snap(spec.field, positions, tetrahedra)
  const materials = new Uint16Array(tetrahedra.length / 4)
  for (let t = 0; t < materials.length; t++) {
    const [x, y, z] = middleOf(positions, tetrahedra.subarray(t * 4, t * 4 + 4))
    materials[t] = spec.materialAt(x, y, z)
  }
  return { positions, tetrahedra, materials }
}

/** Draws the vertices of the outer faces to the surface. */
function snap(field: Field, positions: Float64Array, tetrahedra: Uint32Array): void {
  const around: number[][] = Array.from({ length: positions.length / 3 }, () => [])
  const reach = new Float64Array(positions.length / 3).fill(Infinity)
  for (let t = 0; t < tetrahedra.length; t += 4) {
    for (let a = 0; a < 4; a++) {
      around[tetrahedra[t + a]].push(t)
      for (let b = 0; b < 4; b++) {
        if (a === b) continue
        const [v, w] = [tetrahedra[t + a] * 3, tetrahedra[t + b] * 3]
        const [dx, dy, dz] = [0, 1, 2].map((c) => positions[v + c] - positions[w + c])
        reach[v / 3] = Math.min(reach[v / 3], Math.sqrt(dx * dx + dy * dy + dz * dz))
      }
    }
  }
  for (const v of outerVertices(tetrahedra)) {
    const o = v * 3
    const old = positions.slice(o, o + 3)
    const h = reach[v] * 0.05
    const f = (i: number, s: number) =>
      field.distance(old[0] + (i === 0 ? s : 0), old[1] + (i === 1 ? s : 0), old[2] + (i === 2 ? s : 0))
    const g = [0, 1, 2].map((i) => (f(i, h) - f(i, -h)) / (2 * h))
    const g2 = g[0] * g[0] + g[1] * g[1] + g[2] * g[2]
    if (!(g2 > 1e-9)) continue
    const far = f(0, 0) / Math.sqrt(g2)
    let step = Math.max(-SNAP * reach[v], Math.min(SNAP * reach[v], far)) / Math.sqrt(g2)
    const least = around[v].map((t) => 0.2 * volumeOf(positions, tetrahedra.subarray(t, t + 4)))
    for (let n = 0; n < 4; n++) {
      for (let i = 0; i < 3; i++) positions[o + i] = old[i] - step * g[i]
      if (around[v].every((t, i) => volumeOf(positions, tetrahedra.subarray(t, t + 4)) > least[i])) break
      positions.set(old, o)
      step /= 2
    }
  }
}

function outerVertices(tetrahedra: Uint32Array): Set<number> {
  const faces = new Map<string, readonly number[]>()
  for (let t = 0; t < tetrahedra.length; t += 4) {
    for (let k = 0; k < 4; k++) {
      const three = [0, 1, 2, 3].filter((i) => i !== k).map((i) => tetrahedra[t + i])
      const key = [...three].sort((a, b) => a - b).join()
      if (faces.has(key)) faces.delete(key)
      else faces.set(key, three)
    }
  }
  return new Set([...faces.values()].flat())
}

function middleOf(p: Float64Array, four: ArrayLike<number>): [number, number, number] {
  const mean = (c: number) => (p[four[0] * 3 + c] + p[four[1] * 3 + c] + p[four[2] * 3 + c] + p[four[3] * 3 + c]) / 4
  return [mean(0), mean(1), mean(2)]
}

/** Volume of a tetrahedron in mm³, positive when its last three corners run counter-clockwise seen from outside. */
export function volumeOf(p: Float64Array, four: ArrayLike<number>): number {
  const [a, b, c, d] = [four[0] * 3, four[1] * 3, four[2] * 3, four[3] * 3]
  const [ux, uy, uz] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]]
  const [vx, vy, vz] = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]]
  const [wx, wy, wz] = [p[d] - p[a], p[d + 1] - p[a + 1], p[d + 2] - p[a + 2]]
  return (ux * (vy * wz - vz * wy) + uy * (vz * wx - vx * wz) + uz * (vx * wy - vy * wx)) / 6
}
