/**
 * Faces near a cell of liquid, found once and kept until the grid is laid anew. A list depends on the cell and on where the
 * grid was laid only, so that it is the same whenever it is made. A face is kept if its sphere meets the padded cell and its
 * plane cuts it.
 */
import { findTriangles, SLACK, type Surface } from './surface.ts'

/** Lists kept at a time, and faces in all of them; where they run out all are made anew. */
const SLOTS = 4096
const ROOM = 131072

export type CellCache = {
  readonly key: Int32Array
  readonly from: Uint32Array
  readonly length: Uint32Array
  readonly face: Uint32Array
  used: number
  lists: number
}

export function createCellCache(): CellCache {
  return {
    key: new Int32Array(SLOTS).fill(-1),
    from: new Uint32Array(SLOTS),
    length: new Uint32Array(SLOTS),
    face: new Uint32Array(ROOM),
    used: 0,
    lists: 0,
  }
}

export function clearCells(cells: CellCache): void {
  cells.key.fill(-1)
  cells.used = 0
  cells.lists = 0
}

/**
 * Puts the faces within `pad` metres (and the slack of the grid) of a cell into `found`: `key` names the cell, whose lowest
 * corner is (x, y, z) and whose edge is `edge` metres.
 */
export function facesNearCell(
  surface: Surface,
  laid: Float32Array,
  key: number,
  x: number,
  y: number,
  z: number,
  edge: number,
  pad: number,
): void {
  const { cells, found } = surface
  let slot = Math.imul(key, 0x9e3779b1) >>> 20
  while (cells.key[slot] !== -1 && cells.key[slot] !== key) slot = (slot + 1) % SLOTS
  if (cells.key[slot] === key) {
    const from = cells.from[slot]!
    const length = cells.length[slot]!
    for (let i = 0; i < length; i++) found[i] = cells.face[from + i]!
    surface.foundCount = length
    return
  }
  facesNearBox(surface, laid, x, y, z, x + edge, y + edge, z + edge, pad)
  if (cells.lists >= SLOTS / 2 || cells.used + surface.foundCount > ROOM) {
    clearCells(cells)
    slot = Math.imul(key, 0x9e3779b1) >>> 20
  }
  cells.key[slot] = key
  cells.from[slot] = cells.used
  cells.length[slot] = surface.foundCount
  for (let i = 0; i < surface.foundCount; i++) cells.face[cells.used + i] = found[i]!
  cells.used += surface.foundCount
  cells.lists++
}

/** Puts the faces within `pad` metres (and the slack of the grid) of a box into `found`. */
export function facesNearBox(
  surface: Surface,
  laid: Float32Array,
  x0: number,
  y0: number,
  z0: number,
  x1: number,
  y1: number,
  z1: number,
  pad: number,
): void {
  findTriangles(surface, x0 - pad, y0 - pad, z0 - pad, x1 + pad, y1 + pad, z1 + pad)
  const { found, triangle } = surface
  const out = pad + SLACK
  const mx = 0.5 * (x0 + x1)
  const my = 0.5 * (y0 + y1)
  const mz = 0.5 * (z0 + z1)
  const hx = 0.5 * (x1 - x0)
  const hy = 0.5 * (y1 - y0)
  const hz = 0.5 * (z1 - z0)
  let kept = 0
  for (let i = 0; i < surface.foundCount; i++) {
    const t = found[i]!
    const a = triangle[t * 3]! * 3
    const b = triangle[t * 3 + 1]! * 3
    const c = triangle[t * 3 + 2]! * 3
    const ax = laid[a]! - mx
    const ay = laid[a + 1]! - my
    const az = laid[a + 2]! - mz
    const bx = laid[b]! - mx
    const by = laid[b + 1]! - my
    const bz = laid[b + 2]! - mz
    const cx = laid[c]! - mx
    const cy = laid[c + 1]! - my
    const cz = laid[c + 2]! - mz
    if (Math.min(ax, bx, cx) > hx + out || Math.max(ax, bx, cx) < -hx - out) continue
    if (Math.min(ay, by, cy) > hy + out || Math.max(ay, by, cy) < -hy - out) continue
    if (Math.min(az, bz, cz) > hz + out || Math.max(az, bz, cz) < -hz - out) continue
    const nx = (by - ay) * (cz - az) - (bz - az) * (cy - ay)
    const ny = (bz - az) * (cx - ax) - (bx - ax) * (cz - az)
    const nz = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    const length = Math.sqrt(nx * nx + ny * ny + nz * nz)
    const away = Math.abs(nx * ax + ny * ay + nz * az)
    // a face may turn within the slack: twice that for its plane
    const half = Math.abs(nx) * hx + Math.abs(ny) * hy + Math.abs(nz) * hz + length * (out + SLACK)
    if (away <= half) found[kept++] = t
  }
  surface.foundCount = kept
}
