import { useTranslation } from 'react-i18next'
import type { SessionRecord } from '../../../../core/records/envelope.ts'
import type { Case } from '../../../../core/scenario/schema.ts'
import type { PackTexts } from '../run/texts.ts'
import { timeOf } from './timeof.ts'

type Props = {
  readonly record: SessionRecord
  readonly clinical: Case
  readonly texts: PackTexts
  /** Marks where a replay stands. */
  readonly tick?: number
  readonly onSeek?: (tick: number) => void
}

type Mark = { tick: number; kind: 'step' | 'minor' | 'major' | 'critical' | 'relief'; label: string }

/** The run as a line: steps above, errors below. Selecting a mark goes there where a replay is at hand. */
export function Timeline({ record, clinical, texts, tick, onSeek }: Props) {
  const { t } = useTranslation('theatre')
  const marks = marksOf(record, clinical, texts, t('timeline.decompressed'))
  const length = Math.max(1, record.ticks)
  return (
    <div className="timeline">
      <ol>
        {marks.map((mark) => (
          <li
            key={`${mark.tick}-${mark.label}`}
            className={mark.kind}
            style={{ left: `${(100 * mark.tick) / length}%` }}
          >
            <button
              type="button"
              title={`${timeOf(mark.tick)} ${mark.label}`}
              aria-label={`${timeOf(mark.tick)} ${mark.label}`}
              onClick={() => onSeek?.(Math.max(0, mark.tick - 300))}
            />
          </li>
        ))}
        {tick !== undefined && <li className="now" style={{ left: `${(100 * tick) / length}%` }} aria-hidden />}
      </ol>
      <div className="timeline-ends">
        <span>0:00</span>
        <span>{timeOf(length)}</span>
      </div>
      <ul className="timeline-legend">
        <li className="step">{t('timeline.steps')}</li>
        <li className="relief">{t('timeline.decompressed')}</li>
        <li className="major">{t('timeline.errors')}</li>
        <li className="critical">{t('timeline.critical')}</li>
      </ul>
    </div>
  )
}

function marksOf(record: SessionRecord, clinical: Case, texts: PackTexts, relief: string): Mark[] {
  const steps = new Map(clinical.phases.flatMap((phase) => phase.steps).map((step) => [step.id, step.title]))
  const errors = new Map(clinical.errors.map((error) => [error.id, error.title]))
  return record.events.flatMap((event): Mark[] => {
    const id = String(event.id ?? '')
    if (event.type === 'step') return [{ tick: event.tick, kind: 'step', label: texts(steps.get(id) ?? id) }]
    if (event.type === 'decompressed') return [{ tick: event.tick, kind: 'relief', label: relief }]
    if (event.type !== 'error') return []
    const severity = event.severity === 'critical' || event.severity === 'major' ? event.severity : 'minor'
    return [{ tick: event.tick, kind: severity, label: texts(errors.get(id) ?? id) }]
  })
}
