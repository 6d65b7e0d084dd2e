/** Every sound, rendered offline by the browser and measured. No loudspeaker and no ear is needed. */
import { expect, test } from 'playwright/test'
import { BURSTS } from '../../renderer/sound/alarms.ts'
import { CUES, pulseHertz } from '../../renderer/sound/strikes.ts'
import { amplitudeAt, centroid, octaves, openSounds, render, rms, stretches, strongest } from './helpers/sounds.ts'
import { installHeadset } from './helpers/xr.ts'

test.beforeEach(({ page }) => openSounds(page))

test('the pulse tone falls with saturation, as the mapping says', async ({ page }) => {
  const heard = await render(page, 1.2, ({ desk }) => {
    desk.beat(98, 0.1)
    desk.beat(85, 0.5)
    desk.beat(70, 0.9)
  })
  const pitches = [0.1, 0.5, 0.9].map((at) => strongest(heard, [150, 1200], at, at + 0.08))
  ;[98, 85, 70].forEach((spo2, i) => {
    expect(Math.abs(pitches[i] / pulseHertz(spo2) - 1)).toBeLessThan(0.02)
  })
  expect(pitches[0] / pitches[1]).toBeGreaterThan(1.6)
  expect(stretches(heard)).toHaveLength(3)
})

test('a high alarm is twice five pulses, a medium three, a low one; each with its harmonics', async ({ page }) => {
  const high = await render(page, 3, ({ desk }) => desk.burst('high', 0.1))
  const pulses = stretches(high)
  expect(pulses).toHaveLength(10)
  BURSTS.high.pulses.forEach(([start, length], i) => {
    expect(Math.abs(pulses[i][0] - 0.1 - start)).toBeLessThan(0.03)
    expect(Math.abs(pulses[i][1] - length)).toBeLessThan(0.05)
  })
  const [from, to] = [0.12, 0.21]
  const base = amplitudeAt(high, BURSTS.high.hertz, from, to)
  for (const harmonic of [2, 3, 4, 5])
    expect(20 * Math.log10(amplitudeAt(high, BURSTS.high.hertz * harmonic, from, to) / base)).toBeGreaterThan(-15)
  expect(stretches(await render(page, 3, ({ desk }) => desk.burst('medium', 0.1)))).toHaveLength(3)
  expect(stretches(await render(page, 3, ({ desk }) => desk.burst('low', 0.1)))).toHaveLength(1)
})

test('a burst that is cut off stops; a worse one takes its place', async ({ page }) => {
  const stopped = await render(page, 3, ({ desk }) => {
    desk.burst('high', 0.1)
    desk.stopBurst(0.5)
  })
  expect(rms(stopped, 0.6, 3)).toBeLessThan(rms(stopped, 0.1, 0.5) / 1000)
})

test('electrosurgery: a tone in the air, broadband sizzle on tissue, cut and coag apart', async ({ page }) => {
  const air = await render(page, 1.5, ({ desk, steady }) =>
    desk.steady('energy', steady.electrosurgery('cut', 0, steady.silence()), 0),
  )
  const cut = await render(page, 1.5, ({ desk, steady }) =>
    desk.steady('energy', steady.electrosurgery('cut', 1, steady.silence()), 0),
  )
  const coag = await render(page, 1.5, ({ desk, steady }) =>
    desk.steady('energy', steady.electrosurgery('coag', 1, steady.silence()), 0),
  )
  expect(strongest(air, [400, 1200], 0.5, 1)).toBe(660)
  expect(strongest(coag, [400, 1200], 0.5, 1)).toBe(940)
  const [quiet, sizzling] = [air, cut].map((heard) => octaves(heard, 0.4, 1.4))
  for (const band of [3, 4, 5]) expect(sizzling[band]).toBeGreaterThan(100 * quiet[band])
  // Broadband: the upper octaves lie within 20 dB of each other.
  const upper = sizzling.slice(2)
  expect(Math.max(...upper) / Math.min(...upper)).toBeLessThan(100)
  const crest = (heard: Float32Array) =>
    heard.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / rms(heard, 0.4, 1.4)
  expect(crest(coag)).toBeGreaterThan(1.3 * crest(cut))
})

test('suction is deeper and louder in fluid than in air', async ({ page }) => {
  const air = await render(page, 1.5, ({ desk, steady }) =>
    desk.steady('suction', steady.suction(1, 0, 0, steady.silence()), 0),
  )
  const fluid = await render(page, 1.5, ({ desk, steady }) =>
    desk.steady('suction', steady.suction(1, 1, 0, steady.silence()), 0),
  )
  expect(centroid(octaves(fluid, 0.4, 1.4))).toBeLessThan(0.75 * centroid(octaves(air, 0.4, 1.4)))
  expect(rms(fluid, 0.4, 1.4)).toBeGreaterThan(rms(air, 0.4, 1.4))
})

