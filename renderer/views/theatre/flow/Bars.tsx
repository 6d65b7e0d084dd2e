import { Tooltip } from '@mantine/core'
import type { TFunction } from 'i18next'
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
  const bars = metrics.flatMap(({ bar }) => (bar ? [bar] : []))
  const allProvisional = bars.length > 0 && bars.every(({ provisional }) => provisional)
  return (
    <div className="bars">
      <div className="bars-legend">
        <ul>
          <li className="you">{t('bars.you')}</li>
          <li className="short">{t('bars.short')}</li>
          <li className="bar">{t('bars.bar')}</li>
          <li className="zone">{t('bars.zone')}</li>
        </ul>
        <p>
          {t('bars.better')} {allProvisional && t('bars.allProvisional')}
        </p>
      </div>
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
                marksProvisional={!allProvisional}
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

type RowProps = {
  readonly metric: MetricResult
  readonly title: string
  readonly marksProvisional: boolean
  /** Share of its credit that a metric earns: harm avoided counts in proportion to the work done. */
  readonly counts: number
}

function BarRow({ metric, title, marksProvisional, counts }: RowProps) {
  const { t } = useTranslation('theatre')
  const { bar, value, passed } = metric
  const unit = unitOf(metric.unit, t)
  if (!bar) {
    return (
      <div className="bar-row none">
        <span>{title}</span>
        <em>{t('bars.noBar')}</em>
      </div>
    )
  }
  const at = place(value, bar)
  const barAt = place(bar.value, bar) ?? 1
  const state = value === null ? 'missing' : passed ? 'passed' : 'failed'
  const rests = t('bars.rests', {
    source: bar.source.cite,
    n: bar.n,
    device: t(`device.${bar.deviceClass}`),
    date: bar.date,
  })
  const target = `${bar.direction === 'at-most' ? '≤' : '≥'} ${round(bar.value)} ${unit}`
  return (
    <div className={`bar-row ${state}`} data-metric={metric.id}>
      <span>
        {title}
        <small>
          {t(bar.direction === 'at-most' ? 'bars.lower' : 'bars.higher')}
          {marksProvisional && bar.provisional && ` · ${t('bars.provisional')}`}
        </small>
      </span>
      <b>{value === null ? '–' : `${round(value)} ${unit}`}</b>
      <Tooltip label={rests} multiline w={300}>
        <div className="bar-track">
          <i className="bar-zone" style={{ left: `${barAt * 100}%` }} />
          {at !== null && state === 'failed' && (
            <i className="bar-gap" style={{ left: `${at * 100}%`, right: `${(1 - barAt) * 100}%` }} />
          )}
          <i className="bar-mark" style={{ left: `${barAt * 100}%` }} />
          {at !== null && <i className="bar-you" style={{ left: `${at * 100}%`, opacity: 0.3 + 0.7 * counts }} />}
        </div>
      </Tooltip>
      <em>
        {target}
        <small>{stateText(state, metric, bar.value, counts, t)}</small>
      </em>
    </div>
  )
}

/** A unit in the reader's letters, where there are such. */
function unitOf(unit: string, t: TFunction<'theatre'>): string {
  return t(`unit.${unit}`, { defaultValue: unit })
}

function stateText(
  state: string,
  { value, unit }: MetricResult,
  bar: number,
  counts: number,
  t: TFunction<'theatre'>,
): string {
  if (state === 'passed')
    return `✓ ${counts < 1 ? t('bars.passedInPart', { share: Math.floor(100 * counts) }) : t('bars.passed')}`
  if (value === null) return t('bars.notMeasured')
  return `✗ ${t('bars.gap', { value: round(Math.abs(value - bar)), unit: unitOf(unit, t) })}`
}

/** 0 at worst, 1 at best; a figure beyond either end stands on it. */
function place(value: number | null, bar: { worst: number; best: number; value: number }): number | null {
  if (value === null) return null
  const end = bar.best === bar.worst ? bar.value : bar.best
  const span = end - bar.worst
  return span === 0 ? 1 : Math.max(0, Math.min(1, (value - bar.worst) / span))
}

function round(value: number): string {
  return Math.abs(value) >= 20 ? value.toFixed(0) : String(Math.round(value * 100) / 100)
}
