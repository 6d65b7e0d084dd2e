import { Button } from '@mantine/core'
import { IconBulb, IconCheck, IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StepView } from '../../../../core/scenario/runnerview.ts'
import { useCase, useRun } from '../run/context.tsx'
import { useFold } from './useFold.ts'

/** What to do next, while the trainee still needs to be told. In assessment only the time runs here. */
export function Guide() {
  const { t } = useTranslation('theatre')
  const { live, texts } = useRun()
  const view = useCase((state) => state.view)
  const [open, toggle] = useFold('guide', 'open')
  if (!view) return null
  const steps = view.phases.flatMap((phase) => phase.steps)
  const current = steps.find((step) => step.isCurrent)
  const phase = view.phases.find(({ steps: own }) => own.includes(current as StepView))
  const done = steps.filter((step) => step.state === 'done').length
  const hints = current?.hints ?? []
  return (
    <section className="theatre-panel guide" aria-label={t('guide.title')}>
      <header>
        <div>
          <p className="guide-phase">{phase?.title ? texts(phase.title) : t('guide.title')}</p>
          <h2 aria-live="polite">
            {current?.title ? texts(current.title) : t(current ? 'guide.hidden' : 'guide.allDone')}
          </h2>
        </div>
        <button
          type="button"
          className="plain"
          aria-expanded={open === 'open'}
          aria-label={t(open === 'open' ? 'guide.fold' : 'guide.unfold')}
          onClick={toggle}
        >
          {open === 'open' ? <IconChevronUp size={18} /> : <IconChevronDown size={18} />}
        </button>
      </header>
      <div
        className="guide-progress"
        role="progressbar"
        aria-label={t('guide.progress', { done, total: steps.length })}
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={steps.length}
      >
        {steps.map((step) => (
          <i key={step.id} className={step.state === 'done' ? 'done' : step.isCurrent ? 'now' : ''} />
        ))}
      </div>
      {open === 'open' && (
        <>
          {hints.length > 0 && (
            <ul className="guide-hints" aria-live="polite">
              {hints.map((hint) => (
                <li key={hint.text}>{texts(hint.text)}</li>
              ))}
            </ul>
          )}
          {view.allows.hints && current && current.hintsLeft > 0 && (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconBulb size={15} />}
              onClick={() => live.act('hint', '')}
            >
              {t(hints.length === 0 ? 'guide.help' : 'guide.moreHelp')}
            </Button>
          )}
          <LastNews />
        </>
      )}
    </section>
  )
}

/** The newest thing worth saying: a step done, a result, an error with what it does. */
function LastNews() {
  const { t } = useTranslation('theatre')
  const { texts, clinical } = useRun()
  const happened = useCase((state) => state.happened)
  for (let i = happened.length - 1; i >= 0 && i > happened.length - 60; i--) {
    const item = happened[i]
    if (item.from !== 'case') continue
    const { event } = item
    if (event.type === 'step') {
      const step = clinical.phases.flatMap(({ steps }) => steps).find(({ id }) => id === event.id)
      if (!step) continue
      return (
        <p className="guide-news good">
          <IconCheck size={15} /> {texts(step.title)}
        </p>
      )
    }
    if (event.type === 'error') {
      const error = clinical.errors.find(({ id }) => id === event.id)
      if (!error) continue
      return (
        <div className={`guide-news error ${event.severity}`} role="alert">
          <strong>
            {t(`severity.${event.severity}`)}: {texts(error.title)}
          </strong>
          <span>{texts(error.consequence)}</span>
          <span>{texts(error.remedy)}</span>
        </div>
      )
    }
  }
  return null
}
