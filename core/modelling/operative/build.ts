/**
 * The lattice of an operative field from the generated body: graded tetrahedra of each structure's material, walls and
 * planes of hollow organs as layers, ducts and vessels as strands, serous skins as membranes, and what is held.
 */
import { type CompiledBody, build as compileShape } from '../compile.ts'
import type { Bounds } from '../field.ts'
import type { ShapeNode } from '../shapes.ts'
import type { Distance } from './carve.ts'
import type { Cells } from './cells.ts'
import { type Filled, fill, kept } from './fill.ts'
import { Framed, frameOf, type OperativeFrame } from './frame.ts'
import { improve } from './improve.ts'
import { growLayers } from './layers.ts'
import { membraneEdges } from './membrane.ts'
import type { Cavity, ElasticEdge, OperativeLattice, TubeLine } from './result.ts'
import { sampled } from './sampled.ts'
import { shellOf } from './shell.ts'
import { sampleSurface } from './skin.ts'
import type { BoxSide, OperativeFieldSpec } from './spec.ts'
import { layTubes } from './tubes.ts'

const UM = 1e-6

/** Names, numbered as they come up. */
class Names {
  readonly all: string[] = []
  of(name: string): number {
    const known = this.all.indexOf(name)
    return known >= 0 ? known : this.all.push(name) - 1
  }
}

/** Builds the lattice of a field. Throws what the modelling engine throws for a structure that is not there. */
export function buildOperativeField(name: string, spec: OperativeFieldSpec, body: CompiledBody): OperativeLattice {
  const frame = frameOf(spec.frame.origin, spec.frame.up, spec.frame.along)
  const surfaceOf = localFields(spec.box, frame, body)
  const surfaces = spec.regions.map((region) => surfaceOf(region.shape))
  const grading = {
    coarseMm: spec.coarseMm,
    fineMm: spec.fineMm,
    rules: spec.fine.map((rule) => ({ ...rule, distance: surfaceOf(rule.shape) })),
  }
  const solid = fill(spec.box, grading, surfaces)
  improve(solid.cells, surfaces)
  const materials = new Names()
  const regions = new Names()
  const { filled, materialOf, regionOf, cavities, skins, linings } = hollowOut(solid, spec, materials, regions)
  improve(filled.cells, surfaces)
  const { cells } = filled
  const held = new Set<number>()
  for (let t = 0; t < cells.tets; t++) {
    const region = spec.regions[filled.owner[t]]
    if (region?.kind === 'rigid') for (let k = 0; k < 4; k++) held.add(cells.four[t * 4 + k])
  }
  for (let v = 0; v < cells.around.length; v++) if (isHeld(cells, v, spec.box, spec.held)) held.add(v)
  const edges: ElasticEdge[] = []
  const at = cells.at.map((mm) => round(mm))
  for (const { on, side, youngPa, thicknessMm } of spec.membranes)
    edges.push(...membraneEdges(at, (side === 'inner' ? linings : skins).get(on) ?? [], (youngPa * thicknessMm) / 1000))
  const tubes: TubeLine[] = layTubes(
    spec.tubes,
    body,
    frame,
    cells,
    (id) => ({
      distance: surfaces[spec.regions.findIndex((region) => region.id === id)],
      skin: skins.get(id) ?? [],
    }),
    surfaces,
    (material, id) => {
      materialOf.push(materials.of(material))
      regionOf.push(regions.of(id))
    },
    held,
    edges,
  )
  return {
    name,
    frame,
    positions: cells.at.map((mm) => round(mm)),
    tetrahedra: cells.four,
    materialNames: materials.all,
    materials: materialOf,
    regionNames: regions.all,
    regions: regionOf,
    held: [...held].sort((a, b) => a - b),
    edges,
    tubes,
    cavities: cavities.map((cavity) => ({ ...cavity, volumeMl: volumeOf(cells, cavity.triangles) / 1000 })),
    ...(spec.surface === undefined ? {} : { surface: sampleSurface(inFrame(spec.surface, frame, body), spec.box) }),
  }
}

/** Millimetres as metres in whole micrometres. */
const round = (mm: number): number => Math.round(mm * 1000) * UM

/** Compiles shapes as fields of the frame, without what lies far from the box. */
function localFields({ min, max }: Bounds, frame: OperativeFrame, body: CompiledBody): (shape: unknown) => Distance {
  const middle = min.map((low, c) => (low + max[c]) / 2)
  const radius = Math.sqrt(min.reduce((sum, low, c) => sum + (max[c] - low) ** 2, 0)) / 2
  return (shape) => {
    return sampled(inFrame(shape, frame, body).near(middle[0], middle[1], middle[2], radius * 1.2), { min, max })
  }
}

