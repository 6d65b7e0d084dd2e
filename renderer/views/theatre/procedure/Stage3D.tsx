import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../../app/preferences.ts'
import { qualityFor, rendererName, SceneCanvas, useAtlas } from '../../../scene/index.ts'
import { bodyOf } from '../run/body.ts'
import { useRun } from '../run/context.tsx'
import { bodySkin, plainTrunk } from '../stage/bodyskin.ts'
import { Field } from '../stage/field.ts'
import { type StageHandle, TheatreScene } from '../stage/TheatreScene.tsx'

type Props = { readonly steering: 'own' | 'record'; readonly onHandle: (handle: StageHandle | null) => void }

/** The canvas of the theatre: waits for the body, goes on with a plain trunk where none is built. */
export function Stage3D({ steering, onHandle }: Props) {
  const { t } = useTranslation('theatre')
  const { live } = useRun()
  const { patient } = live.setup
  const choice = usePreferences((value) => value.quality)
  const quality = useMemo(() => qualityFor(choice, rendererName()), [choice])
  const atlas = useAtlas(bodyOf(patient), quality.lod)
  const [context, setContext] = useState<'lost' | 'restored'>('restored')
  const skin = useMemo(() => {
    if (atlas.status === 'loading') return null
    const field = new Field(patient.field)
    return (atlas.status === 'ready' ? bodySkin(atlas.atlas, field) : null) ?? plainTrunk(field)
  }, [atlas, patient])
  const ready = useCallback((handle: StageHandle | null) => onHandle(handle), [onHandle])
  return (
    <div className="theatre-canvas">
      {skin ? (
        <SceneCanvas quality={quality} label={t('canvas')} frameloop="always" exposure={1.05} onContext={setContext}>
          <TheatreScene live={live} skin={skin} quality={quality} steering={steering} onReady={ready} />
        </SceneCanvas>
      ) : (
        <p className="theatre-wait" role="status">
          {t('loadingBody')}
        </p>
      )}
      {context === 'lost' && (
        <p className="theatre-lost" role="alert">
          {t('contextLost')}
        </p>
      )}
    </div>
  )
}
