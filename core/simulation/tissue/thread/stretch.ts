/**
 * Stretching of a whole rod at once: the constraints |x(i+1) − x(i)| = L(i) of a chain couple only neighbours, so that
 * one tridiagonal system gives all XPBD multipliers (Macklin et al. 2016, doi:10.1145/2994258.2994272; direct solve for
 * chains as in Han and Harada 2013, doi:10.2312/PE.vriphys.vriphys13.053-060, and Deul et al. 2018,
 * doi:10.1111/cgf.13326). Two hundred segments stay inextensible with no iterations.
 */
import type { ThreadMemory } from './memory.ts'
import type { Workspace } from './workspace.ts'

/** Projects the segments of a rod to their lengths, compliance from E·A. Adds to the multipliers of this substep. */
export function solveStretch(t: ThreadMemory, k: Workspace, first: number, segments: number, h: number): void {
  const { x, weight, direction, multiplier, diagonal, right } = k
  const last = first + segments
  let px = 0
  let py = 0
  let pz = 0
  for (let s = first; s < last; s++) {
    const a = 3 * s
    let nx = x[a + 3]! - x[a]!
    let ny = x[a + 4]! - x[a + 1]!
    let nz = x[a + 5]! - x[a + 2]!
    const n = Math.sqrt(nx * nx + ny * ny + nz * nz)
    if (n > 1e-12) {
      nx /= n
      ny /= n
      nz /= n
    }
    direction[a] = nx
    direction[a + 1] = ny
    direction[a + 2] = nz
    const compliance = t.length[s]! / (t.axial[s]! * h * h)
    let d = weight[s]! + weight[s + 1]! + compliance
    let r = t.length[s]! - n - compliance * multiplier[s]!
    if (s > first) {
      const off = -weight[s]! * (px * nx + py * ny + pz * nz)
      const m = off / diagonal[s - 1]!
      d -= m * off
      r -= m * right[s - 1]!
      k.off[s] = off
    }
    diagonal[s] = d
    right[s] = r
    px = nx
    py = ny
    pz = nz
  }
  let next = 0
  for (let s = last - 1; s >= first; s--) {
    const above = s + 1 < last ? k.off[s + 1]! * next : 0
    next = (right[s]! - above) / diagonal[s]!
    multiplier[s] = multiplier[s]! + next
    const a = 3 * s
    const b = weight[s + 1]! * next
    const c = weight[s]! * next
    const nx = direction[a]!
    const ny = direction[a + 1]!
    const nz = direction[a + 2]!
    x[a] = x[a]! - c * nx
    x[a + 1] = x[a + 1]! - c * ny
    x[a + 2] = x[a + 2]! - c * nz
    x[a + 3] = x[a + 3]! + b * nx
    x[a + 4] = x[a + 4]! + b * ny
    x[a + 5] = x[a + 5]! + b * nz
  }
}
