/** Which drops of liquid lie near each other; kernel source, see `lanes.ts` and `scalars.ts`. */
import {
  add,
  append,
  type Count,
  every,
  type F,
  gatherOne,
  gotX,
  gotY,
  gotZ,
  LANES,
  mul,
  type Ptr,
  row,
  setLane,
  sub,
} from './lanes.ts'
import { type I, readByte, readInt, writeInt } from './scalars.ts'

/** Drops near one, itself among them; a crowd beyond that is ignored: it is pressed apart within a few ticks. */
export const MOST_NEAR: I = 64
/** A drop's cell along x, y and z takes ten bits each of its key. */
const ROW: I = 1024
const SLICE: I = 1048576

/**
 * Lists, for each drop that is awake, the drops (by place) nearer than the root of `reach2` m²: those of place `i` are
 * `list[first[i]] … list[first[i + 1] − 1]`, filled up to a multiple of four with place `spare`, which is near to nothing.
 * Places are sorted by `key`, so that the three cells of a row are one run; `runs` (nine pairs of words) only move forward.
 * `position` holds four numbers a drop, `x`, `y`, `z` the same as rows. Room for `MOST_NEAR` and four more a drop is needed.
 */
export function listDrops(
  position: Ptr,
  x: Ptr,
  y: Ptr,
  z: Ptr,
  key: Ptr,
  awake: Ptr,
  runs: Ptr,
  first: Ptr,
  list: Ptr,
  table: Ptr,
  count: Count,
  spare: Count,
  reach2: F,
): void {
  const near = every(reach2)
  for (let r: I = 0; r < 18; r++) writeInt(runs + r * 4, 0)
  let used: I = 0
  let start: I = 0
  while (start < count) {
    const cell = readInt(key + start * 4)
    let moves = readByte(awake + start)
    let end: I = start + 1
    while (end < count && readInt(key + end * 4) === cell) {
      moves |= readByte(awake + end)
      end++
    }
    if (moves !== 0) findRuns(key, runs, count, cell)
    for (let i: I = start; i < end; i++) {
      writeInt(first + i * 4, used)
      if (readByte(awake + i) === 0) continue
      const full = used + MOST_NEAR
      gatherOne(position + i * 16)
      const xi = gotX
      const yi = gotY
      const zi = gotZ
      for (let r: I = 0; r < 9; r++) {
        const high = readInt(runs + r * 8 + 4)
        for (let j: I = readInt(runs + r * 8); j < high && used < full; j += 4) {
          const at: Ptr = j * 4
          for (let l = 0; l < LANES; l++) {
            setLane(l)
            const dx = sub(row(x + at), xi)
            const dy = sub(row(y + at), yi)
            const dz = sub(row(z + at), zi)
            const d2 = add(add(mul(dx, dx), mul(dy, dy)), mul(dz, dz))
            used += append(list + used * 4, j, high, sub(near, d2), table)
          }
        }
      }
      if (used > full) used = full
      while ((used & 3) !== 0) {
        writeInt(list + used * 4, spare)
        used++
      }
    }
    start = end
  }
  writeInt(first + count * 4, used)
}

/** Moves the runs on to the nine rows around a cell. */
function findRuns(key: Ptr, runs: Ptr, count: Count, cell: I): void {
  let at: Ptr = runs
  for (let dz: I = -1; dz <= 1; dz++) {
    for (let dy: I = -1; dy <= 1; dy++) {
      const middle = cell + dz * SLICE + dy * ROW
      let low = readInt(at)
      let high = readInt(at + 4)
      while (low < count && readInt(key + low * 4) < middle - 1) low++
      if (high < low) high = low
      while (high < count && readInt(key + high * 4) <= middle + 1) high++
      writeInt(at, low)
      writeInt(at + 4, high)
      at += 8
    }
  }
}
