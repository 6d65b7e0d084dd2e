import { expect, test } from 'vitest'
import {
  type AlarmLevel,
  alarmStrike,
  BURSTS,
  PAUSE_S,
  pauseLeft,
  quietAlarm,
  stepAlarm,
  togglePause,
} from '../../../../renderer/sound/alarms.ts'
import { WAVES } from '../../../../renderer/sound/waves.ts'

test('bursts have the pulses of IEC 60601-1-8: ten, three, one', () => {
  expect([BURSTS.high, BURSTS.medium, BURSTS.low].map(({ pulses }) => pulses.length)).toEqual([10, 3, 1])
})

const gaps = (level: Exclude<AlarmLevel, 'none'>) =>
  BURSTS[level].pulses.slice(1).map(([start], i) => start - BURSTS[level].pulses[i][0] - BURSTS[level].pulses[i][1])

test('the rhythm of a high alarm is 3 + 2, twice', () => {
  const [length] = BURSTS.high.pulses.map(([, seconds]) => seconds)
  const [x, second, third, fourth, between, ...rest] = gaps('high')
  for (const gap of [x, second, fourth]) expect(gap).toBeCloseTo(x, 6)
  expect(x).toBeGreaterThanOrEqual(0.05 - 1e-9)
  expect(x).toBeLessThanOrEqual(0.125)
  expect(third).toBeCloseTo(2 * x + length, 6)
  expect(between).toBeGreaterThanOrEqual(0.35)
  expect(between).toBeLessThanOrEqual(1.3)
  expect(rest.map((gap) => gap.toFixed(3))).toEqual([x, second, third, fourth].map((gap) => gap.toFixed(3)))
})

test.each([
  ['high', 0.075, 0.2, 2.5, 15],
  ['medium', 0.125, 0.25, 2.5, 30],
  ['low', 0.125, 0.25, 15, Infinity],
] as const)('%s: length of pulses and rest between bursts', (level, shortest, longest, least, most) => {
  const { pulses, everyS, hertz } = BURSTS[level]
  for (const [, length] of pulses) {
    expect(length).toBeGreaterThanOrEqual(shortest)
    expect(length).toBeLessThanOrEqual(longest)
    const { attackS, fallS, holdS } = alarmStrike(BURSTS[level], length)
    expect(attackS + holdS + fallS).toBeCloseTo(length, 9)
    expect(attackS / length).toBeGreaterThanOrEqual(0.1)
    expect(attackS / length).toBeLessThanOrEqual(0.4)
  }
  const last = pulses[pulses.length - 1]
  expect(everyS - last[0] - last[1]).toBeGreaterThanOrEqual(least)
  expect(everyS - last[0] - last[1]).toBeLessThanOrEqual(most)
  expect(hertz).toBeGreaterThanOrEqual(150)
  expect(hertz).toBeLessThanOrEqual(1000)
  for (const gap of gaps('medium')) expect(gap).toBeCloseTo(0.19, 6)
})

test('an alarm pulse has four harmonics from 300 to 4000 Hz within 15 dB of the fundamental', () => {
  for (const { hertz } of Object.values(BURSTS)) {
    const strong = WAVES.alarm.filter(
      (amplitude, i) =>
        i > 0 &&
        hertz * (i + 1) >= 300 &&
        hertz * (i + 1) <= 4000 &&
        20 * Math.log10(amplitude / WAVES.alarm[0]) >= -15,
    )
    expect(strong.length).toBeGreaterThanOrEqual(4)
  }
})

/** Bursts that begin while `level` holds, looking 20 times a second. */
function listen(alarm = quietAlarm(), levelAt: (s: number) => AlarmLevel, fromS: number, toS: number) {
  const heard: [number, AlarmLevel][] = []
  for (let i = Math.round(fromS * 20); i < toS * 20; i++) {
    const burst = stepAlarm(alarm, levelAt(i / 20), i / 20)
    if (burst !== 'none') heard.push([i / 20, burst])
  }
  return heard
}

test('an alarm sounds at once and again after its time; nothing sounds without one', () => {
  expect(listen(quietAlarm(), () => 'medium', 0, 25)).toEqual([
    [0, 'medium'],
    [12, 'medium'],
    [24, 'medium'],
  ])
  expect(listen(quietAlarm(), () => 'none', 0, 60)).toEqual([])
})

test('a rise is heard at once; a fall does not restart anything', () => {
  expect(listen(quietAlarm(), (s) => (s < 3 ? 'low' : s < 4 ? 'high' : 'medium'), 0, 12)).toEqual([
    [0, 'low'],
    [3, 'high'],
    [10, 'medium'],
  ])
})

test('a pause silences for two minutes, and sound comes back if the alarm is still there', () => {
  const alarm = quietAlarm()
  stepAlarm(alarm, 'high', 0)
  togglePause(alarm, 1)
  expect(pauseLeft(alarm, 1)).toBe(PAUSE_S)
  const heard = listen(alarm, () => 'high', 1, 130)
  expect(heard[0]?.[0]).toBeGreaterThanOrEqual(1 + PAUSE_S)
  expect(heard[0]?.[0]).toBeLessThan(1 + PAUSE_S + 0.1)
})

test('a worse alarm breaks the pause, a lesser or a returning one does not', () => {
  const alarm = quietAlarm()
  stepAlarm(alarm, 'medium', 0)
  togglePause(alarm, 1)
  expect(listen(alarm, (s) => (s < 5 ? 'none' : s < 9 ? 'medium' : 'high'), 1, 12)).toEqual([[9, 'high']])
  expect(pauseLeft(alarm, 12)).toBe(0)
})

test('pressing again ends the pause', () => {
  const alarm = quietAlarm()
  stepAlarm(alarm, 'high', 0)
  togglePause(alarm, 1)
  togglePause(alarm, 3)
  expect(pauseLeft(alarm, 3)).toBe(0)
  expect(stepAlarm(alarm, 'high', 3)).toBe('high')
})
