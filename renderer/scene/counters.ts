import type { WebGLRenderer } from 'three'

/** What the scene costs, for benchmarks and tests. */
export type Counters = {
  readonly draws: number
  readonly triangles: number
  readonly jsMsPerFrame: number
  readonly pickMs: number
  readonly stateMs: number
  readonly loadMs: number
  readonly frames: number
  readonly heapBytes: number | null
  readonly contextLost: boolean
  readonly renderer: string
  readonly picking: 'building' | 'ready'
}

/** Gathers figures while frames are drawn. */
export class Meter {
  private gl: WebGLRenderer | undefined
  private draws = 0
  private triangles = 0
  private frames = 0
  private readonly times: number[] = []
  loadMs = 0
  state: () => number = () => 0
  name = ''
  pick: () => { ms: number; ready: boolean } = () => ({ ms: 0, ready: false })

  watch(gl: WebGLRenderer): void {
    this.gl = gl
    gl.info.autoReset = false
  }

  /** Call before the first draw of a frame. */
  begin(): number {
    this.gl?.info.reset()
    return performance.now()
  }

  end(begun: number): void {
    this.times.push(performance.now() - begun)
    if (this.times.length > 120) this.times.shift()
    this.frames++
    this.draws = this.gl?.info.render.calls ?? 0
    this.triangles = this.gl?.info.render.triangles ?? 0
  }

  read(): Counters {
    const sorted = [...this.times].sort((a, b) => a - b)
    const memory = (performance as { memory?: { usedJSHeapSize: number } }).memory
    const { ms, ready } = this.pick()
    return {
      draws: this.draws,
      triangles: this.triangles,
      jsMsPerFrame: sorted[Math.floor(sorted.length / 2)] ?? 0,
      pickMs: ms,
      stateMs: this.state(),
      loadMs: this.loadMs,
      frames: this.frames,
      heapBytes: memory?.usedJSHeapSize ?? null,
      contextLost: this.gl ? this.gl.getContext().isContextLost() : false,
      renderer: this.name,
      picking: ready ? 'ready' : 'building',
    }
  }
}
