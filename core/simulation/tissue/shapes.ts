/** Simple lattices for scenes, tests and measurements. */
import type { LatticeData } from './load.ts'

/**
 * A box of nx × ny × nz cubes, five tetrahedra each, mirrored from cube to cube so that faces agree.
 * @param size edge of a cube, m @param at corner with the smallest coordinates, m
 */
export function boxLattice(
  cubes: readonly [number, number, number],
  size: number,
  at: readonly [number, number, number],
  material: number,
): LatticeData {
  return cubesLattice(
    cubes,
    (i, j, k) => [at[0] + i * size, at[1] + j * size, at[2] + k * size],
    () => material,
  )
}

/** A layer: row of its material, thickness in the middle, m, cubes across it; how its upper side is bent, see `Layers`. */
export type Layer = {
  readonly material: number
  readonly thick: number
  readonly cubes: number
  readonly bent?: number
  /** Its outer columns, from the rim inwards, where they are of other materials. */
  readonly rings: readonly { readonly material: number; readonly columns: number }[]
}

/** Layers upon each other; metres. `bent`: radius of the sphere that a side follows, negative where it is hollow. */
export type Layers = {
  readonly outline: 'square' | 'round'
  /** Cubes, and size, along x and z. */
  readonly columns: readonly [number, number]
  readonly size: readonly [number, number]
  /** How wide columns in the middle are, as a share of the mean: less than 1 where work is done there. */
  readonly middle: number
  /** Middle of the underside. */
  readonly at: readonly [number, number, number]
  readonly bent?: number
  readonly layers: readonly Layer[]
}

/**
 * A lattice of layers, and a 1 for each particle on its outer side. A round outline is a square drawn into a disc
 * (elliptical grid mapping: Fong 2015, arXiv:1509.06344), which needs no trigonometry.
 */
export function layeredLattice({ outline, columns, size, middle, at, bent, layers }: Layers): {
  lattice: LatticeData
  rim: Uint8Array
} {
  /** Height in the middle and bend of each level of particles, and the layer above it. */
  const levels: { height: number; bent: readonly [number, number]; share: number; layer: Layer }[] = []
  let height = 0
  let below = bent ?? Infinity
  for (const layer of layers) {
    const above = layer.bent ?? below
    for (let n = 0; n < layer.cubes; n++)
      levels.push({
        height: height + (layer.thick * n) / layer.cubes,
        bent: [below, above],
        share: n / layer.cubes,
        layer,
      })
    height += layer.thick
    below = above
  }
  levels.push({ height, bent: [below, below], share: 0, layer: layers[layers.length - 1] })
  const place = (i: number, j: number, k: number): readonly [number, number, number] => {
    const u = graded((2 * i) / columns[0] - 1, middle)
    const w = graded((2 * k) / columns[1] - 1, middle)
    const x = (size[0] / 2) * (outline === 'round' ? u * Math.sqrt(1 - (w * w) / 2) : u)
    const z = (size[1] / 2) * (outline === 'round' ? w * Math.sqrt(1 - (u * u) / 2) : w)
    const level = levels[j]
    const sag = (1 - level.share) * sagOf(level.bent[0], x, z) + level.share * sagOf(level.bent[1], x, z)
    return [at[0] + x, at[1] + level.height - sag, at[2] + z]
  }
  const high = levels.length - 1
  const lattice = cubesLattice([columns[0], high, columns[1]], place, (i, j, k) => {
    let inwards = Math.min(i, columns[0] - 1 - i, k, columns[1] - 1 - k)
    const { material, rings } = levels[j].layer
    for (const ring of rings) {
      if (inwards < ring.columns) return ring.material
      inwards -= ring.columns
    }
    return material
  })
  const rim = new Uint8Array(lattice.positions.length / 3)
  let p = 0
  for (let k = 0; k <= columns[1]; k++)
    for (let j = 0; j <= high; j++)
      for (let i = 0; i <= columns[0]; i++)
        rim[p++] = i === 0 || i === columns[0] || k === 0 || k === columns[1] ? 1 : 0
  return { lattice, rim }
}

const graded = (u: number, middle: number): number => middle * u + (1 - middle) * u * u * u

/** How far below its top a sphere of radius `bent` lies at (x, z); above, where it is negative. */
function sagOf(bent: number, x: number, z: number): number {
  if (!Number.isFinite(bent)) return 0
  const r = Math.abs(bent)
  const fall = r - Math.sqrt(Math.max(0, r * r - x * x - z * z))
  return bent > 0 ? fall : -fall
}

/** Cubes of five tetrahedra each. @param place where corner (i, j, k) lies, m @param material that of a cube */
function cubesLattice(
  [nx, ny, nz]: readonly [number, number, number],
  place: (i: number, j: number, k: number) => readonly [number, number, number],
  material: (i: number, j: number, k: number) => number,
): LatticeData {
  const positions: number[] = []
  for (let k = 0; k <= nz; k++)
    for (let j = 0; j <= ny; j++) for (let i = 0; i <= nx; i++) positions.push(...place(i, j, k))
  const v = (i: number, j: number, k: number) => i + (nx + 1) * (j + (ny + 1) * k)
  const tetrahedra: number[] = []
  const materials: number[] = []
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) {
        const c = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => v(i + (n & 1), j + ((n >> 1) & 1), k + (n >> 2)))
        const odd = (i + j + k) & 1
        const tets = odd
          ? [
              [c[1], c[2], c[4], c[7]],
              [c[0], c[1], c[2], c[4]],
              [c[3], c[2], c[1], c[7]],
              [c[5], c[1], c[4], c[7]],
              [c[6], c[4], c[2], c[7]],
            ]
          : [
              [c[0], c[3], c[5], c[6]],
              [c[1], c[3], c[0], c[5]],
              [c[2], c[0], c[3], c[6]],
              [c[4], c[0], c[6], c[5]],
              [c[7], c[3], c[5], c[6]],
            ]
        for (const tet of tets) tetrahedra.push(...oriented(positions, tet))
        materials.push(...tets.map(() => material(i, j, k)))
      }
  return { positions, tetrahedra, materials: Uint8Array.from(materials) }
}

function oriented(p: readonly number[], [o, a, b, c]: readonly number[]): number[] {
  const e = (n: number, axis: number) => p[n * 3 + axis] - p[o * 3 + axis]
  const six =
    e(a, 0) * (e(b, 1) * e(c, 2) - e(b, 2) * e(c, 1)) +
    e(a, 1) * (e(b, 2) * e(c, 0) - e(b, 0) * e(c, 2)) +
    e(a, 2) * (e(b, 0) * e(c, 1) - e(b, 1) * e(c, 0))
  return six > 0 ? [o, a, b, c] : [o, a, c, b]
}
