/** Ticks that one wake-up of the worker may run before simulated time gives way. */
const MOST_TICKS = 12

export type ClockReading = { ticks: number; behind: 'no' | 'slowed' }

/**
 * Turns passing wall time into whole ticks. Ticks are never skipped: when the machine cannot keep up, simulated time
 * slows, and the milliseconds that were given up are counted for the record.
 */
export class TickClock {
  private owedMs = 0
  private lastMs: number | null = null
  /** Wall time given up so far, ms. */
  slowedMs = 0
  private readonly tickMs: number

  constructor(tickMs: number) {
    this.tickMs = tickMs
  }

  /** How many ticks are due at `nowMs`. */
  advance(nowMs: number): ClockReading {
    if (this.lastMs === null) {
      this.lastMs = nowMs
      return { ticks: 0, behind: 'no' }
    }
    this.owedMs += Math.max(0, nowMs - this.lastMs)
    this.lastMs = nowMs
    const due = Math.floor(this.owedMs / this.tickMs)
    const ticks = Math.min(due, MOST_TICKS)
    this.owedMs -= ticks * this.tickMs
    if (due <= MOST_TICKS) return { ticks, behind: 'no' }
    const given = (due - ticks) * this.tickMs
    this.owedMs -= given
    this.slowedMs += given
    return { ticks, behind: 'slowed' }
  }

  /** Stops the clock; the pause is not owed. */
  pause(): void {
    this.lastMs = null
    this.owedMs = 0
  }
}
