import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RHYTHMS, type Rhythm } from '../../../../core/physiology/rhythm.ts'
import { OBSERVABLE_INDEX, type Observable } from '../../../../core/simulation/observables.ts'
import type { SnapshotBuffer } from '../../../../core/simulation/snapshot.ts'
import { type Action, actions } from '../../../app/actions.ts'
import { preferences, usePreferences } from '../../../app/preferences.ts'
import { useActions } from '../../../app/useActions.ts'
import { type AlarmLevel, PAUSE_S } from '../../../sound/alarms.ts'
import type { TheatreSound } from '../../../sound/theatresound.ts'
import { type AlarmChannel, alarmsOf, worstAlarm, worstChannel } from './alarms.ts'
import { alarmSign, Vital } from './Vital.tsx'
import { drawTraces, isVentilated, monitorColours } from './waveforms.ts'

type Props = { readonly snapshot: () => SnapshotBuffer; readonly sound: TheatreSound }
type Reading = {
  heart: number
  systolic: number
  diastolic: number
  mean: number
  spo2: number
  co2: number
  breaths: number
  /** Highest pressure of a breath, cmH₂O, under a ventilator. */
  airway: number | undefined
  rhythm: Rhythm
}
type Shown = Reading & { alarms: Record<AlarmChannel, AlarmLevel>; pausedS: number }

/** Numbers are read four times a second, as on a real monitor; traces run with the screen. */
const READ_MS = 250

/**
 * The patient monitor: five traces, and the airway's under a ventilator, each in the row of its number; the rhythm by name;
 * alarms by colour, sign and cause; and the switches of its sound.
 */
