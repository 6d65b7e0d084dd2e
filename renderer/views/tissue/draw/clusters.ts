/**
 * Drops sorted into clusters whose surfaces may run together. Each is then contoured on a grid of its own, so that a splash
 * far off does not coarsen the pool. Cells of a coarse grid that hold drops are joined with their neighbours (union-find);
 * framework-free, memory is kept from call to call.
 */

/** Indices of drops by cluster, and where each cluster ends in them. */
export type Clusters = { order: Int32Array; ends: Int32Array; clusters: number }

export const createClusters = (): Clusters => ({ order: new Int32Array(0), ends: new Int32Array(0), clusters: 0 })

/** Cells to either side of the origin that a key tells apart; what is farther off shares the outermost. */
const HALF = 512
const SIDE = 2 * HALF

/** Open hashing from the key of a cell, plus one, to its number; twice as many slots as there can be cells at least. */
let slotKey = new Int32Array(0)
let slotCell = new Int32Array(0)
let cellKey = new Int32Array(0)
/** The cell that each is joined to; itself in a root. */
let joined = new Int32Array(0)
/** The cell of each drop, and then its cluster. */
let cellOf = new Int32Array(0)
let clusterOf = new Int32Array(0)
let cells = 0

/**
 * Sorts `count` drops (x, y, z, radius each). Drops closer than `near`, m, along each axis share a cluster; some that are up
 * to twice as far apart do too. Clusters come in the order of their first drops.
 */
export function clusterDrops(drop: Float32Array, count: number, near: number, out: Clusters): void {
  makeRoom(count, out)
  slotKey.fill(0)
  cells = 0
  for (let i = 0; i < count; i++)
    cellOf[i] = cellAt(key(place(drop[i * 4], near), place(drop[i * 4 + 1], near), place(drop[i * 4 + 2], near)))
  for (let c = 0; c < cells; c++) joined[c] = c
  for (let c = 0; c < cells; c++) joinNeighbours(c)
  const { order, ends } = out
  out.clusters = 0
  clusterOf.fill(-1, 0, cells)
  for (let i = 0; i < count; i++) {
    const root = rootOf(cellOf[i])
    if (clusterOf[root] < 0) {
      clusterOf[root] = out.clusters
      ends[out.clusters++] = 0
    }
    cellOf[i] = clusterOf[root]
    ends[clusterOf[root]]++
  }
  // Counting sort: ends first hold where each cluster begins, and have moved on to its end once it is filled.
  let begin = 0
  for (let c = 0; c < out.clusters; c++) {
    const size = ends[c]
    ends[c] = begin
    begin += size
  }
  for (let i = 0; i < count; i++) order[ends[cellOf[i]]++] = i
}

function makeRoom(count: number, out: Clusters): void {
  if (out.order.length >= count) return
  const room = 2 ** Math.ceil(Math.log2(count))
  out.order = new Int32Array(room)
  out.ends = new Int32Array(room)
  if (cellOf.length >= room) return
  slotKey = new Int32Array(room * 4)
  slotCell = new Int32Array(room * 4)
  cellKey = new Int32Array(room)
  joined = new Int32Array(room)
  cellOf = new Int32Array(room)
  clusterOf = new Int32Array(room)
}

const place = (x: number, near: number): number => Math.max(0, Math.min(SIDE - 1, Math.floor(x / near) + HALF))

const key = (x: number, y: number, z: number): number => (z * SIDE + y) * SIDE + x

/** Slot of a cell, or the empty one where it would be. */
function slotOf(k: number): number {
  const mask = slotKey.length - 1
  let slot = (Math.imul(k, 0x9e3779b1) >>> 8) & mask
  while (slotKey[slot] !== 0 && slotKey[slot] !== k + 1) slot = (slot + 1) & mask
  return slot
}

/** Number of a cell, which is new if it was not met yet. */
function cellAt(k: number): number {
  const slot = slotOf(k)
  if (slotKey[slot] !== 0) return slotCell[slot]
  slotKey[slot] = k + 1
  slotCell[slot] = cells
  cellKey[cells] = k
  return cells++
}

/** Joins a cell with those of its 26 neighbours that come before it; the others do so themselves. */
function joinNeighbours(cell: number): void {
  for (let z = -1; z <= 1; z++)
    for (let y = -1; y <= 1; y++)
      for (let x = -1; x <= 1; x++) {
        const k = cellKey[cell] + key(x, y, z)
        if (k >= cellKey[cell]) return
        const slot = slotOf(k)
        if (slotKey[slot] === 0) continue
        const a = rootOf(cell)
        const b = rootOf(slotCell[slot])
        joined[Math.max(a, b)] = Math.min(a, b)
      }
}

/** The root of a cell; ways to it are halved as they are walked. */
function rootOf(cell: number): number {
  while (joined[cell] !== cell) {
    joined[cell] = joined[joined[cell]]
    cell = joined[cell]
  }
  return cell
}
