/** Which faces of a surface lie near a cell or a path: the grid's triangles, sifted by box and plane. */
import { KEPT_ROOM, SLOTS } from './facelists.ts'
import { hashCell, MOST_FOUND, SLACK, SURFACE_CELL, type Surface } from './surface.ts'

/** Queries after which the marks of what was seen start anew. */
const LAST_QUERY = 2000000000

/** Cells of a cubic grid whose lists are kept: edge and pad in metres; `tier` tells grids apart. */
export type Tier = { readonly tier: number; readonly edge: number; readonly pad: number }

/** Number along an axis of the cell that holds coordinate `x`, 0 … 511. */
function numberOf(x: number, perEdge: number): number {
  const c = Math.floor(x * perEdge) + 256
  return c < 0 ? 0 : c > 511 ? 511 : c
}

/** Lists the faces within a tier's pad (and the slack of the grid) of its cell that holds the lowest corner of `box`. */
export function facesNearCell(surface: Surface, laid: Float32Array, tier: Tier): void {
  const { lists, found } = surface
  const { edge } = tier
  const perEdge = 1 / edge
  const { box } = lists
  const cx = numberOf(box[0]!, perEdge)
  const cy = numberOf(box[1]!, perEdge)
  const cz = numberOf(box[2]!, perEdge)
  const key = (tier.tier << 27) | (cz << 18) | (cy << 9) | cx
  let slot = Math.imul(key, 0x9e3779b1) >>> 18
  while (lists.key[slot] !== -1 && lists.key[slot] !== key) slot = (slot + 1) % SLOTS
  if (lists.key[slot] !== key) {
    box[0] = (cx - 256) * edge
    box[1] = (cy - 256) * edge
    box[2] = (cz - 256) * edge
    box[3] = box[0] + edge
    box[4] = box[1] + edge
    box[5] = box[2] + edge
    box[6] = tier.pad
    sift(surface, laid)
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

/** Lists the faces within the pad (and the slack of the grid) of `box`, for this tick. */
export function facesNearBox(surface: Surface, laid: Float32Array): void {
  sift(surface, laid)
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

/** Finds the faces near the box into `found`. */
function sift(surface: Surface, laid: Float32Array): void {
  const all = !findTriangles(surface)
  const { found, triangle, triangles } = surface
  const { box } = surface.lists
  const out = box[6]! + SLACK
  const mx = 0.5 * (box[0]! + box[3]!)
  const my = 0.5 * (box[1]! + box[4]!)
  const mz = 0.5 * (box[2]! + box[5]!)
  const hx = box[3]! - mx
  const hy = box[4]! - my
  const hz = box[5]! - mz
  let kept = 0
  const candidates = all ? triangles : surface.foundCount
  for (let i = 0; i < candidates; i++) {
    const t = all ? i : found[i]!
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
    if (away <= half && kept < MOST_FOUND) found[kept++] = t
  }
  surface.foundCount = kept
}

/**
 * Finds the triangles whose cells meet the padded box of `lists`, each once, into `found`. False, and none, where the box
 * has more cells than there are triangles: each of them may as well be looked at.
 */
function findTriangles(surface: Surface): boolean {
  const { start, entry, seen, found } = surface
  const { box } = surface.lists
  const pad = box[6]! + SLACK
  if (surface.query === LAST_QUERY) {
    seen.fill(-1)
    surface.query = 0
  }
  const query = ++surface.query
  let n = 0
  const ax = Math.floor((box[0]! - pad) / SURFACE_CELL)
  const bx = Math.floor((box[3]! + pad) / SURFACE_CELL)
  const by = Math.floor((box[4]! + pad) / SURFACE_CELL)
  const bz = Math.floor((box[5]! + pad) / SURFACE_CELL)
  const ay = Math.floor((box[1]! - pad) / SURFACE_CELL)
  const az = Math.floor((box[2]! - pad) / SURFACE_CELL)
  if ((bx - ax + 1) * (by - ay + 1) * (bz - az + 1) > surface.triangles) return false
  for (let z = az; z <= bz; z++) {
    for (let y = ay; y <= by; y++) {
      for (let x = ax; x <= bx; x++) {
        const h = hashCell(x, y, z)
        const end = start[h + 1]!
        for (let e = start[h]!; e < end; e++) {
          const t = entry[e]!
          if (seen[t] === query || n === MOST_FOUND) continue
          seen[t] = query
          found[n++] = t
        }
      }
    }
  }
  surface.foundCount = n
  return true
}