export function Monitor({ snapshot, sound }: Props) {
  const { t } = useTranslation('theatre')
  const canvas = useRef<HTMLCanvasElement>(null)
  const [shown, setShown] = useState<Shown | null>(null)
  const sounds = usePreferences((value) => value.sound)

  useEffect(() => {
    let frame = 0
    let last = 0
    const draw = () => {
      frame = requestAnimationFrame(draw)
      const element = canvas.current
      const context = element?.getContext('2d')
      if (!element || !context) return
      const ratio = Math.min(2, window.devicePixelRatio)
      const { clientWidth, clientHeight } = element
      if (element.width !== Math.round(clientWidth * ratio)) {
        element.width = Math.round(clientWidth * ratio)
        element.height = Math.round(clientHeight * ratio)
      }
      context.clearRect(0, 0, element.width, element.height)
      const now = snapshot()
      drawTraces(context, now, element.width, element.height)
      if (performance.now() - last < READ_MS) return
      last = performance.now()
      setShown({ ...readingOf(now), pausedS: Math.ceil(sound.alarmPauseS) })
    }
    frame = requestAnimationFrame(draw)
    return () => cancelAnimationFrame(frame)
  }, [snapshot, sound])

  const own = useMemo<readonly Action[]>(
    () => [
      {
        id: 'theatre.sound',
        label: 'theatre:monitor.soundSwitch',
        group: 'theatre:group.sound',
        keys: ['u'],
        perform: () => {
          preferences.setState(({ sound: was }) => ({ sound: was === 'on' ? 'off' : 'on' }))
          return undefined
        },
      },
      {
        id: 'theatre.alarmPause',
        label: 'theatre:monitor.pauseAlarm',
        group: 'theatre:group.sound',
        keys: ['p'],
        perform: () => {
          sound.pauseAlarm()
          return undefined
        },
      },
    ],
    [sound],
  )
  useActions(own)

  const worst = shown ? worstAlarm(shown.alarms) : 'none'
  const cause = shown && worstChannel(shown.alarms)
  const ventilated = shown?.airway !== undefined
  return (
    <section className={`monitor alarm-${worst}`} aria-label={t('monitor.title')}>
      <header>
        {/* An alarm needs the room of the name. */}
        <span className="monitor-name">{worst === 'none' && t('monitor.title')}</span>
        {worst !== 'none' && (
          <span
            className={`monitor-alarm ${worst}`}
          >{`${alarmSign[worst]} ${t(`monitor.alarm.${worst}`)}${cause ? `: ${t(`monitor.cause.${cause}`)}` : ''}`}</span>
        )}
        {sounds === 'on' && shown && (worst !== 'none' || shown.pausedS > 0) && (
          <button
            type="button"
            className="monitor-mute"
            aria-pressed={shown.pausedS > 0}
            title={t('monitor.pauseAlarm')}
            aria-keyshortcuts="P"
            onClick={() => actions.perform('theatre.alarmPause')}
          >
            {t('monitor.silence', { time: minutes(shown.pausedS || PAUSE_S) })} <kbd>P</kbd>
          </button>
        )}
        <button
          type="button"
          className="monitor-mute"
          aria-pressed={sounds === 'off'}
          title={t('monitor.soundSwitch')}
          aria-keyshortcuts="U"
          onClick={() => actions.perform('theatre.sound')}
        >
          {t(sounds === 'on' ? 'monitor.mute' : 'monitor.unmute')} <kbd>U</kbd>
        </button>
      </header>
      <div className={`monitor-body${ventilated ? ' ventilated' : ''}`}>
        {shown && (
          <output className="monitor-rhythm" style={{ color: monitorColours.ecg }} aria-live="off">
            {t(`monitor.rhythm.${shown.rhythm}`)}
          </output>
        )}
        <canvas ref={canvas} role="img" aria-label={t('monitor.traces')} />
        <dl aria-live="off">
          <Vital
            label={t('monitor.hr')}
            unit="/min"
            colour={monitorColours.ecg}
            value={shown?.heart}
            limits="vitals.heartRate"
            level={shown && worstAlarm(shown.alarms, ['heartRate', 'arrest'])}
          />
          <Vital
            label={t('monitor.bp')}
            unit="mmHg"
            colour={monitorColours.arterial}
            value={shown ? `${whole(shown.systolic)}/${whole(shown.diastolic)}` : undefined}
            note={shown ? `(${whole(shown.mean)})` : undefined}
            limits="vitals.systolicMmHg"
            level={shown && worstAlarm(shown.alarms, ['systolic', 'diastolic', 'mean'])}
          />
          <Vital
            label="SpO₂"
            unit="%"
            colour={monitorColours.pleth}
            value={shown?.spo2}
            limits="vitals.spo2"
            level={shown?.alarms.spo2}
          />
          <Vital
            label="CO₂"
            unit="mmHg"
            colour={monitorColours.co2}
            value={shown?.co2}
            limits="vitals.etco2MmHg"
            level={shown?.alarms.etco2}
          />
          <Vital
            label={t('monitor.rr')}
            unit="/min"
            colour={monitorColours.resp}
            value={shown?.breaths}
            limits="vitals.breaths"
            level={shown?.alarms.breaths}
          />
          {ventilated && (
            <Vital
              label={t('monitor.airway')}
              unit="cmH₂O"
              colour={monitorColours.airway}
              value={shown?.airway}
              limits="vitals.airwayPeakCmH2O"
              level={shown?.alarms.airway}
            />
          )}
        </dl>
      </div>
    </section>
  )
}

function readingOf(snapshot: SnapshotBuffer): Omit<Shown, 'pausedS'> {
  const read = (name: Observable) => snapshot.observed[OBSERVABLE_INDEX[name]]
  return {
    heart: read('vitals.heartRate'),
    systolic: read('vitals.systolicMmHg'),
    diastolic: read('vitals.diastolicMmHg'),
    mean: read('vitals.meanMmHg'),
    spo2: read('vitals.spo2'),
    co2: read('vitals.etco2MmHg'),
    breaths: read('vitals.breaths'),
    airway: isVentilated(snapshot) ? read('vitals.airwayPeakCmH2O') : undefined,
    rhythm: RHYTHMS[read('vitals.rhythm')] ?? 'sinus',
    alarms: alarmsOf(snapshot),
  }
}

const minutes = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
const whole = (value: number) => String(Math.round(value))
