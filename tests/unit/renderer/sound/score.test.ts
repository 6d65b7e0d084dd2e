import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSnapshotBuffer, HEADER, WAVE_LENGTH, WAVES } from '../../../../core/simulation/snapshot.ts'
import { INSTRUMENTS, instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { beatReader, beatsIn } from '../../../../renderer/sound/beats.ts'
import { channelGain, SOUND_CHANNELS } from '../../../../renderer/sound/channels.ts'
import { boneCue, jawCue } from '../../../../renderer/sound/cues.ts'
import { instrumentSound, type Use } from '../../../../renderer/sound/instrument.ts'
import {
  drill,
  electrosurgery,
  insufflator,
  irrigation,
  MOTOR_HZ,
  type Steady,
  silence,
  suction,
  underwaterSeal,
  ventilator,
} from '../../../../renderer/sound/steady.ts'
import { pulseHertz } from '../../../../renderer/sound/strikes.ts'
import { crackle, whiteNoise } from '../../../../renderer/sound/waves.ts'

const of = (make: (out: Steady) => Steady): Steady => make(silence())
const noiseOf = ({ hissGain, crackleGain }: Steady) => hissGain + crackleGain

test('the pulse tone falls by 4 % for each percent and never rises as saturation falls', () => {
  expect(pulseHertz(100)).toBe(880)
  for (let percent = 61; percent <= 100; percent++)
    expect(pulseHertz(percent) / pulseHertz(percent - 1)).toBeCloseTo(1.04, 9)
  expect(pulseHertz(20)).toBe(pulseHertz(60))
  expect(pulseHertz(98) / pulseHertz(85)).toBeGreaterThan(1.6)
})

test('off, volume nought and mutes are silent; louder is never softer', () => {
  const on = { sound: 'on', volume: 0.6, muted: [] } as const
  for (const channel of SOUND_CHANNELS) {
    expect(channelGain({ ...on, sound: 'off' }, channel)).toBe(0)
    expect(channelGain({ ...on, volume: 0 }, channel)).toBe(0)
    expect(channelGain({ ...on, volume: Number.NaN }, channel)).toBe(0)
    expect(channelGain({ ...on, volume: 7 }, channel)).toBe(1)
    expect(channelGain({ ...on, muted: [channel] }, channel)).toBe(0)
    expect(channelGain({ ...on, volume: 0.7 }, channel)).toBeGreaterThan(channelGain(on, channel))
  }
  expect(channelGain({ ...on, muted: ['pulse'] }, 'alarms')).toBeGreaterThan(0)
})

test('cut and coag have different tones; tissue sizzles only where it is touched; coag crackles more', () => {
  const [cut, coag] = (['cut', 'coag'] as const).map((mode) => of((out) => electrosurgery(mode, 1, out)))
  expect(coag.toneHz / cut.toneHz).toBeGreaterThan(1.2)
  expect(coag.crackleGain / coag.hissGain).toBeGreaterThan(2 * (cut.crackleGain / cut.hissGain))
  expect(noiseOf(of((out) => electrosurgery('cut', 0, out)))).toBe(0)
  expect(of((out) => electrosurgery('off', 1, out))).toEqual(silence())
})

test('suction deepens and thickens with fluid, and thins to a whistle when tissue closes it', () => {
  const air = of((out) => suction(1, 0, 0, out))
  const fluid = of((out) => suction(1, 1, 0, out))
  const closed = of((out) => suction(1, 1, 1, out))
  expect(fluid.hissHz).toBeLessThan(air.hissHz / 2)
  expect(fluid.throbDepth).toBeGreaterThan(air.throbDepth)
  expect(noiseOf(closed)).toBeLessThan(noiseOf(fluid) / 2)
  expect(closed.toneGain).toBeGreaterThan(0)
  expect(air.toneGain).toBe(0)
  expect(noiseOf(of((out) => suction(0, 1, 0, out)))).toBe(0)
})

test('a drill slows under load, tells its bone, rings as the inner table thins, and races when through', () => {
  const free = of((out) => drill(1, 'none', 0, 0, out))
  const outer = of((out) => drill(1, 'outer-table', 5, 9, out))
  const diploe = of((out) => drill(1, 'diploe', 5, 9, out))
  const inner = of((out) => drill(1, 'inner-table', 5, 1.2, out))
  const thin = of((out) => drill(1, 'inner-table', 5, 0.1, out))
  expect(free.toneHz).toBe(MOTOR_HZ)
  expect(noiseOf(free)).toBe(0)
  expect(outer.toneHz).toBeLessThan(0.9 * free.toneHz)
  expect(diploe.hissHz).toBeLessThan(0.6 * outer.hissHz)
  expect(inner.hissHz).toBeGreaterThan(2 * diploe.hissHz)
  expect(thin.hissHz).toBeGreaterThan(1.4 * inner.hissHz)
  expect(thin.hissQ).toBeGreaterThan(3 * inner.hissQ)
  expect(free.toneHz / thin.toneHz).toBeGreaterThan(1.1)
})

test('bone says when its inner table is reached and when it is through', () => {
  expect(boneCue('diploe', 'inner-table')).toBe('inner-table')
  expect(boneCue('inner-table', 'inner-table')).toBeNull()
  expect(boneCue('inner-table', 'none')).toBe('breach')
  expect(boneCue('inner-table', 'soft')).toBe('breach')
  expect(boneCue('inner-table', 'diploe')).toBeNull()
  expect(boneCue('none', 'outer-table')).toBeNull()
})

test('machines of the room follow their flow', () => {
  expect(of((out) => ventilator(40, out)).hissGain).toBeGreaterThan(of((out) => ventilator(-40, out)).hissGain)
  expect(of((out) => ventilator(0, out)).hissGain).toBe(0)
  expect(of((out) => insufflator(0, out)).hissGain).toBe(0)
  expect(of((out) => insufflator(20, out)).throbDepth).toBe(1)
  expect(of((out) => underwaterSeal(1, 'no', out)).hissGain).toBeGreaterThan(0.1)
  expect(noiseOf(of((out) => underwaterSeal(0, 'no', out)))).toBe(0)
})

test('whatever is asked, settings stay finite, audible in pitch and below full scale', () => {
  const any = fc.double({ min: -20, max: 20, noNaN: true })
  const bones = fc.constantFrom('none', 'soft', 'outer-table', 'diploe', 'inner-table') as fc.Arbitrary<Use['bone']>
  fc.assert(
    fc.property(any, any, any, bones, (a, b, c, bone) => {
      const all = [
        of((out) => electrosurgery('cut', a, out)),
        of((out) => suction(a, b, c, out)),
        of((out) => irrigation(a, out)),
        of((out) => drill(a, bone, b, c, out)),
        of((out) => ventilator(a, out)),
        of((out) => insufflator(a, out)),
        of((out) => underwaterSeal(a, 'yes', out)),
      ]
      for (const one of all) {
        for (const value of Object.values(one)) expect(Number.isFinite(value) && value >= 0).toBe(true)
        expect(one.toneGain + one.hissGain + one.crackleGain).toBeLessThan(1)
        expect(one.hissHz).toBeLessThan(12_000)
        expect(one.hissHz).toBeGreaterThan(100)
        expect(one.throbDepth).toBeLessThanOrEqual(1)
      }
    }),
  )
})

const idle: Use = {
  pedal: 1,
  mode: 'coag',
  flow: 'suction',
  contact: 0.5,
  fluid: 1,
  bone: 'diploe',
  pressN: 3,
  leftMm: 4,
}

test.each([
  ['hook', 'energy'],
  ['bipolar', 'energy'],
  ['suction-irrigator', 'suction'],
  ['burr', 'drill'],
  ['scissors', null],
] as const)('%s plays %s', (name, strip) => {
  const out = silence()
  expect(instrumentSound(INSTRUMENTS[instrumentNumber(name)], idle, out)).toBe(strip)
  expect(out.toneGain + noiseOf(out) > 0).toBe(strip !== null)
})

test('a suction-irrigator irrigates with the other pedal', () => {
  const row = INSTRUMENTS[instrumentNumber('suction-irrigator')]
  expect(instrumentSound(row, { ...idle, flow: 'irrigation' }, silence())).toBe('irrigation')
})

/** What jaws say on the way from open to closed and back, in steps. */
function squeeze(kind: Parameters<typeof jawCue>[0]) {
  const way = [...Array.from({ length: 101 }, (_, i) => 1 - i / 100), ...Array.from({ length: 101 }, (_, i) => i / 100)]
  return way.slice(1).flatMap((now, i) => jawCue(kind, way[i], now) ?? [])
}

test('a lock clicks three times as it closes, scissors snip once, a clip clicks once, a grasper is silent', () => {
  expect(squeeze('needle-driver')).toEqual(['ratchet', 'ratchet', 'ratchet'])
  expect(squeeze('scissors')).toEqual(['snip'])
  expect(squeeze('clip')).toEqual(['clip'])
  expect(squeeze('fenestrated')).toEqual([])
})

/** Writes `ticks` samples of an ECG with an R wave (three samples wide) every `period` ticks. */
function ecg(snapshot: ReturnType<typeof createSnapshotBuffer>, ticks: number, period: number) {
  const from = WAVES.indexOf('ecg') * WAVE_LENGTH
  for (let i = 0; i < ticks; i++) {
    const phase = snapshot.header[HEADER.tick] % period
    snapshot.waves[from + snapshot.header[HEADER.waveHead]] = phase >= 10 && phase < 13 ? 1 : 0
    snapshot.header[HEADER.waveHead] = (snapshot.header[HEADER.waveHead] + 1) % WAVE_LENGTH
    snapshot.header[HEADER.tick]++
  }
}

test('each beat is heard once, whatever the pace of reading', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 60, maxLength: 90 }), (paces) => {
      const snapshot = createSnapshotBuffer()
      const reader = beatReader()
      beatsIn(reader, snapshot)
      let heard = 0
      for (const ticks of paces) {
        ecg(snapshot, ticks, 80)
        heard += beatsIn(reader, snapshot)
      }
      const tick = snapshot.header[HEADER.tick]
      expect(heard).toBe(Math.floor((tick + 69) / 80))
    }),
  )
})

test('a flat line and a jump in time have no beats', () => {
  const snapshot = createSnapshotBuffer()
  const reader = beatReader()
  ecg(snapshot, 400, 80)
  expect(beatsIn(reader, snapshot)).toBe(0)
  ecg(snapshot, 500, 80)
  expect(beatsIn(reader, snapshot)).toBe(0)
  ecg(snapshot, 80, 80)
  expect(beatsIn(reader, snapshot)).toBe(1)
  snapshot.waves.fill(0)
  snapshot.header[HEADER.tick] += 100
  expect(beatsIn(reader, snapshot)).toBe(0)
})

test('noise is even and the same each time; crackle is mostly quiet with pops', () => {
  const noise = whiteNoise(20_000, 7)
  expect(whiteNoise(20_000, 7)).toEqual(noise)
  expect(Math.abs(noise.reduce((sum, x) => sum + x, 0) / noise.length)).toBeLessThan(0.02)
  const pops = crackle(48_000, 48_000, 3)
  const rms = Math.sqrt(pops.reduce((sum, x) => sum + x * x, 0) / pops.length)
  const peak = pops.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  expect(peak / rms).toBeGreaterThan(4)
  expect(rms).toBeGreaterThan(0.02)
})
