import type { TriangleMesh } from './subdivide.ts'

/** Flips that bring flips about are followed so far. */
const PASSES = 4

/**
 * Turns triangles that most of their neighbours say are turned the wrong way, in place: where a thin wall is folded at rest
 * a lattice has tetrahedra that lie in each other, whose free faces look inwards.
 */
export function orient({ triangles, vertices }: TriangleMesh): void {
  const edges = new Map<number, number>()
  const across = new Int32Array(triangles.length).fill(-1)
  for (let i = 0; i < triangles.length; i++) {
    const [a, b] = [triangles[i], triangles[next(i)]]
    const key = Math.min(a, b) * vertices + Math.max(a, b)
    const other = edges.get(key)
    if (other === undefined) edges.set(key, i)
    else {
      across[i] = other
      across[other] = i
      edges.delete(key)
    }
  }
  // Which corner an edge begins at changes as its triangle is turned: only the flips count from here on.
  const isTurned = new Uint8Array(triangles.length / 3)
  const agrees = across.map((other, i) => (other >= 0 && triangles[i] === triangles[other] ? 0 : 1))
  for (let pass = 0, turned = 1; pass < PASSES && turned > 0; pass++) {
    turned = 0
    for (let t = 0; t < isTurned.length; t++) {
      let against = 0
      for (let i = t * 3; i < t * 3 + 3; i++) {
        if (across[i] < 0) continue
        const apart = isTurned[t] ^ isTurned[Math.floor(across[i] / 3)]
        against += agrees[i] === apart ? 1 : -1
      }
      if (against <= 0) continue
      isTurned[t] ^= 1
      turned++
    }
  }
  for (let t = 0; t < isTurned.length; t++) {
    if (isTurned[t] === 0) continue
    const kept = triangles[t * 3 + 1]
    triangles[t * 3 + 1] = triangles[t * 3 + 2]
    triangles[t * 3 + 2] = kept
  }
}

const next = (i: number): number => (i % 3 === 2 ? i - 2 : i + 1)
