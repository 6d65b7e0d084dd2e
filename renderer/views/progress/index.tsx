import { Button, Loader, SegmentedControl } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Attempt, PackDetail, RequestOutput } from '../../../core/contract/index.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import { tellError } from '../../app/notify.ts'
import { useTrainee } from '../../app/person.ts'
import { usePreferences } from '../../app/preferences.ts'
import { host } from '../../host/index.ts'
import { packTexts } from '../theatre/run/texts.ts'
import '../theatre/theatre.css'
import { Attempts } from './Attempts.tsx'
import { Curve } from './Curve.tsx'
import { NextStep } from './NextStep.tsx'
import './progress.css'
import { RecordView } from './RecordView.tsx'

type Progress = RequestOutput<'progress.get'>

/** How a trainee grows: every attempt is kept, none replaces another. */
export default function ProgressView() {
  const { t } = useTranslation('progress')
  const [search] = useSearchParams()
  const signedIn = useTrainee()
  const traineeId = search.get('trainee') ?? signedIn?.id
  const [progress, setProgress] = useState<Progress | null>(null)
  useEffect(() => {
    if (!traineeId) return
    let wanted = true
    host()
      .request('progress.get', { traineeId })
      .then((reply) => wanted && setProgress(reply))
      .catch(tellError)
    return () => {
      wanted = false
    }
  }, [traineeId])
  if (!traineeId) return <Empty title={t('nobody.title')} text={t('nobody.text')} />
  if (!progress)
    return (
      <div className="theatre-wait" role="status">
        <Loader />
      </div>
    )
  const cases = progress.cases.filter(({ attempts }) => attempts.length > 0)
  if (cases.length === 0) return <Empty title={t('empty.title')} text={t('empty.text')} />
  return (
    <div className="sina-page">
      <div className="progress-page">
        <header>
          <h1>{progress.trainee.name}</h1>
          {progress.trainee.group && <p className="explain">{progress.trainee.group}</p>}
        </header>
        {cases.map((own) => (
          <CaseProgress
            key={`${own.packId}/${own.caseId}`}
            packId={own.packId}
            caseId={own.caseId}
            attempts={own.attempts}
          />
        ))}
      </div>
    </div>
  )
}

function Empty({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation('progress')
  return (
    <div className="sina-page">
      <div className="progress-empty">
        <h1>{title}</h1>
        <p>{text}</p>
        <Button component="a" href="#/">
          {t('toCases')}
        </Button>
      </div>
    </div>
  )
}

type CaseProgressProps = { packId: string; caseId: string; attempts: readonly Attempt[] }

function CaseProgress({ packId, caseId, attempts }: CaseProgressProps) {
  const { t } = useTranslation('progress')
  const language = usePreferences((value) => value.language)
  const [pack, setPack] = useState<PackDetail | null>(null)
  const [what, setWhat] = useState('score')
  const classes = useMemo(() => [...new Set(attempts.map(({ deviceClass }) => deviceClass))], [attempts])
  const [device, setDevice] = useState(classes[0])
  const [open, setOpen] = useState<string | null>(null)
  useEffect(() => {
    host().request('packs.get', { packId }).then(setPack).catch(tellError)
  }, [packId])
  const clinical = (pack?.cases as unknown as Case[] | undefined)?.find(({ id }) => id === caseId)
  if (!pack || !clinical) return null
  const texts = packTexts(pack.locales, language, clinical, null)
  const own = [...attempts].sort((a, b) => a.endedAt.localeCompare(b.endedAt))
  return (
    <section className="progress-case">
      <header>
        <h2>{texts(clinical.title)}</h2>
        <div className="row">
          {classes.length > 1 && (
            <SegmentedControl
              data={classes.map((kind) => ({ value: kind, label: t(`theatre:device.${kind}`) }))}
              value={device}
              onChange={(kind) => setDevice(kind as typeof device)}
            />
          )}
          <select aria-label={t('curve.what')} value={what} onChange={(event) => setWhat(event.currentTarget.value)}>
            <option value="score">{t('curve.score')}</option>
            {clinical.metrics.map((metric) => (
              <option key={metric.id} value={metric.id}>
                {texts(metric.title)}
              </option>
            ))}
          </select>
        </div>
      </header>
      <div className="progress-columns">
        <Curve attempts={own} device={device} what={what} clinical={clinical} />
        <NextStep attempts={own} device={device} clinical={clinical} texts={texts} packId={packId} />
      </div>
      <Attempts attempts={[...own].reverse()} clinical={clinical} texts={texts} onOpen={setOpen} />
      {open && <RecordView recordId={open} pack={pack} clinical={clinical} onClose={() => setOpen(null)} />}
    </section>
  )
}
