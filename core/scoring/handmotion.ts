import type { InstrumentSample } from '../simulation/contract.ts'
import { DEGREES } from '../simulation/exactmath.ts'

/**
 * Motion of one hand while it holds a tool, measured on positions thinned to 20 per second: enough for a hand (voluntary
 * motion lies below 10 Hz), and it keeps the grain of the input device out of the path.
 * Metrics as in dV-Trainer/MScore and ICSAD: path, angular path, economy, peaks of speed, jerk, idle time.
 * Sources: Datta 2001 (doi:10.1016/S1072-7515(01)01041-9), Hogan & Sternad 2009 (doi:10.3200/35-09-004-RC).
 */

const THIN_TICKS = 5
const THIN_SECONDS = 0.05
/** Slower than this for {@link REST_SAMPLES} thinned samples ends a movement. */
const REST_MM_PER_S = 10
const REST_SAMPLES = 4
/** A peak counts when the speed has risen and then fallen by this much. */
const PEAK_MM_PER_S = 25
/** Movements shorter than this say nothing about economy. */
const MOVEMENT_MM = 10

const CELL = {
  seen: 0,
  x: 1,
  y: 2,
  z: 3,
  qx: 4,
  qy: 5,
  qz: 6,
  qw: 7,
  path: 8,
  angle: 9,
  moving: 10,
  idle: 11,
  rest: 12,
  startX: 13,
  startY: 14,
  startZ: 15,
  movementPath: 16,
  idealSum: 17,
  actualSum: 18,
  extreme: 19,
  rising: 20,
  peaks: 21,
  vx: 22,
  vy: 23,
  vz: 24,
  ax: 25,
  ay: 26,
  az: 27,
  jerkSum: 28,
  jerkCount: 29,
} as const

export const HAND_CELLS = 30

/** Accumulates into the cells it is given, so that the score can be saved with the rest of the state. */
export class HandMotion {
  private readonly c: Float64Array

  constructor(cells: Float64Array) {
    this.c = cells
  }

  /** Takes the sample of a tick; only every fifth is looked at. */
  step(tick: number, sample: InstrumentSample, holdsTool: boolean): void {
    if (tick % THIN_TICKS !== 0) return
    const { c } = this
    if (!holdsTool) {
      if (c[CELL.seen] > 0) this.endMovement()
      c[CELL.seen] = 0
      return
    }
    const x = sample.xUm10[0] / 100
    const y = sample.xUm10[1] / 100
    const z = sample.xUm10[2] / 100
    if (c[CELL.seen] === 0) this.begin(x, y, z)
    else this.move(x, y, z, sample.q)
    c[CELL.x] = x
    c[CELL.y] = y
    c[CELL.z] = z
    for (let i = 0; i < 4; i++) c[CELL.qx + i] = sample.q[i] / 32767
    c[CELL.seen]++
  }

  /** Seconds with a tool in a moving hand. */
  get seconds(): number {
    return this.c[CELL.moving] * THIN_SECONDS
  }

  /** Seconds with a tool in a resting hand. */
  get idleSeconds(): number {
    return this.c[CELL.idle] * THIN_SECONDS
  }

  get pathMm(): number {
    return this.c[CELL.path]
  }

  get angleDegrees(): number {
    return this.c[CELL.angle]
  }

  /** Straight distances of all finished movements, and the paths really taken, mm. */
  get idealMm(): number {
    return this.c[CELL.idealSum]
  }

  get actualMm(): number {
    return this.c[CELL.actualSum]
  }

  get speedPeaks(): number {
    return this.c[CELL.peaks]
  }

  /** Root mean square jerk while moving, m/s³. */
  get jerk(): number {
    const { c } = this
    return c[CELL.jerkCount] === 0 ? 0 : Math.sqrt(c[CELL.jerkSum] / c[CELL.jerkCount]) / 1000
  }

