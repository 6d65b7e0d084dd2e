import { Badge, Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Rating } from '../../../../core/contract/index.ts'
import type { SessionRecord } from '../../../../core/records/envelope.ts'
import type { Case } from '../../../../core/scenario/schema.ts'
import { nextDrill } from '../../../../core/scoring/debrief.ts'
import type { SessionResult } from '../../../../core/session/outcome.ts'
import type { PackTexts } from '../run/texts.ts'
import { Bars } from './Bars.tsx'
import { osatsItems } from './Rating.tsx'
import { Timeline } from './Timeline.tsx'
import { timeOf } from './timeof.ts'

type Props = {
  readonly record: SessionRecord
  readonly clinical: Case
  readonly texts: PackTexts
  readonly self: Rating | null
  readonly instructor?: Rating | null
  readonly saved: { logIndex: number; recordHash: string } | null
  readonly onAgain?: () => void
  readonly onReplay?: () => void
  readonly onClose: () => void
}

/** What the run came to: verdict, what harmed the patient and when, each figure against its bar, one drill to do next. */
export function Debrief({ record, clinical, texts, self, instructor, saved, onAgain, onReplay, onClose }: Props) {
  const { t } = useTranslation('theatre')
  const result = record.result as unknown as SessionResult
  const critical = result.errors.filter(({ severity }) => severity === 'critical')
  const drill = nextDrill(clinical, result.errors, result.metrics)
  return (
    <div className="sina-page">
      <div className="debrief">
        <header className={`verdict ${result.passed ? 'passed' : 'failed'}`}>
          <div className="verdict-score">
            <b>{result.score === null ? '–' : Math.round(result.score)}</b>
            <span>/ 100</span>
          </div>
          <div>
            <h1>{t(result.passed ? 'debrief.passed' : 'debrief.failed')}</h1>
            <p>
              {texts(clinical.title)} ·{' '}
              {texts(clinical.starts.find(({ id }) => id === record.header.start)?.title ?? '')} ·{' '}
              {t(`mode.${record.header.mode}`)} · {t(`device.${record.header.deviceClass}`)}
            </p>
            <p className="explain">{t(result.isProficientRun ? 'debrief.proficientRun' : 'debrief.provisional')}</p>
          </div>
          <div className="verdict-side">
            {saved && (
              <Badge color="turquoise" variant="light">
                {t('debrief.saved', { index: saved.logIndex + 1 })}
              </Badge>
            )}
            {self && <p>{t('debrief.selfGuess', { score: Math.round(self.overall) })}</p>}
          </div>
        </header>

        {critical.length > 0 && (
          <section className="critical" role="alert">
            <h2>{t('debrief.critical')}</h2>
            {critical.map(({ id, tick }) => (
              <ErrorRow key={id} id={id} tick={tick} clinical={clinical} texts={texts} result={result} />
            ))}
          </section>
        )}
        {!result.safetyPassed && <p className="gated">{t('debrief.gated')}</p>}
        {result.workDone < 1 && (
          <p className="gated" data-work-done={result.workDone}>
            {t('debrief.partial', { share: Math.floor(100 * result.workDone) })}
          </p>
        )}

        <section>
          <h2>{t('debrief.timeline')}</h2>
          <Timeline record={record} clinical={clinical} texts={texts} />
        </section>

        <div className="debrief-columns">
          <section>
            <h2>{t('debrief.bars')}</h2>
            <Bars metrics={result.metrics} clinical={clinical} texts={texts} workDone={result.workDone} />
          </section>
          <aside>
            {drill && (
              <section className="drill">
                <h2>{t('debrief.next')}</h2>
                <h3>{texts(drill.title)}</h3>
                <p>{texts(drill.text)}</p>
                <p className="explain">{t('debrief.minutes', { minutes: drill.minutes })}</p>
              </section>
            )}
            <MissedSteps result={result} clinical={clinical} texts={texts} />
            <OtherErrors result={result} clinical={clinical} texts={texts} />
            <Osats result={result} self={self} instructor={instructor ?? null} />
          </aside>
        </div>

        <footer className="debrief-foot">
          <p className="safety">{t('safety')}</p>
          <div className="row">
            {onReplay && (
              <Button variant="default" onClick={onReplay}>
                {t('debrief.replay')}
              </Button>
            )}
            {onAgain && (
              <Button variant="default" onClick={onAgain}>
                {t('debrief.again')}
              </Button>
            )}
            <Button onClick={onClose}>{t('debrief.close')}</Button>
          </div>
        </footer>
      </div>
    </div>
  )
}

