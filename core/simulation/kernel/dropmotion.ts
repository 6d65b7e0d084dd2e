/** Flight and velocities of drops of liquid; kernel source, see `lanes.ts` and `scalars.ts`. Drops lie as in `pressure.ts`. */
import {
  add,
  type Count,
  choose,
  div,
  every,
  type F,
  fetch,
  gatherOne,
  gatherRun,
  gotW,
  gotX,
  gotY,
  gotZ,
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
import { POOL } from './pressure.ts'
import { readInt, readSingle, writeSingle } from './scalars.ts'

/** A pool of a few millimetres is all boundary layer: below so many m/s a drop in a pool keeps this share of its velocity. */
const CALM_SPEED: F = 0.06
const CALMED: F = 0.85
/** The most of the difference in velocity that one full neighbour may take: more would overshoot in a crowd. */
const MOST_SHARED: F = 0.25

/** Free flight under gravity (m/s²) for `h` seconds; a share `kept` of the last displacement by pressure is made at once. */
export function predictDrops(
  position: Ptr,
  start: Ptr,
  velocity: Ptr,
  pressed: Ptr,
  count: Count,
  gx: F,
  gy: F,
  gz: F,
  h: F,
  kept: F,
): void {
  const step = every(h)
  const share = every(kept)
  const fallX = mul(every(gx), step)
  const fallY = mul(every(gy), step)
  const fallZ = mul(every(gz), step)
  const none = every(0)
  for (let i = 0; i < count; i += 4) {
    const at: Ptr = i * 16
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gatherRun(start + at)
      const awake = gotW
      gatherRun(velocity + at)
      const wayX = mul(add(gotX, fallX), step)
      const wayY = mul(add(gotY, fallY), step)
      const wayZ = mul(add(gotZ, fallZ), step)
      gatherRun(pressed + at)
      const dx = choose(awake, add(wayX, mul(gotX, share)), none)
      const dy = choose(awake, add(wayY, mul(gotY, share)), none)
      const dz = choose(awake, add(wayZ, mul(gotZ, share)), none)
      gatherRun(position + at)
      scatterRun(start + at, gotX, gotY, gotZ, awake)
      scatterRun(position + at, add(gotX, dx), add(gotY, dy), add(gotZ, dz), gotW)
    }
  }
}

/** Velocity from what a substep of `h` seconds moved, at most `fastest` m/s; a slow pool is calmed. */
export function settleDrops(
  position: Ptr,
  start: Ptr,
  velocity: Ptr,
  crowd: Ptr,
  count: Count,
  h: F,
  fastest: F,
): void {
  const rate = div(every(1), every(h))
  const limit = every(fastest)
  const one = every(1)
  const tiny = every(1e-12)
  const pool = every(POOL)
  const slow = every(CALM_SPEED)
  const calmed = every(CALMED)
  for (let i = 0; i < count; i += 4) {
    const at: Ptr = i * 16
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gatherRun(start + at)
      const x = gotX
      const y = gotY
      const z = gotZ
      gatherRun(position + at)
      const vx = mul(sub(gotX, x), rate)
      const vy = mul(sub(gotY, y), rate)
      const vz = mul(sub(gotZ, z), rate)
      const speed = root(add(add(mul(vx, vx), mul(vy, vy)), mul(vz, vz)))
      const calm = choose(sub(slow, speed), choose(sub(row(crowd + i * 4), pool), calmed, one), one)
      const scale = mul(calm, least(one, div(limit, most(speed, tiny))))
      gatherRun(velocity + at)
      scatterRun(velocity + at, mul(vx, scale), mul(vy, scale), mul(vz, scale), gotW)
    }
  }
}

/**
 * Viscosity: neighbours share their velocity, momentum is kept. The fourth number of `velocity` is the share of a
 * difference that a drop gives up, or −1 for one that sleeps. The result goes to `shared`. `sums`: three rows.
 */
export function shareVelocity(
  velocity: Ptr,
  shared: Ptr,
  first: Ptr,
  list: Ptr,
  link: Ptr,
  sums: Ptr,
  count: Count,
): void {
  const none = every(0)
  const limit = every(MOST_SHARED)
  const half = every(0.5)
  for (let i = 0; i < count; i++) {
    const from = readInt(first + i * 4)
    const end = readInt(first + i * 4 + 4)
    if (from === end) continue
    gatherOne(velocity + i * 16)
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
        const a = fetch(list + k * 4, 0, velocity)
        const b = fetch(list + k * 4, 1, velocity)
        const c = fetch(list + k * 4, 2, velocity)
        const d = fetch(list + k * 4, 3, velocity)
        const other = wOf(a, b, c, d)
        const both = choose(add(other, half), least(limit, add(mine, other)), none)
        const share = mul(row(link + k * 4), both)
        sx = add(sx, mul(sub(xOf(a, b, c, d), x), share))
        sy = add(sy, mul(sub(yOf(a, b, c, d), y), share))
        sz = add(sz, mul(sub(zOf(a, b, c, d), z), share))
      }
      keep(sums, sx)
      keep(sums + 16, sy)
      keep(sums + 32, sz)
    }
    const at: Ptr = velocity + i * 16
    const to: Ptr = shared + i * 16
    writeSingle(to, readSingle(at) + sumOfRow(sums))
    writeSingle(to + 4, readSingle(at + 4) + sumOfRow(sums + 16))
    writeSingle(to + 8, readSingle(at + 8) + sumOfRow(sums + 32))
  }
}
