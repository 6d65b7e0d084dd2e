import type { ShapeNode } from '../../../core/modelling/shapes.ts'

/** A seeded generator (mulberry32): the same trees every time. */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

type Point = [number, number, number]

/** A random shape of a few centimetres about the origin, made of every kind of node. */
export function randomTree(seed: number): ShapeNode {
  const random = generator(seed)
  const between = (a: number, b: number) => a + (b - a) * random()
  const point = (r: number): Point => [between(-r, r), between(-r, r), between(-r, r)]
  const sizes = (a: number, b: number): Point => [between(a, b), between(a, b), between(a, b)]
  const leaves: (() => ShapeNode)[] = [
    () => ({ sphere: { c: point(12), r: between(4, 14) } }),
    () => ({ ellipsoid: { c: point(12), r: sizes(3, 16), rotate: point(180) } }),
    () => ({ capsule: { a: point(15), b: point(15), ra: between(2, 8), rb: between(2, 8) } }),
    () => ({ box: { c: point(10), half: sizes(3, 12), round: between(0, 3), rotate: point(180) } }),
    () => ({ torus: { c: point(8), n: point(1), major: between(8, 14), minor: between(2, 5) } }),
    () => ({ cylinder: { a: point(14), b: point(14), r: between(3, 9), round: between(0, 2) } }),
    () => ({
      sweep: {
        points: [point(16), point(16), point(16)],
        radii: [[between(2, 6), between(2, 6)], [between(2, 8), between(2, 8)], between(2, 6)],
        caps: random() < 0.5 ? 'round' : 'flat',
      },
    }),
    () => ({
      loft: {
        stations: [-14, 0, 14].map((y): { c: Point; n: Point; r: number[] } => ({
          c: [between(-4, 4), y, between(-4, 4)],
          n: [0, 1, 0],
          r: Array.from({ length: 8 }, () => between(5, 11)),
        })),
        ends: random() < 0.5 ? 'round' : 'flat',
      },
    }),
    () => ({
      sheet: {
        grid: [-14, 0, 14].map((y) => [-14, 0, 14].map((x): Point => [x, y, between(-8, 8)])),
        thickness: between(2, 5),
      },
    }),
  ]
  const leaf = () => leaves[Math.floor(random() * leaves.length)]()
  const grow = (depth: number): ShapeNode => {
    if (depth === 0) return leaf()
    const child = () => grow(depth - 1)
    const joins: (() => ShapeNode)[] = [
      () => ({ union: { of: [child(), child()] } }),
      () => ({ 'smooth-union': { k: between(1, 8), of: [child(), child(), leaf()] } }),
      () => ({ subtract: { from: child(), cut: [leaf()], k: between(0, 3) } }),
      () => ({ 'smooth-intersect': { k: between(1, 4), of: [child(), { sphere: { c: [0, 0, 0], r: 18 } }] } }),
      () => ({ intersect: { of: [child(), { halfspace: { p: point(4), n: point(1) } }] } }),
      () => ({ offset: { of: child(), by: between(-1, 2) } }),
      () => ({ shell: { of: child(), inner: -3, outer: between(0, 2) } }),
      () => ({ displace: { of: child(), amp: between(0.3, 1), scale: between(6, 12), seed, octaves: 1 } }),
      () => ({ transform: { of: child(), rotate: point(180), scale: between(0.6, 1.2), translate: point(5) } }),
      () => ({ mirror: { of: child() } }),
    ]
    return joins[Math.floor(random() * joins.length)]()
  }
  return grow(1 + Math.floor(random() * 3))
}
