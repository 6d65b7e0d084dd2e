import { type AlarmLevel, bursts } from './alarms.ts'

/** Sounds of the theatre, made on the spot: alarm bursts, the pulse tone, a tap when bone is felt. */
export class TheatreSound {
  private context: AudioContext | null = null
  private nextBurst = 0
  private sounding: AlarmLevel = 'none'
  volume: 'on' | 'off' = 'on'

  /** Browsers allow sound only after a gesture: call from one. */
  wake(): void {
    if (this.volume === 'off') return
    this.context ??= new AudioContext()
    if (this.context.state === 'suspended') void this.context.resume()
  }

  /** Keeps the alarm of a level sounding; call several times a second. */
  alarm(level: AlarmLevel): void {
    const { context } = this
    if (!context || this.volume === 'off' || level === 'none') {
      this.sounding = level
      return
    }
    const now = context.currentTime
    if (level !== this.sounding) this.nextBurst = now
    this.sounding = level
    if (now < this.nextBurst) return
    const { pulses, everyS, hertz } = bursts[level]
    for (const [start, length] of pulses) this.tone(now + start, length, hertz, 0.05)
    this.nextBurst = now + everyS
  }

  /** Pulse tone; its pitch falls with saturation, as anaesthetists know it. */
  beat(spo2: number): void {
    const { context } = this
    if (context && this.volume === 'on') this.tone(context.currentTime, 0.06, 420 + Math.max(0, spo2 - 60) * 9, 0.018)
  }

  /** Something hard under the finger. */
  tap(): void {
    const { context } = this
    if (context && this.volume === 'on') this.tone(context.currentTime, 0.035, 190, 0.07)
  }

  dispose(): void {
    void this.context?.close()
    this.context = null
  }

  private tone(at: number, seconds: number, hertz: number, gain: number): void {
    const { context } = this
    if (!context) return
    const oscillator = new OscillatorNode(context, { frequency: hertz, type: 'triangle' })
    const volume = new GainNode(context, { gain: 0 })
    volume.gain.setValueAtTime(0, at)
    volume.gain.linearRampToValueAtTime(gain, at + 0.012)
    volume.gain.setValueAtTime(gain, at + Math.max(0.015, seconds - 0.02))
    volume.gain.linearRampToValueAtTime(0, at + seconds)
    oscillator.connect(volume).connect(context.destination)
    oscillator.start(at)
    oscillator.stop(at + seconds + 0.02)
  }
}
