/** Thin walls: one layer of prisms each, three tetrahedra a prism, grown on the surface of an organ. */
import type { Cells } from './cells.ts'

/** A layer. Its thickness is negative where it grows outwards. */
export type Layer = {
  readonly material: number
  readonly mm: number
  /** Only where the organ is grown to others; it thins out to nothing at the rim of that. */
  readonly attached: boolean
}

/** The surface that layers grow on: triangles anticlockwise from outside, and whether something lies outside. */
export type Shell = { readonly triangles: number[]; readonly attached: boolean[] }

/**
 * Grows layers on a shell, one on the other. @param made told each new tetrahedron and its material. Returns the
 * surface of the last: triangles in the order of the shell's.
 */
export function growLayers(
  cells: Cells,
  shell: Shell,
  layers: readonly Layer[],
  made: (tet: number, material: number) => void,
): number[] {
  const inwards = normalsOf(cells, shell.triangles)
  const rim = new Set<number>()
  shell.attached.forEach((is, f) => {
    if (!is) for (let k = 0; k < 3; k++) rim.add(shell.triangles[f * 3 + k])
  })
  let skin = [...shell.triangles]
  /** For each vertex of the present skin the vertex of the shell above it. */
  let root = new Map<number, number>(skin.map((v) => [v, v]))
  for (const { material, mm, attached } of layers) {
    const below = new Map<number, number>()
    const roots = new Map<number, number>()
    for (const v of skin) {
      if (below.has(v)) continue
      const top = root.get(v)!
      if (attached && rim.has(top)) {
        below.set(v, v)
        roots.set(v, top)
        continue
      }
      const n = inwards.get(top)!
      const p = cells.addVertex(
        cells.at[v * 3] + n[0] * mm,
        cells.at[v * 3 + 1] + n[1] * mm,
        cells.at[v * 3 + 2] + n[2] * mm,
        0,
        cells.border[v],
      )
      below.set(v, p)
      roots.set(p, top)
    }
    for (let f = 0; f < skin.length; f += 3) {
      // Diagonals run from the lowest vertex, so that neighbours halve their common side alike.
      const [a, b, c] = [skin[f], skin[f + 1], skin[f + 2]].sort((p, q) => p - q)
      const [d, e, g] = [below.get(a)!, below.get(b)!, below.get(c)!]
      if (d !== a) made(cells.addTet(a, d, e, g), material)
      if (e !== b) made(cells.addTet(a, b, e, g), material)
      if (g !== c) made(cells.addTet(a, b, c, g), material)
    }
    skin = skin.map((v) => below.get(v)!)
    root = roots
  }
  return skin
}

/** Unit normals into the organ, weighted by areas; within a border of the box where a vertex lies on it. */
function normalsOf({ at, border }: Cells, triangles: readonly number[]): Map<number, [number, number, number]> {
  const sums = new Map<number, [number, number, number]>()
  for (let f = 0; f < triangles.length; f += 3) {
    const [a, b, c] = [triangles[f] * 3, triangles[f + 1] * 3, triangles[f + 2] * 3]
    const [ux, uy, uz] = [at[b] - at[a], at[b + 1] - at[a + 1], at[b + 2] - at[a + 2]]
    const [vx, vy, vz] = [at[c] - at[a], at[c + 1] - at[a + 1], at[c + 2] - at[a + 2]]
    const n = [uz * vy - uy * vz, ux * vz - uz * vx, uy * vx - ux * vy]
    for (let k = 0; k < 3; k++) {
      const sum = sums.get(triangles[f + k]) ?? [0, 0, 0]
      for (let i = 0; i < 3; i++) sum[i] += n[i]
      sums.set(triangles[f + k], sum)
    }
  }
  for (const [v, sum] of sums) {
    for (let i = 0; i < 3; i++) if (border[v] & (1 << i)) sum[i] = 0
    const long = Math.sqrt(sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]) || 1
    for (let i = 0; i < 3; i++) sum[i] /= long
  }
  return sums
}
