import { Button, Modal } from '@mantine/core'
import { IconHandStop, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Tool } from '../../../../core/simulation/contract.ts'
import { type Action, actions } from '../../../app/actions.ts'
import { useActions } from '../../../app/useActions.ts'
import type { Happened } from '../../../simulation/protocol.ts'
import { EnterVR } from '../../../xr/EnterVR.tsx'
import { isHeadset } from '../../../xr/useheadset.ts'
import { useCase, useRun } from '../run/context.tsx'
import { useGamepadTouch } from '../run/gamepadtouch.ts'
import { useSoundtrack } from '../run/soundtrack.ts'
import type { StageHandle } from '../stage/TheatreScene.tsx'
import { type ViewName, viewNames } from '../stage/theatrecamera.ts'
import { Controls } from './Controls.tsx'
import { Dock } from './Dock.tsx'
import { Guide } from './Guide.tsx'
import { Monitor } from './Monitor.tsx'
import { Readout } from './Readout.tsx'
import { SaveState } from './SaveState.tsx'
import { Stage3D } from './Stage3D.tsx'
import { Tray, trayKeys } from './Tray.tsx'
import { exposeForTests } from './testing.ts'

type Props = { readonly title: string; readonly onLeave: () => void }

/** The procedure: the body owns the screen, panels float at its edges. */
export function Procedure({ title, onLeave }: Props) {
  const { t } = useTranslation('theatre')
  const { live, clinical, sound } = useRun()
  const [handle, setHandle] = useState<StageHandle | null>(null)
  const [held, setHeld] = useState<readonly [Tool, Tool]>(['none', 'none'])
  const [active, setActive] = useState<0 | 1>(0)
  const [scheme, setScheme] = useState<'guided' | 'free'>('guided')
  const [view, setView] = useState<ViewName>('operator')
  const [stopping, setStopping] = useState(false)
  useSoundtrack(live, sound)
  useGamepadTouch(live, handle)
  const phase = useCase((state) => state.phase)
  const allowsPause = useCase((state) => state.view?.allows.pause ?? false)
  const seconds = useCase((state) => Math.floor(state.tick / 100))
  const slowed = useCase((state) => state.slowedMs > 400)
  const shownRef = useRef(held)
  shownRef.current = held

  useEffect(() => {
    if (!handle) return
    const timer = setInterval(() => {
      const now = [handle.theatre.rack.toolOf(0), handle.theatre.rack.toolOf(1)] as const
      if (now[0] !== shownRef.current[0] || now[1] !== shownRef.current[1]) setHeld(now)
    }, 100)
    const forget = exposeForTests(live, handle)
    return () => {
      clearInterval(timer)
      forget()
    }
  }, [handle, live])

  useEffect(() => {
    if (!handle) return
    handle.hands.scheme = scheme
    handle.hands.active = active
  }, [handle, scheme, active])

  const stitches = useCase((state) => stitchesIn(state.happened))
  useEffect(() => {
    // A stitch set beside a lying drain is tied round it: the hand is there now and need not come back for a menu.
    if (stitches > 0) live.act('fix', 'drain', undefined, active)
  }, [stitches, live, active])

  const show = useCallback(
    (name: ViewName) => {
      handle?.camera.show(name)
      setView(name)
    },
    [handle],
  )
  const pick = useCallback(
    (kind: string) => {
      live.act('pick', kind, undefined, active)
      // Keys now belong to the hands, not to the button that was pressed.
      handle?.devices.focus()
    },
    [live, active, handle],
  )
  const put = useCallback(() => live.act('put', '', undefined, active), [live, active])

  const own = useMemo<readonly Action[]>(() => {
    const done = (perform: () => void) => () => {
      perform()
      return undefined
    }
    return [
      ...clinical.tools.map((tool, index) => ({
        id: `theatre.tool.${tool.kind}`,
        label: `theatre:tool.${tool.kind}`,
        group: 'theatre:group.tools',
        ...(trayKeys[index] ? { keys: [trayKeys[index]] } : {}),
        perform: done(() => pick(tool.kind)),
      })),
      {
        id: 'theatre.withdraw',
        label: 'theatre:drain.withdrawNeedle',
        group: 'theatre:group.tools',
        keys: ['n'],
        perform: done(() => live.act('withdraw', 'needle', undefined, active)),
      },
      {
        id: 'theatre.fix',
        label: 'theatre:drain.fix',
        group: 'theatre:group.tools',
        keys: ['t'],
        perform: done(() => live.act('fix', 'drain', undefined, active)),
      },
      { id: 'theatre.put', label: 'theatre:tray.put', group: 'theatre:group.tools', keys: ['z'], perform: done(put) },
      {
        id: 'theatre.hand',
        label: 'theatre:hands.switch',
        group: 'theatre:group.tools',
        keys: ['g'],
        perform: done(() => setActive((hand) => (hand === 0 ? 1 : 0))),
      },
      {
        id: 'theatre.scheme',
        label: 'theatre:hands.scheme',
        group: 'theatre:group.tools',
        keys: ['m'],
        perform: done(() => setScheme((now) => (now === 'guided' ? 'free' : 'guided'))),
      },
      {
        id: 'theatre.view',
        label: 'theatre:view.next',
        group: 'theatre:group.view',
        keys: ['c'],
        perform: done(() => show(viewNames[(viewNames.indexOf(view) + 1) % viewNames.length])),
      },
      ...viewNames.map((name, index) => ({
        id: `theatre.view.${name}`,
        label: `theatre:view.${name}`,
        group: 'theatre:group.view',
        keys: [`alt+${index + 1}`],
        perform: done(() => show(name)),
      })),
      {
        id: 'theatre.hint',
        label: 'theatre:guide.help',
        group: 'theatre:group.case',
        keys: ['h'],
        perform: done(() => live.act('hint', '')),
      },
      {
        id: 'theatre.stop',
        label: 'theatre:stop.title',
        group: 'theatre:group.case',
        perform: done(() => setStopping(true)),
      },
    ]
  }, [clinical, pick, put, show, view, live, active])
  useActions(own)

  return (
    <div className="theatre" data-phase={phase} data-held={held[active]}>
      <Stage3D steering="own" onHandle={setHandle} />
      <div className="theatre-top">
        <div className="theatre-panel top-title">
          <b>{title}</b>
          <time>{clock(seconds)}</time>
          <span className={`mode ${live.setup.mode}`}>{t(`mode.${live.setup.mode}`)}</span>
          <SaveState />
          {slowed && <span className="slowed">{t('slowed')}</span>}
        </div>
        <div className="top-buttons">
          {isHeadset(live.setup.deviceClass) && <EnterVR />}
          {allowsPause && (
            <Button
              size="compact-md"
              variant="default"
              leftSection={phase === 'paused' ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
              onClick={() => (phase === 'paused' ? live.resume() : live.pause())}
            >
              {t(phase === 'paused' ? 'resume' : 'pause')}
            </Button>
          )}
          <Button
            size="compact-md"
            color="red"
            variant="filled"
            leftSection={<IconHandStop size={16} />}
            onClick={() => setStopping(true)}
          >
            {t('stop.short')}
          </Button>
        </div>
      </div>
      <div className="theatre-left">
        <Guide />
        <Controls scheme={scheme} />
      </div>
      <div className="theatre-right">
        <Monitor snapshot={() => live.snapshot()} sound={sound} />
        <Dock />
      </div>
      <div className="theatre-bottom">
        <div className="bottom-line">
          <Readout hand={active} />
          <fieldset className="views" aria-label={t('view.title')}>
            {viewNames.map((name) => (
              <button
                key={name}
                type="button"
                aria-pressed={view === name}
                onClick={() => actions.perform(`theatre.view.${name}`)}
              >
                {t(`view.${name}`)}
              </button>
            ))}
          </fieldset>
        </div>
        <Tray held={held[active]} other={held[active === 0 ? 1 : 0]} onPick={pick} onPut={put} />
      </div>
      <Modal opened={stopping} onClose={() => setStopping(false)} title={t('stop.title')} centered>
        <p>{t('stop.text')}</p>
        <Button fullWidth mb="xs" color="red" onClick={() => live.act('stop', 'unwell')}>
          {t('stop.unwell')}
        </Button>
        <Button fullWidth mb="xs" color="red" variant="light" onClick={() => live.act('stop', 'fault')}>
          {t('stop.fault')}
        </Button>
        <Button fullWidth variant="default" onClick={onLeave}>
          {t('stop.leave')}
        </Button>
      </Modal>
    </div>
  )
}

/** Stitches set beside a drain so far. */
function stitchesIn(happened: readonly Happened[]): number {
  let count = 0
  for (const item of happened) if (item.from === 'world' && item.event.type === 'stitched') count = item.event.count
  return count
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