const inFrame = (shape: unknown, frame: OperativeFrame, body: CompiledBody): Framed =>
  new Framed(compileShape(shape as ShapeNode, body.field), frame)

function isHeld({ at }: Cells, v: number, { min, max }: Bounds, sides: readonly BoxSide[]): boolean {
  const near = (c: number, border: number) => Math.abs(at[v * 3 + c] - border) < 1e-6
  return sides.some((side) => {
    if (side === 'left') return near(0, max[0])
    if (side === 'right') return near(0, min[0])
    if (side === 'below') return near(1, min[1])
    if (side === 'above') return near(1, max[1])
    return side === 'back' ? near(2, min[2]) : near(2, max[2])
  })
}

type Hollowed = {
  readonly filled: Filled
  readonly materialOf: number[]
  readonly regionOf: number[]
  readonly cavities: Omit<Cavity, 'volumeMl'>[]
  /** Free surface of each region, by its id. */
  readonly skins: ReadonlyMap<string, readonly number[]>
  /** Inner surface of each hollow region. */
  readonly linings: ReadonlyMap<string, readonly number[]>
}

/** Takes out what is inside hollow organs and lines them with their layers. */
function hollowOut(solid: Filled, spec: OperativeFieldSpec, materials: Names, regions: Names): Hollowed {
  const shells = spec.regions.map((_, i) => shellOf(solid, (owner) => owner === i))
  const isHollow = spec.regions.map(({ kind }) => kind === 'hollow')
  const named = new Map<number, number>()
  const { cells, owner } = kept(solid, (t) => !isHollow[solid.owner[t]], named)
  const materialOf: number[] = []
  const regionOf: number[] = []
  for (const i of owner) {
    const region = spec.regions[i]
    materialOf.push(region.kind === 'hollow' ? -1 : materials.of(region.material))
    regionOf.push(regions.of(region.id))
  }
  const rename = (v: number) => {
    const known = named.get(v)
    if (known !== undefined) return known
    const { at, on, border } = solid.cells
    const p = cells.addVertex(at[v * 3], at[v * 3 + 1], at[v * 3 + 2], on[v], border[v])
    named.set(v, p)
    return p
  }
  const cavities: Hollowed['cavities'] = []
  const skins = new Map<string, readonly number[]>()
  const linings = new Map<string, readonly number[]>()
  spec.regions.forEach((region, i) => {
    const shell = { ...shells[i], triangles: shells[i].triangles.map(rename) }
    skins.set(
      region.id,
      shell.triangles.filter((_, corner) => !shell.attached[Math.floor(corner / 3)]),
    )
    if (region.kind !== 'hollow') return
    const layers = region.layers.map(({ material, mm, where }) => ({
      material: materials.of(material),
      mm,
      attached: where === 'attached',
    }))
    const planes = new Set(layers.filter(({ attached }) => attached).map(({ material }) => material))
    const inner = growLayers(cells, shell, layers, (_, material) => {
      owner.push(i)
      materialOf.push(material)
      regionOf.push(regions.of(planes.has(material) ? `${region.id}-bed` : region.id))
    })
    linings.set(region.id, inner)
    if (!region.content) return
    cavities.push({ id: region.id, ...region.content, triangles: inner })
  })
  for (const { id, on, material, mm } of spec.coats) {
    const triangles = [...(skins.get(on) ?? [])]
    const number = materials.of(material)
    const layer = { material: number, mm: -mm, attached: false }
    const outer = growLayers(cells, { triangles, attached: triangles.map(() => false) }, [layer], () => {
      owner.push(-1)
      materialOf.push(number)
      regionOf.push(regions.of(id))
    })
    skins.set(id, outer)
  }
  return { filled: { cells, owner }, materialOf, regionOf, cavities, skins, linings }
}

/** Volume within a closed surface, mm³. */
function volumeOf({ at }: Cells, triangles: readonly number[]): number {
  let six = 0
  for (let f = 0; f < triangles.length; f += 3) {
    const [a, b, c] = [triangles[f] * 3, triangles[f + 1] * 3, triangles[f + 2] * 3]
    six +=
      at[a] * (at[b + 1] * at[c + 2] - at[b + 2] * at[c + 1]) +
      at[a + 1] * (at[b + 2] * at[c] - at[b] * at[c + 2]) +
      at[a + 2] * (at[b] * at[c + 1] - at[b + 1] * at[c])
  }
  return six / 6
}
