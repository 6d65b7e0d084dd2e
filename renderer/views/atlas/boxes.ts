import type { Atlas } from '../../scene/atlas.ts'
import { type Dissection, opacityOf } from '../../scene/dissection.ts'
import type { Vec3 } from '../../scene/orbit.ts'

export type Box = readonly [Vec3, Vec3]

/** The box around some structures; around nothing, that of the whole body. */
export function boxOf(atlas: Atlas, ids: readonly string[]): Box {
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (const id of ids) {
    const structure = atlas.byId.get(id)
    if (!structure) continue
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis], structure.bounds[0][axis])
      high[axis] = Math.max(high[axis], structure.bounds[1][axis])
    }
  }
  if (low[0] <= high[0]) return [low as unknown as Vec3, high as unknown as Vec3]
  return ids.length === atlas.structures.length
    ? [
        [-0.35, 0, -0.2],
        [0.35, 1.83, 0.25],
      ]
    : boxOf(
        atlas,
        atlas.structures.map((structure) => structure.id),
      )
}

/** Half the side of the smallest box that is framed, m: round a stapes one still sees where in the ear it lies. */
const ROOM_M = 0.02

/** The box around some structures with enough about them to know where one is. */
export function roomyBox(atlas: Atlas, ids: readonly string[]): Box {
  const [low, high] = boxOf(atlas, ids)
  const reach = (axis: number) => Math.max(ROOM_M, (high[axis] - low[axis]) / 2)
  const middle = (axis: number) => (high[axis] + low[axis]) / 2
  const corner = (sign: 1 | -1) => [0, 1, 2].map((axis) => middle(axis) + sign * reach(axis)) as unknown as Vec3
  return [corner(-1), corner(1)]
}

/** The box around the body as it is first seen: what lies beside it, and is hidden at first, does not widen it. */
export function bodyBox(atlas: Atlas): Box {
  return boxOf(
    atlas,
    atlas.structures.filter(({ first }) => first === 'shown').map(({ id }) => id),
  )
}

/** The box around what is solid now. */
export function shownBox(atlas: Atlas, dissection: Dissection): Box {
  const solid = atlas.structures.filter(({ id }) => opacityOf(dissection, id) >= 1).map(({ id }) => id)
  return boxOf(atlas, solid)
}
