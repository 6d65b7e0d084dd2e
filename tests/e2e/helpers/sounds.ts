/** Renders the app's own sound graph offline in the browser and brings the samples back to be measured. */
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { build } from 'vite'
import type { SoundSettings } from '../../../renderer/sound/channels.ts'
import type { SoundDesk } from '../../../renderer/sound/desk.ts'
import type * as Steadies from '../../../renderer/sound/steady.ts'

export const RATE = 44_100

/** What a page is given to play with. */
export type Players = { desk: SoundDesk; steady: typeof Steadies }

/** The sound modules as one script that leaves `Sounds` in the page. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'soundpage.ts'), formats: ['iife'], name: 'Sounds' },
    },
  })
  const [{ output }] = result as unknown as [{ output: [{ code: string }] }]
  return output[0].code
}

let script: Promise<string> | undefined

/** Puts the modules into an empty page. */
export async function openSounds(page: Page): Promise<void> {
  script ??= bundle()
  await page.goto('about:blank')
  await page.evaluate(`${await script}; globalThis.Sounds = Sounds`)
}

/**
 * Plays for so many seconds at full volume unless set otherwise, and answers the samples (mono, `RATE` a second).
 * `play` runs in the page: it may use only what it is given.
 */
export async function render(
  page: Page,
  seconds: number,
  play: (players: Players) => void,
  settings: Partial<SoundSettings> = {},
): Promise<Float32Array> {
  const base64 = await page.evaluate(
    async ([length, rate, chosen, source]) => {
      type Given = { SoundDesk: new (context: BaseAudioContext, settings: unknown) => SoundDesk }
      const { Sounds } = globalThis as unknown as { Sounds: Given & { steady: typeof Steadies } }
      const context = new OfflineAudioContext(1, length, rate)
      const desk = new Sounds.SoundDesk(context, { sound: 'on', volume: 1, muted: [], ...chosen })
      const playing = new Function(`return ${source}`)() as (players: unknown) => void
      playing({ desk, steady: Sounds.steady })
      const bytes = new Uint8Array((await context.startRendering()).getChannelData(0).buffer)
      let text = ''
      for (const byte of bytes) text += String.fromCharCode(byte)
      return btoa(text)
    },
    [Math.round(seconds * RATE), RATE, settings, play.toString()] as const,
  )
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'))
  return new Float32Array(bytes.buffer)
}

/** Root mean square of a stretch, s. */
export function rms(samples: Float32Array, fromS = 0, toS = samples.length / RATE): number {
  const part = samples.subarray(Math.round(fromS * RATE), Math.round(toS * RATE))
  return Math.sqrt(part.reduce((sum, x) => sum + x * x, 0) / part.length)
}

/** Amplitude at one frequency over a stretch with a Hann window (Goertzel). */
export function amplitudeAt(samples: Float32Array, hertz: number, fromS: number, toS: number): number {
  const part = samples.subarray(Math.round(fromS * RATE), Math.round(toS * RATE))
  const turn = (2 * Math.PI * hertz) / RATE
  let re = 0
  let im = 0
  part.forEach((x, i) => {
    const window = 1 - Math.cos((2 * Math.PI * i) / part.length)
    re += window * x * Math.cos(turn * i)
    im += window * x * Math.sin(turn * i)
  })
  return (2 * Math.hypot(re, im)) / part.length
}

/** Frequency of the strongest partial between two, to 1 Hz. */
export function strongest(samples: Float32Array, range: readonly [number, number], fromS: number, toS: number): number {
  let best = range[0]
  let most = 0
  for (let hertz = range[0]; hertz <= range[1]; hertz++) {
    const amplitude = amplitudeAt(samples, hertz, fromS, toS)
    if (amplitude > most) [best, most] = [hertz, amplitude]
  }
  return best
}

/** Power in bands of an octave from 250 Hz to 8 kHz, each as its mean over a comb of frequencies. */
export function octaves(samples: Float32Array, fromS: number, toS: number): number[] {
  return [250, 500, 1000, 2000, 4000, 8000].map((centre) => {
    let power = 0
    for (let k = 0; k < 24; k++) {
      const amplitude = amplitudeAt(samples, centre * 2 ** (-0.5 + k / 24), fromS, toS)
      power += amplitude * amplitude
    }
    // Noise spreads over a band: what a comb finds is weighed by the band's width.
    return (power / 24) * centre
  })
}

/** Centre of gravity of the octaves' power, Hz on a logarithmic scale. */
export function centroid(bands: readonly number[]): number {
  const total = bands.reduce((sum, power) => sum + power, 0)
  return 250 * 2 ** bands.reduce((sum, power, i) => sum + (power / total) * i, 0)
}

/** Start and length in seconds of each stretch that is louder than a share of the peak (10 ms steps). */
export function stretches(samples: Float32Array, share = 0.2): [startS: number, lengthS: number][] {
  const step = 0.005
  const levels = Array.from({ length: Math.floor(samples.length / RATE / step) }, (_, i) =>
    rms(samples, i * step, (i + 1) * step),
  )
  const limit = Math.max(...levels) * share
  const found: [number, number][] = []
  levels.forEach((level, i) => {
    if (level <= limit) return
    const last = found[found.length - 1]
    if (last && Math.abs(last[0] + last[1] - i * step) < 1e-9) last[1] += step
    else found.push([i * step, step])
  })
  return found
}
