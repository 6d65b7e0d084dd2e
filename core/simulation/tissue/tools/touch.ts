/** What a blunt tip tells of the tissue that it presses on. */
import type { TissueMemory } from '../memory.ts'
import { createWalk, tetAt, walkTo } from '../thread/walk.ts'
import { INSTRUMENTS } from './catalogue.ts'
import { TOOL } from './tool.ts'

/** How far ahead of the rounded tip the tissue is that it tells, m: beyond the gap that contact leaves. */
const AHEAD = 0.0005

const point = new Float64Array(3)
const place = new Float64Array(4)
const walk = createWalk()

/**
 * Sets the material on which a tool that feels presses with its tip; none where it touches nothing, or with its side.
 * @param met tetrahedron of the face that it met last: mostly the place is near
 */
export function touchWith(tool: Float64Array, tissue: TissueMemory, met: number): void {
  const { feels, shaftRadius, length } = INSTRUMENTS[tool[TOOL.kind]]
  if (!feels) return
  tool[TOOL.layer] = 0
  if (tool[TOOL.touched] === 0) return
  for (let i = 0; i < 3; i++)
    point[i] = tool[TOOL.ax + i] + ((tool[TOOL.ax + i] - tool[TOOL.bx + i]) / length) * (shaftRadius + AHEAD)
  walkTo(tissue, met, point, place, walk)
  const tet = walk.end === 'inside' ? walk.tet : tetAt(tissue, point, place)
  if (tet >= 0) tool[TOOL.layer] = tissue.tetMaterial[tet] + 1
}
