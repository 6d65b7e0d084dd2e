import { expect, test } from 'vitest'
import { ALARM_CHANNELS, createSnapshotBuffer, HEADER } from '../../../../core/simulation/snapshot.ts'
import { alarmsOf, worstAlarm, worstIn } from '../../../../renderer/views/theatre/procedure/alarms.ts'

test('reads two bits a channel and names the worst', () => {
  const snapshot = createSnapshotBuffer()
  expect(worstAlarm(alarmsOf(snapshot))).toBe('none')
  snapshot.header[HEADER.alarms] = 2 | (3 << (2 * ALARM_CHANNELS.indexOf('spo2')))
  const levels = alarmsOf(snapshot)
  expect(levels.heartRate).toBe('medium')
  expect(levels.spo2).toBe('high')
  expect(worstAlarm(levels)).toBe('high')
  expect(worstIn(snapshot)).toBe('high')
})
