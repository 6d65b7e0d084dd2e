/**
 * Liquid that is pressed into tissue lifts it: the shape at rest grows around the point by the volume, as the field of an
 * incompressible medium around a source, V/(4πr²) outwards; only what holds the point gains volume.
 */
import { PI } from '../exactmath.ts'
import { COUNT, FIRST_PARTICLE, NONE, OWNER, type TissueMemory } from './memory.ts'
import { repack } from './pack.ts'

/** So far it reaches, m. */
const REACH = 0.012
const middle = new Float64Array(3)

/** Presses `volume` m³ into tetrahedron `tet` at the coordinates `bary`. @param changed, moved scratch by tetrahedron and particle */
export function swell(
  tissue: TissueMemory,
  tet: number,
  bary: Float64Array,
  volume: number,
  changed: Uint32Array,
  moved: Uint8Array,
): void {
  const { rest, position, owner, swollen, counts, tetVertex } = tissue
  let nearest2 = Infinity
  for (let axis = 0; axis < 3; axis++) {
    let sum = 0
    for (let k = 0; k < 4; k++) sum += bary[k] * rest[tetVertex[tet * 4 + k] * 4 + axis]
    middle[axis] = sum
  }
  // within the tetrahedron's own size the source is spread, else one corner would fly
  for (let k = 1; k < 4; k++) {
    let d2 = 0
    for (let axis = 0; axis < 3; axis++) {
      const d = rest[tetVertex[tet * 4 + k] * 4 + axis] - rest[tetVertex[tet * 4] * 4 + axis]
      d2 += d * d
    }
    if (d2 < nearest2) nearest2 = d2
  }
  for (let p = FIRST_PARTICLE; p < counts[COUNT.particles]; p++) {
    moved[p] = 0
    if (owner[p] !== OWNER.tissue || position[p * 4 + 3] === 0) continue
    const x = rest[p * 4] - middle[0]
    const y = rest[p * 4 + 1] - middle[1]
    const z = rest[p * 4 + 2] - middle[2]
    const r2 = x * x + y * y + z * z
    if (r2 > REACH * REACH || !(r2 > 1e-12)) continue
    const by = volume / (4 * PI * Math.max(r2, nearest2) * Math.sqrt(r2))
    swollen[p] += by * Math.sqrt(r2)
    rest[p * 4] += by * x
    rest[p * 4 + 1] += by * y
    rest[p * 4 + 2] += by * z
    moved[p] = 1
  }
  let count = 0
  for (let t = 0; t < counts[COUNT.tets]; t++) {
    const v = t * 4
    if (tetVertex[v] === NONE) continue
    if (moved[tetVertex[v]] + moved[tetVertex[v + 1]] + moved[tetVertex[v + 2]] + moved[tetVertex[v + 3]] > 0)
      changed[count++] = t
  }
  repack(tissue, changed, count)
}
