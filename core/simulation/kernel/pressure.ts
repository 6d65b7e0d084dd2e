/**
 * Drops of liquid as position based fluid (Macklin & Müller 2013, doi:10.1145/2461912.2461984): each drop's density is
 * held at rest density by moving it and its neighbours along the gradient. One kernel (1 − r/h)² gives density and gradient
 * (as in Clavet 2005, doi:10.1145/1073368.1073400), so that the constraint's denominator is the density itself. Density
 * below rest pulls weakly: that is cohesion. Drops closer than grains may be are pushed apart in pairs. A share of each
 * displacement is kept for the next substep, and of a pair the upper gives way more (mass scaling for stacks, Macklin 2014,
 * doi:10.1145/2601097.2601152): so one Jacobi pass carries a deep pool, at the price of momentum along gravity, which the
 * ground would have taken anyway.
 *
 * Kernel source, see `lanes.ts` and `scalars.ts`. Drops lie sorted, four numbers each: `position` x, y, z and what its
 * density asks for in metres, `start` x, y, z where the substep began and 1 for what is awake, 0 for what sleeps. Lists
 * are those of `droplists.ts`.
 */
import {
  add,
  type Count,
  choose,
  div,
  every,
  everyInteger,
  type F,
  fetch,
  gatherOne,
  gatherRun,
  gotW,
  gotX,
  gotY,
  gotZ,
  integers,
  keep,
  LANES,
  least,
  most,
  mul,
  type Ptr,
  root,
  row,
  scatterRun,
  setLane,
  sub,
  sumOfRow,
  wOf,
  xOf,
  yOf,
  zOf,
} from './lanes.ts'
import { type D, readInt, writeSingle } from './scalars.ts'

/** Reach of a drop's kernel in metres: 1.5 of its spacing at rest. */
export const REACH: F = 0.004660845
/** Sum of the kernel over the neighbours of a cubic lattice at rest spacing. */
export const REST_DENSITY: D = 0.7059164
/** Denser than this a drop is in a pool, not in a spray or a trickle. */
export const POOL: F = 0.35
/** Displacement in metres per unit of error and kernel: REACH / 2 from the gradient of a full lattice, relaxed by 0.3. */
const STIFFNESS: D = 0.00069912675
/** Share of a lack of density that pulls. */
const COHESION: D = 0.01
/** Pairs closer than 0.72 of rest spacing (kernel above this) are pushed apart directly, by 0.05 of the reach. */
const GRAIN: F = 0.52
const GRAIN_STIFFNESS: F = 0.00023304225
/** How much more the upper of a pair gives way: 0 alike, 1 alone. */
const LIFT: F = 0.6
/** A drop moves at most so far in a substep to even out density: 0.3 of its spacing. */
const MOST_SHIFT: F = 0.000932169
/** Metres a place apart by which two in one place count as apart, so that they part. */
const APART: F = 1e-10
/** Sums densities into the row `crowd`, in units of the kernel, and writes what their errors ask for. */
export function sumDensity(position: Ptr, first: Ptr, list: Ptr, crowd: Ptr, sums: Ptr, count: Count): void {
  const one = every(1)
  const none = every(0)
  const perReach = div(one, every(REACH))
  for (let i = 0; i < count; i++) {
    const from = readInt(first + i * 4)
    const end = readInt(first + i * 4 + 4)
    const at: Ptr = position + i * 16
    if (from === end) {
      writeSingle(crowd + i * 4, 0)
      writeSingle(at + 12, 0)
      continue
    }
    gatherOne(at)
    const x = gotX
    const y = gotY
    const z = gotZ
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      let sum = none
      for (let k = from; k < end; k += 4) {
        const a = fetch(list + k * 4, 0, position)
        const b = fetch(list + k * 4, 1, position)
        const c = fetch(list + k * 4, 2, position)
        const d = fetch(list + k * 4, 3, position)
        const dx = sub(xOf(a, b, c, d), x)
        const dy = sub(yOf(a, b, c, d), y)
        const dz = sub(zOf(a, b, c, d), z)
        const far = root(add(add(mul(dx, dx), mul(dy, dy)), mul(dz, dz)))
        const w = most(none, sub(one, mul(far, perReach)))
        sum = add(sum, mul(w, w))
      }
      keep(sums, sum)
    }
    // Its list names the drop itself, too.
    const total: D = sumOfRow(sums)
    const density = total - 1
    writeSingle(crowd + i * 4, density)
    const error = density / REST_DENSITY - 1
    writeSingle(at + 12, (error < 0 ? error * COHESION : error / (error + 1)) * STIFFNESS)
  }
}

