/**
 * The sound graph: built once, on any audio context (a live one, or an offline one that measures). Strikes and strips
 * only move the parameters of nodes that already run; nothing is made while it plays.
 */
import type { AlarmLevel } from './alarms.ts'
import { alarmStrike, BURSTS } from './alarms.ts'
import { channelGain, SOUND_CHANNELS, type SoundChannel, type SoundSettings } from './channels.ts'
import { type Steady, silence } from './steady.ts'
import { CUE_STRIKES, type Cue, PULSE, pulseHertz, type Strike } from './strikes.ts'
import { crackle, WAVES, type WaveName, whiteNoise } from './waves.ts'

/** Strips that can sound at once, with the channel and the wave of each. */
export const STRIPS = {
  energy: { channel: 'instruments', wave: 'plain' },
  suction: { channel: 'instruments', wave: 'plain' },
  irrigation: { channel: 'instruments', wave: 'plain' },
  drill: { channel: 'instruments', wave: 'motor' },
  ventilator: { channel: 'room', wave: 'plain' },
  insufflator: { channel: 'room', wave: 'plain' },
  seal: { channel: 'room', wave: 'plain' },
} as const satisfies Record<string, { channel: SoundChannel; wave: WaveName }>
export type StripName = keyof typeof STRIPS

/** Length of the noise that loops, s: longer than an ear finds the seam. */
const NOISE_S = 3
/** How fast strips follow their settings and channels their volume, s. */
const FOLLOW_S = 0.02
/** An exponential fall is over after so many time constants. */
const FALLS = 4

type Striker = { oscillator: OscillatorNode; tone: GainNode; band: BiquadFilterNode; hiss: GainNode }
type Strip = {
  last: Steady
  oscillator: OscillatorNode
  tone: GainNode
  band: BiquadFilterNode
  hiss: GainNode
  crackle: GainNode
  throb: OscillatorNode
  throbDepth: GainNode
  throbbed: GainNode
}

/** The mixing desk. Times are those of its context, s. */
export class SoundDesk {
  private readonly context: BaseAudioContext
  private readonly channels: Readonly<Record<SoundChannel, GainNode>>
  private readonly waves: Readonly<Record<WaveName, PeriodicWave>>
  private readonly noise: AudioBufferSourceNode
  private readonly pops: AudioBufferSourceNode
  private readonly strikers: Readonly<Record<'pulse' | 'alarms' | Cue, Striker>>
  private readonly strips: Readonly<Record<StripName, Strip>>

  constructor(context: BaseAudioContext, settings: SoundSettings) {
    this.context = context
    // Several sounds at once stay under full scale without clipping.
    const limiter = new DynamicsCompressorNode(context, { threshold: -9, knee: 6, ratio: 12, attack: 0.002 })
    limiter.connect(context.destination)
    this.channels = eachOf(SOUND_CHANNELS, (channel) => {
      const node = new GainNode(context, { gain: channelGain(settings, channel) })
      node.connect(limiter)
      return node
    })
    this.waves = eachOf(Object.keys(WAVES) as WaveName[], (name) => {
      const imag = new Float32Array([0, ...WAVES[name]])
      return new PeriodicWave(context, { real: new Float32Array(imag.length), imag })
    })
    const samples = Math.round(NOISE_S * context.sampleRate)
    this.noise = looped(context, whiteNoise(samples, 1))
    this.pops = looped(context, crackle(samples, context.sampleRate, 2))
    const cues = Object.keys(CUE_STRIKES) as Cue[]
    this.strikers = {
      pulse: this.striker(PULSE),
      alarms: this.striker(alarmStrike(BURSTS.high, 0.1)),
      ...eachOf(cues, (cue) => this.striker(CUE_STRIKES[cue])),
    }
    this.strips = eachOf(Object.keys(STRIPS) as StripName[], (name) => this.strip(name))
  }

  /** Takes over volume and mutes. */
  set(settings: SoundSettings): void {
    const { currentTime } = this.context
    for (const channel of SOUND_CHANNELS)
      this.channels[channel].gain.setTargetAtTime(channelGain(settings, channel), currentTime, FOLLOW_S)
  }

  /** One tone of the pulse. @param spo2 % */
  beat(spo2: number, at = this.context.currentTime): void {
    strike(this.strikers.pulse, PULSE, pulseHertz(spo2), at)
  }

  /** One burst of an alarm; a burst that still sounds is cut off. */
  burst(level: Exclude<AlarmLevel, 'none'>, at = this.context.currentTime): void {
    this.stopBurst(at)
    const burst = BURSTS[level]
    for (const [start, length] of burst.pulses)
      strike(this.strikers.alarms, alarmStrike(burst, length), burst.hertz, at + start)
  }

