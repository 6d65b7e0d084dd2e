import { WALL_COLUMNS, WALL_ROWS } from '../../../../core/simulation/snapshot.ts'

/** Texels per millimetre of the drawn wall map. */
const FINE = 2
export const MAP_WIDTH = WALL_COLUMNS * FINE
export const MAP_HEIGHT = WALL_ROWS * FINE
/** Depth that a full red channel stands for, mm. */
export const MAP_DEPTH_MM = 128
/** A puncture gapes this much of itself, half width in mm; the middle of a long cut this much more: skin lies under tension. */
const GAPE_MM = 0.9
const TENSION_MM = 1.5
/** Cells about a cell that must be cut for the full tension: at the ends of a cut the skin still holds. */
const TENSION_REACH = 7
/** Half width that a tied stitch leaves: the drain fills it. */
const TIED_MM = 2.4
/** Width of the lip about an opening, mm. */
const LIP_MM = 2.6

export type WallCells = {
  readonly open: Uint16Array
  readonly dilation: Uint8Array
  readonly blood: Uint8Array
  readonly wheal: Uint8Array
}

/**
 * Paints the engine's 1 mm cells into a map for the shader: red depth of the opening, green blood, blue wheal, alpha how
 * near a wound edge is. A cell is drawn as wide as its edges are held apart, so the slit of a scalpel and the mouth of
 * a dilated tract come out of one rule.
 *
 * @param map RGBA bytes, {@link MAP_WIDTH} × {@link MAP_HEIGHT}
 * @param held `tied`: a stitch draws the edges together round the drain
 */
export function paintWall(cells: WallCells, map: Uint8Array, held: 'free' | 'tied' = 'free'): void {
  for (let y = 0; y < MAP_HEIGHT; y++) {
    for (let x = 0; x < MAP_WIDTH; x++) {
      const at = (y * MAP_WIDTH + x) * 4
      map[at] = 0
      map[at + 1] = blend(cells.blood, x, y)
      map[at + 2] = blend(cells.wheal, x, y)
      map[at + 3] = 0
    }
  }
  for (let j = 0; j < WALL_ROWS; j++) {
    for (let i = 0; i < WALL_COLUMNS; i++) {
      const cell = j * WALL_COLUMNS + i
      if (cells.open[cell] === 0) continue
      const gape = GAPE_MM + TENSION_MM * tensionAt(cells.open, i, j)
      const apart = Math.max(gape, GAPE_MM + cells.dilation[cell] / 20)
      stamp(map, i, j, cells.open[cell] / 100, held === 'tied' ? Math.min(apart, TIED_MM) : apart)
    }
  }
}

/** 0 at a puncture and at the ends of a cut, 1 in the middle of a long one. */
function tensionAt(open: Uint16Array, i: number, j: number): number {
  let balance = 0
  let count = 0
  let across = 0
  for (let b = -TENSION_REACH; b <= TENSION_REACH; b++) {
    for (let a = -TENSION_REACH; a <= TENSION_REACH; a++) {
      const x = i + a
      const y = j + b
      if (x < 0 || y < 0 || x >= WALL_COLUMNS || y >= WALL_ROWS || open[y * WALL_COLUMNS + x] === 0) continue
      count++
      balance += a
      across += b
    }
  }
  const onesided = Math.sqrt(balance * balance + across * across) / Math.max(1, count)
  const long = Math.min(1, Math.max(0, (count - 3) / (1.4 * TENSION_REACH)))
  return long * Math.max(0, 1 - onesided / (0.5 * TENSION_REACH))
}

function stamp(map: Uint8Array, i: number, j: number, depthMm: number, radiusMm: number): void {
  const radius = radiusMm * FINE
  const rim = radius + LIP_MM * FINE
  const cx = (i + 0.5) * FINE
  const cy = (j + 0.5) * FINE
  const full = Math.min(255, (depthMm / MAP_DEPTH_MM) * 255)
  for (let y = Math.max(0, Math.floor(cy - rim)); y < Math.min(MAP_HEIGHT, cy + rim); y++) {
    for (let x = Math.max(0, Math.floor(cx - rim)); x < Math.min(MAP_WIDTH, cx + rim); x++) {
      const far = Math.sqrt((x + 0.5 - cx) ** 2 + (y + 0.5 - cy) ** 2)
      if (far >= rim) continue
      const at = (y * MAP_WIDTH + x) * 4
      const near = far < radius ? 255 : (255 * (rim - far)) / (rim - radius)
      if (near > map[at + 3]) map[at + 3] = near
      if (far >= radius) continue
      // Steep walls with a narrower floor.
      const wall = 1 - (far / radius) ** 4
      const depth = full * wall
      if (depth > map[at]) map[at] = depth
    }
  }
}

/** Bilinear reading of a cell grid at a map texel. */
function blend(grid: Uint8Array, x: number, y: number): number {
  const gx = Math.max(0, Math.min(WALL_COLUMNS - 1.001, (x + 0.5) / FINE - 0.5))
  const gy = Math.max(0, Math.min(WALL_ROWS - 1.001, (y + 0.5) / FINE - 0.5))
  const i = Math.floor(gx)
  const j = Math.floor(gy)
  const fx = gx - i
  const fy = gy - j
  const at = j * WALL_COLUMNS + i
  return (
    (grid[at] * (1 - fx) + grid[at + 1] * fx) * (1 - fy) +
    (grid[at + WALL_COLUMNS] * (1 - fx) + grid[at + WALL_COLUMNS + 1] * fx) * fy
  )
}