test('a burr through skull: it slows in bone, rings as the inner table thins, and races when through', async ({
  page,
}) => {
  const heard = await render(page, 4, ({ desk, steady }) => {
    const strip = steady.silence()
    desk.steady('drill', steady.drill(1, 'none', 0, 0, strip), 0)
    desk.steady('drill', steady.drill(1, 'diploe', 5, 5, strip), 1)
    desk.steady('drill', steady.drill(1, 'inner-table', 5, 0.1, strip), 2)
    desk.steady('drill', steady.drill(1, 'none', 0, 0, strip), 3)
  })
  const whine = [0, 1, 2, 3].map((at) => strongest(heard, [800, 1400], at + 0.3, at + 0.95))
  expect(whine[1]).toBeLessThan(0.95 * whine[0])
  expect(whine[2]).toBeLessThan(0.9 * whine[0])
  expect(whine[3]).toBe(whine[0])
  const above = [1, 2, 3].map((at) => octaves(heard, at + 0.3, at + 0.95)[5])
  expect(above[1]).toBeGreaterThan(2 * above[0])
  expect(above[2]).toBeLessThan(above[1] / 10)
})

test('irrigation, ventilator, insufflator and seal each sound, and the insufflator comes in pulses', async ({
  page,
}) => {
  const machines = [
    await render(page, 2, ({ desk, steady }) => desk.steady('irrigation', steady.irrigation(1, steady.silence()), 0)),
    await render(page, 2, ({ desk, steady }) => desk.steady('ventilator', steady.ventilator(40, steady.silence()), 0)),
    await render(page, 2, ({ desk, steady }) =>
      desk.steady('seal', steady.underwaterSeal(1, 'no', steady.silence()), 0),
    ),
  ]
  for (const heard of machines) expect(rms(heard, 0.5, 2)).toBeGreaterThan(0.002)
  const gas = await render(page, 4, ({ desk, steady }) =>
    desk.steady('insufflator', steady.insufflator(20, steady.silence()), 0),
  )
  const levels = Array.from({ length: 70 }, (_, i) => rms(gas, 0.4 + i * 0.05, 0.45 + i * 0.05))
  expect(Math.max(...levels) / Math.min(...levels)).toBeGreaterThan(5)
})

for (const cue of CUES)
  test(`${cue} is short and does not clip`, async ({ page }) => {
    // The function is sent as text: the name of the cue travels in it.
    const play = new Function('players', `players.desk.cue('${cue}', 0.1)`) as Parameters<typeof render>[2]
    const heard = await render(page, 0.8, play)
    expect(rms(heard, 0.1, 0.15)).toBeGreaterThan(0.005)
    expect(rms(heard, 0.6, 0.8)).toBeLessThan(rms(heard, 0.1, 0.15) / 50)
    expect(heard.reduce((most, x) => Math.max(most, Math.abs(x)), 0)).toBeLessThan(1)
  })

test('everything at once stays below full scale; off and muted are silence to the last bit', async ({ page }) => {
  const all: Parameters<typeof render>[2] = ({ desk, steady }) => {
    desk.burst('high', 0.1)
    desk.beat(97, 0.2)
    desk.cue('clip', 0.3)
    desk.cue('breach', 0.3)
    desk.steady('energy', steady.electrosurgery('coag', 1, steady.silence()), 0)
    desk.steady('suction', steady.suction(1, 1, 0, steady.silence()), 0)
    desk.steady('drill', steady.drill(1, 'inner-table', 6, 0, steady.silence()), 0)
    desk.steady('seal', steady.underwaterSeal(1, 'yes', steady.silence()), 0)
  }
  const peak = (heard: Float32Array) => heard.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  const loud = peak(await render(page, 1, all))
  expect(loud).toBeGreaterThan(0.1)
  expect(loud).toBeLessThan(1)
  expect(peak(await render(page, 1, all, { sound: 'off' }))).toBe(0)
  expect(peak(await render(page, 1, all, { volume: 0 }))).toBe(0)
  expect(peak(await render(page, 1, all, { muted: ['pulse', 'alarms', 'instruments', 'room'] }))).toBe(0)
  const withoutPulse = await render(page, 1, ({ desk }) => desk.beat(97, 0.2), { muted: ['pulse'] })
  expect(peak(withoutPulse)).toBe(0)
})

test('an emulated controller of a headset gets the pulse', async ({ page }) => {
  await installHeadset(page)
  await openSounds(page)
  const got = await page.evaluate(async () => {
    const { Sounds, __headset } = globalThis as unknown as {
      Sounds: { shake(pad: unknown, pulse: { amplitude: number; ms: number }): string }
      __headset: {
        controllers: {
          right: { inputSource: { gamepad: { hapticActuators: { pulse: (...args: number[]) => unknown }[] } } }
        }
      }
    }
    const { gamepad } = __headset.controllers.right.inputSource
    const [actuator] = gamepad.hapticActuators
    const told: number[][] = []
    const own = actuator.pulse.bind(actuator)
    actuator.pulse = (...args) => {
      told.push(args)
      return own(...args)
    }
    return { said: Sounds.shake(gamepad, { amplitude: 0.3, ms: 12 }), told }
  })
  expect(got).toEqual({ said: 'given', told: [[0.3, 12]] })
})
