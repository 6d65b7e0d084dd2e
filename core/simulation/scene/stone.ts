/** A stone in a scene: round or oval, with flat sides where it grew against others, and rounded edges between them. */
import { z } from 'zod'
import type { HeldLattice } from '../tissue/load.ts'
import { MATERIALS, materialNumber } from '../tissue/materials.ts'
import { orient } from '../tissue/shapes.ts'

const point = z.tuple([z.number(), z.number(), z.number()])

export const stoneSchema = z.strictObject({
  shape: z.literal('stone'),
  /** Its middle. */
  atMm: point,
  sizeMm: z.tuple([z.number().min(1).max(60), z.number().min(1).max(60), z.number().min(1).max(60)]),
  /** Flat sides: where the perpendicular from the middle meets each, in halves of the size; 1 is the round surface. */
  flats: z.array(point).max(16).default([]),
  material: z.enum(MATERIALS.map(({ name }) => name)),
})

export type Stone = z.infer<typeof stoneSchema>

const MM = 0.001
/** The lattice's faces are flat: so much larger, as many of them lie without the stone's own surface as within. */
const SWELL = 1.05

/** Lays a stone: eight octants of five tetrahedra about its middle, their corners on its surface. */
export function layStone(stone: Stone): HeldLattice {
  const { atMm, sizeMm, material } = stone
  const positions: number[] = []
  for (let n = 0; n < 27; n++) {
    const way = [(n % 3) - 1, (Math.floor(n / 3) % 3) - 1, Math.floor(n / 9) - 1]
    const far = n === MIDDLE ? 0 : SWELL / gauge(stone, way[0], way[1], way[2])
    positions.push(...way.map((x, i) => (atMm[i] + (x * far * sizeMm[i]) / 2) * MM))
  }
  const tetrahedra: number[] = []
  for (let octant = 0; octant < 8; octant++) {
    const at = (bits: number) =>
      [1, 3, 9].reduce((sum, step, i) => sum + (bits & (1 << i) ? step * ((octant >> i) & 1 ? 1 : -1) : 0), MIDDLE)
    for (const corners of OCTANT) {
      tetrahedra.push(...corners.map(at))
      orient(positions, tetrahedra, tetrahedra.length - 4)
    }
  }
  const materials = new Uint8Array(tetrahedra.length / 4).fill(materialNumber(material))
  return { lattice: { positions, tetrahedra, materials }, held: [] }
}

/** Of the 27 points of a cube of eight octants. */
const MIDDLE = 13
/** Tetrahedra of an octant, by which of its corners they have: +1 along x, +2 along y, +4 along z, from the middle. */
const OCTANT = [
  [0, 3, 5, 6],
  [1, 0, 3, 5],
  [2, 0, 3, 6],
  [4, 0, 5, 6],
  [7, 3, 5, 6],
] as const

/**
 * Gauge of a stone at a place, in halves of its size from its middle: 1 on its surface, and in proportion along each ray.
 * The power mean of the ball and of the flat sides' half spaces rounds the edges. Its slope goes into `slope`.
 */
export function gauge({ flats }: Pick<Stone, 'flats'>, x: number, y: number, z: number, slope?: Float64Array): number {
  const round2 = x * x + y * y + z * z
  const round14 = power7(round2)
  let sum = round14 * round2
  slope?.set([round14 * x, round14 * y, round14 * z])
  for (const [fx, fy, fz] of flats) {
    const far2 = fx * fx + fy * fy + fz * fz
    const share = (fx * x + fy * y + fz * z) / far2
    if (share <= 0) continue
    const share15 = power7(share * share) * share
    sum += share15 * share
    if (slope) {
      slope[0] += (share15 * fx) / far2
      slope[1] += (share15 * fy) / far2
      slope[2] += (share15 * fz) / far2
    }
  }
  const value = Math.sqrt(Math.sqrt(Math.sqrt(Math.sqrt(sum))))
  if (slope) for (let i = 0; i < 3; i++) slope[i] *= sum > 0 ? value / sum : 0
  return value
}

/** The mean is of the sixteenth power: edges are rounded over about a tenth of the stone. */
const power7 = (x: number): number => x * x * x * (x * x * x) * x
