/** Seconds a frame may take before the picture is drawn coarser, and from which it may be drawn finer again. */
const SLOW_S = 0.06
const FAST_S = 0.018
/** Frames that are looked at together. */
const WINDOW = 6
const HOPELESS_S = 0.5
const COARSEST = 0.5
const STEP = 0.7

/**
 * Keeps hands and picture together on slow machines: pixels are given up before frames are. A person steers by what they
 * see, so a late picture is worse than a coarse one.
 */
export class Sharpness {
  private readonly most: number
  private ratio: number
  private seconds = 0
  private frames = 0

  /** @param most pixel ratio that the quality setting allows */
  constructor(most: number) {
    this.most = Math.min(most, globalThis.devicePixelRatio ?? 1)
    this.ratio = this.most
  }

  /** Takes the length of a frame; answers a new pixel ratio, or null when it stays. */
  after(frameSeconds: number): number | null {
    this.seconds += Math.min(1, frameSeconds)
    this.frames++
    // Far too slow: no need to look longer.
    if (this.seconds < HOPELESS_S && this.frames < WINDOW) return null
    const mean = this.seconds / this.frames
    this.seconds = this.frames = 0
    const before = this.ratio
    if (mean > SLOW_S) this.ratio = Math.max(COARSEST, this.ratio * STEP)
    else if (mean < FAST_S) this.ratio = Math.min(this.most, this.ratio / STEP)
    return this.ratio === before ? null : this.ratio
  }
}
