/** The skin of the patch as it lies now, for drawing: nothing here is state. */
import { round } from '../exactmath.ts'
import { WALL_COLUMNS, WALL_ROWS } from '../snapshot.ts'
import { cellAt } from '../wall.ts'
import type { Context } from '../worldstate.ts'
import { LIFT_M } from './lattice.ts'
import { PATCH } from './patch.ts'

/** A face is skin when its middle lies within this of the skin's surface at rest, mm. */
const ON_MM = 0.35
const UNITS_PER_M = 1e5

/** Writes for each cell of the wall how far its skin was moved outward, 0.01 mm. */
export function drawSkin({ patch, wall }: Context, out: Int16Array): void {
  out.fill(0)
  const own = patch.slots
  if (own[PATCH.laid] === 0) return
  const { rest, position } = patch.field.tissue.memory
  const { triangles, count } = patch.field.surface
  for (let face = 0; face < count; face++) {
    const a = triangles[face * 3] * 4
    const b = triangles[face * 3 + 1] * 4
    const c = triangles[face * 3 + 2] * 4
    const cell = cellAt(
      own[PATCH.u] + ((rest[a] + rest[b] + rest[c]) / 3) * 1000,
      own[PATCH.v] + ((rest[a + 1] + rest[b + 1] + rest[c + 1]) / 3 - LIFT_M) * 1000,
    )
    if (cell < 0 || ((rest[a + 2] + rest[b + 2] + rest[c + 2]) / 3) * 1000 < wall.skin[cell] - ON_MM) continue
    const u = own[PATCH.u]
    const v = own[PATCH.v]
    fill(
      out,
      [u + rest[a] * 1000, v + (rest[a + 1] - LIFT_M) * 1000, position[a + 2] - rest[a + 2]],
      [u + rest[b] * 1000, v + (rest[b + 1] - LIFT_M) * 1000, position[b + 2] - rest[b + 2]],
      [u + rest[c] * 1000, v + (rest[c + 1] - LIFT_M) * 1000, position[c + 2] - rest[c + 2]],
    )
  }
}

type Corner = readonly [u: number, v: number, moved: number]

/** Fills the cells whose middles lie in a triangle with what lies between its corners' values. */
function fill(out: Int16Array, a: Corner, b: Corner, c: Corner): void {
  const area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
  if (Math.abs(area) < 1e-9) return
  const lastI = Math.min(WALL_COLUMNS - 1, Math.floor(Math.max(a[0], b[0], c[0])))
  const lastJ = Math.min(WALL_ROWS - 1, Math.floor(Math.max(a[1], b[1], c[1])))
  for (let j = Math.max(0, Math.floor(Math.min(a[1], b[1], c[1]))); j <= lastJ; j++)
    for (let i = Math.max(0, Math.floor(Math.min(a[0], b[0], c[0]))); i <= lastI; i++) {
      const y = ((i + 0.5 - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (j + 0.5 - a[1])) / area
      const z = ((b[0] - a[0]) * (j + 0.5 - a[1]) - (i + 0.5 - a[0]) * (b[1] - a[1])) / area
      if (y < -1e-6 || z < -1e-6 || y + z > 1 + 1e-6) continue
      out[j * WALL_COLUMNS + i] = round(UNITS_PER_M * (a[2] * (1 - y - z) + b[2] * y + c[2] * z))
    }
}
