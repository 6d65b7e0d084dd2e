/** Patches and cuts for tests. */

import { nextUnit } from '../../../../../core/simulation/random.ts'
import { cutPatch, startCut } from '../../../../../core/simulation/tissue/cutting/cut.ts'
import type { Cutter } from '../../../../../core/simulation/tissue/cutting/cutter.ts'
import { createPatch, type Patch } from '../../../../../core/simulation/tissue/cutting/patch.ts'
import { restVolume } from '../../../../../core/simulation/tissue/load.ts'
import { COUNT, NONE } from '../../../../../core/simulation/tissue/memory.ts'
import type { Mesh } from '../../../../../core/simulation/tissue/mesh/mesh.ts'

export type Point = readonly [x: number, y: number, z: number]

/** A patch from the edge `a`–`b` to the edge `c`–`d`. */
export function patchOf(a: Point, b: Point, c: Point, d: Point): Patch {
  const patch = createPatch()
  patch.corner.set([...a, ...b, ...c, ...d])
  return patch
}

/** The plane z = `z` + x × `slope` + y × `slope`, far beyond any lattice, between x = `from` and x = `to`. */
export function sheet(z: number, slope: number, from = -1, to = 1): Patch {
  const at = (x: number, y: number): Point => [x, y, z + (x + y) * slope]
  return patchOf(at(from, -1), at(from, 1), at(to, -1), at(to, 1))
}

/** One stroke of one patch. */
export function cutOnce(cutter: Cutter, patch: Patch): number {
  return cutPatch(cutter, patch, startCut(cutter.mesh))
}

/** A parallelogram anywhere in a box of `size` metres, with sides up to `longest` metres. */
export function randomPatch(random: Uint32Array, size: Point, longest: number): Patch {
  const origin = size.map((s) => s * nextUnit(random))
  const side = () => size.map(() => (nextUnit(random) - 0.5) * 2 * longest)
  const u = side()
  const v = side()
  const corner = (s: number, t: number) => origin.map((o, i) => o + u[i] * s + v[i] * t) as unknown as Point
  return patchOf(corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1))
}

/** Volume of each piece by its label, m³. */
export function pieceVolumes(mesh: Mesh): Map<number, number> {
  const volumes = new Map<number, number>()
  for (let t = 0; t < mesh.memory.counts[COUNT.tets]; t++) {
    if (mesh.memory.tetVertex[t * 4] === NONE) continue
    const label = mesh.tetPiece[t]
    volumes.set(label, (volumes.get(label) ?? 0) + restVolume(mesh.memory, t))
  }
  return volumes
}
