import { BufferAttribute, BufferGeometry, SphereGeometry } from 'three'
import type { AtlasFile, AtlasStructure } from '../../../../core/anatomy/atlasfile.ts'
import { type Atlas, assemble, type LoadedSystem } from '../../../../renderer/scene/atlas.ts'

/** A ball that stands for a structure: centre and radius in metres. */
export type Ball = { id: string; system: string; at: [number, number, number]; radius: number; material?: string }

export function structureOf(ball: Ball, index: number, start = 0, count = 0): AtlasStructure {
  const { at, radius } = ball
  return {
    id: ball.id,
    index,
    terms: { latin: `${ball.id} latin`, english: ball.id, russian: `${ball.id} ru`, uzbek: `${ball.id} uz` },
    system: ball.system,
    region: 'thorax',
    kind: 'organ',
    material: ball.material ?? 'bone',
    relations: [],
    bounds: [
      [at[0] - radius, at[1] - radius, at[2] - radius],
      [at[0] + radius, at[1] + radius, at[2] + radius],
    ],
    landmarks: [],
    doubted: [],
    first: 'shown',
    lods: [{ system: ball.system, lod: 0, start, count }],
    sources: [],
  }
}

/** A body of balls, in the form that the loader makes. */
export function ballAtlas(balls: readonly Ball[]): Atlas {
  const structures: AtlasStructure[] = []
  const systems: LoadedSystem[] = []
  for (const system of new Set(balls.map((ball) => ball.system))) {
    const positions: number[] = []
    const normals: number[] = []
    const rows: number[] = []
    const index: number[] = []
    const ranges = new Map<number, { start: number; count: number }>()
    for (const [row, ball] of balls.entries()) {
      if (ball.system !== system) continue
      const sphere = new SphereGeometry(ball.radius, 24, 16)
      sphere.translate(...ball.at)
      const base = positions.length / 3
      positions.push(...sphere.getAttribute('position').array)
      normals.push(...sphere.getAttribute('normal').array)
      for (let i = 0; i < sphere.getAttribute('position').count; i++) rows.push(row)
      const start = index.length
      const faces = sphere.getIndex()
      if (faces) for (const i of faces.array) index.push(i + base)
      ranges.set(row, { start, count: index.length - start })
      structures.push(structureOf(ball, row, start, index.length - start))
    }
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3))
    geometry.setAttribute('normal', new BufferAttribute(new Float32Array(normals), 3))
    geometry.setAttribute('structure', new BufferAttribute(new Uint16Array(rows), 1))
    geometry.setIndex(new BufferAttribute(new Uint32Array(index), 1))
    systems.push({ id: system, geometry, rows: [...ranges.keys()], ranges, triangles: index.length / 3 })
  }
  const file: AtlasFile = {
    version: 1,
    scale: 1,
    body: 'male',
    structures,
    systems: systems.map(({ id }) => ({ id, files: [] })),
    materials: {},
  }
  return assemble(file, systems, 0, 0)
}
