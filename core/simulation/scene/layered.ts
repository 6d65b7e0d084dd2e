/** Lattices of layers upon each other: columns under a square or a round outline, or rings around a middle. */
import { cos, PI, sin } from '../exactmath.ts'
import type { LatticeData } from '../tissue/load.ts'
import { cubesLattice, orient } from '../tissue/shapes.ts'
import { splitCell } from './tube.ts'

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
  readonly outline: 'square' | 'round' | 'rings'
  /** Cubes along x and z; of rings, how many there are, and cells around them. */
  readonly columns: readonly [number, number]
  /** Size along x and z. */
  readonly size: readonly [number, number]
  /** How wide columns in the middle are, as a share of the mean: less than 1 where work is done there. */
  readonly middle: number
  /** Middle of the underside. */
  readonly at: readonly [number, number, number]
  readonly bent?: number
  readonly layers: readonly Layer[]
}

/** Height in the middle and bend of a level of particles, and the layer above it. */
type Level = {
  readonly height: number
  readonly bent: readonly [number, number]
  readonly share: number
  readonly layer: Layer
}

/** Where a particle lies, by numbers of its column or ring, level, and row or turn, m. */
type Place = (i: number, j: number, k: number) => readonly [number, number, number]
type Laid = { readonly lattice: LatticeData; readonly sides: Uint8Array }

/** Sides of layers on which a particle may lie; what has rings has no back. */
export const SIDE = { below: 1, sides: 2, back: 4 } as const

/** A lattice of layers, and for each particle the sides on which it lies, as a sum of {@link SIDE}. */
export function layeredLattice(of: Layers): Laid {
  const { columns, size, middle, at } = of
  const levels = levelsOf(of)
  const high = levels.length - 1
  const sunk = (x: number, j: number, z: number): readonly [number, number, number] => {
    const { height, bent, share } = levels[j]
    const sag = (1 - share) * sagOf(bent[0], x, z) + share * sagOf(bent[1], x, z)
    return [at[0] + x, at[1] + height - sag, at[2] + z]
  }
  if (of.outline === 'rings')
    return ringed(
      columns,
      high,
      (inwards, j) => materialAt(levels, j, inwards),
      (i, j, k) => {
        const r = graded(i / columns[0], middle) / 2
        const turn = (2 * PI * k) / columns[1]
        return sunk(size[0] * r * cos(turn), j, size[1] * r * sin(turn))
      },
    )
  const isRound = of.outline === 'round'
  const lattice = cubesLattice(
    [columns[0], high, columns[1]],
    (i, j, k) => {
      const u = graded((2 * i) / columns[0] - 1, middle)
      const w = graded((2 * k) / columns[1] - 1, middle)
      // A square drawn into a disc (elliptical grid mapping: Fong 2015, arXiv:1509.06344).
      const x = (size[0] / 2) * u * (isRound ? Math.sqrt(1 - (w * w) / 2) : 1)
      const z = (size[1] / 2) * w * (isRound ? Math.sqrt(1 - (u * u) / 2) : 1)
      return sunk(x, j, z)
    },
    (i, j, k) => materialAt(levels, j, Math.min(i, columns[0] - 1 - i, k, columns[1] - 1 - k)),
  )
  const sides = new Uint8Array(lattice.positions.length / 3)
  let p = 0
  for (let k = 0; k <= columns[1]; k++)
    for (let j = 0; j <= high; j++)
      for (let i = 0; i <= columns[0]; i++) {
        if (j === 0) sides[p] |= SIDE.below
        if (i === 0 || i === columns[0] || k === 0 || k === columns[1]) sides[p] |= SIDE.sides
        if (k === 0) sides[p] |= SIDE.back
        p++
      }
  return { lattice, sides }
}

/** Rings of cells around a middle, in which they are wedges. @param material that of a ring, counted from the rim */
function ringed(
  [rings, around]: readonly [number, number],
  high: number,
  material: (inwards: number, level: number) => number,
  place: Place,
): Laid {
  const positions: number[] = []
  const sides: number[] = []
  for (let i = 0; i <= rings; i++)
    for (let k = 0; k < (i === 0 ? 1 : around); k++)
      for (let j = 0; j <= high; j++) {
        positions.push(...place(i, j, k))
        sides.push((j === 0 ? SIDE.below : 0) + (i === rings ? SIDE.sides : 0))
      }
  const at = (i: number, j: number, k: number) => (i === 0 ? 0 : 1 + (i - 1) * around + (k % around)) * (high + 1) + j
  const tetrahedra: number[] = []
  const materials: number[] = []
  for (let i = 0; i < rings; i++)
    for (let k = 0; k < around; k++)
      for (let j = 0; j < high; j++)
        for (const tet of splitCell((c) => at(i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2)))) {
          tetrahedra.push(...tet)
          orient(positions, tetrahedra, tetrahedra.length - 4)
          materials.push(material(rings - 1 - i, j))
        }
  return {
    lattice: { positions, tetrahedra, materials: Uint8Array.from(materials) },
    sides: Uint8Array.from(sides),
  }
}

function levelsOf({ bent, layers }: Layers): Level[] {
  const levels: Level[] = []
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
  return levels
}

/** Material over level `j` in the column or ring that has so many outside of it. */
function materialAt(levels: readonly Level[], j: number, outside: number): number {
  const { material, rings } = levels[j].layer
  let inwards = outside
  for (const ring of rings) {
    if (inwards < ring.columns) return ring.material
    inwards -= ring.columns
  }
  return material
}

const graded = (u: number, middle: number): number => middle * u + (1 - middle) * u * u * u

/** How far below its top a sphere of radius `bent` lies at (x, z); above, where it is negative. */
function sagOf(bent: number, x: number, z: number): number {
  if (!Number.isFinite(bent)) return 0
  const r = Math.abs(bent)
  const fall = r - Math.sqrt(Math.max(0, r * r - x * x - z * z))
  return bent > 0 ? fall : -fall
}
