/**
 * The layers of the chest wall, and the map of its wound: 1 mm cells over the field, each with the depth to which the
 * wall is parted there. What a blade parted is read from the cut faces of the living patch (`chestwall/wound.ts`); the
 * channels of blunt tips and what jaws swept are entered as they part it, since they are narrower than its lattice.
 */

import { tableAt } from './curves.ts'
import { round } from './exactmath.ts'
import { type FieldModel, heightAt, NOTHING_MM } from './field.ts'
import { WALL_COLUMNS, WALL_ROWS } from './snapshot.ts'

/** Heights of the layers' surfaces at the middle of each cell, mm; `bone` is a rib's outer face or NOTHING_MM. */
export type WallTables = {
  readonly skin: Float64Array
  readonly fat: Float64Array
  readonly muscle: Float64Array
  readonly chest: Float64Array
  readonly pleura: Float64Array
  readonly bone: Float64Array
}

/** Thickness of the skin in mm, everywhere (chest skin is 1.5–2.5 mm thick; one value keeps the layers simple). */
export const SKIN_MM = 2
/** Depth the pleura counts as: a column is through when it is open this far below the inner surface. */
const PLEURA_MM = 0.3

export function buildWall(field: FieldModel): WallTables {
  const cells = WALL_COLUMNS * WALL_ROWS
  const tables: WallTables = {
    skin: new Float64Array(cells),
    fat: new Float64Array(cells),
    muscle: new Float64Array(cells),
    chest: new Float64Array(cells),
    pleura: new Float64Array(cells),
    bone: new Float64Array(cells),
  }
  for (let cell = 0; cell < cells; cell++) {
    const u = (cell % WALL_COLUMNS) + 0.5
    const v = Math.floor(cell / WALL_COLUMNS) + 0.5
    const skin = heightAt(field, field.skin, u, v)
    const muscle = Math.min(heightAt(field, field.muscle, u, v), skin - SKIN_MM - 0.5)
    const chest = Math.min(heightAt(field, field.chest, u, v), muscle - 1)
    tables.skin[cell] = skin
    tables.fat[cell] = skin - SKIN_MM
    tables.muscle[cell] = muscle
    tables.chest[cell] = chest
    tables.pleura[cell] = Math.min(heightAt(field, field.pleura, u, v), chest - 1)
    tables.bone[cell] = boneHeight(field, u, v)
  }
  return tables
}

/** Index of the cell that holds (u, v), −1 beyond the field. */
export function cellAt(u: number, v: number): number {
  if (!(u >= 0 && v >= 0 && u < WALL_COLUMNS && v < WALL_ROWS)) return -1
  return Math.floor(v) * WALL_COLUMNS + Math.floor(u)
}

/** Height of the floor at (u, v): the skin where the wall is closed, else the bottom of the opening. */
export function floorAt(field: FieldModel, wall: WallTables, open: Uint16Array, u: number, v: number): number {
  const cell = cellAt(u, v)
  if (cell < 0 || open[cell] === 0) return heightAt(field, field.skin, u, v)
  return wall.skin[cell]! - open[cell]! / 100
}

/** Whether the opening of a cell reaches through the pleura. */
export function isThrough(wall: WallTables, open: Uint16Array, cell: number): boolean {
  return cell >= 0 && open[cell]! > 0 && wall.skin[cell]! - open[cell]! / 100 <= wall.pleura[cell]! + 0.01
}

/** Index in LAYERS of what lies just below height `w` in a cell; 5 below the pleura. */
export function layerBelow(wall: WallTables, cell: number, w: number): number {
  if (w > wall.fat[cell]! + 0.005) return 0
  if (w > wall.muscle[cell]! + 0.005) return 1
  if (w > wall.chest[cell]! + 0.005) return 2
  if (w > wall.pleura[cell]! + PLEURA_MM + 0.005) return 3
  if (w > wall.pleura[cell]! + 0.005) return 4
  return 5
}

