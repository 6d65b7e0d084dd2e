/** Distance constraints; kernel source, see `lanes.ts`. */
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
  type Ptr,
  root,
  row,
  scatter,
  setLane,
  sub,
} from './lanes.ts'

/** Bytes of a block of four edges: two rows of vertices, lengths at rest (m), compliances (m/N). */
const BLOCK = 64

/**
 * One pass over edges in blocks of four that share no particle (XPBD: Macklin et al. 2016, doi:10.1145/2994258.2994272;
 * one iteration a substep, so no multiplier is carried). @param perStep 1/h², s⁻²
 * @param push share of what shortened edges push back with: 0 for collagen, which folds, 1 for springs
 */
export function solveEdges(blocks: Ptr, count: Count, position: Ptr, perStep: F, push: F): void {
  const soft = every(perStep)
  const tiny = every(1e-12)
  for (let b = 0; b < count; b++) {
    const at: Ptr = blocks + b * BLOCK
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gather(at, position)
      const ax = gotX
      const ay = gotY
      const az = gotZ
      const aw = gotW
      gather(at + 16, position)
      const bx = gotX
      const by = gotY
      const bz = gotZ
      const bw = gotW
      const dx = sub(bx, ax)
      const dy = sub(by, ay)
      const dz = sub(bz, az)
      const far = root(most(add(add(mul(dx, dx), mul(dy, dy)), mul(dz, dz)), tiny))
      const weight = add(add(aw, bw), mul(row(at + 48), soft))
      const longer = sub(far, row(at + 32))
      const share = div(most(longer, mul(every(push), longer)), mul(far, most(weight, tiny)))
      const sa = mul(share, aw)
      const sb = mul(share, bw)
      scatter(at, position, add(ax, mul(sa, dx)), add(ay, mul(sa, dy)), add(az, mul(sa, dz)), aw)
      scatter(at + 16, position, sub(bx, mul(sb, dx)), sub(by, mul(sb, dy)), sub(bz, mul(sb, dz)), bw)
    }
  }
}
