/** Laying the ducts and vessels of a field beside its regions, and tying them to these. */
import type { CompiledBody } from '../compile.ts'
import { sampleSweep } from '../sweep.ts'
import type { Vec3 } from '../vec.ts'
import type { Distance } from './carve.ts'
import type { Cells } from './cells.ts'
import { type OperativeFrame, toField } from './frame.ts'
import { gradient } from './improve.ts'
import type { ElasticEdge, TubeLine } from './result.ts'
import type { TubeSpec } from './spec.ts'
import { layStrand, respace, smoothed } from './tube.ts'

/** A tube keeps this far off what it lies on, mm. */
const GAP_MM = 0.4
/** Give of one fibre that grows a tube to an organ, m/N: some forty together give as a wall of the duct 2 mm long (estimate). */
const FIBRE = 4e-3
/** Vertices of an organ that each vertex of a tube is grown to. */
const FIBRES = 6

type Organ = { readonly distance: Distance; readonly skin: readonly number[] }
type Point = { readonly c: Vec3; readonly radius: number }

/** Lays all tubes. Adds to `held` and `edges`; `made` is told material and tube of each new tetrahedron. */
export function layTubes(
  specs: readonly TubeSpec[],
  body: CompiledBody,
  frame: OperativeFrame,
  cells: Cells,
  organ: (id: string) => Organ,
  solids: readonly Distance[],
  made: (material: string, tube: string) => void,
  held: Set<number>,
  edges: ElasticEdge[],
): TubeLine[] {
  return specs.map((spec) => {
    const line = lineOf(spec, body, frame, solids)
    const { stations } = layStrand(cells, line, () => made(spec.material, spec.id))
    for (const end of spec.held) for (const v of endOf(stations, end)) held.add(v)
    for (const { end, to } of spec.joined)
      for (const v of endOf(stations, end)) tie(cells, v, organ(to).skin, FIBRES, edges)
    if (spec.tied) {
      const { distance, skin } = organ(spec.tied.to)
      for (const [v] of stations) {
        const [x, y, z] = cells.at.slice(v * 3, v * 3 + 3)
        if (distance(x, y, z) < spec.tied.withinMm) tie(cells, v, skin, FIBRES, edges)
      }
    }
    const mean = line.reduce((sum, { radius }) => sum + radius, 0) / line.length
    return {
      id: spec.id,
      kind: spec.kind,
      calibreMm: Math.round(mean * 200) / 100,
      radiiMm: line.map(({ radius }) => Math.round(radius * 1000) / 1000),
      stations,
    }
  })
}

const endOf = (stations: readonly (readonly number[])[], end: 'first' | 'last') =>
  end === 'first' ? stations[0] : stations[stations.length - 1]

/** Middle line in the field: from the sweep of the atlas, smoothed, and drawn out of what it would lie in. */
function lineOf(
  { structure, part, smooth, stepMm }: TubeSpec,
  body: CompiledBody,
  frame: OperativeFrame,
  solids: readonly Distance[],
): Point[] {
  const sweep = body.sweep(structure)
  if (!sweep) throw new Error(`${structure} is not a sweep`)
  const samples = sampleSweep(sweep)
  const last = samples[samples.length - 1].along
  const within = samples.filter(({ along }) => along >= part[0] * last && along <= part[1] * last)
  let line: Point[] = within.map(({ c, a, b }) => ({ c: toField(frame, c), radius: (a + b) / 2 }))
  line = smoothed(line, smooth)
  line = respace(line, stepMm)
  for (let n = 0; n < 6; n++)
    line = smoothed(
      line.map((point) => freed(point, solids)),
      2,
    )
  return respace(line, stepMm)
}

/** A point moved out of all solids by its radius and a gap. */
function freed({ c, radius }: Point, solids: readonly Distance[]): Point {
  let [x, y, z] = c
  for (let n = 0; n < 4; n++)
    for (const distance of solids) {
      const deep = radius + GAP_MM - distance(x, y, z)
      if (deep <= 0) continue
      const g = gradient(distance, x, y, z)
      const g2 = Math.max(0.05, g[0] * g[0] + g[1] * g[1] + g[2] * g[2])
      x += (deep * g[0]) / g2
      y += (deep * g[1]) / g2
      z += (deep * g[2]) / g2
    }
  return { c: [x, y, z], radius }
}

/** Ties a vertex to the nearest of a skin. */
function tie(cells: Cells, v: number, skin: readonly number[], count: number, edges: ElasticEdge[]): void {
  const far2 = (w: number) => {
    const [x, y, z] = [0, 1, 2].map((c) => cells.at[v * 3 + c] - cells.at[w * 3 + c])
    return x * x + y * y + z * z
  }
  const nearest = [...new Set(skin)].map((w) => ({ w, d: far2(w) })).sort((p, q) => p.d - q.d || p.w - q.w)
  for (const { w } of nearest.slice(0, count)) edges.push({ a: w, b: v, complianceMPerN: FIBRE })
}
