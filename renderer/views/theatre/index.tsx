import { Button, Loader } from '@mantine/core'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import {
  AppError,
  deviceClassSchema,
  type Mode,
  type PackDetail,
  type Rating as RatingValue,
} from '../../../core/contract/index.ts'
import type { SessionRecord } from '../../../core/records/envelope.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import type { SessionSetup } from '../../../core/session/setup.ts'
import { tellError } from '../../app/notify.ts'
import { person, startAsGuest, useTrainee } from '../../app/person.ts'
import { usePreferences } from '../../app/preferences.ts'
import { host } from '../../host/index.ts'
import { TheatreSound } from '../../sound/theatresound.ts'
import { isHeadset } from '../../xr/useheadset.ts'
import { Briefing, type BriefingChoice } from './flow/Briefing.tsx'
import { Ended } from './flow/Ended.tsx'
import { OwnDebrief } from './flow/OwnDebrief.tsx'
import { Pad } from './flow/Pad.tsx'
import { Rating } from './flow/Rating.tsx'
import { Watch } from './flow/Watch.tsx'
import { Procedure } from './procedure/Procedure.tsx'
import { type Run, RunProvider } from './run/context.tsx'
import { LiveCase } from './run/livecase.ts'
import { packTexts } from './run/texts.ts'
import './theatre.css'

type Loaded = { pack: PackDetail; clinical: Case }

/** Where a person is on the way through a case. */
type Stage =
  | { at: 'briefing' }
  | { at: 'running'; live: LiveCase }
  | { at: 'pad'; live: LiveCase }
  | { at: 'watch'; live: LiveCase; record: SessionRecord; back: Stage }
  | { at: 'rating'; live: LiveCase }
  | { at: 'debrief'; live: LiveCase; self: RatingValue }

/** A case from chart to score. */
export default function TheatreView() {
  const { packId = '', caseId = '' } = useParams()
  const [search] = useSearchParams()
  const { t } = useTranslation('theatre')
  const [loaded, setLoaded] = useState<Loaded | { failed: unknown } | null>(null)
  useEffect(() => {
    let wanted = true
    host()
      .request('packs.get', { packId })
      .then((pack) => {
        const clinical = (pack.cases as unknown as Case[]).find(({ id }) => id === caseId)
        if (wanted) setLoaded(clinical ? { pack, clinical } : { failed: 'case/unknown' })
      })
      .catch((error: unknown) => {
        tellError(error)
        if (wanted) setLoaded({ failed: error })
      })
    return () => {
      wanted = false
    }
  }, [packId, caseId])
  if (!loaded)
    return (
      <div className="theatre-wait" role="status">
        <Loader /> {t('loading')}
      </div>
    )
  if ('failed' in loaded)
    return (
      <div className="theatre-wait" role="alert">
        <p>{t('notFound')}</p>
        <Button component="a" href="#/">
          {t('home')}
        </Button>
      </div>
    )
  // Another start in the address is another visit.
  return <CaseFlow key={search.toString()} {...loaded} />
}

