import { wasmKernel } from '../../../../core/simulation/kernel/kernel.ts'
import { TickClock } from '../../../simulation/clock.ts'
import { TRIPLE_SLOTS, TripleWriter } from '../../../simulation/triple.ts'
import { Playing } from './playing.ts'
import type { FromTissueWorker, ToTissueWorker } from './protocol.ts'
import { snapshotBytes, snapshotIn, type TissueSnapshot } from './snapshot.ts'

/** How often the worker wakes, ms; the clock makes ticks out of it. */
const WAKE_MS = 6
/** Ticks played at once on the way to a moment that was asked for. */
const HURRY = 40
const TICK_MS = 10
/** Between two reports while nothing but time goes on, ms. */
const NEWS_MS = 80

const post = (message: FromTissueWorker, transfer: Transferable[] = []) => self.postMessage(message, { transfer })

let playing: Playing | null = null
let frames: ((fill: (out: TissueSnapshot) => void) => void) | null = null
const clock = new TickClock(TICK_MS)
let state: 'running' | 'paused' = 'paused'
let speed = 1
/** The moment to go to before anything else. */
let goal = 0
let told = { at: 0, state: '' }

self.onmessage = ({ data }: MessageEvent<ToTissueWorker>) => {
  try {
    take(data)
  } catch (error) {
    fail(error)
  }
}

function take(message: ToTissueWorker): void {
  if (message.type === 'open') {
    open(message)
    return
  }
  if (!playing) return
  switch (message.type) {
    case 'run':
      if (playing.isOver && message.state === 'running') playing.restart()
      state = message.state
      speed = message.speed
      clock.pause()
      break
    case 'step':
      state = 'paused'
      playing.play(() => performance.now())
      break
    case 'restart':
      playing.restart()
      clock.pause()
      break
    case 'back':
      playing.back()
      clock.pause()
      break
    case 'take':
      playing.keep()
      playing.free = message.tool
      playing.hand = null
      break
    case 'change':
      playing.keep()
      playing.change(message.tool, message.kind)
      break
    case 'hand':
      playing.hand = message.hand
      return
  }
  show()
  report()
}

function open({ scene, kernel, shares, atTick }: ToTissueWorker & { type: 'open' }): void {
  playing = new Playing(scene, (bytes) => wasmKernel(kernel, bytes))
  goal = atTick
  frames = shares ? sharedFrames(playing) : sentFrames(playing)
  show()
  report()
  setInterval(wake, WAKE_MS)
}

function wake(): void {
  if (!playing) return
  const now = () => performance.now()
  try {
    if (playing.tick < goal) {
      for (let i = 0; i < HURRY && playing.tick < goal; i++) playing.play(now)
      if (playing.tick >= goal) goal = 0
    } else if (state === 'running') {
      const { ticks } = clock.advance(now() * speed)
      for (let i = 0; i < ticks && !playing.isOver; i++) playing.play(now)
      if (playing.isOver) state = 'paused'
      else if (ticks === 0) return
    } else return
    show()
    if ((goal > 0 ? 'running' : state) !== told.state || now() - told.at > NEWS_MS) report()
  } catch (error) {
    fail(error)
  }
}

function show(): void {
  const drawn = playing
  if (drawn) frames?.((out) => drawn.draw(out))
}

function report(): void {
  if (!playing) return
  const now = goal > 0 ? 'running' : state
  told = { at: performance.now(), state: now }
  post({ type: 'news', tick: playing.tick, state: now, steps: playing.steps, kinds: playing.kindsOfTools })
}

/** Three slots in shared memory; the page takes the newest without waiting. */
function sharedFrames({ size }: Playing): (fill: (out: TissueSnapshot) => void) => void {
  const bytes = snapshotBytes(size)
  const shared = { control: new SharedArrayBuffer(4), slots: new SharedArrayBuffer(bytes * TRIPLE_SLOTS) }
  const writer = new TripleWriter(new Int32Array(shared.control))
  const slots = Array.from({ length: TRIPLE_SLOTS }, (_, i) => snapshotIn(shared.slots, i * bytes, size))
  post({ type: 'ready', size, shared })
  return (fill) => {
    fill(slots[writer.slot])
    writer.publish()
  }
}

/** Without shared memory a copy is sent, at most about 60 a second. */
function sentFrames({ size }: Playing): (fill: (out: TissueSnapshot) => void) => void {
  const kept = new ArrayBuffer(snapshotBytes(size))
  const views = snapshotIn(kept, 0, size)
  let last = Number.NEGATIVE_INFINITY
  post({ type: 'ready', size, shared: null })
  return (fill) => {
    if (state === 'running' && performance.now() - last < 15) return
    last = performance.now()
    fill(views)
    const copy = kept.slice(0)
    post({ type: 'frame', buffer: copy }, [copy])
  }
}

function fail(error: unknown): void {
  state = 'paused'
  goal = 0
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'simulation/fault'
  post({ type: 'fault', code, message: error instanceof Error ? error.message : String(error) })
}
