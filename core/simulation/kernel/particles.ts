/** Beginning and end of a substep for all particles; kernel source, see `lanes.ts`. */
import {
  add,
  type Count,
  choose,
  div,
  every,
  type F,
  gatherRun,
  gotW,
  gotX,
  gotY,
  gotZ,
  LANES,
  least,
  most,
  mul,
  type Ptr,
  root,
  scatterRun,
  setLane,
  sub,
} from './lanes.ts'

/**
 * Remembers where particles are and lets them fly on, x += (v + g·h·m·w)·h, where m is the mass in `rest` and w the
 * inverse inertia. Held ones (w = 0) stay. `count` particles, a multiple of four. @param gx, gy, gz gravity, m/s²
 * @param h s
 */
export function predict(
  position: Ptr,
  previous: Ptr,
  velocity: Ptr,
  rest: Ptr,
  count: Count,
  gx: F,
  gy: F,
  gz: F,
  h: F,
): void {
  const step = every(h)
  const fallX = mul(every(gx), step)
  const fallY = mul(every(gy), step)
  const fallZ = mul(every(gz), step)
  const none = every(0)
  for (let i = 0; i < count; i += 4) {
    const offset: Ptr = i * 16
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gatherRun(position + offset)
      const x = gotX
      const y = gotY
      const z = gotZ
      const w = gotW
      scatterRun(previous + offset, x, y, z, w)
      gatherRun(rest + offset)
      const weigh = mul(gotW, w)
      gatherRun(velocity + offset)
      const ux = choose(w, add(gotX, mul(weigh, fallX)), none)
      const uy = choose(w, add(gotY, mul(weigh, fallY)), none)
      const uz = choose(w, add(gotZ, mul(weigh, fallZ)), none)
      scatterRun(position + offset, add(x, mul(ux, step)), add(y, mul(uy, step)), add(z, mul(uz, step)), w)
    }
  }
}

/**
 * Velocities from what moved: v = (x − x₀)·keep/h, no faster than `fastest`: what was pushed farther than that, as a corner
 * may be that bears all of a push by itself, goes only so far. The fourth number of a velocity stays. @param keep share that damping leaves
 * @param fastest m/s
 */
export function finish(position: Ptr, previous: Ptr, velocity: Ptr, count: Count, h: F, keep: F, fastest: F): void {
  const rate = div(every(keep), every(h))
  const limit = every(fastest)
  const one = every(1)
  const tiny = every(1e-12)
  for (let i = 0; i < count; i += 4) {
    const offset: Ptr = i * 16
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gatherRun(previous + offset)
      const x = gotX
      const y = gotY
      const z = gotZ
      gatherRun(velocity + offset)
      const spare = gotW
      gatherRun(position + offset)
      const dx = sub(gotX, x)
      const dy = sub(gotY, y)
      const dz = sub(gotZ, z)
      const vx = mul(dx, rate)
      const vy = mul(dy, rate)
      const vz = mul(dz, rate)
      const speed = root(most(add(add(mul(vx, vx), mul(vy, vy)), mul(vz, vz)), tiny))
      const share = least(one, div(limit, speed))
      const over = sub(speed, limit)
      scatterRun(
        position + offset,
        choose(over, add(x, mul(dx, share)), gotX),
        choose(over, add(y, mul(dy, share)), gotY),
        choose(over, add(z, mul(dz, share)), gotZ),
        gotW,
      )
      scatterRun(velocity + offset, mul(vx, share), mul(vy, share), mul(vz, share), spare)
    }
  }
}
