import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Scene } from '../../../core/simulation/scene/schema.ts'
import { INSTRUMENTS } from '../../../core/simulation/tissue/tools/catalogue.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useActions } from '../../app/useActions.ts'
import { qualityFor, rendererName, SceneCanvas } from '../../scene/index.ts'
import { FREE, type View } from './control/scopeeye.ts'
import { Happened } from './Happened.tsx'
import { InstrumentChoice } from './InstrumentChoice.tsx'
import { KEYS_ID, KeysHelp } from './KeysHelp.tsx'
import { PlayBar, type Speed } from './PlayBar.tsx'
import { playerActions } from './playeractions.ts'
import { Readings } from './Readings.tsx'
import { type StageHandle, TissueStage } from './TissueStage.tsx'
import { exposeForTests } from './testing.ts'
import { useSceneTexts } from './texts.ts'
import { useRun } from './useRun.ts'
import { useSenses } from './useSenses.ts'
import { ScopeMask, type ViewKind, ViewPanel, viewOf } from './ViewPanel.tsx'

type Props = {
  readonly scene: Scene
  readonly kernel: WebAssembly.Module
  /** The moment to open it at, s; null plays at once. */
  readonly at: number | null
  /** How to look at first. */
  readonly look: ViewKind
}

/** A scene that plays: by its script, or with one instrument in hand. */
export function Player({ scene, kernel, at, look }: Props) {
  const { t } = useTranslation('tissue')
  const { title, text, hint } = useSceneTexts(scene)
  const { run, state, again } = useRun(scene, kernel, at)
  const names = useMemo(
    () => scene.tools.map(({ instrument }, i) => INSTRUMENTS[state.kinds[i] ?? -1]?.name ?? instrument),
    [scene, state.kinds],
  )
  const tools = useMemo(() => names.map((name) => t(`instrument.${name}`, { defaultValue: name })), [names, t])
  const [speed, setSpeed] = useState<Speed>('1')
  const [tool, setTool] = useState(-1)
  const [view, setView] = useState<View>(() => viewOf(look, FREE))
  const [help, setHelp] = useState<'shown' | 'hidden'>('hidden')
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
  const toggleHelp = useCallback(() => setHelp((before) => (before === 'shown' ? 'hidden' : 'shown')), [])
  const closeHelp = useCallback(() => setHelp('hidden'), [])
  const retry = useCallback(() => {
    setContext('restored')
    setTool(-1)
    again()
  }, [again])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another moment is played by its script
  useEffect(() => setTool(-1), [at])
  useEffect(() => setView((before) => viewOf(look, before)), [look])
  useEffect(() => (handle ? exposeForTests(handle) : undefined), [handle])
  useSenses(handle, tool)
  useActions(
    useMemo(
      () => playerActions({ scene, run, play, speed, hurry, take, setView, toggleHelp }),
      [scene, run, play, speed, hurry, take, toggleHelp],
    ),
  )

  return (
    <div
      className="tissue"
      data-scene={scene.name}
      data-state={state.state}
      data-tick={state.tick}
      data-hand={tool < 0 ? 'script' : 'own'}
      data-view={view.kind}
    >
      <div className="tissue-canvas">
        {run && context === 'restored' && (
          <SceneCanvas
            quality={{ ...quality, shadows: 'key' }}
            label={t('canvas', { title })}
            exposure={1.05}
            onContext={setContext}
          >
            <TissueStage run={run} quality={quality} tool={tool} view={view} onReady={setHandle} />
          </SceneCanvas>
        )}
      </div>
      {view.kind === 'scope' && <ScopeMask view={view} />}
      <div className="tissue-told">
        <section className="tissue-panel tissue-title" aria-label={title}>
          <Link to="/tissue" className="tissue-back">
            <IconArrowLeft size={16} aria-hidden /> {t('all')}
          </Link>
          <h1>{title}</h1>
          <p>{text}</p>
          {hint && <p className="tissue-hint">{hint}</p>}
        </section>
        <Happened handle={handle} />
      </div>
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
        <button
          type="button"
          className="tissue-help"
          aria-expanded={help === 'shown'}
          aria-controls={KEYS_ID}
          onClick={toggleHelp}
        >
          <kbd>H</kbd>
          {t('keys.title')}
        </button>
        {tool >= 0 && <InstrumentChoice value={names[tool]} onChange={(kind) => run?.change(tool, kind)} />}
        <ViewPanel view={view} onView={setView} />
        <Readings handle={handle} scene={scene} tools={tools} />
      </aside>
      {help === 'shown' && <KeysHelp instrument={names[tool]} onClose={closeHelp} />}
      <PlayBar state={state} seconds={scene.seconds} speed={speed} onSpeed={hurry} />
      {(state.fault || context === 'lost') && (
        <div className="tissue-fault" role="alert">
          <p>{context === 'lost' ? t('contextLost') : t('fault')}</p>
          {state.fault && (
            <p className="tissue-code">
              {t(`faults.${state.fault.code.replace('/', '-')}`, { defaultValue: t('faults.other') })}{' '}
              <code>{state.fault.code}</code>
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
