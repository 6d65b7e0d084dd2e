import { Button } from '@mantine/core'
import { IconCircle, IconCircleCheck } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Pad as SkillsPad } from '../../../../core/scenario/skillspad.ts'
import { OBSERVABLES, type Tool } from '../../../../core/simulation/contract.ts'
import { ControlKeys } from '../procedure/Controls.tsx'
import { Readout } from '../procedure/Readout.tsx'
import { Stage3D } from '../procedure/Stage3D.tsx'
import { Tray, trayKeys } from '../procedure/Tray.tsx'
import { exposeForTests } from '../procedure/testing.ts'
import { useCase, useRun } from '../run/context.tsx'
import type { StageHandle } from '../stage/TheatreScene.tsx'
import { timeOf } from './timeof.ts'

/** Pad tasks ask for what tools do, not for figures of the patient. */
const NO_FIGURES = new Float64Array(OBSERVABLES.length)

/** Three minutes to learn the hands: pick up, turn, depth, press, cut. Nothing is scored or kept. */
export function Pad({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('theatre')
  const { live, clinical, texts } = useRun()
  const [handle, setHandle] = useState<StageHandle | null>(null)
  const [held, setHeld] = useState<Tool>('none')
  const [done, setDone] = useState<ReadonlySet<string>>(new Set())
  const seen = useRef(0)
  const tasks = useMemo(() => new SkillsPad(clinical), [clinical])
  const happened = useCase((state) => state.happened)
  const tick = useCase((state) => state.tick)
  const ready = useCallback((made: StageHandle | null) => setHandle(made), [])
  const left = Math.max(0, clinical.pad.seconds * 100 - tick)

  useEffect(() => {
    for (const item of happened)
      if (item.from === 'world' && item.tick >= seen.current) tasks.step(item.tick, NO_FIGURES, [item.event], [])
    seen.current = tick
    const now = new Set(clinical.pad.tasks.filter((_, index) => tasks.done[index]).map(({ id }) => id))
    setDone((before) => (now.size === before.size ? before : now))
  }, [happened, tick, clinical, tasks])

  useEffect(() => {
    if (!handle) return
    const timer = setInterval(() => setHeld(handle.theatre.rack.toolOf(0)), 100)
    const forget = exposeForTests(live, handle)
    return () => {
      clearInterval(timer)
      forget()
    }
  }, [handle, live])

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const index = trayKeys.indexOf(event.key as (typeof trayKeys)[number])
      const tool = clinical.tools[index]
      if (tool && !event.ctrlKey && !event.altKey) live.act('pick', tool.kind)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [live, clinical])

  return (
    <div className="theatre pad" data-held={held}>
      <Stage3D steering="own" onHandle={ready} />
      <div className="theatre-top">
        <div className="theatre-panel top-title">
          <b>{t('pad.title')}</b>
          <time>{timeOf(left)}</time>
          <span className="explain">{t('pad.unscored')}</span>
        </div>
        <Button
          size="compact-md"
          variant={done.size === clinical.pad.tasks.length ? 'filled' : 'default'}
          onClick={onClose}
        >
          {t('pad.close')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where the screen is low, so keys must reach it */}
      <div className="theatre-left" tabIndex={0}>
        <section className="theatre-panel pad-tasks" aria-label={t('pad.title')}>
          <ul aria-live="polite">
            {clinical.pad.tasks.map((task) => (
              <li key={task.id} className={done.has(task.id) ? 'done' : ''} data-task={task.id}>
                {done.has(task.id) ? <IconCircleCheck size={20} /> : <IconCircle size={20} />}
                <div>
                  <h3>{texts(task.title)}</h3>
                  <p>{texts(task.text)}</p>
                </div>
              </li>
            ))}
          </ul>
          <h3>{t('pad.how')}</h3>
          <ControlKeys scheme="guided" />
        </section>
      </div>
      <div className="theatre-bottom">
        <div className="bottom-line">
          <Readout hand={0} />
        </div>
        <Tray held={held} other="none" onPick={(kind) => live.act('pick', kind)} onPut={() => live.act('put')} />
      </div>
    </div>
  )
}
