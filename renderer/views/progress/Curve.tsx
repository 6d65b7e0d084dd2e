import { LineChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import { useTranslation } from 'react-i18next'
import type { Attempt, DeviceClass } from '../../../core/contract/index.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import { barFor } from '../../../core/scoring/credit.ts'
import { cusumCurve, cusumLimits } from '../../../core/scoring/cusum.ts'
import { learningCurve } from '../../../core/scoring/learningcurve.ts'

type Props = { attempts: readonly Attempt[]; device: DeviceClass; what: string; clinical: Case }

/** Tries from which a CUSUM says anything. */
const CUSUM_FROM = 5
const PLAN = { acceptable: 0.05, unacceptable: 0.15, alpha: 0.1, beta: 0.1 }

/** The learning curve of one figure on one class of device, with the bar to reach. */
export function Curve({ attempts, device, what, clinical }: Props) {
  const { t } = useTranslation('progress')
  const scored = attempts.filter(({ state }) => state === 'finished')
  const points = learningCurve(scored, device, what === 'score' ? 'score' : { metric: what })
  const metric = clinical.metrics.find(({ id }) => id === what)
  const bar = what === 'score' ? clinical.score.passScore : metric ? barFor(metric.bars, device)?.value : undefined
  const outcomes = scored.filter(({ deviceClass }) => deviceClass === device).map(({ passed }) => passed === true)
  if (points.length === 0) return <p className="explain">{t('curve.none')}</p>
  return (
    <div className="curve">
      <LineChart
        h={250}
        data={points.map(({ attempt, value, mean }) => ({
          attempt: String(attempt),
          [t('curve.value')]: round(value),
          [t('curve.mean')]: round(mean),
        }))}
        dataKey="attempt"
        xAxisLabel={t('curve.try')}
        yAxisLabel={metric?.unit || undefined}
        withLegend
        curveType="linear"
        series={[
          { name: t('curve.value'), color: 'turquoise.6' },
          { name: t('curve.mean'), color: 'gray.6', strokeDasharray: '5 4' },
        ]}
        referenceLines={
          bar === undefined ? [] : [{ y: bar, label: t('curve.bar', { value: round(bar) }), color: 'yellow.7' }]
        }
        {...(what === 'score' ? { yAxisProps: { domain: [0, 100] } } : {})}
      />
      <p className="explain">{t('curve.provisional')}</p>
      {outcomes.length >= CUSUM_FROM && <Cusum outcomes={outcomes} />}
    </div>
  )
}

function Cusum({ outcomes }: { outcomes: readonly boolean[] }) {
  const { t } = useTranslation('progress')
  const limits = cusumLimits(PLAN)
  const curve = cusumCurve(outcomes, limits)
  return (
    <>
      <h3>{t('cusum.title')}</h3>
      <LineChart
        h={150}
        data={curve.map((value, index) => ({ attempt: String(index + 1), CUSUM: round(value) }))}
        dataKey="attempt"
        series={[{ name: 'CUSUM', color: 'grape.6' }]}
        curveType="stepAfter"
        referenceLines={[
          { y: round(limits.h), label: t('cusum.high'), color: 'red.7' },
          { y: round(-limits.h), label: t('cusum.low'), color: 'green.8' },
        ]}
      />
      <p className="explain">{t('cusum.text')}</p>
    </>
  )
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
