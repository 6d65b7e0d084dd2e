import { expect, test } from 'vitest'
import { ALARM_CHANNELS, createSnapshotBuffer, HEADER } from '../../../../core/simulation/snapshot.ts'
import { alarmsOf, bursts, worstAlarm } from '../../../../renderer/views/theatre/procedure/alarms.ts'

test('reads two bits a channel and names the worst', () => {
  const snapshot = createSnapshotBuffer()
  expect(worstAlarm(alarmsOf(snapshot))).toBe('none')
  snapshot.header[HEADER.alarms] = 2 | (3 << (2 * ALARM_CHANNELS.indexOf('spo2')))
  const levels = alarmsOf(snapshot)
  expect(levels.heartRate).toBe('medium')
  expect(levels.spo2).toBe('high')
  expect(worstAlarm(levels)).toBe('high')
})

test('bursts have the pulses of IEC 60601-1-8: ten, three, one, never overlapping', () => {
  expect([bursts.high, bursts.medium, bursts.low].map(({ pulses }) => pulses.length)).toEqual([10, 3, 1])
  for (const { pulses, everyS } of Object.values(bursts)) {
    pulses.forEach(([start, length], i) => {
      expect(start + length).toBeLessThanOrEqual(pulses[i + 1]?.[0] ?? everyS)
    })
  }
})
