import { Button, Slider } from '@mantine/core'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionRecord } from '../../../../core/records/envelope.ts'
import type { Action } from '../../../app/actions.ts'
import { useActions } from '../../../app/useActions.ts'
import { Guide } from '../procedure/Guide.tsx'
import { Monitor } from '../procedure/Monitor.tsx'
import { Stage3D } from '../procedure/Stage3D.tsx'
import { exposeForTests } from '../procedure/testing.ts'
import { useCase, useRun } from '../run/context.tsx'
import { useSoundtrack } from '../run/soundtrack.ts'
import type { StageHandle } from '../stage/TheatreScene.tsx'
import { type ViewName, viewNames } from '../stage/theatrecamera.ts'
import { Timeline } from './Timeline.tsx'
import { timeOf } from './timeof.ts'

type Props = { readonly title: string; readonly record: SessionRecord; readonly onClose: () => void }
const SPEEDS = [0.5, 1, 2, 4] as const

/** A recorded run played again in the theatre, from any side, with seeking. */
export function Watch({ title, record, onClose }: Props) {
  const { t } = useTranslation('theatre')
  const { live, clinical, texts, sound } = useRun()
  const [handle, setHandle] = useState<StageHandle | null>(null)
  const [speed, setSpeed] = useState<number>(1)
  const [view, setView] = useState<ViewName>('operator')
  const tick = useCase((state) => state.tick)
  const phase = useCase((state) => state.phase)
  const ready = useCallback((made: StageHandle | null) => setHandle(made), [])
  const own = useMemo<readonly Action[]>(() => {
    const done = (perform: () => void) => () => {
      perform()
      return undefined
    }
    const { state } = live
    return [
      {
        id: 'theatre.watch.play',
        label: 'theatre:watch.play',
        group: 'theatre:group.view',
        keys: ['space'],
        perform: done(() => (state.getState().phase === 'paused' ? live.resume(speed) : live.pause())),
      },
      {
        id: 'theatre.watch.close',
        label: 'theatre:watch.close',
        group: 'theatre:group.view',
        keys: ['escape'],
        perform: done(onClose),
      },
    ]
  }, [live, speed, onClose])
  useActions(own)
  useSoundtrack(live, sound)
  useEffect(() => (handle ? exposeForTests(live, handle) : undefined), [handle, live])
  return (
    <div className="theatre watch" data-phase={phase}>
      <Stage3D steering="record" onHandle={ready} />
      <div className="theatre-top">
        <div className="theatre-panel top-title">
          <b>{title}</b>
          <time>{timeOf(tick)}</time>
        </div>
        <Button size="compact-md" variant="default" onClick={onClose}>
          {t('watch.close')}
        </Button>
      </div>
      <div className="theatre-left">
        <Guide />
      </div>
      <div className="theatre-right">
        <Monitor snapshot={() => live.snapshot()} sound={sound} />
      </div>
      <div className="theatre-bottom">
        <div className="theatre-panel watch-bar">
          <div className="row">
            <Button size="compact-md" onClick={() => (phase === 'paused' ? live.resume(speed) : live.pause())}>
              {t(phase === 'paused' ? 'watch.play' : 'watch.pause')}
            </Button>
            {SPEEDS.map((value) => (
              <Button
                key={value}
                size="compact-md"
                variant={speed === value ? 'light' : 'default'}
                onClick={() => {
                  setSpeed(value)
                  live.resume(value)
                }}
              >
                {value}×
              </Button>
            ))}
            <fieldset className="views" aria-label={t('view.title')}>
              {viewNames.map((name) => (
                <button
                  key={name}
                  type="button"
                  aria-pressed={view === name}
                  onClick={() => {
                    handle?.camera.show(name)
                    setView(name)
                  }}
                >
                  {t(`view.${name}`)}
                </button>
              ))}
            </fieldset>
          </div>
          <Slider
            thumbLabel={t('watch.position')}
            min={0}
            max={record.ticks}
            step={100}
            value={tick}
            label={(value) => timeOf(value)}
            onChangeEnd={(value) => live.seek(value)}
          />
          <Timeline record={record} clinical={clinical} texts={texts} tick={tick} onSeek={(to) => live.seek(to)} />
        </div>
      </div>
    </div>
  )
}
