import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildOperativeField } from '../../../core/modelling/operative/build.ts'
import { measureShape, shape } from '../../../core/modelling/operative/cells.ts'
import { Framed } from '../../../core/modelling/operative/frame.ts'
import type { OperativeLattice } from '../../../core/modelling/operative/result.ts'
import { sized } from '../../../core/modelling/operative/sized.ts'
import { standardFolders } from '../../../electron/atlas/folders.ts'
import { bodyOfField, operativeFields, operativeLattice } from '../../../electron/atlas/operative.ts'

const { assets, cache } = standardFolders()
const specs = operativeFields(assets)
const bodies = new Map(Object.entries(specs).map(([name, spec]) => [name, bodyOfField(assets, cache, spec)]))
const lattices = new Map(
  Object.entries(specs).map(([name, spec]) => [name, buildOperativeField(name, spec, bodies.get(name)!)]),
)
const MM3 = 1e9

describe.each([...lattices])('the lattice of %s', (name, lattice) => {
  const { tetrahedra, positions, materials, regions, held } = lattice
  const tets = tetrahedra.length / 4

  test('is no larger than a field may be, and names a material and region of each tetrahedron', () => {
    expect(tets).toBeGreaterThan(1000)
    expect(tets).toBeLessThanOrEqual(12_000)
    expect(materials).toHaveLength(tets)
    expect(regions).toHaveLength(tets)
    expect(Math.max(...materials)).toBeLessThan(lattice.materialNames.length)
    expect(Math.max(...regions)).toBeLessThan(lattice.regionNames.length)
    expect(Math.max(...tetrahedra)).toBeLessThan(positions.length / 3)
    expect(held.length).toBeGreaterThan(20)
  })

  test('has only sound tetrahedra', () => {
    let [least, sum] = [1, 0]
    for (let t = 0; t < tets; t++) {
      measureShape(positions, tetrahedra, t * 4)
      least = Math.min(least, shape[1]!)
      sum += shape[1]!
    }
    expect(least).toBeGreaterThan(0.15)
    expect(sum / tets).toBeGreaterThan(0.5)
  })

  test('conforms: no face has a third tetrahedron, and free faces close every surface', () => {
    const free = freeFaces(lattice)
    const edges = new Map<string, number>()
    for (const { face } of free)
      for (let k = 0; k < 3; k++) {
        const key = [face[k]!, face[(k + 1) % 3]!].sort((a, b) => a - b).join()
        edges.set(key, (edges.get(key) ?? 0) + 1)
      }
    expect([...edges.values()].filter((n) => n % 2 === 1)).toEqual([])
  })

  test('is the same when it is built again', () => {
    const again = buildOperativeField(name, specs[name]!, bodies.get(name)!)
    expect(again).toEqual(lattice)
  })
})

