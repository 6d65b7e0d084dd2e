/**
 * Strain of tissue averaged over a neighbourhood of fixed size. What bears load in tissue is fibres longer than a
 * tetrahedron: by the strain of single tetrahedra a fine mesh would tear at any pull at a point, and at the end of any cut
 * (nonlocal continua: Bažant and Pijaudier-Cabot 1988, doi:10.1115/1.3173674).
 */
import { NONE } from '../memory.ts'
import { type Mesh, nextStamp } from '../mesh/mesh.ts'
import { cauchyGreen, type Tensor } from '../mesh/strain.ts'
import { measured, measureTet } from '../mesh/volume.ts'

/** How far the middles of tetrahedra of a neighbourhood lie from that of the first, m (a design value). */
const RADIUS = 0.004
/** Tetrahedra of a neighbourhood at most. */
const MOST = 96

const own = new Float64Array(6)
const middle = new Float64Array(3)

/** Mean of C, weighted by volume, over what hangs together with a tetrahedron and is of its material. */
export function strainAround({ memory, work }: Mesh, first: number, out: Tensor): void {
  const { tetNeighbour, tetMaterial } = memory
  const { tetStamp, stack } = work
  const stamp = nextStamp(work)
  middleOf(memory, first, middle)
  const [x, y, z] = middle
  out.fill(0)
  let whole = 0
  let count = 1
  stack[0] = first
  tetStamp[first] = stamp
  for (let i = 0; i < count; i++) {
    const tet = stack[i]
    cauchyGreen(memory, tet, own)
    measureTet(memory, memory.rest, tet)
    whole += measured[0]
    for (let k = 0; k < 6; k++) out[k] += measured[0] * own[k]
    for (let k = 0; k < 4 && count < MOST; k++) {
      const other = tetNeighbour[tet * 4 + k]
      if (other === NONE || tetStamp[other] === stamp || tetMaterial[other] !== tetMaterial[first]) continue
      tetStamp[other] = stamp
      middleOf(memory, other, middle)
      const dx = middle[0] - x
      const dy = middle[1] - y
      const dz = middle[2] - z
      const d2 = dx * dx + dy * dy + dz * dz
      if (d2 <= RADIUS * RADIUS) stack[count++] = other
    }
  }
  for (let k = 0; k < 6; k++) out[k] /= whole
}

/** Middle of a tetrahedron at rest. */
function middleOf({ rest, tetVertex }: Mesh['memory'], tet: number, out: Float64Array): void {
  const v = tet * 4
  for (let axis = 0; axis < 3; axis++)
    out[axis] =
      (rest[tetVertex[v] * 4 + axis] +
        rest[tetVertex[v + 1] * 4 + axis] +
        rest[tetVertex[v + 2] * 4 + axis] +
        rest[tetVertex[v + 3] * 4 + axis]) /
      4
}
