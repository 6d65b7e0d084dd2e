import './atlas.css'
import { useMemo, useRef } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useAtlasBody } from '../../app/atlasstatus.ts'
import { usePreferences } from '../../app/preferences.ts'
import { CameraControl } from '../../scene/cameracontrol.ts'
import { qualityFor, rendererName } from '../../scene/quality.ts'
import { useAtlas } from '../../scene/useAtlas.ts'
import { AtlasStage } from './AtlasStage.tsx'
import { AtlasStoreContext, createAtlasStore } from './atlasstore.ts'
import { InfoPanel } from './InfoPanel.tsx'
import { QuizPanel } from './QuizPanel.tsx'
import { blind, type Sight } from './quiz.ts'
import { AtlasMissing, AtlasWaiting } from './states.tsx'
import { Toolbar } from './Toolbar.tsx'
import { TreePanel } from './TreePanel.tsx'
import { useAtlasActions } from './useAtlasActions.ts'
import { setFolded } from './usefolded.ts'
import { useSharing } from './useSharing.ts'

/** The atlas: the body owns the screen, panels float at its edges. */
export default function AtlasView() {
  const { t } = useTranslation()
  const [query] = useSearchParams()
  const body = query.get('b') === 'female' ? 'female' : 'male'
  const choice = usePreferences((value) => value.quality)
  const quality = useMemo(() => qualityFor(choice, rendererName()), [choice])
  const status = useAtlasBody(body)
  const state = useAtlas(body, quality.lod, status?.revision ?? 0)
  const store = useMemo(createAtlasStore, [])
  const control = useMemo(() => new CameraControl({ position: [0, 1.3, 2.2], yaw: 0, pitch: 0 }), [])
  const searchRef = useRef<HTMLInputElement>(null)
  const sight = useRef<() => Sight>(() => blind)
  const atlas = state.status === 'ready' ? state.atlas : null
  const share = useSharing(atlas, store, control)
  const commands = useMemo(
    () => ({
      focusSearch: () => {
        // At once, however slow the frames: what is typed next belongs to the field, also in a panel unfolded just now.
        flushSync(() => setFolded('tree', 'open'))
        searchRef.current?.focus()
      },
      share: share.copyLink,
      look: () => sight.current(),
    }),
    [share.copyLink],
  )
  useAtlasActions(atlas, store, control, commands)

  return (
    <AtlasStoreContext value={store}>
      <h1 className="sina-hidden">{t('atlas:title')}</h1>
      {state.status === 'loading' && <AtlasWaiting done={state.done} total={state.total} body={status} />}
      {state.status === 'failed' && <AtlasMissing code={state.code} body={status} />}
      {atlas && (
        <>
          <AtlasStage atlas={atlas} control={control} quality={quality} sight={sight} />
          <TreePanel atlas={atlas} control={control} searchRef={searchRef} />
          <InfoPanel atlas={atlas} />
          <QuizPanel atlas={atlas} />
          <Toolbar atlas={atlas} body={body} control={control} share={share} />
        </>
      )}
    </AtlasStoreContext>
  )
}