  /** Breaks off a burst. */
  stopBurst(at = this.context.currentTime): void {
    const { gain } = this.strikers.alarms.tone
    gain.cancelScheduledValues(at)
    gain.setTargetAtTime(0, at, 0.005)
  }

  /** One sound of an instrument. */
  cue(cue: Cue, at = this.context.currentTime): void {
    const recipe = CUE_STRIKES[cue]
    strike(this.strikers[cue], recipe, recipe.hertz, at)
  }

  /** Sets a strip; what has not changed is not touched. */
  steady(name: StripName, to: Steady, at = this.context.currentTime): void {
    const strip = this.strips[name]
    const { last } = strip
    follow(strip.oscillator.frequency, last.toneHz, to.toneHz, at)
    follow(strip.tone.gain, last.toneGain, to.toneGain, at)
    follow(strip.band.frequency, last.hissHz, to.hissHz, at)
    follow(strip.band.Q, last.hissQ, to.hissQ, at)
    follow(strip.hiss.gain, last.hissGain, to.hissGain, at)
    follow(strip.crackle.gain, last.crackleGain, to.crackleGain, at)
    follow(strip.throb.frequency, last.throbHz, to.throbHz, at)
    if (last.throbDepth !== to.throbDepth) {
      follow(strip.throbDepth.gain, -1, to.throbDepth / 2, at)
      follow(strip.throbbed.gain, -1, 1 - to.throbDepth / 2, at)
    }
    Object.assign(last, to)
  }

  private striker({ channel, wave, hiss }: Strike): Striker {
    const { context } = this
    const made = {
      oscillator: new OscillatorNode(context, { periodicWave: this.waves[wave] }),
      tone: new GainNode(context, { gain: 0 }),
      band: new BiquadFilterNode(context, { type: 'bandpass', frequency: hiss.hertz, Q: hiss.q }),
      hiss: new GainNode(context, { gain: 0 }),
    }
    made.oscillator.connect(made.tone).connect(this.channels[channel])
    this.noise.connect(made.band).connect(made.hiss).connect(this.channels[channel])
    made.oscillator.start()
    return made
  }

  private strip(name: StripName): Strip {
    const { context } = this
    const { channel, wave } = STRIPS[name]
    const last = silence()
    const made: Strip = {
      last,
      oscillator: new OscillatorNode(context, { periodicWave: this.waves[wave], frequency: last.toneHz }),
      tone: new GainNode(context, { gain: 0 }),
      band: new BiquadFilterNode(context, { type: 'bandpass', frequency: last.hissHz, Q: last.hissQ }),
      hiss: new GainNode(context, { gain: 0 }),
      crackle: new GainNode(context, { gain: 0 }),
      throb: new OscillatorNode(context, { frequency: last.throbHz }),
      throbDepth: new GainNode(context, { gain: 0 }),
      throbbed: new GainNode(context, { gain: 1 }),
    }
    made.oscillator.connect(made.tone).connect(this.channels[channel])
    this.noise.connect(made.band).connect(made.hiss).connect(made.throbbed)
    this.pops.connect(made.crackle).connect(made.throbbed)
    made.throb.connect(made.throbDepth).connect(made.throbbed.gain)
    made.throbbed.connect(this.channels[channel])
    made.oscillator.start()
    made.throb.start()
    return made
  }
}

function strike({ oscillator, tone, hiss }: Striker, recipe: Strike, hertz: number, at: number): void {
  oscillator.frequency.setValueAtTime(hertz, at)
  if (recipe.glide !== 1)
    oscillator.frequency.exponentialRampToValueAtTime(
      hertz * recipe.glide,
      at + recipe.attackS + recipe.holdS + recipe.fallS,
    )
  envelope(tone.gain, recipe, recipe.gain, at)
  if (recipe.hiss.gain > 0) envelope(hiss.gain, recipe, recipe.hiss.gain, at)
}

function envelope(gain: AudioParam, { attackS, holdS, fallS }: Strike, peak: number, at: number): void {
  const falls = at + attackS + holdS
  gain.cancelScheduledValues(at)
  gain.setValueAtTime(0, at)
  gain.linearRampToValueAtTime(peak, at + attackS)
  gain.setValueAtTime(peak, falls)
  gain.setTargetAtTime(0, falls, fallS / FALLS)
}

function follow(param: AudioParam, before: number, to: number, at: number): void {
  if (before !== to) param.setTargetAtTime(to, at, FOLLOW_S)
}

function looped(context: BaseAudioContext, samples: Float32Array<ArrayBuffer>): AudioBufferSourceNode {
  const buffer = new AudioBuffer({ length: samples.length, sampleRate: context.sampleRate })
  buffer.copyToChannel(samples, 0)
  const source = new AudioBufferSourceNode(context, { buffer, loop: true })
  source.start()
  return source
}

function eachOf<K extends string, V>(keys: readonly K[], make: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, V>
}
