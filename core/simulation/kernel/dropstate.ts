/** Drops of liquid between their state and the scratch that they are worked on in; kernel source, see `scalars.ts`. */
import {
  type D,
  type I,
  type Ptr,
  readByte,
  readDouble,
  readInt,
  readSingle,
  writeByte,
  writeInt,
  writeSingle,
} from './scalars.ts'

/** Where the state lies: three numbers a drop, and a byte. */
let place: Ptr = 0
let speed: Ptr = 0
let push: Ptr = 0
let anchor: Ptr = 0
let still: Ptr = 0
let liquid: Ptr = 0

/** Says where the state lies, for {@link takeDrops} and {@link giveDrops}. */
export function nameDrops(position: Ptr, velocity: Ptr, pressed: Ptr, anchors: Ptr, stills: Ptr, liquids: Ptr): void {
  place = position
  speed = velocity
  push = pressed
  anchor = anchors
  still = stills
  liquid = liquids
}

/**
 * Copies `count` drops to their places: four numbers each in `position`, `start`, `velocity` and `pressed`, rows `x`, `y`,
 * `z`. The fourth of `start` is 1 for one that is awake, else 0; that of `velocity` its `smoothing` (a double for each
 * liquid), or −1. Those still for `asleep` ticks sleep.
 */
export function takeDrops(
  order: Ptr,
  count: I,
  position: Ptr,
  start: Ptr,
  velocity: Ptr,
  pressed: Ptr,
  x: Ptr,
  y: Ptr,
  z: Ptr,
  awake: Ptr,
  kinds: Ptr,
  smoothing: Ptr,
  asleep: I,
): void {
  for (let i: I = 0; i < count; i++) {
    const p = readInt(order + i * 4)
    const from: I = p * 12
    const to: I = i * 16
    const moves = readByte(still + p) < asleep
    const kind = readByte(liquid + p)
    // Words, so that numbers need not be made of them.
    const atX = readInt(place + from)
    const atY = readInt(place + from + 4)
    const atZ = readInt(place + from + 8)
    writeInt(x + i * 4, atX)
    writeInt(y + i * 4, atY)
    writeInt(z + i * 4, atZ)
    writeInt(position + to, atX)
    writeInt(position + to + 4, atY)
    writeInt(position + to + 8, atZ)
    writeSingle(start + to + 12, moves ? 1 : 0)
    for (let k: I = 0; k < 12; k += 4) {
      writeInt(velocity + to + k, readInt(speed + from + k))
      writeInt(pressed + to + k, readInt(push + from + k))
    }
    writeSingle(velocity + to + 12, moves ? readDouble(smoothing + kind * 8) : -1)
    writeByte(awake + i, moves ? 1 : 0)
    writeByte(kinds + i, kind)
  }
  // The last four are worked on together.
  for (let i: I = count; i < count + 3; i++) writeSingle(start + i * 16 + 12, 0)
}

/**
 * Writes drops that are awake back, and counts the ticks that each stayed within `way` metres of its anchor. Those faster
 * than `fast` m/s that went farther in this tick and in the one before wake half what sleeps among their neighbours (see
 * `droplists.ts`): what moves on, not what is tossed in its place.
 */
export function giveDrops(
  order: Ptr,
  count: I,
  position: Ptr,
  velocity: Ptr,
  pressed: Ptr,
  awake: Ptr,
  first: Ptr,
  near: Ptr,
  spare: I,
  way: D,
  fast: D,
  asleep: I,
): void {
  for (let i: I = 0; i < count; i++) {
    if (readByte(awake + i) === 0) continue
    const p = readInt(order + i * 4)
    const to: I = p * 12
    const from: I = i * 16
    const dx = readSingle(position + from) - readSingle(anchor + to)
    const dy = readSingle(position + from + 4) - readSingle(anchor + to + 4)
    const dz = readSingle(position + from + 8) - readSingle(anchor + to + 8)
    const isStill = dx * dx + dy * dy + dz * dz < way * way
    const before = readByte(still + p)
    const ticks: I = isStill ? before + 1 : 0
    const sleeps = ticks >= asleep
    writeByte(still + p, ticks)
    for (let k: I = 0; k < 12; k += 4) {
      const at = readInt(position + from + k)
      writeInt(place + to + k, at)
      if (!isStill) writeInt(anchor + to + k, at)
      writeInt(push + to + k, readInt(pressed + from + k))
      writeInt(speed + to + k, sleeps ? 0 : readInt(velocity + from + k))
    }
    if (ticks + before > 0) continue
    const vx = readSingle(velocity + from)
    const vy = readSingle(velocity + from + 4)
    const vz = readSingle(velocity + from + 8)
    if (vx * vx + vy * vy + vz * vz > fast * fast) wakeAround(order, i, awake, first, near, spare, asleep >> 1)
  }
}

/** Lets what sleeps around place `i` have been still for only `ticks`. */
function wakeAround(order: Ptr, i: I, awake: Ptr, first: Ptr, near: Ptr, spare: I, ticks: I): void {
  const end = readInt(first + i * 4 + 4)
  for (let k = readInt(first + i * 4); k < end; k++) {
    const j = readInt(near + k * 4)
    if (j !== spare && readByte(awake + j) === 0) writeByte(still + readInt(order + j * 4), ticks)
  }
}
