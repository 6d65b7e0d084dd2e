/**
 * Tension at rest: tissue of a living body is stretched, so that a cut gapes. Each tetrahedron carries the stretch P from its
 * shape at ease to its shape at rest; the solver and all that measures strain work with F·P.
 */
import { lame, MATERIALS } from './materials.ts'
import { COUNT, NONE, type TissueMemory } from './memory.ts'
import { packAll } from './packall.ts'
import { stepTissue, type Tissue } from './solver.ts'

type Retraction = {
  readonly material: string
  /** Length in the body over length cut out. */
  readonly stretch: number
  readonly source: string
  readonly review?: true
}

/** What draws back when it is cut; other tissue follows what it hangs on. */
const RETRACTIONS: readonly Retraction[] = [
  {
    material: 'skin',
    stretch: 1.19,
    source:
      'a hundred human specimens shrank by 16.1 % in width and 17.1 % in length (comparative study of shrinkage in human, artificial and mouse skin, 2017; fixed); freshly cut skin of dogs by a third in area (arXiv:1609.07267)',
    review: true,
  },
  { material: 'muscle', stretch: 1.1, source: 'estimate: muscle cut across its fibres draws back', review: true },
]

/** Rounds of the search for balance, and ticks of each. */
const ROUNDS = 5
const TICKS = 40

/**
 * Puts tissue that was loaded and packed under the tension of its materials, as sheets whose normal is `normal` (a unit
 * vector). The shape at rest stays as it is: the stretch that balances there, weight and all, is found by letting go and
 * taking the strain that comes for tension, again and again (Gee, Förster and Wall 2010, doi:10.1002/cnm.1236). For the
 * memory of a field that `isTense`, before its first tick.
 */
export function putUnderTension(tissue: Tissue, normal: readonly number[]): void {
  const { memory } = tissue
  const { tetVertex, tetMaterial, tension, counts } = memory
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) {
    const stretch = RETRACTIONS.find(({ material }) => material === MATERIALS[tetMaterial[tet]].name)?.stretch ?? 1
    const across = acrossOf(tetMaterial[tet], stretch)
    for (let i = 0; i < 9; i++) {
      const [row, column] = [Math.floor(i / 3), i % 3]
      tension[tet * 9 + i] = (row === column ? stretch : 0) + (across - stretch) * normal[row] * normal[column]
    }
  }
  packAll(memory)
  const actors = tissue.actors.splice(0)
  for (let round = 0; round < ROUNDS; round++) {
    for (let tick = 0; tick < TICKS; tick++) stepTissue(tissue)
    for (let tet = 0; tet < counts[COUNT.tets]; tet++) if (tetVertex[tet * 4] !== NONE) takeStrain(memory, tet)
    backToRest(memory)
    packAll(memory)
  }
  tissue.actors.push(...actors)
}

/** Stretch across a sheet that is stretched in its plane and free across it: ∂Ψ/∂λₙ = 0 of the material's energy. */
function acrossOf(material: number, stretch: number): number {
  const { shearPa } = MATERIALS[material]
  const lambda = lame(MATERIALS[material])
  const area = stretch * stretch
  return (area * (lambda + shearPa)) / (shearPa + lambda * area * area)
}

const edges = new Float64Array(9)
const gradient = new Float64Array(9)
const product = new Float64Array(9)

/** P becomes F·P. */
function takeStrain({ position, rest, tetVertex, tension }: TissueMemory, tet: number): void {
  for (let k = 0; k < 3; k++)
    for (let i = 0; i < 3; i++)
      edges[k * 3 + i] = rest[tetVertex[tet * 4 + k + 1] * 4 + i] - rest[tetVertex[tet * 4] * 4 + i]
  let six = 0
  for (let i = 0; i < 3; i++) {
    const [j, l] = [(i + 1) % 3, (i + 2) % 3]
    six += edges[i] * (edges[3 + j] * edges[6 + l] - edges[3 + l] * edges[6 + j])
  }
  gradient.fill(0)
  for (let k = 0; k < 3; k++) {
    // Row k of the inverse of the edges at rest: across the other two, over six volumes.
    const b = ((k + 1) % 3) * 3
    const c = ((k + 2) % 3) * 3
    for (let column = 0; column < 3; column++) {
      const [j, l] = [(column + 1) % 3, (column + 2) % 3]
      const per = (edges[b + j] * edges[c + l] - edges[b + l] * edges[c + j]) / six
      for (let row = 0; row < 3; row++) {
        const now = position[tetVertex[tet * 4 + k + 1] * 4 + row] - position[tetVertex[tet * 4] * 4 + row]
        gradient[row * 3 + column] += now * per
      }
    }
  }
  for (let i = 0; i < 9; i++) {
    const [row, column] = [Math.floor(i / 3) * 3, i % 3]
    product[i] = 0
    for (let k = 0; k < 3; k++) product[i] += gradient[row + k] * tension[tet * 9 + k * 3 + column]
  }
  tension.set(product, tet * 9)
}

/** Puts everything where it is at rest, and still. */
export function backToRest({ position, previous, velocity, rest, counts }: TissueMemory): void {
  for (let i = 0; i < counts[COUNT.particles] * 4; i++) {
    if ((i & 3) === 3) continue
    position[i] = rest[i]
    previous[i] = rest[i]
    velocity[i] = 0
  }
}
