import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Case } from '../../../../core/scenario/schema.ts'
import type { MetricResult } from '../../../../core/scoring/result.ts'
import type { PackTexts } from '../run/texts.ts'

type Props = {
  readonly metrics: readonly MetricResult[]
  readonly clinical: Case
  readonly texts: PackTexts
  /** Share 0–1 of the steps done: what all but knowledge counts for. */
  readonly workDone?: number
}
const GROUPS = ['safety', 'tissue', 'knowledge', 'motion', 'time'] as const

/** Each figure against its bar: where it lies between worst and best, how far it is from passing, what the bar rests on. */
export function Bars({ metrics, clinical, texts, workDone = 1 }: Props) {
  const { t } = useTranslation('theatre')
  return (
    <div className="bars">
      {GROUPS.map((group) => {
        const own = metrics.filter((metric) => metric.group === group)
        if (own.length === 0) return null
        return (
          <div key={group}>
            <h3>{t(`metricGroup.${group}`)}</h3>
            {own.map((metric) => (
              <BarRow
                key={metric.id}
                metric={metric}
                counts={group === 'knowledge' || metric.weight === 0 ? 1 : workDone}
                title={texts(clinical.metrics.find(({ id }) => id === metric.id)?.title ?? metric.id)}
              />
            ))}
          </div>
        )
      })}
    </div>
  )
}

function BarRow({ metric, title, counts }: { metric: MetricResult; title: string; counts: number }) {
  const { t } = useTranslation('theatre')
  const { bar, value, unit, passed } = metric
  if (!bar) {
    return (
      <div className="bar-row none">
        <span>{title}</span>
        <em>{t('bars.noBar')}</em>
      </div>
    )
  }
  const at = place(value, bar)
  const barAt = place(bar.value, bar)
  const state = value === null ? 'missing' : passed ? 'passed' : 'failed'
  const rests = t('bars.rests', {
    source: bar.source.cite,
    n: bar.n,
    device: t(`device.${bar.deviceClass}`),
    date: bar.date,
  })
  return (
    <div className={`bar-row ${state}`} data-metric={metric.id}>
      <span>{title}</span>
      <Tooltip label={rests} multiline w={300}>
        <div className="bar-track">
          {at !== null && <i className="bar-fill" style={{ width: `${at * 100}%`, opacity: 0.3 + 0.7 * counts }} />}
          {barAt !== null && <i className="bar-mark" style={{ left: `${barAt * 100}%` }} />}
        </div>
      </Tooltip>
      <b>{value === null ? '–' : `${round(value)} ${unit}`}</b>
      <em>
        {state === 'passed'
          ? `✓ ${counts < 1 ? t('bars.passedInPart', { share: Math.floor(100 * counts) }) : t('bars.passed')}`
          : t('bars.needs', { sign: bar.direction === 'at-most' ? '≤' : '≥', value: round(bar.value), unit })}
        {bar.provisional && <small> · {t('bars.provisional')}</small>}
      </em>
    </div>
  )
}

/** 0 at worst, 1 at best. */
function place(value: number | null, bar: { worst: number; best: number; value: number }): number | null {
  if (value === null) return null
  const end = bar.best === bar.worst ? bar.value : bar.best
  const span = end - bar.worst
  return span === 0 ? 1 : Math.max(0.02, Math.min(1, (value - bar.worst) / span))
}

function round(value: number): string {
  return Math.abs(value) >= 20 ? value.toFixed(0) : String(Math.round(value * 100) / 100)
}