describe('the gallbladder on its bed', () => {
  const lattice = lattices.get('gallbladder')!
  const spec = specs.gallbladder!
  const volumes = volumesOf(lattice)

  test.each(['liver', 'gallbladder'])(
    'has as much of the %s as the body has within the box',
    (id) => {
      const region = spec.regions.find((one) => one.id === id)!
      const cavity = lattice.cavities.find((one) => one.id === id)?.volumeMl ?? 0
      const field = new Framed(bodies.get('gallbladder')!.field(region.structure!), lattice.frame).near(6, 0, 0, 90)
      const { min, max } = spec.box
      // What hides the neck is left out of the liver above this.
      const top = id === 'liver' ? 15.04 : max[1]
      const h = 1.5
      let inside = 0
      for (let x = min[0] + h / 2; x < max[0]; x += h)
        for (let y = min[1] + h / 2; y < top; y += h)
          for (let z = min[2] + h / 2; z < max[2]; z += h) if (field.distance(x, y, z) < 0) inside++
      expect(Math.abs((volumes.get(id)! + cavity * 1000) / (inside * h * h * h) - 1)).toBeLessThan(0.05)
    },
    60_000,
  )

  test('has a wall about 2 mm thick around its bile, and a plane between it and the liver', () => {
    const [cavity] = lattice.cavities
    const area = areaOf(lattice, cavity!.triangles)
    expect(volumes.get('gallbladder')! / area).toBeGreaterThan(1.7)
    expect(volumes.get('gallbladder')! / area).toBeLessThan(2.6)
    expect(volumes.get('gallbladder-bed')).toBeGreaterThan(500)
    expect(cavity!.volumeMl).toBeGreaterThan(8)
  })

  test('has the corners of its free surface on the surface of the liver', () => {
    const field = new Framed(bodies.get('gallbladder')!.field('liver'), lattice.frame).near(6, 0, 0, 90)
    const corners = new Set<number>()
    for (const { tet, face } of freeFaces(lattice))
      if (lattice.regionNames[lattice.regions[tet]!] === 'liver') for (const v of face) corners.add(v)
    const off: number[] = []
    for (const v of corners) {
      const [x, y, z] = [0, 1, 2].map((c) => lattice.positions[v * 3 + c]! * 1000) as [number, number, number]
      const toBorder = Math.min(
        ...[x, y, z].flatMap((p, c) => [Math.abs(p - spec.box.min[c]!), Math.abs(p - spec.box.max[c]!)]),
      )
      if (toBorder > 0.01 && y < 14.5) off.push(Math.abs(field.distance(x, y, z)))
    }
    off.sort((a, b) => a - b)
    expect(off.length).toBeGreaterThan(100)
    expect(off[off.length >> 1]).toBeLessThan(0.25)
    expect(off[Math.floor(off.length * 0.95)]).toBeLessThan(1)
  })

  test('names the distances from the surface that is drawn: of liver and gallbladder, or a fillet between them', () => {
    const { counts, stepMm, minMm, distances } = lattice.surface!
    expect(distances).toHaveLength(counts[0] * counts[1] * counts[2])
    const [liver, sac] = ['liver', 'gallbladder'].map((id) =>
      new Framed(bodies.get('gallbladder')!.field(id), lattice.frame).near(6, 0, 0, 90),
    )
    for (let n = 997; n < distances.length; n += 997) {
      const [i, j, k] = [n % counts[0], Math.floor(n / counts[0]) % counts[1], Math.floor(n / counts[0] / counts[1])]
      const [x, y, z] = [i, j, k].map((at, c) => minMm[c]! + at * stepMm) as [number, number, number]
      // Above this a part of the liver is left out, and at the neck the duct goes on.
      if (y > 13 || (x < -24 && z < 12)) continue
      const least = Math.max(-6, Math.min(6, liver!.distance(x, y, z), sac!.distance(x, y, z)))
      expect(distances[n]! / 100).toBeLessThan(least + 0.01)
      expect(distances[n]! / 100).toBeGreaterThan(least - 0.9)
    }
  })

  test('has a duct that is grown to the neck and held at its far end, and an artery', () => {
    const [duct, artery] = lattice.tubes
    expect(duct!.kind).toBe('duct')
    expect(artery!.kind).toBe('artery')
    for (const tube of lattice.tubes) expect(tube.stations.length).toBeGreaterThan(8)
    const held = new Set(lattice.held)
    expect(duct!.stations.at(-1)!.every((v) => held.has(v))).toBe(true)
    const grown = new Set(lattice.edges.map(({ b }) => b))
    expect(duct!.stations[0]!.every((v) => grown.has(v))).toBe(true)
  })
})

describe('the chest wall', () => {
  const lattice = lattices.get('chestwall')!

  test('is skin on fat on muscle between two ribs that are held', () => {
    const top = new Map<string, number>()
    for (let t = 0; t < lattice.regions.length; t++) {
      const region = lattice.regionNames[lattice.regions[t]!]!
      for (let k = 0; k < 4; k++)
        top.set(region, Math.max(top.get(region) ?? -1, lattice.positions[lattice.tetrahedra[t * 4 + k]! * 3 + 1]!))
    }
    expect(top.get('skin')).toBeGreaterThan(top.get('fat')!)
    expect(top.get('fat')).toBeGreaterThan(top.get('ribs')!)
    const held = new Set(lattice.held)
    for (let t = 0; t < lattice.regions.length; t++)
      if (lattice.regionNames[lattice.regions[t]!] === 'ribs')
        for (let k = 0; k < 4; k++) expect(held.has(lattice.tetrahedra[t * 4 + k]!)).toBe(true)
  })
})

