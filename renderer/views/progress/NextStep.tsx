import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Attempt, DeviceClass } from '../../../core/contract/index.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import { attemptOf, gapsOf, judgeFigures, nextDrill } from '../../../core/scoring/debrief.ts'
import { proficiencyOf } from '../../../core/scoring/proficiency.ts'
import type { PackTexts } from '../theatre/run/texts.ts'

type Props = { attempts: readonly Attempt[]; device: DeviceClass; clinical: Case; texts: PackTexts; packId: string }

/** The bars of the last try, the gaps, the one drill that closes the widest, and what is missing to proficiency. */
export function NextStep({ attempts, device, clinical, texts, packId }: Props) {
  const { t } = useTranslation('progress')
  const finished = attempts.filter(({ state }) => state === 'finished')
  const last = finished.filter(({ deviceClass }) => deviceClass === device).at(-1)
  if (!last) return null
  const judged = judgeFigures(clinical, last.start, last.metrics, device)
  const scored = judged.filter(({ weight, bar }) => weight > 0 && bar !== null)
  const gaps = gapsOf(judged)
  const drill = nextDrill(clinical, last.errors, judged)
  const titleOf = (id: string) => texts(clinical.metrics.find((metric) => metric.id === id)?.title ?? id)
  const proficiency = proficiencyOf(
    finished.map((run) => attemptOf(clinical, { ...run, endedAtMs: Date.parse(run.endedAt) })),
    device,
  )
  return (
    <aside className="next-step">
      <h3>{t('next.gaps', { reached: scored.length - gaps.length, total: scored.length })}</h3>
      <ul>
        {gaps.slice(0, 5).map(({ metric }) => (
          <li key={metric.id}>
            <span>{titleOf(metric.id)}</span>
            <b>
              {metric.value === null ? '–' : round(metric.value)} → {metric.bar && round(metric.bar.value)}{' '}
              {metric.unit}
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
      <p>{t(`next.proficiency.${proficiency.state === 'once' ? proficiency.needs : proficiency.state}`)}</p>
      <Button component="a" href={`#/case/${packId}/${clinical.id}`} fullWidth>
        {t('next.again')}
      </Button>
    </aside>
  )
}

function round(value: number): string {
  return Math.abs(value) >= 20 ? value.toFixed(0) : String(Math.round(value * 100) / 100)
}