/**
 * The displacement of each drop by its pairs, three numbers of the four in `shift`. (ux, uy, uz) is the unit vector
 * upwards. The kernel of each pair stays in `link`. `sums`: three rows.
 */
export function spreadDensity(
  position: Ptr,
  first: Ptr,
  list: Ptr,
  link: Ptr,
  shift: Ptr,
  sums: Ptr,
  count: Count,
  ux: F,
  uy: F,
  uz: F,
): void {
  const one = every(1)
  const none = every(0)
  const tiny = every(1e-22)
  const perReach = div(one, every(REACH))
  const grain = every(GRAIN)
  const firm = every(GRAIN_STIFFNESS)
  const apart = every(APART)
  const upX = mul(every(ux), every(LIFT))
  const upY = mul(every(uy), every(LIFT))
  const upZ = mul(every(uz), every(LIFT))
  for (let i = 0; i < count; i++) {
    const from = readInt(first + i * 4)
    const end = readInt(first + i * 4 + 4)
    const to: Ptr = shift + i * 16
    if (from === end) {
      writeSingle(to, 0)
      writeSingle(to + 4, 0)
      writeSingle(to + 8, 0)
      continue
    }
    const place = everyInteger(i)
    gatherOne(position + i * 16)
    const x = gotX
    const y = gotY
    const z = gotZ
    const mine = gotW
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      let sx = none
      let sy = none
      let sz = none
      for (let k = from; k < end; k += 4) {
        const a = fetch(list + k * 4, 0, position)
        const b = fetch(list + k * 4, 1, position)
        const c = fetch(list + k * 4, 2, position)
        const d = fetch(list + k * 4, 3, position)
        const dx = add(sub(xOf(a, b, c, d), x), mul(sub(integers(list + k * 4), place), apart))
        const dy = sub(yOf(a, b, c, d), y)
        const dz = sub(zOf(a, b, c, d), z)
        const far = root(most(add(add(mul(dx, dx), mul(dy, dy)), mul(dz, dz)), tiny))
        const per = div(one, far)
        const w = most(none, sub(one, mul(far, perReach)))
        keep(link + k * 4, w)
        const push = add(mul(add(mine, wOf(a, b, c, d)), w), mul(most(none, sub(w, grain)), firm))
        const tilt = mul(add(add(mul(dx, upX), mul(dy, upY)), mul(dz, upZ)), per)
        const share = mul(mul(push, sub(one, tilt)), per)
        sx = sub(sx, mul(dx, share))
        sy = sub(sy, mul(dy, share))
        sz = sub(sz, mul(dz, share))
      }
      keep(sums, sx)
      keep(sums + 16, sy)
      keep(sums + 32, sz)
    }
    writeSingle(to, sumOfRow(sums))
    writeSingle(to + 4, sumOfRow(sums + 16))
    writeSingle(to + 8, sumOfRow(sums + 32))
  }
}

/** Makes the displacements; in a pool they are remembered in `pressed`, with a share `kept` of what was there. */
export function shiftDrops(position: Ptr, shift: Ptr, pressed: Ptr, crowd: Ptr, count: Count, kept: F): void {
  const share = every(kept)
  const none = every(0)
  const one = every(1)
  const tiny = every(1e-12)
  const limit = every(MOST_SHIFT)
  const pool = every(POOL)
  for (let i = 0; i < count; i += 4) {
    const at: Ptr = i * 16
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gatherRun(shift + at)
      const far = root(add(add(mul(gotX, gotX), mul(gotY, gotY)), mul(gotZ, gotZ)))
      const scale = least(one, div(limit, most(far, tiny)))
      const dx = mul(gotX, scale)
      const dy = mul(gotY, scale)
      const dz = mul(gotZ, scale)
      gatherRun(position + at)
      scatterRun(position + at, add(gotX, dx), add(gotY, dy), add(gotZ, dz), gotW)
      const within = sub(row(crowd + i * 4), pool)
      gatherRun(pressed + at)
      scatterRun(
        pressed + at,
        choose(within, add(mul(gotX, share), dx), none),
        choose(within, add(mul(gotY, share), dy), none),
        choose(within, add(mul(gotZ, share), dz), none),
        none,
      )
    }
  }
}
