import { type Mover, Posing, type Stiffness } from '../../core/modelling/pose.ts'
import {
  boxOfQuanta,
  dequantise,
  QUANTUM_MM,
  QUANTUM_ORIGIN_M,
  quantise,
  spreadSlivers,
} from '../../core/modelling/quantise.ts'
import type { Vec3 } from '../../core/modelling/vec.ts'
import type { Assets } from './library.ts'
import type { LevelMesh, StructureMesh } from './structuremesh.ts'

const STIFF = new Set(['bone', 'cartilage'])

/** Bones and cartilages do not bend. */
function stiffnessOf(id: string, assets: Assets): Stiffness {
  const row = assets.terms.get(id)
  return row && (row.system === 'skeletal' || STIFF.has(row.kind)) ? 'stiff' : 'soft'
}

/** @throws Error when the rig has no such pose */
export function posingOf(assets: Assets, name: string): Posing | undefined {
  if (assets.rig.joints.length === 0) return undefined
  const pose = assets.rig.poses.get(name)
  if (!pose) throw new Error(`no pose is called "${name}"; there are ${[...assets.rig.poses.keys()].join(', ')}`)
  return new Posing(assets.rig, pose)
}

/** How a structure moves into a pose: its points and directions (mm, as defined). */
export type Movement = { readonly move: Mover; readonly turn: (direction: Vec3) => Vec3 }

/** How the structure with this mesh moves in a pose; nothing when all of it stays. */
export function movementOf(
  id: string,
  mesh: StructureMesh,
  posing: Posing | undefined,
  assets: Assets,
): Movement | undefined {
  if (!posing) return undefined
  const { q } = mesh.levels[0]
  const [min, max] = boxOf(q)
  const structure = { id, system: assets.terms.get(id)?.system ?? '' }
  if (!posing.moves(structure, min, max)) return undefined
  const move = posing.mover(structure, dequantise(q), stiffnessOf(id, assets))
  const turn = (direction: Vec3): Vec3 => {
    const middle = Float32Array.from(min, (low, c) => (low + max[c]) / 2)
    const turned = Float32Array.from(direction)
    move(middle, turned)
    return [turned[0], turned[1], turned[2]]
  }
  return { move, turn }
}

/** A structure's levels after it moved. Throws when it leaves the space of the atlas. */
export function movedMesh(mesh: StructureMesh, move: Mover): StructureMesh {
  const levels = mesh.levels.map((level): LevelMesh => {
    const positions = dequantise(level.q)
    const normals = level.normals.slice()
    move(positions, normals)
    const q = quantise(positions)
    spreadSlivers(q, level.indices)
    return { ...level, q, normals }
  })
  return { ...mesh, levels }
}

function boxOf(q: Uint16Array): [Vec3, Vec3] {
  const { low, high } = boxOfQuanta(q)
  const mm = (p: readonly number[]) => p.map((v, c) => v * QUANTUM_MM + QUANTUM_ORIGIN_M[c] * 1000) as unknown as Vec3
  return [mm(low), mm(high)]
}