function CaseFlow({ pack, clinical }: Loaded) {
  const { t } = useTranslation('theatre')
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const trainee = useTrainee()
  const language = usePreferences((value) => value.language)
  const [stage, setStage] = useState<Stage>({ at: 'briefing' })
  const [busy, setBusy] = useState<'no' | 'yes'>('no')
  const [choice, setChoice] = useState<BriefingChoice>(() => ({
    start: search.get('start') ?? clinical.starts[0].id,
    mode: (search.get('mode') as Mode) ?? 'practice',
    deviceClass: deviceClassSchema.catch('mouse').parse(search.get('device')),
  }))
  const seed = search.get('seed')
  const [resumable, setResumable] = useState<{ sessionId: string; chunks: number } | null>(null)
  const sound = useMemo(() => new TheatreSound(), [])
  const current = useRef<LiveCase | null>(null)

  const own = trainee?.id
  useEffect(() => {
    if (!own || stage.at !== 'briefing') return
    host()
      .request('sessions.resumable', { traineeId: own })
      .then(({ sessions }) => {
        const found = sessions.find(
          (one) =>
            one.packId === pack.summary.id && one.caseId === clinical.id && one.resume === 'possible' && one.chunks > 0,
        )
        setResumable(found ? { sessionId: found.sessionId, chunks: found.chunks } : null)
      })
      .catch(tellError)
  }, [own, stage.at, pack, clinical])

  useEffect(
    () => () => {
      current.current?.dispose()
      sound.dispose()
    },
    [sound],
  )

  const open = useCallback((live: LiveCase) => {
    current.current?.dispose()
    current.current = live
    return live
  }, [])

  const doing = useCallback(async (work: () => Promise<void>) => {
    setBusy('yes')
    try {
      await work()
    } catch (error) {
      tellError(error)
    } finally {
      setBusy('no')
    }
  }, [])

  const common = { packId: pack.summary.id, caseId: clinical.id, start: choice.start }
  const begin = () =>
    doing(async () => {
      sound.wake()
      const traineeId = own ?? (await guest(t('common:person.guestName')))
      const live = await LiveCase.begin(host(), {
        ...common,
        traineeId,
        mode: choice.mode,
        deviceClass: choice.deviceClass,
        tier: 'desktop',
        ...(seed ? { seed: Number(seed) } : {}),
      })
      setStage({ at: 'running', live: open(live) })
    })
  const resume = () =>
    doing(async () => {
      if (resumable) setStage({ at: 'running', live: open(await LiveCase.resume(host(), resumable.sessionId)) })
    })
  const goOn = (broken: LiveCase) =>
    doing(async () => {
      if (broken.origin.kind !== 'scored') return
      setStage({ at: 'running', live: open(await LiveCase.resume(host(), broken.origin.sessionId)) })
    })
  const discard = () =>
    doing(async () => {
      if (resumable) await host().request('sessions.abandon', { sessionId: resumable.sessionId, reason: 'left' })
      setResumable(null)
    })
  const expert = () =>
    doing(async () => {
      const { setup, chunks, record } = await host().request('sessions.expert', common)
      const live = open(await LiveCase.replay(host(), setup as unknown as SessionSetup, chunks))
      setStage({ at: 'watch', live, record: record as unknown as SessionRecord, back: { at: 'briefing' } })
    })
  const pad = () =>
    doing(async () => {
      const live = await LiveCase.rehearse(host(), {
        ...common,
        mode: 'practice',
        // The pad teaches the hands at the desk; a headset's own hands need no lesson in keys.
        deviceClass: isHeadset(choice.deviceClass) ? 'mouse' : choice.deviceClass,
        tier: 'desktop',
      })
      setStage({ at: 'pad', live: open(live) })
    })
  const rate = (live: LiveCase, rating: RatingValue) =>
    doing(async () => {
      const { saved } = live.state.getState()
      if (saved) await host().request('records.rateSelf', { recordId: saved.recordId, rating })
      setStage({ at: 'debrief', live, self: rating })
    })
  const replayOwn = (back: Stage & { at: 'debrief' }) =>
    doing(async () => {
      const { saved, record } = back.live.state.getState()
      if (!saved || !record) return
      const { replay } = await host().request('records.get', { recordId: saved.recordId })
      const live = await LiveCase.replay(host(), replay.setup as unknown as SessionSetup, replay.chunks)
      setStage({ at: 'watch', live, record, back })
    })

  const live = 'live' in stage ? stage.live : null
  const texts = useMemo(
    () => packTexts(pack.locales, language, clinical, live?.setup.patient ?? null),
    [pack, language, clinical, live],
  )
  const run = useMemo<Run | null>(
    () => (live ? { live, clinical, texts, media: pack.mediaBase, sound } : null),
    [live, clinical, texts, pack, sound],
  )
  const leave = () => {
    current.current?.dispose()
    current.current = null
    setStage({ at: 'briefing' })
  }

  if (stage.at === 'briefing' || !run)
    return (
      <Briefing
        pack={pack}
        clinical={clinical}
        texts={texts}
        choice={choice}
        resumable={resumable}
        busy={busy}
        onChoice={setChoice}
        onBegin={begin}
        onResume={resume}
        onDiscard={discard}
        onExpert={expert}
        onPad={pad}
      />
    )
  const title = texts(clinical.title)
  return (
    <RunProvider value={run}>
      {stage.at === 'running' && (
        <>
          <Procedure title={title} onLeave={leave} />
          <Ended
            onRate={() => setStage({ at: 'rating', live: stage.live })}
            onLeave={leave}
            onGoOn={() => void goOn(stage.live)}
          />
        </>
      )}
      {stage.at === 'pad' && <Pad onClose={leave} />}
      {stage.at === 'watch' && (
        <Watch
          title={`${t('watch.title')}: ${title}`}
          record={stage.record}
          onClose={() => {
            stage.live.dispose()
            setStage(stage.back)
          }}
        />
      )}
      {stage.at === 'rating' && <Rating busy={busy} onDone={(rating) => rate(stage.live, rating)} />}
      {stage.at === 'debrief' && (
        <OwnDebrief
          live={stage.live}
          self={stage.self}
          run={run}
          onReplay={() => replayOwn(stage)}
          onAgain={leave}
          onClose={() => void navigate('/progress')}
        />
      )}
    </RunProvider>
  )
}

/** Nobody has said who they are: they practise as a guest, with nothing to type. */
async function guest(name: string): Promise<string> {
  await startAsGuest(name)
  const now = person.getState()
  const trainee = now.status === 'known' ? now.info.identity.trainee : null
  if (!trainee) throw new AppError('contract/forbidden-role')
  return trainee.id
}
