import { ALARM_LIMITS } from '../../../../core/physiology/alarms.ts'
import type { Observable } from '../../../../core/simulation/observables.ts'
import type { AlarmLevel } from '../../../sound/alarms.ts'

type Props = {
  readonly label: string
  readonly unit: string
  readonly colour: string
  readonly value: number | string | undefined
  /** A second figure in small beneath: the mean of a pressure. */
  readonly note?: string
  /** Whose alarm limits stand beside the number. */
  readonly limits: Observable
  readonly level?: AlarmLevel | null
}

/** Signs of the priorities, so that colour is never alone. */
export const alarmSign: Readonly<Record<AlarmLevel, string>> = { none: '', low: '!', medium: '!!', high: '!!!' }

/** One number of the monitor in the row of its trace: name and unit, alarm limits, figure. */
export function Vital({ label, unit, colour, value, note, limits, level: now }: Props) {
  const level = now ?? 'none'
  const text = typeof value === 'number' ? String(Math.round(value)) : (value ?? '–')
  const limit = ALARM_LIMITS.find(({ observable }) => observable === limits)
  return (
    <div className={`vital alarm-${level}`} style={{ color: colour }}>
      <dt>
        {label}
        <small>
          {unit} <b>{alarmSign[level]}</b>
        </small>
      </dt>
      {limit && (
        <dd className="vital-limits">
          <span>{limit.high > 100 && unit === '%' ? '' : limit.high}</span>
          <span>{limit.low < 0 ? '' : limit.low}</span>
        </dd>
      )}
      <dd className="vital-figure">
        {text}
        {note && <small>{note}</small>}
      </dd>
    </div>
  )
}
