/** What of a running case is heard: read from snapshots, so that a desktop, a headset and a replay sound alike. */
import { useEffect } from 'react'
import { OBSERVABLE_INDEX } from '../../../../core/simulation/observables.ts'
import { HEADER, type SnapshotBuffer } from '../../../../core/simulation/snapshot.ts'
import { beatReader, beatsIn } from '../../../sound/beats.ts'
import { hush, silence, underwaterSeal } from '../../../sound/steady.ts'
import type { TheatreSound } from '../../../sound/theatresound.ts'
import { worstIn } from '../procedure/alarms.ts'
import type { LiveCase } from './livecase.ts'
import { JawReader } from './touch.ts'

/** A case that stood so long is silent, ms; and how often sound is brought up to date. */
const STALE_MS = 400
const STEP_MS = 25

export type Heard = Pick<TheatreSound, 'alarm' | 'beat' | 'cue' | 'steady'>

/** Follows a run from snapshot to snapshot and plays it on `heard`. */
export class Soundtrack {
  private readonly heard: Heard
  private readonly beats = beatReader()
  private readonly jaws = new JawReader()
  private readonly seal = silence()
  private tick = -1
  private movedMs = Number.NEGATIVE_INFINITY

  constructor(heard: Heard) {
    this.heard = heard
  }

  step(snapshot: SnapshotBuffer, nowMs: number): void {
    const tick = snapshot.header[HEADER.tick]
    if (tick !== this.tick) this.movedMs = nowMs
    this.tick = tick
    if (nowMs - this.movedMs > STALE_MS) {
      this.rest()
      return
    }
    const { observed } = snapshot
    this.heard.alarm(worstIn(snapshot))
    if (beatsIn(this.beats, snapshot) > 0) this.heard.beat(observed[OBSERVABLE_INDEX['vitals.spo2']])
    const bubbling = observed[OBSERVABLE_INDEX['seal.bubbling']]
    const suctioned = observed[OBSERVABLE_INDEX['drain.suction']] === 1 ? 'yes' : 'no'
    this.heard.steady('seal', underwaterSeal(bubbling, suctioned, this.seal))
    for (const hand of [0, 1] as const) {
      const cue = this.jaws.cue(hand, snapshot)
      if (cue) this.heard.cue(cue)
    }
  }

  /** Falls silent. */
  rest(): void {
    this.heard.alarm('none')
    this.heard.steady('seal', hush(this.seal))
  }
}

/** Plays a run while the component is mounted; the first press of a key or button opens the sound. */
export function useSoundtrack(live: LiveCase, sound: TheatreSound): void {
  useEffect(() => {
    const track = new Soundtrack(sound)
    const stop = new AbortController()
    for (const gesture of ['pointerdown', 'keydown'] as const)
      document.addEventListener(gesture, () => sound.wake(), { signal: stop.signal, capture: true })
    // A timer, because a page's own frames stand still while a headset draws.
    const timer = setInterval(() => track.step(live.snapshot(), performance.now()), STEP_MS)
    return () => {
      clearInterval(timer)
      stop.abort()
      track.rest()
    }
  }, [live, sound])
}
