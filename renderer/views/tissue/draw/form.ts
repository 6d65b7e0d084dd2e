/**
 * The shape that organs have at rest, finer than their lattice: how far a place lies from their surface. It is asked for
 * when the drawn surface is made, never in a frame.
 */

import type { Scene } from '../../../../core/simulation/scene/schema.ts'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { StoneForm } from './stoneform.ts'

type Lattice = NonNullable<Extract<Scene['tissue'][0], { shape: 'organs' }>['lattice']>

/** What one read found: signed distance, m, and its gradient. */
export type Reading = { distance: number; x: number; y: number; z: number }

export interface Form {
  /** `lined`: surfaces within it may be the lining of a hollow organ, and then are none of it. */
  readonly within: 'lined' | 'solid'
  /** Reads at a place (m); false where it knows nothing. */
  read(x: number, y: number, z: number, into: Reading): boolean
}

/** The forms of a scene: which one each material's skin follows, by number of material. */
export type Forms = readonly (Form | null)[]

const MM = 0.001

/** The forms of all organs and stones in a scene; null where it holds nothing but blocks. */
export function formsOf({ tissue }: Pick<Scene, 'tissue'>): Forms | null {
  const forms: (Form | null)[] = MATERIALS.map(() => null)
  for (const one of tissue) {
    if (one.shape !== 'organs' || !one.lattice) continue
    const { lattice, atMm } = one
    const body = lattice.surface ? new GridForm(lattice.surface, atMm) : null
    const tubes = lattice.tubes.length > 0 ? new TubeForm(lattice, atMm) : null
    const isTube = new Set(lattice.tubes.map(({ id }) => lattice.regionNames.indexOf(id)))
    lattice.materials.forEach((material, t) => {
      const row = MATERIALS.findIndex(({ name }) => name === lattice.materialNames[material])
      if (row >= 0) forms[row] ??= isTube.has(lattice.regions[t]) ? tubes : body
    })
  }
  const stones = tissue.filter((one) => one.shape === 'stone')
  MATERIALS.forEach(({ name }, row) => {
    const alike = stones.filter(({ material }) => material === name)
    if (alike.length > 0) forms[row] ??= new StoneForm(alike)
  })
  return forms.some((form) => form !== null) ? forms : null
}

/** Distances on a grid between which a quadratic B-spline goes: its normals have no steps that would show in the gloss. */
export class GridForm implements Form {
  readonly within = 'lined'
  private readonly grid: NonNullable<Lattice['surface']>
  private readonly atMm: readonly number[]
  /** Hundredths of a millimetre at the spline's own points. */
  private readonly values: Float32Array
  /** Weights and their slopes at three points along x, y, z. */
  private readonly weight = new Float64Array(9)
  private readonly slope = new Float64Array(9)
  private readonly first = new Int32Array(3)

  constructor(grid: NonNullable<Lattice['surface']>, atMm: readonly number[]) {
    this.grid = grid
    this.atMm = atMm
    this.values = splineOf(grid)
  }

  read(x: number, y: number, z: number, into: Reading): boolean {
    const { stepMm, counts } = this.grid
    if (!this.place(0, x) || !this.place(1, y) || !this.place(2, z)) return false
    const { values, weight: w, slope: s, first } = this
    let d = 0
    let dx = 0
    let dy = 0
    let dz = 0
    for (let k = 0; k < 3; k++)
      for (let j = 0; j < 3; j++) {
        const row = first[0] + counts[0] * (first[1] + j + counts[1] * (first[2] + k))
        const a = values[row]
        const b = values[row + 1]
        const c = values[row + 2]
        const along = a * w[0] + b * w[1] + c * w[2]
        d += along * w[3 + j] * w[6 + k]
        dx += (a * s[0] + b * s[1] + c * s[2]) * w[3 + j] * w[6 + k]
        dy += along * s[3 + j] * w[6 + k]
        dz += along * w[3 + j] * s[6 + k]
      }
    into.distance = d * 0.01 * MM
    const perStep = 0.01 / stepMm
    into.x = dx * perStep
    into.y = dy * perStep
    into.z = dz * perStep
    return true
  }

  /** Sets the weights along an axis; false outside the grid. */
  private place(axis: number, m: number): boolean {
    const { stepMm, minMm, counts } = this.grid
    const at = (m / MM - this.atMm[axis] - minMm[axis]) / stepMm
    const middle = Math.round(at)
    if (middle < 1 || middle > counts[axis] - 2) return false
    const u = at - middle
    const { weight, slope, first } = this
    first[axis] = middle - 1
    weight[axis * 3] = 0.5 * (0.5 - u) ** 2
    weight[axis * 3 + 1] = 0.75 - u * u
    weight[axis * 3 + 2] = 0.5 * (0.5 + u) ** 2
    slope[axis * 3] = u - 0.5
    slope[axis * 3 + 1] = -2 * u
    slope[axis * 3 + 2] = u + 0.5
    return true
  }
}

/** Points whose spline goes through the samples, to the fourth order: a spline through the samples themselves would blur. */
function splineOf({ counts, distances }: NonNullable<Lattice['surface']>): Float32Array {
  const [nx, ny, nz] = counts
  const values = Float32Array.from(distances)
  const steps = [1, nx, nx * ny]
  for (let k = 1; k < nz - 1; k++)
    for (let j = 1; j < ny - 1; j++)
      for (let i = 1; i < nx - 1; i++) {
        const at = i + nx * (j + ny * k)
        for (const step of steps) values[at] -= (distances[at - step] - 2 * distances[at] + distances[at + step]) / 8
      }
  return values
}

/** Numbers of a piece of a tube: its first end, the way to the other, that squared, radius and by how much it grows. */
const PIECE = 9

/** Ducts and vessels, round: the nearest of all pieces of their middle lines. */
export class TubeForm implements Form {
  readonly within = 'solid'
  private readonly pieces: Float64Array

  constructor({ tubes, positions }: Pick<Lattice, 'tubes' | 'positions'>, atMm: readonly number[]) {
    const middle = (v: number) => [0, 1, 2].map((c) => positions[v * 3 + c] + atMm[c] * MM)
    this.pieces = Float64Array.from(
      tubes.flatMap(({ stations, radiiMm }) =>
        stations.slice(1).flatMap(([v], i) => {
          const from = middle(stations[i][0])
          const way = middle(v).map((x, c) => x - from[c])
          const long2 = way.reduce((sum, x) => sum + x * x, 0)
          return [...from, ...way, long2, radiiMm[i] * MM, (radiiMm[i + 1] - radiiMm[i]) * MM]
        }),
      ),
    )
  }

  read(x: number, y: number, z: number, into: Reading): boolean {
    const { pieces } = this
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < pieces.length; i += PIECE) {
      let px = x - pieces[i]
      let py = y - pieces[i + 1]
      let pz = z - pieces[i + 2]
      const share = (px * pieces[i + 3] + py * pieces[i + 4] + pz * pieces[i + 5]) / pieces[i + 6]
      const s = share < 0 ? 0 : share > 1 ? 1 : share
      px -= s * pieces[i + 3]
      py -= s * pieces[i + 4]
      pz -= s * pieces[i + 5]
      const far = Math.sqrt(px * px + py * py + pz * pz)
      const distance = far - pieces[i + 7] - pieces[i + 8] * s
      if (distance >= least || far < 1e-9) continue
      least = distance
      into.x = px / far
      into.y = py / far
      into.z = pz / far
    }
    into.distance = least
    return least < Number.POSITIVE_INFINITY
  }
}
