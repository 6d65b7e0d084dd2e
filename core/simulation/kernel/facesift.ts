/** Which faces of a list a drop is near, four at a time; kernel source, see `lanes.ts`. Planes are those of `faceplanes.ts`. */
import { normals, seconds, thirds } from './dropfaces.ts'
import {
  add,
  appendWords,
  every,
  type F,
  fetch,
  gatherOne,
  gotX,
  gotY,
  gotZ,
  LANES,
  least,
  most,
  mul,
  setLane,
  sub,
  wOf,
  xOf,
  yOf,
  zOf,
} from './lanes.ts'
import type { I, Ptr } from './scalars.ts'

/** A drop is near a face that is nearer than this, in metres, and beside it by no more than the margin of its plane. */
const FAR: F = 0.00325
/** Metres that a plane may turn away in a substep before a crossing is not seen: the motion of faces comes on top. */
const TURN: F = 0.00145
/** Farther behind a face than this, in metres, a drop went through it or was never in front: see `dropcontact.ts`. */
const BACK: F = 0.00125

/**
 * Notes in `list`, from `to` on, near which of its faces from `first` to `last` (a multiple of four of them) a drop is, or
 * which it went through. Gives the end of that. No face moves farther than `motion` metres.
 */
export function sift(
  list: Ptr,
  position: Ptr,
  start: Ptr,
  first: I,
  last: I,
  to: I,
  margins: Ptr,
  motion: F,
  table: Ptr,
): I {
  const far = every(FAR)
  const behind = every(-BACK)
  const turn = add(every(TURN), every(motion))
  const one = every(1)
  gatherOne(position)
  const x = gotX
  const y = gotY
  const z = gotZ
  gatherOne(start)
  const x0 = gotX
  const y0 = gotY
  const z0 = gotZ
  let end = to
  for (let k: I = first; k < last; k += 4) {
    const at: Ptr = list + k * 4
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      const na = fetch(at, 0, normals)
      const nb = fetch(at, 1, normals)
      const nc = fetch(at, 2, normals)
      const nd = fetch(at, 3, normals)
      const s = sub(
        add(add(mul(xOf(na, nb, nc, nd), x), mul(yOf(na, nb, nc, nd), y)), mul(zOf(na, nb, nc, nd), z)),
        wOf(na, nb, nc, nd),
      )
      const s0 = sub(
        add(add(mul(xOf(na, nb, nc, nd), x0), mul(yOf(na, nb, nc, nd), y0)), mul(zOf(na, nb, nc, nd), z0)),
        wOf(na, nb, nc, nd),
      )
      const ua = fetch(at, 0, seconds)
      const ub = fetch(at, 1, seconds)
      const uc = fetch(at, 2, seconds)
      const ud = fetch(at, 3, seconds)
      const u = sub(
        add(add(mul(xOf(ua, ub, uc, ud), x), mul(yOf(ua, ub, uc, ud), y)), mul(zOf(ua, ub, uc, ud), z)),
        wOf(ua, ub, uc, ud),
      )
      const va = fetch(at, 0, thirds)
      const vb = fetch(at, 1, thirds)
      const vc = fetch(at, 2, thirds)
      const vd = fetch(at, 3, thirds)
      const v = sub(
        add(add(mul(xOf(va, vb, vc, vd), x), mul(yOf(va, vb, vc, vd), y)), mul(zOf(va, vb, vc, vd), z)),
        wOf(va, vb, vc, vd),
      )
      const ma = fetch(at, 0, margins)
      const mb = fetch(at, 1, margins)
      const mc = fetch(at, 2, margins)
      const md = fetch(at, 3, margins)
      const aside = least(
        least(add(u, xOf(ma, mb, mc, md)), add(v, yOf(ma, mb, mc, md))),
        add(sub(sub(one, u), v), zOf(ma, mb, mc, md)),
      )
      const through = least(sub(behind, s), add(s0, turn))
      end += appendWords(list + end * 4, at, least(sub(far, s), most(aside, through)), table)
    }
  }
  return end
}
