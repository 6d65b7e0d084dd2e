/** The sound of a theatre on this device: opens on a gesture, follows what the person set, keeps the alarm going. */
import { preferences } from '../app/preferences.ts'
import { type AlarmLevel, pauseLeft, quietAlarm, stepAlarm, togglePause } from './alarms.ts'
import { SoundDesk, type StripName } from './desk.ts'
import type { Steady } from './steady.ts'
import type { Cue } from './strikes.ts'

export class TheatreSound {
  private context: AudioContext | null = null
  private desk: SoundDesk | null = null
  private readonly alarming = quietAlarm()
  private forget: () => void = () => undefined

  /** Browsers allow sound only after a gesture: call from one, as often as you like. */
  wake(): void {
    if (!this.context) {
      this.context = new AudioContext({ latencyHint: 'interactive' })
      const desk = new SoundDesk(this.context, preferences.getState())
      this.forget = preferences.subscribe((settings) => desk.set(settings))
      this.desk = desk
    }
    if (this.context.state === 'suspended') void this.context.resume()
  }

  /** Keeps the alarm of the worst level sounding; call several times a second. */
  alarm(level: AlarmLevel): void {
    const before = this.alarming.level
    const begins = stepAlarm(this.alarming, level, nowS())
    if (begins !== 'none') this.desk?.burst(begins)
    else if (before !== 'none' && level === 'none') this.desk?.stopBurst()
  }

  /** Pauses the sound of alarms for two minutes, or ends the pause. */
  pauseAlarm(): void {
    togglePause(this.alarming, nowS())
    this.desk?.stopBurst()
  }

  /** Seconds until alarms sound again; 0 when they are not paused. */
  get alarmPauseS(): number {
    return pauseLeft(this.alarming, nowS())
  }

  /** The tone of one pulse. @param spo2 % */
  beat(spo2: number): void {
    this.desk?.beat(spo2)
  }

  cue(cue: Cue): void {
    this.desk?.cue(cue)
  }

  steady(name: StripName, to: Steady): void {
    this.desk?.steady(name, to)
  }

  dispose(): void {
    this.forget()
    void this.context?.close()
    this.context = null
    this.desk = null
  }
}

/** A pause runs by the clock on the wall, whether or not a sound card is there. */
const nowS = () => performance.now() / 1000
