/** The surface of a region: its triangles, and what lies beyond each. */
import type { Filled } from './fill.ts'
import type { Shell } from './layers.ts'

/** Corners of the face opposite to each vertex of a positive tetrahedron, anticlockwise from outside. */
const FACES = [
  [1, 2, 3],
  [0, 3, 2],
  [0, 1, 3],
  [0, 2, 1],
] as const

/**
 * All faces between a region and what is not of it, but for those in the borders of the box: there tissue goes on.
 * `attached`: another region lies beyond.
 */
export function shellOf({ cells, owner }: Filled, region: (owner: number) => boolean): Shell {
  const { four, border } = cells
  const open = new Map<string, { owner: number; face: number[] }>()
  const triangles: number[] = []
  const attached: boolean[] = []
  const put = (face: readonly number[], beyond: boolean) => {
    triangles.push(...face)
    attached.push(beyond)
  }
  for (let t = 0; t < cells.tets; t++)
    for (const corners of FACES) {
      const face = corners.map((k) => four[t * 4 + k])
      const key = [...face].sort((a, b) => a - b).join()
      const across = open.get(key)
      if (!across) {
        open.set(key, { owner: owner[t], face })
        continue
      }
      open.delete(key)
      const [own, other] = [region(owner[t]), region(across.owner)]
      if (own !== other) put(own ? face : across.face, true)
    }
  for (const { owner: own, face } of open.values())
    if (region(own) && (border[face[0]] & border[face[1]] & border[face[2]]) === 0) put(face, false)
  return { triangles, attached }
}
