/**
 * Faces near drops of liquid: boxes around faces, around blocks of sixteen of them, and around sixteen blocks, laid anew
 * each tick; kernel source, see `lanes.ts` and `scalars.ts`.
 *
 * Boxes lie as six rows, `stride` bytes apart: least x, y, z, then greatest. An empty box meets nothing.
 */
import { CELL_WORDS } from './droplists.ts'
import {
  add,
  append,
  type Count,
  every,
  type F,
  gather,
  gatherOne,
  gatherRun,
  gotW,
  gotX,
  gotY,
  gotZ,
  keep,
  LANES,
  least,
  most,
  mul,
  type Ptr,
  row,
  setLane,
  sub,
  type V,
} from './lanes.ts'
import { type I, readByte, readInt, writeByte, writeInt, writeSingle } from './scalars.ts'

/** Boxes that one box of the next level is around. */
export const BLOCK: I = 16
/** Fewer faces than this are listed near one cell of drops. */
export const MOST_LISTED: I = 4096
const FAR: F = 1e9

/**
 * Boxes around `count` faces on their way from `begin` to `now`; `a`, `b`, `c` are rows of the faces' vertices, which have
 * four numbers each.
 */
export function boxFaces(a: Ptr, b: Ptr, c: Ptr, begin: Ptr, now: Ptr, count: Count, boxes: Ptr, stride: Count): void {
  for (let t = 0; t < count; t += 4) {
    const at: Ptr = t * 4
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gather(a + at, begin)
      let lowX = gotX
      let lowY = gotY
      let lowZ = gotZ
      let highX = gotX
      let highY = gotY
      let highZ = gotZ
      for (let k = 0; k < 5; k++) {
        if (k === 0) gather(b + at, begin)
        else if (k === 1) gather(c + at, begin)
        else if (k === 2) gather(a + at, now)
        else if (k === 3) gather(b + at, now)
        else gather(c + at, now)
        lowX = least(lowX, gotX)
        lowY = least(lowY, gotY)
        lowZ = least(lowZ, gotZ)
        highX = most(highX, gotX)
        highY = most(highY, gotY)
        highZ = most(highZ, gotZ)
      }
      const to: Ptr = boxes + at
      keep(to, lowX)
      keep(to + stride, lowY)
      keep(to + stride * 2, lowZ)
      keep(to + stride * 3, highX)
      keep(to + stride * 4, highY)
      keep(to + stride * 5, highZ)
    }
  }
  emptyBoxes(boxes, stride, count)
}

/** Boxes around each sixteen of `count` boxes; those that fill up the last are empty. `sums`: four rows. */
export function boxBlocks(boxes: Ptr, stride: Count, count: Count, outer: Ptr, outerStride: Count, sums: Ptr): void {
  let n: I = 0
  // Four outer boxes at a time.
  for (let from: I = 0; from < count; from += BLOCK * 4) {
    for (let side: I = 0; side < 6; side++) {
      const at: Ptr = boxes + side * stride + from * 4
      const to: Ptr = outer + side * outerStride + n * 4
      for (let l = 0; l < LANES; l++) {
        setLane(l)
        for (let k: I = 0; k < 64; k += 16) {
          const inner: Ptr = at + k * 4
          if (side < 3)
            keep(sums + k, least(least(row(inner), row(inner + 16)), least(row(inner + 32), row(inner + 48))))
          else keep(sums + k, most(most(row(inner), row(inner + 16)), most(row(inner + 32), row(inner + 48))))
        }
      }
      for (let l = 0; l < LANES; l++) {
        setLane(l)
        gatherRun(sums)
        if (side < 3) keep(to, least(least(gotX, gotY), least(gotZ, gotW)))
        else keep(to, most(most(gotX, gotY), most(gotZ, gotW)))
      }
    }
    n += 4
  }
  emptyBoxes(outer, outerStride, (count + BLOCK - 1) >> 4)
}

/** Empties the boxes from number `from` to the end of its block. */
function emptyBoxes(boxes: Ptr, stride: Count, from: I): void {
  for (let t: I = from; t % BLOCK !== 0; t++) {
    for (let side: I = 0; side < 6; side++) {
      if (side < 3) writeSingle(boxes + side * stride + t * 4, FAR)
      else writeSingle(boxes + side * stride + t * 4, -FAR)
    }
  }
}

/** Above zero in lanes whose box, of the four at `at`, meets the one given. */
function meets(at: Ptr, stride: Count, lowX: V, lowY: V, lowZ: V, highX: V, highY: V, highZ: V): V {
  const x = least(sub(highX, row(at)), sub(row(at + stride * 3), lowX))
  const y = least(sub(highY, row(at + stride)), sub(row(at + stride * 4), lowY))
  const z = least(sub(highZ, row(at + stride * 2)), sub(row(at + stride * 5), lowZ))
  return least(least(x, y), z)
}

