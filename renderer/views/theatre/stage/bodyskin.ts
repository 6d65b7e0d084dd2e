import { BufferAttribute, BufferGeometry } from 'three'
import { type AtlasFile, atlasFileSchema } from '../../../../core/anatomy/atlasfile.ts'
import { readSystemMesh } from '../../../scene/glb.ts'
import type { Field } from './field.ts'
import { fitToField } from './fitbody.ts'
import { skinAround } from './skin.ts'

/** The patient's skin as the theatre needs it. */
export type BodySkin = {
  /** What is drawn around the operative field; null when no atlas could be had. */
  around: BufferGeometry | null
  /** All of the skin, for laying cloth over it: body frame, metres. */
  positions: ArrayLike<number>
  index: ArrayLike<number>
  /** Lowest point of the back, z in the body frame, metres. */
  backZ: number
}

/** Structures that are the outside of the body. */
const OUTSIDE = /^(skin$|nipple|areola)/

/** Nipple and areola lie a trace over the skin, so that their border does not break up. */
const LIFT_M = 0.0006

type Parts = { positions: number[]; normals: number[]; openness: number[]; darker: number[]; index: number[] }

/**
 * Loads only the outside of a built body, in full detail: the theatre shows nothing else of it.
 *
 * @param base folder of `atlas.json`, with a slash at the end
 * @returns null when no such body has been built
 */
export async function loadBodySkin(base: string, field: Field): Promise<BodySkin | null> {
  const response = await fetch(`${base}atlas.json`, { cache: 'no-cache' })
  const parsed = response.ok ? atlasFileSchema.safeParse(await response.json()) : null
  if (!parsed?.success) return null
  const file = parsed.data
  const wanted = file.structures.filter(({ id }) => OUTSIDE.test(id))
  if (!wanted.some(({ id }) => id === 'skin')) return null
  const parts: Parts = { positions: [], normals: [], openness: [], darker: [], index: [] }
  for (const system of new Set(wanted.flatMap(({ lods }) => lods.map((lod) => lod.system))))
    await addSystem(base, system, file, wanted, parts)
  const fitted = fitToField(parts.positions, parts.index, field)
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(parts.positions), 3))
  geometry.setAttribute('normal', new BufferAttribute(new Float32Array(parts.normals), 3))
  geometry.setAttribute('openness', new BufferAttribute(new Float32Array(parts.openness), 1))
  geometry.setAttribute('darker', new BufferAttribute(new Float32Array(parts.darker), 1))
  geometry.setIndex(parts.index)
  if (fitted === 'moved') geometry.computeVertexNormals()
  const { positions, index } = parts
  return { around: skinAround(geometry, field), positions, index, backZ: lowestBack(positions, index) }
}

async function addSystem(
  base: string,
  id: string,
  file: AtlasFile,
  wanted: AtlasFile['structures'],
  into: Parts,
): Promise<void> {
  const path = file.systems.find((system) => system.id === id)?.files[0]
  if (!path) return
  const response = await fetch(`${base}${path}`, { cache: 'no-cache' })
  if (!response.ok) return
  const mesh = await readSystemMesh(await response.arrayBuffer())
  for (const structure of wanted) {
    const range = structure.lods.find((lod) => lod.system === id && lod.lod === 0)
    if (!range) continue
    const moved = new Map<number, number>()
    for (let i = range.start; i < range.start + range.count; i++) {
      const vertex = mesh.index[i]
      let to = moved.get(vertex)
      if (to === undefined) {
        to = into.positions.length / 3
        moved.set(vertex, to)
        for (let axis = 0; axis < 3; axis++) {
          const lift = structure.id === 'skin' ? 0 : (LIFT_M * mesh.normals[vertex * 4 + axis]) / 32767
          into.positions.push(mesh.positions[vertex * 3 + axis] + lift)
          into.normals.push(mesh.normals[vertex * 4 + axis] / 32767)
        }
        into.openness.push(mesh.openness[vertex] / 255)
        into.darker.push(structure.id === 'skin' ? 0 : 1)
      }
      into.index.push(to)
    }
  }
}

function lowestBack(positions: ArrayLike<number>, index: ArrayLike<number>): number {
  let lowest = Number.POSITIVE_INFINITY
  for (let i = 0; i < index.length; i++) {
    const at = index[i] * 3
    const y = positions[at + 1]
    if (Math.abs(positions[at]) < 0.16 && y > 1.05 && y < 1.42) lowest = Math.min(lowest, positions[at + 2])
  }
  return Number.isFinite(lowest) ? lowest : -0.13
}

/**
 * Without an atlas: a plain trunk through the operative field, so that cloth has something to lie on and the case can go
 * on. Only the field itself is then drawn as skin.
 */
export function plainTrunk(field: Field): BodySkin {
  const middle = field.skinPoint(field.widthMm / 2, field.heightMm / 2)
  const half = Math.abs(middle.x)
  const around = 40
  const rows = 24
  const positions: number[] = []
  const index: number[] = []
  for (let j = 0; j <= rows; j++) {
    for (let i = 0; i < around; i++) {
      const angle = (2 * Math.PI * i) / around
      positions.push(half * Math.cos(angle), 0.9 + (0.62 * j) / rows, middle.z + 0.11 * Math.sin(angle))
      if (j === rows) continue
      const a = j * around + i
      const b = j * around + ((i + 1) % around)
      index.push(a, b, a + around, b, b + around, a + around)
    }
  }
  return { around: null, positions, index, backZ: middle.z - 0.11 }
}
