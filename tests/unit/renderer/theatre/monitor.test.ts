import { describe, expect, test } from 'vitest'
import { RHYTHMS } from '../../../../core/physiology/rhythm.ts'
import { OBSERVABLE_INDEX } from '../../../../core/simulation/observables.ts'
import { ALARM_CHANNELS, createSnapshotBuffer, HEADER, WAVE_LENGTH } from '../../../../core/simulation/snapshot.ts'
import en from '../../../../renderer/locales/en/theatre.json' with { type: 'json' }
import ru from '../../../../renderer/locales/ru/theatre.json' with { type: 'json' }
import uz from '../../../../renderer/locales/uz/theatre.json' with { type: 'json' }
import { alarmsOf, worstAlarm, worstChannel } from '../../../../renderer/views/theatre/procedure/alarms.ts'
import { drawTraces, isVentilated, monitorColours } from '../../../../renderer/views/theatre/procedure/waveforms.ts'

/** Colours of the traces that are drawn, in order. */
function drawn(airwayPeakCmH2O: number): string[] {
  const snapshot = createSnapshotBuffer()
  snapshot.header[HEADER.tick] = WAVE_LENGTH
  snapshot.observed[OBSERVABLE_INDEX['vitals.airwayPeakCmH2O']] = airwayPeakCmH2O
  const colours: string[] = []
  const nothing = () => undefined
  const context = {
    strokeStyle: '',
    fillStyle: '',
    beginPath: nothing,
    moveTo: nothing,
    lineTo: nothing,
    arc: nothing,
    stroke: nothing,
    fill: () => colours.push(context.fillStyle),
  }
  drawTraces(context as unknown as CanvasRenderingContext2D, snapshot, 400, 300)
  expect(isVentilated(snapshot)).toBe(airwayPeakCmH2O > 0)
  return colours
}

test('the airway has a trace under a ventilator only', () => {
  const { airway, ...others } = monitorColours
  expect(drawn(0)).toEqual(Object.values(others))
  expect(drawn(19)).toEqual([...Object.values(others), airway])
})

describe('the alarm that is named', () => {
  const alarms = (levels: Partial<Record<(typeof ALARM_CHANNELS)[number], number>>) => {
    const snapshot = createSnapshotBuffer()
    ALARM_CHANNELS.forEach((channel, i) => {
      snapshot.header[HEADER.alarms] |= (levels[channel] ?? 0) << (2 * i)
    })
    return alarmsOf(snapshot)
  }
  test('is the worst, and an arrest before all', () => {
    expect(worstChannel(alarms({}))).toBeUndefined()
    expect(worstChannel(alarms({ systolic: 2, spo2: 3 }))).toBe('spo2')
    expect(worstChannel(alarms({ heartRate: 3, arrest: 3 }))).toBe('arrest')
    expect(worstAlarm(alarms({ diastolic: 2, spo2: 3 }), ['systolic', 'diastolic', 'mean'])).toBe('medium')
  })
  test.each([
    ['en', en],
    ['ru', ru],
    ['uz', uz],
  ])('%s has a word for every cause and every rhythm', (_, { monitor }) => {
    expect(Object.keys(monitor.cause)).toEqual([...ALARM_CHANNELS])
    expect(Object.keys(monitor.rhythm)).toEqual([...RHYTHMS])
  })
})