/** Height of the lower border of a layer in a cell. */
export function layerBottom(wall: WallTables, cell: number, layer: number): number {
  if (layer === 0) return wall.fat[cell]!
  if (layer === 1) return wall.muscle[cell]!
  if (layer === 2) return wall.chest[cell]!
  if (layer === 3) return wall.pleura[cell]! + PLEURA_MM
  return wall.pleura[cell]!
}

/** Whether a cell is open whose skin is whole: what parts skin opens it, all else only where skin can be drawn aside. */
export type SkinRule = 'cuts-skin' | 'spares-skin'

/** Skin of a cell: whole, near enough to a cut to be drawn aside, or cut. */
export const SKIN = { whole: 0, loose: 1, cut: 2 } as const

/** The map of the wound: depth of the opening, 0.01 mm, and what became of the skin (SKIN). */
export type WallGrids = { readonly open: Uint16Array; readonly skin: Uint8Array }

/** How far the skin beside a cut can be drawn aside, mm. */
const LOOSE_MM = 9

/** Marks the skin as cut at (u, v), and as loose round about. */
export function cutSkin(skin: Uint8Array, u: number, v: number): void {
  const at = cellAt(u, v)
  if (at < 0 || skin[at] === SKIN.cut) return
  skin[at] = SKIN.cut
  const lastI = Math.min(WALL_COLUMNS - 1, Math.floor(u + LOOSE_MM))
  const lastJ = Math.min(WALL_ROWS - 1, Math.floor(v + LOOSE_MM))
  for (let j = Math.max(0, Math.floor(v - LOOSE_MM)); j <= lastJ; j++) {
    for (let i = Math.max(0, Math.floor(u - LOOSE_MM)); i <= lastI; i++) {
      const du = i + 0.5 - u
      const dv = j + 0.5 - v
      const cell = j * WALL_COLUMNS + i
      if (du * du + dv * dv < LOOSE_MM * LOOSE_MM && skin[cell] === SKIN.whole) skin[cell] = SKIN.loose
    }
  }
}

/**
 * Lowers the floor around (u, v) to height `w`, shallower towards the rim of `radius` (a wound gapes as a V); bone stops
 * it. Returns 1 when any cell changed, else 0.
 */
export function openAround(
  wall: WallTables,
  { open, skin }: WallGrids,
  u: number,
  v: number,
  radius: number,
  w: number,
  rule: SkinRule,
): number {
  let changed = 0
  const square = radius * radius
  const lastI = Math.min(WALL_COLUMNS - 1, Math.floor(u + radius))
  const lastJ = Math.min(WALL_ROWS - 1, Math.floor(v + radius))
  for (let j = Math.max(0, Math.floor(v - radius)); j <= lastJ; j++) {
    for (let i = Math.max(0, Math.floor(u - radius)); i <= lastI; i++) {
      const du = i + 0.5 - u
      const dv = j + 0.5 - v
      const inner = i === Math.floor(u) && j === Math.floor(v)
      const gap = inner ? 0 : du * du + dv * dv
      if (gap > square) continue
      const cell = j * WALL_COLUMNS + i
      if (rule === 'spares-skin' && skin[cell] === SKIN.whole) continue
      const full = wall.skin[cell]! - Math.max(w, wall.bone[cell]!, wall.pleura[cell]! - 0.5)
      const depth = round(100 * full * (1 - gap / square))
      if (depth > open[cell]!) {
        open[cell] = depth
        changed = 1
      }
    }
  }
  return changed
}

function boneHeight(field: FieldModel, u: number, v: number): number {
  let top = NOTHING_MM
  for (let k = 0; k < field.ribs.length; k++) {
    const rib = field.ribs[k]!
    const across = ((v - tableAt(rib.v, u)) * tableAt(rib.cosine, u)) / rib.halfHeight
    if (Math.abs(across) >= 1) continue
    top = Math.max(top, tableAt(rib.w, u) + rib.halfThickness * Math.sqrt(1 - across * across))
  }
  return top
}
