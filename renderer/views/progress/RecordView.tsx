import { Button, Group, Loader } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { PackDetail, Rating as RatingValue, RequestOutput } from '../../../core/contract/index.ts'
import type { SessionRecord } from '../../../core/records/envelope.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import type { SessionSetup } from '../../../core/session/setup.ts'
import { tell, tellError } from '../../app/notify.ts'
import { usePerson } from '../../app/person.ts'
import { usePreferences } from '../../app/preferences.ts'
import { host } from '../../host/index.ts'
import { TheatreSound } from '../../sound/theatresound.ts'
import { Debrief } from '../theatre/flow/Debrief.tsx'
import { Rating } from '../theatre/flow/Rating.tsx'
import { Watch } from '../theatre/flow/Watch.tsx'
import { type Run, RunProvider } from '../theatre/run/context.tsx'
import { LiveCase } from '../theatre/run/livecase.ts'
import { packTexts } from '../theatre/run/texts.ts'

type Props = { recordId: string; pack: PackDetail; clinical: Case; onClose: () => void }

/** One record over the page: its debrief, its replay, a check by recomputing, a file to take away. */
export function RecordView({ recordId, pack, clinical, onClose }: Props) {
  const { t } = useTranslation('progress')
  const language = usePreferences((value) => value.language)
  const [got, setGot] = useState<RequestOutput<'records.get'> | null>(null)
  const [live, setLive] = useState<LiveCase | null>(null)
  const [rating, setRating] = useState<'no' | 'yes' | 'saving'>('no')
  const isInstructor = usePerson((value) => value.status === 'known' && value.info.identity.instructor === 'unlocked')
  useEffect(() => {
    host()
      .request('records.get', { recordId })
      .then(setGot)
      .catch((error: unknown) => {
        tellError(error)
        onClose()
      })
  }, [recordId, onClose])
  useEffect(() => () => live?.dispose(), [live])
  const sound = useMemo(() => new TheatreSound(), [])
  useEffect(() => () => sound.dispose(), [sound])
  const patient = (got?.replay.setup as unknown as SessionSetup | undefined)?.patient ?? null
  const texts = useMemo(() => packTexts(pack.locales, language, clinical, patient), [pack, language, clinical, patient])
  const run = useMemo<Run | null>(
    () => (live ? { live, clinical, texts, media: pack.mediaBase, sound } : null),
    [live, clinical, texts, pack, sound],
  )
  const record = got?.replay.record as unknown as SessionRecord | undefined
  const rate = async (given: RatingValue) => {
    if (!got) return
    setRating('saving')
    try {
      const { record: summary } = await host().request('records.rateInstructor', { recordId, rating: given })
      setGot({ ...got, summary })
      setRating('no')
    } catch (error) {
      tellError(error)
      setRating('yes')
    }
  }
  return createPortal(
    <div className="record-view" role="dialog" aria-modal="true" aria-label={t('record.title')}>
      {!got || !record ? (
        <div className="theatre-wait" role="status">
          <Loader />
        </div>
      ) : run ? (
        <RunProvider value={run}>
          <Watch title={t('record.replay')} record={record} onClose={() => setLive(null)} />
        </RunProvider>
      ) : rating !== 'no' ? (
        <Rating
          by="instructor"
          busy={rating === 'saving' ? 'yes' : 'no'}
          onDone={rate}
          onBack={() => setRating('no')}
        />
      ) : (
        <>
          <Debrief
            record={record}
            clinical={clinical}
            texts={texts}
            self={got.summary.selfRating}
            instructor={got.summary.instructorRating}
            saved={got.summary}
            onReplay={() => {
              LiveCase.replay(host(), got.replay.setup as unknown as SessionSetup, got.replay.chunks).then(
                setLive,
                tellError,
              )
            }}
            onClose={onClose}
          />
          <RecordTools
            recordId={recordId}
            onRate={isInstructor ? () => setRating('yes') : null}
            isRated={got.summary.instructorRating !== null}
          />
        </>
      )}
    </div>,
    document.body,
  )
}

type ToolsProps = { readonly recordId: string; readonly onRate: (() => void) | null; readonly isRated: boolean }

function RecordTools({ recordId, onRate, isRated }: ToolsProps) {
  const { t } = useTranslation('progress')
  const [busy, setBusy] = useState(false)
  const verify = async () => {
    setBusy(true)
    try {
      const { same, reason, tick } = await host().request('records.verify', { recordId })
      tell(same ? t('record.same') : t('record.different', { reason: reason ?? '', tick: tick ?? 0 }))
    } catch (error) {
      tellError(error)
    } finally {
      setBusy(false)
    }
  }
  const download = async () => {
    try {
      const { fileName, text } = await host().request('records.export', { recordId })
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
      link.download = fileName
      link.click()
      URL.revokeObjectURL(link.href)
    } catch (error) {
      tellError(error)
    }
  }
  return (
    <Group className="record-tools">
      {onRate && (
        <Button size="compact-md" onClick={onRate}>
          {t(isRated ? 'record.rateAgain' : 'record.rate')}
        </Button>
      )}
      <Button size="compact-md" variant="default" loading={busy} onClick={verify}>
        {t('record.verify')}
      </Button>
      <Button size="compact-md" variant="default" onClick={download}>
        {t('record.export')}
      </Button>
    </Group>
  )
}