/**
 * Lists the faces within `pad` metres of the paths that drops of one cell take in `tick` seconds: those of the
 * drop at place i are `list[from[i]] … list[to[i] − 1]`, in order of number, filled up to a multiple of four with face
 * `spare`. Blocks near drops are marked. `hit` has room for all groups and blocks. What finds no `room` (words of `list`) is laid
 * to sleep for the tick, so that it cannot pass what it does not see. Writes to `used`, twice, how much of the list is in use.
 */
export function listFaces(
  cells: Ptr,
  cellCount: Count,
  awake: Ptr,
  position: Ptr,
  start: Ptr,
  velocity: Ptr,
  boxes: Ptr,
  stride: Count,
  blocks: Ptr,
  blockStride: Count,
  groups: Ptr,
  groupStride: Count,
  groupCount: Count,
  hit: Ptr,
  marks: Ptr,
  spare: Count,
  from: Ptr,
  to: Ptr,
  list: Ptr,
  room: Count,
  used: Ptr,
  table: Ptr,
  tick: F,
  pad: F,
): void {
  const time = every(tick)
  const margin = every(pad)
  for (let b: I = 0; b < groupCount * BLOCK; b++) writeByte(marks + b, 0)
  let end: I = 0
  for (let c: I = 0; c < cellCount; c++) {
    const cell: Ptr = cells + c * CELL_WORDS * 4
    const first = readInt(cell + 4)
    const next = readInt(cell + 16)
    let lowX = every(FAR)
    let lowY = every(FAR)
    let lowZ = every(FAR)
    let highX = every(-FAR)
    let highY = every(-FAR)
    let highZ = every(-FAR)
    const moves = readInt(cell + 8)
    for (let i: I = first; i < next; i++) {
      if (readByte(awake + i) === 0) continue
      gatherOne(velocity + i * 16)
      const wayX = mul(gotX, time)
      const wayY = mul(gotY, time)
      const wayZ = mul(gotZ, time)
      gatherOne(position + i * 16)
      const x = add(gotX, wayX)
      const y = add(gotY, wayY)
      const z = add(gotZ, wayZ)
      lowX = least(lowX, least(gotX, x))
      lowY = least(lowY, least(gotY, y))
      lowZ = least(lowZ, least(gotZ, z))
      highX = most(highX, most(gotX, x))
      highY = most(highY, most(gotY, y))
      highZ = most(highZ, most(gotZ, z))
    }
    const began = end
    let hasRoom = began + MOST_LISTED + BLOCK + 4 <= room
    if (moves !== 0 && hasRoom) {
      lowX = sub(lowX, margin)
      lowY = sub(lowY, margin)
      lowZ = sub(lowZ, margin)
      highX = add(highX, margin)
      highY = add(highY, margin)
      highZ = add(highZ, margin)
      let hits: I = 0
      for (let g: I = 0; g < groupCount; g += 4) {
        for (let l = 0; l < LANES; l++) {
          setLane(l)
          const test = meets(groups + g * 4, groupStride, lowX, lowY, lowZ, highX, highY, highZ)
          hits += append(hit + hits * 4, g, g + 4, test, table)
        }
      }
      const within: Ptr = hit + hits * 4
      let blockHits: I = 0
      for (let q: I = 0; q < hits; q++) {
        const group = readInt(hit + q * 4) * BLOCK
        for (let b: I = group; b < group + BLOCK; b += 4) {
          for (let l = 0; l < LANES; l++) {
            setLane(l)
            const test = meets(blocks + b * 4, blockStride, lowX, lowY, lowZ, highX, highY, highZ)
            blockHits += append(within + blockHits * 4, b, b + 4, test, table)
          }
        }
      }
      for (let q: I = 0; q < blockHits && end < began + MOST_LISTED; q++) {
        const block = readInt(within + q * 4)
        writeByte(marks + block, 1)
        for (let t: I = block * BLOCK; t < block * BLOCK + BLOCK; t += 4) {
          for (let l = 0; l < LANES; l++) {
            setLane(l)
            const test = meets(boxes + t * 4, stride, lowX, lowY, lowZ, highX, highY, highZ)
            end += append(list + end * 4, t, t + 4, test, table)
          }
        }
      }
    }
    if (end >= began + MOST_LISTED) hasRoom = false
    while ((end & 3) !== 0) {
      writeInt(list + end * 4, spare)
      end++
    }
    for (let i: I = first; i < next; i++) {
      if (!hasRoom) {
        writeByte(awake + i, 0)
        writeSingle(start + i * 16 + 12, 0)
      }
      const moving = readByte(awake + i) !== 0
      writeInt(from + i * 4, moving ? began : 0)
      writeInt(to + i * 4, moving ? end : 0)
    }
  }
  writeInt(used, end)
  writeInt(used + 4, end)
}
