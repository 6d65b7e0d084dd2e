import { TICK_MS } from '../../core/simulation/contract.ts'
import { wasmKernel } from '../../core/simulation/kernel/kernel.ts'
import { createSnapshotBuffer, SNAPSHOT_BYTES, type SnapshotBuffer } from '../../core/simulation/snapshot.ts'
import { TickClock } from './clock.ts'
import type { FromWorker, Happened, SharedSnapshots, ToWorker } from './protocol.ts'
import { happenedIn, LiveRun, ReplayRun, viewOfSession } from './runner.ts'
import { TRIPLE_SLOTS, TripleWriter } from './triple.ts'

/** How often the worker wakes, ms; the clock makes ticks out of it. */
const WAKE_MS = 6
/** Longest silence between two reports, ms. */
const NEWS_MS = 250

const post = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, { transfer })

let run: LiveRun | ReplayRun | null = null
let clock = new TickClock(TICK_MS)
let state: 'running' | 'paused' = 'running'
let speed = 1
let frames: ((fill: (out: SnapshotBuffer) => void) => void) | null = null
let happened: Happened[] = []
let lastNews = 0
let overrun = 0

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  try {
    take(data)
  } catch (error) {
    fail(error)
  }
}

function take(message: ToWorker): void {
  switch (message.type) {
    case 'live': {
      const live = new LiveRun(message.setup, (bytes) => wasmKernel(message.kernel, bytes))
      for (const share of live.resume(message.chunks)) post({ type: 'progress', share })
      begin(live, message.shared, null)
      return
    }
    case 'replay': {
      const replay = new ReplayRun(message.setup, message.chunks, (bytes) => wasmKernel(message.kernel, bytes))
      begin(replay, message.shared, replay.lastTick)
      return
    }
    case 'hands':
      if (run instanceof LiveRun) run.hold(message.samples)
      return
    case 'act':
      if (run instanceof LiveRun) run.act(message.act)
      return
    case 'run':
      state = message.state
      speed = message.speed
      clock.pause()
      return
    case 'seek':
      if (run instanceof ReplayRun) run.seek(message.tick)
      happened = []
      show()
      report()
      return
    case 'finish':
      finish()
  }
}

function begin(started: LiveRun | ReplayRun, shared: SharedSnapshots | null, lastTick: number | null): void {
  run = started
  clock = new TickClock(TICK_MS)
  frames = shared ? sharedFrames(shared) : sentFrames()
  show()
  post({ type: 'ready', tick: run.session.tick, lastTick })
  report()
  setInterval(wake, WAKE_MS)
}

function wake(): void {
  if (!run || state === 'paused') return
  try {
    const { ticks, behind } = clock.advance(performance.now() * speed)
    if (behind === 'slowed') overrun++
    for (let i = 0; i < ticks; i++) {
      if (run instanceof ReplayRun ? run.atEnd : !run.session.isRunning) break
      const tick = run.session.tick
      const done = run.tick()
      happenedIn(tick, done, happened)
      if (done.chunk && run instanceof LiveRun) {
        const { index, bytes, hash } = done.chunk
        post({ type: 'chunk', index, bytes, hash })
      }
    }
    if (ticks > 0) show()
    if (happened.length > 0 || performance.now() - lastNews > NEWS_MS) report()
  } catch (error) {
    fail(error)
  }
}

function report(): void {
  if (!run) return
  lastNews = performance.now()
  const { session } = run
  post({
    type: 'news',
    tick: session.tick,
    happened,
    view: viewOfSession(session),
    slowedMs: clock.slowedMs,
    stateHash: session.stateHash,
  })
  happened = []
}

function show(): void {
  const drawn = run
  if (drawn) frames?.((out) => drawn.session.draw(out))
}

function finish(): void {
  if (!(run instanceof LiveRun)) return
  const { chunk, record } = run.session.finish(overrun)
  if (chunk) post({ type: 'chunk', index: chunk.index, bytes: chunk.bytes, hash: chunk.hash })
  report()
  post({ type: 'record', record })
  state = 'paused'
}

/** Three slots in shared memory; the page takes the newest without waiting. */
function sharedFrames(shared: SharedSnapshots): (fill: (out: SnapshotBuffer) => void) => void {
  const writer = new TripleWriter(new Int32Array(shared.control))
  const slots = Array.from({ length: TRIPLE_SLOTS }, (_, i) => createSnapshotBuffer(shared.slots, i * SNAPSHOT_BYTES))
  return (fill) => {
    fill(slots[writer.slot])
    writer.publish()
  }
}

/** Without shared memory a copy is sent, at most about 60 a second. */
function sentFrames(): (fill: (out: SnapshotBuffer) => void) => void {
  const kept = createSnapshotBuffer()
  let last = 0
  return (fill) => {
    if (performance.now() - last < 15) return
    last = performance.now()
    fill(kept)
    const copy = (kept.buffer as ArrayBuffer).slice(0)
    post({ type: 'frame', buffer: copy }, [copy])
  }
}

function fail(error: unknown): void {
  state = 'paused'
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'simulation/fault'
  post({ type: 'fault', code, message: error instanceof Error ? error.message : String(error) })
}