test('a taller person has larger organs of the same make', () => {
  const lattice = lattices.get('gallbladder')!
  expect(sized(lattice, 1)).toBe(lattice)
  const tall = sized(lattice, 1.1)
  expect(tall.tetrahedra).toBe(lattice.tetrahedra)
  expect(tall.edges).toBe(lattice.edges)
  for (let i = 0; i < tall.positions.length; i += 101)
    expect(Math.abs(tall.positions[i]! - lattice.positions[i]! * 1.1)).toBeLessThan(5.01e-7)
  expect(tall.cavities[0]!.volumeMl).toBeCloseTo(lattice.cavities[0]!.volumeMl * 1.331, 6)
  expect(tall.tubes[0]!.calibreMm).toBeCloseTo(lattice.tubes[0]!.calibreMm * 1.1, 6)
  expect(tall.surface!.stepMm).toBeCloseTo(lattice.surface!.stepMm * 1.1, 6)
  expect(tall.frame.origin[1]).toBeCloseTo(lattice.frame.origin[1] * 1.1, 6)
})

test('a lattice is kept: asked for again it comes from the cache, and is the same', () => {
  const kept = mkdtempSync(join(tmpdir(), 'sina-operative-'))
  const built = operativeLattice({ assets, cache: kept }, 'chestwall')
  expect(operativeLattice({ assets, cache: kept }, 'chestwall')).toEqual(built)
  expect(built).toEqual(lattices.get('chestwall'))
  expect(() => operativeLattice({ assets, cache: kept }, 'moon')).toThrow(RangeError)
}, 120_000)

/** Faces with one tetrahedron. Throws where a face has three. */
function freeFaces({ tetrahedra }: OperativeLattice): { tet: number; face: number[] }[] {
  const faces = new Map<string, { tet: number; face: number[]; count: number }>()
  for (let t = 0; t < tetrahedra.length / 4; t++)
    for (const corners of [
      [1, 2, 3],
      [0, 3, 2],
      [0, 1, 3],
      [0, 2, 1],
    ]) {
      const face = corners.map((k) => tetrahedra[t * 4 + k]!)
      const key = [...face].sort((a, b) => a - b).join()
      const known = faces.get(key)
      if (!known) faces.set(key, { tet: t, face, count: 1 })
      else if (++known.count > 2) throw new Error(`a third tetrahedron at a face: ${t}`)
    }
  return [...faces.values()].filter(({ count }) => count === 1)
}

/** mm³ of each region. */
function volumesOf({ tetrahedra, positions, regions, regionNames }: OperativeLattice): Map<string, number> {
  const volumes = new Map<string, number>()
  for (let t = 0; t < regions.length; t++) {
    measureShape(positions, tetrahedra, t * 4)
    const name = regionNames[regions[t]!]!
    volumes.set(name, (volumes.get(name) ?? 0) + (shape[0]! / 6) * MM3)
  }
  return volumes
}

/** mm² of a surface. */
function areaOf({ positions }: OperativeLattice, triangles: readonly number[]): number {
  let area = 0
  for (let f = 0; f < triangles.length; f += 3) {
    const [a, b, c] = [triangles[f]! * 3, triangles[f + 1]! * 3, triangles[f + 2]! * 3]
    const [u, v] = [b, c].map((p) => [0, 1, 2].map((i) => positions[p + i]! - positions[a + i]!))
    const n = [0, 1, 2].map((i) => u![(i + 1) % 3]! * v![(i + 2) % 3]! - u![(i + 2) % 3]! * v![(i + 1) % 3]!)
    area += Math.hypot(...n) / 2
  }
  return area * 1e6
}