  private begin(x: number, y: number, z: number): void {
    const { c } = this
    this.startMovement(x, y, z)
    c[CELL.extreme] = c[CELL.rising] = 0
    for (let i = CELL.vx; i <= CELL.az; i++) c[i] = 0
  }

  private startMovement(x: number, y: number, z: number): void {
    const { c } = this
    c[CELL.startX] = x
    c[CELL.startY] = y
    c[CELL.startZ] = z
    c[CELL.movementPath] = c[CELL.rest] = 0
  }

  private move(x: number, y: number, z: number, q: InstrumentSample['q']): void {
    const { c } = this
    const dx = x - c[CELL.x]
    const dy = y - c[CELL.y]
    const dz = z - c[CELL.z]
    const distance = length(dx, dy, dz)
    const speed = distance / THIN_SECONDS
    c[CELL.path] += distance
    c[CELL.angle] += this.turned(q)
    c[CELL.movementPath] += distance
    this.countPeak(speed)
    if (speed < REST_MM_PER_S) {
      c[CELL.idle]++
      if (++c[CELL.rest] >= REST_SAMPLES) {
        this.endMovement()
        this.startMovement(x, y, z)
        c[CELL.rest] = REST_SAMPLES
      }
    } else {
      c[CELL.moving]++
      c[CELL.rest] = 0
    }
    this.addJerk(dx / THIN_SECONDS, dy / THIN_SECONDS, dz / THIN_SECONDS, speed)
  }

  /** Chord of the turn between two unit quaternions: 4 asin(|a − b| / 2) for the small turn of one sample. */
  private turned(q: InstrumentSample['q']): number {
    const { c } = this
    let dot = 0
    for (let i = 0; i < 4; i++) dot += (c[CELL.qx + i] * q[i]) / 32767
    const sign = dot < 0 ? -1 : 1
    let square = 0
    for (let i = 0; i < 4; i++) {
      const d = q[i] / 32767 - sign * c[CELL.qx + i]
      square += d * d
    }
    return 2 * Math.sqrt(square) * DEGREES
  }

  private countPeak(speed: number): void {
    const { c } = this
    if (c[CELL.rising] === 1) {
      if (speed > c[CELL.extreme]) c[CELL.extreme] = speed
      else if (speed < c[CELL.extreme] - PEAK_MM_PER_S) {
        c[CELL.peaks]++
        c[CELL.rising] = 0
        c[CELL.extreme] = speed
      }
    } else if (speed < c[CELL.extreme]) c[CELL.extreme] = speed
    else if (speed > c[CELL.extreme] + PEAK_MM_PER_S) {
      c[CELL.rising] = 1
      c[CELL.extreme] = speed
    }
  }

  private addJerk(vx: number, vy: number, vz: number, speed: number): void {
    const { c } = this
    const ax = (vx - c[CELL.vx]) / THIN_SECONDS
    const ay = (vy - c[CELL.vy]) / THIN_SECONDS
    const az = (vz - c[CELL.vz]) / THIN_SECONDS
    if (c[CELL.seen] >= 3 && speed >= REST_MM_PER_S) {
      const jerk = length(ax - c[CELL.ax], ay - c[CELL.ay], az - c[CELL.az]) / THIN_SECONDS
      c[CELL.jerkSum] += jerk * jerk
      c[CELL.jerkCount]++
    }
    c[CELL.vx] = vx
    c[CELL.vy] = vy
    c[CELL.vz] = vz
    c[CELL.ax] = ax
    c[CELL.ay] = ay
    c[CELL.az] = az
  }

  private endMovement(): void {
    const { c } = this
    if (c[CELL.movementPath] < MOVEMENT_MM) return
    c[CELL.idealSum] += length(c[CELL.x] - c[CELL.startX], c[CELL.y] - c[CELL.startY], c[CELL.z] - c[CELL.startZ])
    c[CELL.actualSum] += c[CELL.movementPath]
    c[CELL.movementPath] = 0
  }
}

function length(x: number, y: number, z: number): number {
  return Math.sqrt(x * x + y * y + z * z)
}
