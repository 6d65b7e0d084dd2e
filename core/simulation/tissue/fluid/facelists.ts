/**
 * Lists of faces near cells and paths. Lists of cells are made once and kept until the grid is laid anew; each depends on
 * the cell and on where the grid was laid only, so that it is the same whenever it is made. Lists of a tick follow after
 * {@link KEPT_ROOM} and are forgotten when the tick ends. A face is listed if its box meets the padded box and its plane
 * cuts it.
 */
import { findTriangles, SLACK, type Surface } from './surface.ts'

/** Lists kept at a time, faces in all of them, and faces in the lists of a tick. */
const SLOTS = 4096
export const KEPT_ROOM = 131072
const TICK_ROOM = 393216

export type FaceLists = {
  readonly key: Int32Array
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly face: Uint32Array
  kept: number
  lists: number
  /** End of the lists of this tick. */
  end: number
  /** The list that was asked for last: `face[start] … face[stop − 1]`. */
  start: number
  stop: number
}

export function createFaceLists(): FaceLists {
  return {
    key: new Int32Array(SLOTS).fill(-1),
    from: new Uint32Array(SLOTS),
    to: new Uint32Array(SLOTS),
    face: new Uint32Array(KEPT_ROOM + TICK_ROOM),
    kept: 0,
    lists: 0,
    end: KEPT_ROOM,
    start: 0,
    stop: 0,
  }
}

/** Forgets the lists of cells. */
export function clearLists(lists: FaceLists): void {
  lists.key.fill(-1)
  lists.kept = 0
  lists.lists = 0
}

/** Begins a tick: forgets the lists of the last, and where there are many lists of cells those too. */
export function beginLists(lists: FaceLists): void {
  lists.end = KEPT_ROOM
  if (lists.lists >= SLOTS / 2) clearLists(lists)
}

/**
 * Lists the faces within `pad` metres (and the slack of the grid) of a cell: `key` names the cell, whose lowest corner is
 * (x, y, z) and whose edge is `edge` metres.
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
  const { lists, found } = surface
  let slot = Math.imul(key, 0x9e3779b1) >>> 20
  while (lists.key[slot] !== -1 && lists.key[slot] !== key) slot = (slot + 1) % SLOTS
  if (lists.key[slot] !== key) {
    sift(surface, laid, x, y, z, x + edge, y + edge, z + edge, pad)
    const n = surface.foundCount
    if (lists.lists === SLOTS - 1 || lists.kept + n > KEPT_ROOM) {
      keepForTick(surface)
      return
    }
    lists.key[slot] = key
    lists.from[slot] = lists.kept
    for (let i = 0; i < n; i++) lists.face[lists.kept + i] = found[i]!
    lists.kept += n
    lists.to[slot] = lists.kept
    lists.lists++
  }
  lists.start = lists.from[slot]!
  lists.stop = lists.to[slot]!
}

/** Lists the faces within `pad` metres (and the slack of the grid) of a box, for this tick. */
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
  sift(surface, laid, x0, y0, z0, x1, y1, z1, pad)
  keepForTick(surface)
}

function keepForTick(surface: Surface): void {
  const { lists, found, foundCount } = surface
  const n = Math.min(foundCount, lists.face.length - lists.end)
  for (let i = 0; i < n; i++) lists.face[lists.end + i] = found[i]!
  lists.start = lists.end
  lists.end += n
  lists.stop = lists.end
}

/** Finds the faces near a box into `found`. */
function sift(
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