type Shared = { readonly clinical: Case; readonly texts: PackTexts; readonly result: SessionResult }

function ErrorRow({ id, tick, clinical, texts, result }: Shared & { id: string; tick: number }) {
  const { t } = useTranslation('theatre')
  const error = clinical.errors.find((candidate) => candidate.id === id)
  const effects = result.effects.find((candidate) => candidate.error === id)?.effect ?? []
  if (!error) return null
  const marked = effects.filter(
    ({ before, worst }) => Math.abs(worst - before) > Math.max(0.02, Math.abs(before) * 0.03),
  )
  return (
    <article className="error-row" data-error={id}>
      <time>{timeOf(tick)}</time>
      <div>
        <h3>{texts(error.title)}</h3>
        <p>{texts(error.consequence)}</p>
        {marked.length > 0 && (
          <p className="effects">
            {marked.map(({ observable, before, worst }) => (
              <span key={observable}>
                {t(`observable.${observable.replace('.', '-')}`)} {figure(before)} → <b>{figure(worst)}</b>
              </span>
            ))}
          </p>
        )}
        <p className="remedy">{texts(error.remedy)}</p>
        <cite>{error.source.cite}</cite>
      </div>
    </article>
  )
}

function OtherErrors({ result, clinical, texts }: Shared) {
  const { t } = useTranslation('theatre')
  const others = result.errors.filter(({ severity }) => severity !== 'critical')
  if (others.length === 0) return null
  return (
    <section className="others">
      <h2>{t('debrief.otherErrors')}</h2>
      {others.map(({ id, tick }) => (
        <ErrorRow key={id} id={id} tick={tick} clinical={clinical} texts={texts} result={result} />
      ))}
    </section>
  )
}

function MissedSteps({ result, clinical, texts }: Shared) {
  const { t } = useTranslation('theatre')
  const steps = clinical.phases.flatMap((phase) => phase.steps).filter(({ id }) => result.missedSteps.includes(id))
  if (steps.length === 0) return null
  return (
    <section className="missed">
      <h2>{t('debrief.missed')}</h2>
      <ul>
        {steps.map(({ id, title }) => (
          <li key={id}>{texts(title)}</li>
        ))}
      </ul>
    </section>
  )
}

function Osats({
  result,
  self,
  instructor,
}: {
  result: SessionResult
  self: Rating | null
  instructor: Rating | null
}) {
  const { t } = useTranslation('theatre')
  return (
    <section className="osats">
      <h2>{t('debrief.osats')}</h2>
      <p className="explain">{t('debrief.osatsText')}</p>
      <table>
        <thead>
          <tr>
            <th>{t('debrief.item')}</th>
            <th>{t('debrief.estimate')}</th>
            <th>{t('debrief.self')}</th>
            {instructor && <th>{t('debrief.instructor')}</th>}
          </tr>
        </thead>
        <tbody>
          {osatsItems.map((item) => (
            <tr key={item}>
              <th scope="row">{t(`osats.${item}`)}</th>
              <td>{result.osats.items[item]?.toFixed(1) ?? '–'}</td>
              <td>{self?.items[item] ?? '–'}</td>
              {instructor && <td>{instructor.items[item] ?? '–'}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
function figure(value: number): string {
  return Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(2)
}
