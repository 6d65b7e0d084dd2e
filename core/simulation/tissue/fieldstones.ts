/**
 * Gallstones: stiff pieces that lie in tissue, fall out where it is cut, can be grasped, and go up a sucker that is wide
 * enough for them. What leaves the field otherwise is lost.
 */
import { removePiece } from './cutting/remove.ts'
import { note } from './events.ts'
import { MOST_TOOLS, type TissueField } from './fieldtype.ts'
import { followMesh } from './followmesh.ts'
import { materialNumber } from './materials.ts'
import { COUNT, NONE } from './memory.ts'
import type { Mesh } from './mesh/mesh.ts'
import { INSTRUMENTS } from './tools/catalogue.ts'
import { isRinsing, TOOL } from './tools/tool.ts'

const STONE = materialNumber('gallstone')
/** A sucker draws in stones this near to its tip, m, and as wide as this many times its shaft. */
const REACH_M = 0.004
const FITS = 1.3

/** How many gallstones are in the field. */
export function stonesIn({ memory, tetPiece, work }: Mesh): number {
  const { pieceOwner: seen } = work
  seen.fill(0)
  let stones = 0
  for (let tet = 0; tet < memory.counts[COUNT.tets]; tet++) {
    if (memory.tetVertex[tet * 4] === NONE || memory.tetMaterial[tet] !== STONE || seen[tetPiece[tet]] !== 0) continue
    seen[tetPiece[tet]] = 1
    stones++
  }
  return stones
}

/** Draws stones into the suckers that are on. */
export function suckStones(field: TissueField): void {
  const { each, mesh, events } = field
  for (let t = 0; t < MOST_TOOLS; t++) {
    const tool = each[t]
    if (tool[TOOL.kind] < 0 || tool[TOOL.pedal] === 0) continue
    const { flow, shaftRadius } = INSTRUMENTS[tool[TOOL.kind]]
    if (flow === undefined || flow === 'irrigation' || isRinsing(tool)) continue
    const piece = stoneAt(field, tool)
    if (piece === 0 || !isNarrow(mesh, piece, shaftRadius * 2 * FITS)) continue
    removePiece(mesh, piece)
    note(events, 'stone-taken', t, stonesIn(mesh))
    followMesh(field)
  }
}

/** Label of a stone that a sucker's tip reaches and nothing holds, or 0. */
function stoneAt({ mesh, bound }: TissueField, tool: Float64Array): number {
  const { memory, tetPiece } = mesh
  const { tetVertex, tetMaterial, position, counts } = memory
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) {
    if (tetMaterial[tet] !== STONE || tetVertex[tet * 4] === NONE) continue
    for (let k = tet * 4; k < tet * 4 + 4; k++) {
      const p = tetVertex[k] * 4
      const x = position[p] - tool[TOOL.ax]
      const y = position[p + 1] - tool[TOOL.ay]
      const z = position[p + 2] - tool[TOOL.az]
      if (bound[tetVertex[k]] === 0 && x * x + y * y + z * z < REACH_M * REACH_M) return tetPiece[tet]
    }
  }
  return 0
}

/** Whether a piece would pass a hole of `widest` m: no more than one of its sides at rest is longer. */
function isNarrow({ memory, tetPiece }: Mesh, piece: number, widest: number): boolean {
  const { tetVertex, rest, counts } = memory
  let wide = 0
  for (let axis = 0; axis < 3; axis++) {
    let low = Infinity
    let high = -Infinity
    for (let corner = 0; corner < counts[COUNT.tets] * 4; corner++) {
      if (tetVertex[corner & ~3] === NONE || tetPiece[corner >> 2] !== piece) continue
      const x = rest[tetVertex[corner] * 4 + axis]
      low = Math.min(low, x)
      high = Math.max(high, x)
    }
    if (high - low > widest) wide++
  }
  return wide < 2
}
