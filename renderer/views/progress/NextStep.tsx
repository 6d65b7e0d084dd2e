import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Attempt, DeviceClass } from '../../../core/contract/index.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import { barFor, reaches } from '../../../core/scoring/credit.ts'
import type { PackTexts } from '../theatre/run/texts.ts'

type Props = { attempts: readonly Attempt[]; device: DeviceClass; clinical: Case; texts: PackTexts; packId: string }
type Gap = { title: string; value: number; bar: number; unit: string; drill: string; reached: 'yes' | 'no' }

/** The bars of the last try, the gaps, and the one drill that closes the widest. */
export function NextStep({ attempts, device, clinical, texts, packId }: Props) {
  const { t } = useTranslation('progress')
  const last = [...attempts].reverse().find((one) => one.deviceClass === device && one.state === 'finished')
  if (!last) return null
  const gaps = gapsOf(last, device, clinical, texts)
  const open = gaps.filter(({ reached }) => reached === 'no')
  const worst = last.errors.find(({ severity }) => severity === 'critical') ?? last.errors[0]
  const drillId = clinical.errors.find(({ id }) => id === worst?.id)?.drill ?? open[0]?.drill
  const drill = clinical.drills.find(({ id }) => id === drillId)
  return (
    <aside className="next-step">
      <h3>{t('next.gaps', { reached: gaps.length - open.length, total: gaps.length })}</h3>
      <ul>
        {open.slice(0, 5).map((gap) => (
          <li key={gap.title}>
            <span>{gap.title}</span>
            <b>
              {round(gap.value)} → {round(gap.bar)} {gap.unit}
            </b>
          </li>
        ))}
      </ul>
      {drill && (
        <div className="drill">
          <h3>{t('next.drill')}</h3>
          <p>
            <b>{texts(drill.title)}</b>
          </p>
          <p>{texts(drill.text)}</p>
        </div>
      )}
      <Button component="a" href={`#/case/${packId}/${clinical.id}`} fullWidth>
        {t('next.again')}
      </Button>
    </aside>
  )
}

function gapsOf(attempt: Attempt, device: DeviceClass, clinical: Case, texts: PackTexts): Gap[] {
  return clinical.metrics.flatMap((metric) => {
    const value = attempt.metrics[metric.id]
    const bar = barFor(metric.bars, device)
    if (value === undefined || value === null || !bar || metric.weight === 0) return []
    return [
      {
        title: texts(metric.title),
        value,
        bar: bar.value,
        unit: metric.unit,
        drill: metric.drill,
        reached: reaches(bar, value) ? ('yes' as const) : ('no' as const),
      },
    ]
  })
}

function round(value: number): string {
  return Math.abs(value) >= 20 ? value.toFixed(0) : String(Math.round(value * 100) / 100)
}
