/** Simple lattices of cubes for scenes, tests and measurements. */
import type { LatticeData } from './load.ts'

/**
 * A box of nx × ny × nz cubes, five tetrahedra each, mirrored from cube to cube so that faces agree.
 * @param size edge of a cube, m @param at corner with the smallest coordinates, m
 */
export function boxLattice(
  cubes: readonly [number, number, number],
  size: number,
  at: readonly [number, number, number],
  material: number,
): LatticeData {
  return cubesLattice(
    cubes,
    (i, j, k) => [at[0] + i * size, at[1] + j * size, at[2] + k * size],
    () => material,
  )
}

/** Cubes of five tetrahedra each. @param place where corner (i, j, k) lies, m @param material that of a cube */
export function cubesLattice(
  [nx, ny, nz]: readonly [number, number, number],
  place: (i: number, j: number, k: number) => readonly [number, number, number],
  material: (i: number, j: number, k: number) => number,
): LatticeData {
  const positions: number[] = []
  for (let k = 0; k <= nz; k++)
    for (let j = 0; j <= ny; j++) for (let i = 0; i <= nx; i++) positions.push(...place(i, j, k))
  const v = (i: number, j: number, k: number) => i + (nx + 1) * (j + (ny + 1) * k)
  const tetrahedra: number[] = []
  const materials: number[] = []
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) {
        const c = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => v(i + (n & 1), j + ((n >> 1) & 1), k + (n >> 2)))
        const odd = (i + j + k) & 1
        const tets = odd
          ? [
              [c[1], c[2], c[4], c[7]],
              [c[0], c[1], c[2], c[4]],
              [c[3], c[2], c[1], c[7]],
              [c[5], c[1], c[4], c[7]],
              [c[6], c[4], c[2], c[7]],
            ]
          : [
              [c[0], c[3], c[5], c[6]],
              [c[1], c[3], c[0], c[5]],
              [c[2], c[0], c[3], c[6]],
              [c[4], c[0], c[6], c[5]],
              [c[7], c[3], c[5], c[6]],
            ]
        for (const tet of tets) {
          tetrahedra.push(...tet)
          orient(positions, tetrahedra, tetrahedra.length - 4)
        }
        materials.push(...tets.map(() => material(i, j, k)))
      }
  return { positions, tetrahedra, materials: Uint8Array.from(materials) }
}

/** Swaps two vertices of the tetrahedron at `at` where it is turned inside out. @param p three numbers a vertex */
export function orient(p: ArrayLike<number>, tetrahedra: number[] | Uint32Array, at: number): void {
  const o = tetrahedra[at] * 3
  const a = tetrahedra[at + 1] * 3
  const b = tetrahedra[at + 2] * 3
  const c = tetrahedra[at + 3] * 3
  const ax = p[a] - p[o]
  const ay = p[a + 1] - p[o + 1]
  const az = p[a + 2] - p[o + 2]
  const bx = p[b] - p[o]
  const by = p[b + 1] - p[o + 1]
  const bz = p[b + 2] - p[o + 2]
  const cx = p[c] - p[o]
  const cy = p[c + 1] - p[o + 1]
  const cz = p[c + 2] - p[o + 2]
  if (ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx) > 0) return
  const last = tetrahedra[at + 3]
  tetrahedra[at + 3] = tetrahedra[at + 2]
  tetrahedra[at + 2] = last
}
