/** Centrelines of structures that their definitions sweep along a curve: ribs, vessels, nerves. */
import type { Library } from '../modelling/definition.ts'
import type { Side } from './patient.ts'

export type SweptCurve = {
  readonly points: readonly (readonly [number, number, number])[]
  /** Half height and half thickness at each point, mm. */
  readonly radii: readonly (readonly [number, number])[]
}

/** The first sweep in a structure's shape, body frame, mm; mirrored when only its twin is written. Null: none. */
export function sweptCurve(library: Library, id: string, side: Side): SweptCurve | null {
  const own = library.structures.find((structure) => structure.id === id)
  const twin = own === undefined ? library.structures.find((structure) => structure.mirror === id) : undefined
  const sweep = findSweep((own ?? twin)?.shape)
  if (sweep === null) return null
  const sign = own === undefined ? -1 : 1
  const points = sweep.points.map(([x, y, z]): [number, number, number] => [sign * x, y, z])
  const lies = points.reduce((sum, p) => sum + p[0], 0) > 0 ? 'left' : 'right'
  if (lies !== side) return null
  return { points, radii: points.map((_, i) => radiusAt(sweep.radii, i)) }
}

type Sweep = { readonly points: [number, number, number][]; readonly radii: unknown }

function findSweep(node: unknown): Sweep | null {
  if (typeof node !== 'object' || node === null) return null
  if ('sweep' in node) {
    const sweep = node.sweep as Sweep
    return sweep.points.every((p) => p.every((x) => typeof x === 'number')) ? sweep : null
  }
  for (const child of Object.values(node)) {
    const found = findSweep(child)
    if (found !== null) return found
  }
  return null
}

function radiusAt(radii: unknown, index: number): [number, number] {
  const value = Array.isArray(radii) ? radii[Math.min(index, radii.length - 1)] : radii
  if (Array.isArray(value)) return [Number(value[0]), Number(value[1])]
  return [Number(value), Number(value)]
}
