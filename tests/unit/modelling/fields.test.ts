import { describe, expect, it } from 'vitest'
import { Baked } from '../../../core/modelling/bake.ts'
import { build } from '../../../core/modelling/compile.ts'
import { ellipseDistance, ellipsoidDistance } from '../../../core/modelling/ellipse.ts'
import type { Field } from '../../../core/modelling/field.ts'
import { gradientNoise, NOISE_SLOPE } from '../../../core/modelling/noise.ts'
import { smoothMin } from '../../../core/modelling/operators.ts'
import { generator, randomTree } from './trees.ts'

const noRefs = () => {
  throw new Error('no refs here')
}

function fieldOf(seed: number): Field | undefined {
  try {
    return build(randomTree(seed), noRefs)
  } catch {
    return undefined
  }
}

describe('fields of random trees', () => {
  it('keep their Lipschitz bound', () => {
    for (let seed = 0; seed < 300; seed++) {
      const field = fieldOf(seed)
      if (!field) continue
      const random = generator(seed + 9000)
      const c = () => (random() - 0.5) * 60
      for (let n = 0; n < 40; n++) {
        const [x, y, z] = [c(), c(), c()]
        const [dx, dy, dz] = [c() / 20, c() / 20, c() / 20]
        const change = Math.abs(field.distance(x + dx, y + dy, z + dz) - field.distance(x, y, z))
        const way = Math.sqrt(dx * dx + dy * dy + dz * dz)
        // The ellipse's distance is iterated: a thousandth of slack.
        expect(change, `seed ${seed}`).toBeLessThanOrEqual(field.lipschitz * way * 1.02 + 0.02)
      }
    }
  })

  it('are the same near a point as what is left of them there', () => {
    for (let seed = 0; seed < 300; seed++) {
      const field = fieldOf(seed)
      if (!field) continue
      const random = generator(seed + 5000)
      const c = () => (random() - 0.5) * 50
      for (let n = 0; n < 4; n++) {
        const [x, y, z, r] = [c(), c(), c(), 1 + 8 * random()]
        const wide = field.near(x, y, z, r * 2)
        const part = wide.near(x, y, z, r)
        for (let m = 0; m < 8; m++) {
          const [a, b, d] = [c(), c(), c()]
          const s = (r * random()) / Math.sqrt(a * a + b * b + d * d)
          const there = part.distance(x + a * s, y + b * s, z + d * s)
          expect(there, `seed ${seed}`).toBeCloseTo(field.distance(x + a * s, y + b * s, z + d * s), 6)
        }
      }
    }
  })

  it('lie within their bounds', () => {
    for (let seed = 0; seed < 200; seed++) {
      const field = fieldOf(seed)
      if (!field) continue
      const random = generator(seed + 77)
      for (let n = 0; n < 60; n++) {
        const p = [0, 1, 2].map(() => (random() - 0.5) * 70)
        const out = p.some((x, i) => x < field.bounds.min[i] - 1e-6 || x > field.bounds.max[i] + 1e-6)
        if (out) expect(field.distance(p[0], p[1], p[2]), `seed ${seed}`).toBeGreaterThan(0)
      }
    }
  })
})

describe('distances', () => {
  it('to an ellipse agree with a dense polygon', () => {
    for (const [a, b] of [
      [3, 2],
      [8, 1.5],
      [1, 7],
    ]) {
      const random = generator(a * 10 + b)
      for (let n = 0; n < 100; n++) {
        const [x, y] = [(random() - 0.5) * 24, (random() - 0.5) * 24]
        let nearest = Infinity
        for (let k = 0; k < 4000; k++) {
          const t = (k * Math.PI) / 2000
          nearest = Math.min(nearest, Math.hypot(x - a * Math.cos(t), y - b * Math.sin(t)))
        }
        expect(Math.abs(Math.abs(ellipseDistance(x, y, a, b)) - nearest)).toBeLessThan(0.05)
      }
    }
  })

  it('to an ellipsoid are exact on the axes, and equal to the sphere’s when round', () => {
    expect(ellipsoidDistance(10, 0, 0, 4, 2, 1)).toBeCloseTo(6, 4)
    expect(ellipsoidDistance(0, 0, 0, 4, 2, 1)).toBeCloseTo(-1, 3)
    expect(ellipsoidDistance(1, 2, 2, 5, 5, 5)).toBeCloseTo(-2, 4)
  })

  it('to a flat-ended sweep stop at its ends', () => {
    const rod = build(
      {
        sweep: {
          points: [
            [0, 0, 0],
            [40, 0, 0],
          ],
          radii: 5,
          caps: 'flat',
        },
      },
      noRefs,
    )
    expect(rod.distance(45, 0, 0)).toBeGreaterThan(4)
    expect(rod.distance(20, 0, 0)).toBeCloseTo(-5, 6)
    const round = build(
      {
        sweep: {
          points: [
            [0, 0, 0],
            [40, 0, 0],
          ],
          radii: 5,
        },
      },
      noRefs,
    )
    expect(round.distance(45, 0, 0)).toBeCloseTo(0, 6)
  })

  it('survive baking', () => {
    const exact = build({ ellipsoid: { c: [0, 0, 0], r: [30, 20, 25] } }, noRefs)
    const baked = new Baked(exact, 3)
    const random = generator(5)
    for (let n = 0; n < 300; n++) {
      const p = [0, 1, 2].map(() => (random() - 0.5) * 70)
      const d = exact.distance(p[0], p[1], p[2])
      if (Math.abs(d) < 6) expect(Math.abs(baked.distance(p[0], p[1], p[2]) - d)).toBeLessThan(0.1)
    }
  })
})

it('the smooth minimum never rises above the minimum nor falls by more than k/6', () => {
  const random = generator(1)
  for (let n = 0; n < 1000; n++) {
    const [a, b, k] = [random() * 10 - 5, random() * 10 - 5, 0.1 + random() * 5]
    const m = smoothMin(a, b, k)
    expect(m).toBeLessThanOrEqual(Math.min(a, b))
    expect(m).toBeGreaterThanOrEqual(Math.min(a, b) - k / 6 - 1e-12)
    if (Math.abs(a - b) >= k) expect(m).toBe(Math.min(a, b))
  }
})

it('noise stays within its slope', () => {
  const random = generator(3)
  let steepest = 0
  for (let n = 0; n < 100_000; n++) {
    const [x, y, z] = [random() * 50, random() * 50, random() * 50]
    const h = 1e-4
    const here = gradientNoise(x, y, z, 1)
    const g = Math.hypot(
      (gradientNoise(x + h, y, z, 1) - here) / h,
      (gradientNoise(x, y + h, z, 1) - here) / h,
      (gradientNoise(x, y, z + h, 1) - here) / h,
    )
    steepest = Math.max(steepest, g)
  }
  expect(steepest).toBeLessThan(NOISE_SLOPE)
})
