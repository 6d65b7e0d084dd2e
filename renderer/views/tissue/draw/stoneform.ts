import { gauge, type Stone } from '../../../../core/simulation/scene/stone.ts'
import type { Form, Reading } from './form.ts'

const MM = 0.001

/** Stones: the nearest of all. */
export class StoneForm implements Form {
  readonly within = 'solid'
  private readonly stones: readonly Stone[]
  private readonly slope = new Float64Array(3)

  constructor(stones: readonly Stone[]) {
    this.stones = stones
  }

  /** To first order: exact on a stone's surface. */
  read(x: number, y: number, z: number, into: Reading): boolean {
    const { slope } = this
    let least = Number.POSITIVE_INFINITY
    for (const stone of this.stones) {
      const [hx, hy, hz] = stone.sizeMm.map((mm) => (mm * MM) / 2)
      const [mx, my, mz] = stone.atMm.map((mm) => mm * MM)
      const value = gauge(stone, (x - mx) / hx, (y - my) / hy, (z - mz) / hz, slope)
      const [dx, dy, dz] = [slope[0] / hx, slope[1] / hy, slope[2] / hz]
      const steep = Math.hypot(dx, dy, dz)
      if (steep === 0) continue
      const distance = (value - 1) / steep
      if (distance >= least) continue
      least = distance
      into.x = dx / steep
      into.y = dy / steep
      into.z = dz / steep
    }
    into.distance = least
    return least < Number.POSITIVE_INFINITY
  }
}
