/** Constraints of volume, for bodies made of edges and volumes alone; kernel source, see `lanes.ts`. */
import {
  add,
  type Count,
  div,
  every,
  type F,
  gather,
  gotW,
  gotX,
  gotY,
  gotZ,
  LANES,
  most,
  mul,
  negative,
  type Ptr,
  row,
  scatter,
  setLane,
  sub,
} from './lanes.ts'

/** Bytes of a block of four tetrahedra: four rows of vertices, six times the volume at rest (m³), compliances (m/N·m⁴). */
const BLOCK = 96

/**
 * One pass over the volumes of tetrahedra in blocks of four that share no particle (XPBD: Macklin et al. 2016,
 * doi:10.1145/2994258.2994272), C = 6V − 6V₀; a tetrahedron turned inside out has a negative volume, so it comes back.
 * @param perStep 1/h², s⁻²
 */
export function solveVolumes(blocks: Ptr, count: Count, position: Ptr, perStep: F): void {
  const soft = every(perStep)
  const tiny = every(1e-30)
  for (let b = 0; b < count; b++) {
    const at: Ptr = blocks + b * BLOCK
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gather(at, position)
      const x0 = gotX
      const y0 = gotY
      const z0 = gotZ
      const w0 = gotW
      gather(at + 16, position)
      const x1 = gotX
      const y1 = gotY
      const z1 = gotZ
      const w1 = gotW
      gather(at + 32, position)
      const x2 = gotX
      const y2 = gotY
      const z2 = gotZ
      const w2 = gotW
      gather(at + 48, position)
      const x3 = gotX
      const y3 = gotY
      const z3 = gotZ
      const w3 = gotW
      const ax = sub(x1, x0)
      const ay = sub(y1, y0)
      const az = sub(z1, z0)
      const bx = sub(x2, x0)
      const by = sub(y2, y0)
      const bz = sub(z2, z0)
      const cx = sub(x3, x0)
      const cy = sub(y3, y0)
      const cz = sub(z3, z0)
      // Derivatives of six volumes by the vertices.
      const g1x = sub(mul(by, cz), mul(bz, cy))
      const g1y = sub(mul(bz, cx), mul(bx, cz))
      const g1z = sub(mul(bx, cy), mul(by, cx))
      const g2x = sub(mul(cy, az), mul(cz, ay))
      const g2y = sub(mul(cz, ax), mul(cx, az))
      const g2z = sub(mul(cx, ay), mul(cy, ax))
      const g3x = sub(mul(ay, bz), mul(az, by))
      const g3y = sub(mul(az, bx), mul(ax, bz))
      const g3z = sub(mul(ax, by), mul(ay, bx))
      const g0x = negative(add(add(g1x, g2x), g3x))
      const g0y = negative(add(add(g1y, g2y), g3y))
      const g0z = negative(add(add(g1z, g2z), g3z))
      const six = add(add(mul(ax, g1x), mul(ay, g1y)), mul(az, g1z))
      const weight = add(
        add(
          mul(w0, add(add(mul(g0x, g0x), mul(g0y, g0y)), mul(g0z, g0z))),
          mul(w1, add(add(mul(g1x, g1x), mul(g1y, g1y)), mul(g1z, g1z))),
        ),
        add(
          mul(w2, add(add(mul(g2x, g2x), mul(g2y, g2y)), mul(g2z, g2z))),
          mul(w3, add(add(mul(g3x, g3x), mul(g3y, g3y)), mul(g3z, g3z))),
        ),
      )
      const share = div(sub(row(at + 64), six), most(add(weight, mul(row(at + 80), soft)), tiny))
      const s0 = mul(share, w0)
      const s1 = mul(share, w1)
      const s2 = mul(share, w2)
      const s3 = mul(share, w3)
      scatter(at, position, add(x0, mul(s0, g0x)), add(y0, mul(s0, g0y)), add(z0, mul(s0, g0z)), w0)
      scatter(at + 16, position, add(x1, mul(s1, g1x)), add(y1, mul(s1, g1y)), add(z1, mul(s1, g1z)), w1)
      scatter(at + 32, position, add(x2, mul(s2, g2x)), add(y2, mul(s2, g2y)), add(z2, mul(s2, g2z)), w2)
      scatter(at + 48, position, add(x3, mul(s3, g3x)), add(y3, mul(s3, g3y)), add(z3, mul(s3, g3z)), w3)
    }
  }
}
