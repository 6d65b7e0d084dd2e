/** Curves of surgical knots for tests of recognition. */

export type ThrowPlan = { readonly winds: number; readonly hand: 1 | -1 }

/**
 * A thread tied with these throws, first tied first: two strands rise from a loop, wind about each other along x in each
 * throw, change sides and go on to the next. `radii`: how far either strand
 * winds out. x y z of its vertices, from end to end.
 */
export function tied(throws: readonly ThrowPlan[], radii: readonly [number, number] = [0.3, 0.3]): number[] {
  const perTurn = 16
  const strand = (side: 1 | -1) => {
    const points: number[][] = [[side * 2, -1.5, 0]]
    let at = side
    const radius = radii[side < 0 ? 0 : 1]
    throws.forEach(({ winds, hand }, k) => {
      const turns = winds + 0.5
      const steps = Math.ceil(perTurn * turns)
      for (let i = 0; i <= steps; i++) {
        const x = at * (1 - (2 * i) / steps)
        // from the bottom on its own side to the top on the other
        const phase = at > 0 ? 0 : Math.PI
        const angle = Math.PI * 2 * turns * ((x + 1) / 2) + phase
        points.push([x, 2 * k + radius * Math.cos(angle), hand * radius * Math.sin(angle)])
      }
      at = -at as 1 | -1
      points.push([at * 1.6, 2 * k + 0.7, 0], [at * 1.6, 2 * k + 1.3, 0])
    })
    const top = 2 * throws.length
    points.push([at * 3, top, 0], [at * 6, top, 0])
    return points
  }
  return [...strand(-1).reverse(), [-1, -3, 0], [1, -3, 0], ...strand(1)].flat()
}

/** Figure-eight knot, cut open where it is outermost. */
export function figureEight(): number[] {
  const points = []
  for (let i = 0; i <= 160; i++) {
    const t = 0.02 + ((2 * Math.PI - 0.04) * i) / 160
    const r = 2 + Math.cos(2 * t)
    points.push(r * Math.cos(3 * t), r * Math.sin(3 * t), Math.sin(4 * t))
  }
  return points
}

/** Turns by a unit quaternion, then moves every coordinate by up to ±`noise`. */
export function turned(points: readonly number[], q: readonly number[], noise: number, random: () => number): number[] {
  const norm = Math.hypot(...q)
  const [x, y, z, w] = q.map((c) => c / norm) as [number, number, number, number]
  const out = []
  for (let i = 0; i < points.length; i += 3) {
    const [px, py, pz] = [points[i]!, points[i + 1]!, points[i + 2]!]
    const tx = 2 * (y * pz - z * py)
    const ty = 2 * (z * px - x * pz)
    const tz = 2 * (x * py - y * px)
    out.push(px + w * tx + y * tz - z * ty, py + w * ty + z * tx - x * tz, pz + w * tz + x * ty - y * tx)
  }
  return out.map((v) => v + noise * (2 * random() - 1))
}
