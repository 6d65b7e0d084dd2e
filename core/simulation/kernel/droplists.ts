/** Which drops of liquid lie near each other; kernel source, see `lanes.ts` and `scalars.ts`. */
import {
  add,
  appendWords,
  type Count,
  every,
  type F,
  gatherOne,
  gotX,
  gotY,
  gotZ,
  keep,
  keepWords,
  LANES,
  mul,
  type Ptr,
  row,
  setLane,
  sub,
  wordsFrom,
} from './lanes.ts'
import { type D, type I, readByte, readInt, writeInt, writeSingle } from './scalars.ts'

/** Drops near one, itself among them; a crowd beyond that is ignored: it is pressed apart within a few ticks. */
export const MOST_NEAR: I = 64
/** Words that describe a cell: its key, its first place, and whether any of its drops is awake. */
export const CELL_WORDS: I = 3
/** No cell has this key. */
const LAST: I = 2147483647
/** Metres to what is near to nothing. */
const NOWHERE: D = 1000

/**
 * Finds the cells that hold drops: places are sorted by `key`. `cells` has room for one more than there are drops, and
 * the number of them stands in `found`. Branches that nobody can predict are avoided here
 * and below: they would cost more than the work.
 */
export function listCells(key: Ptr, awake: Ptr, count: Count, cells: Ptr, found: Ptr): void {
  let at: Ptr = cells - CELL_WORDS * 4
  let before: I = -1
  let moves: I = 0
  for (let i: I = 0; i < count; i++) {
    const cell = readInt(key + i * 4)
    const isNew = cell !== before
    const move = readByte(awake + i)
    moves = isNew ? move : moves | move
    at += isNew ? CELL_WORDS * 4 : 0
    writeInt(at, cell)
    writeInt(at + 8, moves)
    // Where the next one would begin.
    writeInt(at + 16, i + 1)
    before = cell
  }
  writeInt(cells + 4, 0)
  writeInt(at + 12, LAST)
  writeInt(at + 20, 0)
  writeInt(found, (at + CELL_WORDS * 4 - cells) / (CELL_WORDS * 4))
}

/**
 * Lists, for each drop that is awake, the drops (by place) nearer than the root of `reach2` m²: those of place `i` are
 * `list[first[i]] … list[first[i + 1] − 1]`, filled up to a multiple of four with place `spare`, which is near to nothing.
 * The three cells of a row are one run, `grid` tells how they are numbered (`dropsort.ts`); `runs` (nine pairs of words) only move forward. `position` holds four numbers a drop, `x`, `y`, `z` the
 * same as rows. Room for `MOST_NEAR` and eight more a drop is needed, and in each row of `around` (`stride` bytes) for all
 * drops and sixteen more.
 */
export function listDrops(
  position: Ptr,
  x: Ptr,
  y: Ptr,
  z: Ptr,
  awake: Ptr,
  cells: Ptr,
  cellCount: Count,
  grid: Ptr,
  runs: Ptr,
  around: Ptr,
  stride: Count,
  first: Ptr,
  list: Ptr,
  table: Ptr,
  spare: Count,
  reach2: F,
): void {
  const near = every(reach2)
  for (let r: I = 0; r < 18; r++) writeInt(runs + r * 4, 0)
  let used: I = 0
  for (let c: I = 0; c < cellCount; c++) {
    const cell: Ptr = cells + c * CELL_WORDS * 4
    const end = readInt(cell + 16)
    let n: I = 0
    if (readInt(cell + 8) !== 0) {
      findRuns(cells, runs, readInt(cell), readInt(grid), readInt(grid + 4))
      n = takeAround(x, y, z, cells, runs, around, stride)
    }
    for (let i: I = readInt(cell + 4); i < end; i++) {
      writeInt(first + i * 4, used)
      if (readByte(awake + i) === 0) continue
      const full = used + MOST_NEAR
      gatherOne(position + i * 16)
      const xi = gotX
      const yi = gotY
      const zi = gotZ
      for (let k: I = 0; k < n && used < full; k += 4) {
        const at: Ptr = around + k * 4
        for (let l = 0; l < LANES; l++) {
          setLane(l)
          const dx = sub(row(at), xi)
          const dy = sub(row(at + stride), yi)
          const dz = sub(row(at + stride * 2), zi)
          const d2 = add(add(mul(dx, dx), mul(dy, dy)), mul(dz, dz))
          used += appendWords(list + used * 4, at + stride * 3, sub(near, d2), table)
        }
      }
      used = used > full ? full : used
      for (let k: I = 0; k < 3; k++) writeInt(list + (used + k) * 4, spare)
      used = (used + 3) & ~3
    }
    writeInt(first + end * 4, used)
  }
}

/**
 * Copies the drops of nine runs: rows of x, y, z and places. Gives how many; what fills up the last four is far away.
 */
function takeAround(x: Ptr, y: Ptr, z: Ptr, cells: Ptr, runs: Ptr, around: Ptr, stride: Count): I {
  let n: I = 0
  for (let r: I = 0; r < 9; r++) {
    const low = readInt(cells + readInt(runs + r * 8) * CELL_WORDS * 4 + 4)
    const high = readInt(cells + readInt(runs + r * 8 + 4) * CELL_WORDS * 4 + 4)
    let from = low
    // Sixteen at a time, most runs at once; what is too many is written over.
    do {
      for (let k: I = 0; k < 16; k += 4) {
        const at: Ptr = (from + k) * 4
        const to: Ptr = around + (n + from - low + k) * 4
        for (let l = 0; l < LANES; l++) {
          setLane(l)
          keep(to, row(x + at))
          keep(to + stride, row(y + at))
          keep(to + stride * 2, row(z + at))
          keepWords(to + stride * 3, wordsFrom(from + k))
        }
      }
      from += 16
    } while (from < high)
    n += high - low
  }
  for (let k: I = 0; k < 3; k++) writeSingle(around + (n + k) * 4, NOWHERE)
  return (n + 3) & ~3
}

/** Moves the runs (of cells) on to the nine rows around a cell. */
function findRuns(cells: Ptr, runs: Ptr, key: I, along: I, slice: I): void {
  let at: Ptr = runs
  for (let dz: I = -1; dz <= 1; dz++) {
    for (let dy: I = -1; dy <= 1; dy++) {
      const middle = key + dz * slice + dy * along
      const low = advance(cells, readInt(at), middle - 1)
      const high = readInt(at + 4)
      writeInt(at, low)
      writeInt(at + 4, advance(cells, high < low ? low : high, middle + 2))
      at += 8
    }
  }
}

/** The first cell from number `c` on whose key is not below `key`. */
function advance(cells: Ptr, c: I, key: I): I {
  let at: Ptr = cells + c * CELL_WORDS * 4
  // Mostly none or one.
  at += readInt(at) < key ? CELL_WORDS * 4 : 0
  at += readInt(at) < key ? CELL_WORDS * 4 : 0
  while (readInt(at) < key) at += CELL_WORDS * 4
  return (at - cells) / (CELL_WORDS * 4)
}
