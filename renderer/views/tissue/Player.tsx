import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowLeft, IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward, IconRotate } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Scene } from '../../../core/simulation/scene/schema.ts'
import { type Action, actions } from '../../app/actions.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useActions } from '../../app/useActions.ts'
import { qualityFor, rendererName, SceneCanvas } from '../../scene/index.ts'
import { Readings } from './Readings.tsx'
import { type StageHandle, TissueStage } from './TissueStage.tsx'
import { exposeForTests } from './testing.ts'
import { useSceneTexts } from './texts.ts'
import { useRun } from './useRun.ts'

type Props = {
  readonly scene: Scene
  readonly kernel: WebAssembly.Module
  /** The moment to open it at, s; null plays at once. */
  readonly at: number | null
}

const speeds = ['0.1', '0.25', '1'] as const
type Speed = (typeof speeds)[number]

/** A scene that plays: by its script, or with one instrument in hand. */
export function Player({ scene, kernel, at }: Props) {
  const { t } = useTranslation('tissue')
  const { title, text, tools } = useSceneTexts(scene)
  const { run, state, again } = useRun(scene, kernel, at)
  const [speed, setSpeed] = useState<Speed>('1')
  const [tool, setTool] = useState(-1)
  const [handle, setHandle] = useState<StageHandle | null>(null)
  const [context, setContext] = useState<'lost' | 'restored'>('restored')
  const choice = usePreferences((value) => value.quality)
  const quality = useMemo(() => qualityFor(choice, rendererName()), [choice])

  const running = state.state === 'running'
  const play = useCallback(() => run?.run(running ? 'paused' : 'running', Number(speed)), [run, running, speed])
  const hurry = useCallback(
    (wanted: Speed) => {
      setSpeed(wanted)
      if (running) run?.run('running', Number(wanted))
    },
    [run, running],
  )
  const take = useCallback(
    (number: number) => {
      setTool(number)
      run?.takeTool(number)
      if (number >= 0) run?.run('running', Number(speed))
    },
    [run, speed],
  )
  const retry = useCallback(() => {
    setContext('restored')
    setTool(-1)
    again()
  }, [again])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another moment is played by its script
  useEffect(() => setTool(-1), [at])
  useEffect(() => (handle ? exposeForTests(handle) : undefined), [handle])

  const own = useMemo<readonly Action[]>(() => {
    const action = (id: string, keys: string[], perform: () => void): Action => ({
      id: `tissue.${id}`,
      label: `tissue:action.${id}`,
      group: 'tissue:group',
      keys,
      perform: () => {
        perform()
        return undefined
      },
    })
    return [
      action('play', ['p'], play),
      action('step', ['.'], () => run?.step()),
      action('restart', ['n'], () => run?.restart()),
      action('slower', ['m'], () => hurry(speeds[(speeds.indexOf(speed) + 2) % 3])),
      action('script', ['0'], () => take(-1)),
      ...scene.tools.map(({ instrument }, t) => ({
        ...action(`take${t}`, [String(t + 1)], () => take(t)),
        label: `tissue:instrument.${instrument}`,
      })),
    ]
  }, [play, run, speed, hurry, take, scene])
  useActions(own)

  return (
    <div
      className="tissue"
      data-scene={scene.name}
      data-state={state.state}
      data-tick={state.tick}
      data-hand={tool < 0 ? 'script' : 'own'}
    >
      <div className="tissue-canvas">
        {run && context === 'restored' && (
          <SceneCanvas
            quality={{ ...quality, shadows: 'key' }}
            label={t('canvas', { title })}
            exposure={1.05}
            onContext={setContext}
          >
            <TissueStage run={run} quality={quality} tool={tool} onReady={setHandle} />
          </SceneCanvas>
        )}
      </div>
      <section className="tissue-panel tissue-title" aria-label={title}>
        <Link to="/tissue" className="tissue-back">
          <IconArrowLeft size={16} aria-hidden /> {t('all')}
        </Link>
        <h1>{title}</h1>
        <p>{text}</p>
      </section>
      <aside className="tissue-panel tissue-side">
        <fieldset>
          <legend>{t('mover')}</legend>
          {[-1, ...tools.keys()].map((number) => (
            <button key={number} type="button" aria-pressed={tool === number} onClick={() => take(number)}>
              <kbd>{number + 1}</kbd>
              {number < 0 ? t('script') : tools[number]}
            </button>
          ))}
        </fieldset>
        <Readings handle={handle} tools={tools} />
        {tool >= 0 && (
          <dl className="tissue-keys">
            {(['move', 'depth', 'turn', 'close', 'pedal', 'look'] as const).map((what) => (
              <div key={what}>
                <dt>{t(`keys.${what}.keys`)}</dt>
                <dd>{t(`keys.${what}.does`)}</dd>
              </div>
            ))}
          </dl>
        )}
      </aside>
      <div className="tissue-panel tissue-bar" role="toolbar" aria-label={t('bar')}>
        <Button
          size="compact-md"
          leftSection={running ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
          onClick={() => actions.perform('tissue.play')}
        >
          {t(running ? 'pause' : 'play')}
        </Button>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconPlayerSkipForward size={16} />}
          onClick={() => actions.perform('tissue.step')}
        >
          {t('step')}
        </Button>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconRotate size={16} />}
          onClick={() => actions.perform('tissue.restart')}
        >
          {t('restart')}
        </Button>
        <SegmentedControl
          size="xs"
          aria-label={t('speed')}
          value={speed}
          onChange={(value) => hurry(value as Speed)}
          data={speeds.map((value) => ({ value, label: `${value}×` }))}
        />
        <time>
          {(state.tick / 100).toFixed(2)} / {t('seconds', { seconds: scene.seconds })}
        </time>
      </div>
      {(state.fault || context === 'lost') && (
        <div className="tissue-fault" role="alert">
          <p>{context === 'lost' ? t('contextLost') : t('fault')}</p>
          {state.fault && (
            <p className="tissue-code">
              {state.fault.code}: {state.fault.message}
            </p>
          )}
          <Button variant="white" color="dark" onClick={retry}>
            {t('again')}
          </Button>
        </div>
      )}
    </div>
  )
}
