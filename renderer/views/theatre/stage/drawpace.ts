/** A drawing that takes longer than this makes the next wait as long again, ms. */
const SLOW_MS = 45
const FAST_MS = 18
const COARSEST = 0.5
const STEP = 0.7
/** Drawings that are looked at before the picture is made finer again. */
const STEADY = 20

/**
 * When to draw the next picture and how sharp. Pixels are given up first, then pictures: between two slow drawings the
 * page has at least as long for hands, panels and the monitor as a drawing takes.
 */
export class DrawPace {
  private readonly most: number
  private ratio: number
  /** What the picture was drawn with last. */
  private drawnRatio: number
  private drawnAt = Number.NEGATIVE_INFINITY
  private state: 'idle' | 'drawing' = 'idle'
  private waitMs = 0
  private steady = 0

  /** @param most pixel ratio that the quality setting allows */
  constructor(most: number) {
    this.most = Math.min(most, globalThis.devicePixelRatio ?? 1)
    this.ratio = this.drawnRatio = this.most
  }

  /**
   * Asked at each frame of the screen: whether to draw now, and with which new pixel ratio, or null when it stays. A canvas
   * that takes a new size is empty until it is drawn, so it gets one only then.
   */
  due(nowMs: number): { draw: 'now' | 'wait'; ratio: number | null } {
    if (this.state === 'drawing') {
      // The screen comes back only when the picture before is done.
      this.state = 'idle'
      const tookMs = nowMs - this.drawnAt
      this.waitMs = tookMs > SLOW_MS ? tookMs : 0
      this.sharpen(tookMs)
    }
    if (nowMs - this.drawnAt < this.waitMs * 2) return { draw: 'wait', ratio: null }
    this.drawnAt = nowMs
    this.state = 'drawing'
    const ratio = this.ratio === this.drawnRatio ? null : this.ratio
    this.drawnRatio = this.ratio
    return { draw: 'now', ratio }
  }

  private sharpen(tookMs: number): void {
    this.steady = tookMs < FAST_MS ? this.steady + 1 : 0
    if (tookMs > SLOW_MS) this.ratio = Math.max(COARSEST, this.ratio * STEP)
    else if (this.steady >= STEADY) {
      this.steady = 0
      this.ratio = Math.min(this.most, this.ratio / STEP)
    }
  }
}
