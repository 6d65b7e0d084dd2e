import { Button } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../../app/preferences.ts'
import { hostUrl } from '../../../host/index.ts'
import { qualityFor, rendererName, SceneCanvas } from '../../../scene/index.ts'
import { HeadsetRoot } from '../../../xr/HeadsetRoot.tsx'
import { bodyOf } from '../run/body.ts'
import { useRun } from '../run/context.tsx'
import { type BodySkin, loadBodySkin, plainTrunk } from '../stage/bodyskin.ts'
import { Field } from '../stage/field.ts'
import { type StageHandle, TheatreScene } from '../stage/TheatreScene.tsx'
import { HeadsetTheatre } from './HeadsetTheatre.tsx'

type Props = { readonly steering: 'own' | 'record'; readonly onHandle: (handle: StageHandle | null) => void }

/** The canvas of the theatre: waits for the body, goes on with a plain trunk where none is built. */
export function Stage3D({ steering, onHandle }: Props) {
  const { t } = useTranslation('theatre')
  const run = useRun()
  const { patient } = run.live.setup
  const choice = usePreferences((value) => value.quality)
  const quality = useMemo(() => qualityFor(choice, rendererName()), [choice])
  const [context, setContext] = useState<'lost' | 'restored'>('restored')
  const [epoch, setEpoch] = useState(0)
  const [skin, setSkin] = useState<BodySkin | null>(null)
  const [handle, setHandle] = useState<StageHandle | null>(null)
  useEffect(() => {
    let wanted = true
    const field = new Field(patient.field)
    loadBodySkin(hostUrl(`atlas/${bodyOf(patient)}/`), field)
      .catch(() => null)
      .then((loaded) => wanted && setSkin(loaded ?? plainTrunk(field)))
    return () => {
      wanted = false
    }
  }, [patient])
  useEffect(() => onHandle(handle), [handle, onHandle])
  // Where the card does not come back by itself, a fresh canvas asks for a context of its own.
  const drawAgain = () => {
    setContext('restored')
    setEpoch((value) => value + 1)
  }
  return (
    <div className="theatre-canvas">
      {skin ? (
        <SceneCanvas
          key={epoch}
          quality={quality}
          label={t('canvas')}
          frameloop="demand"
          exposure={1.05}
          onContext={setContext}
        >
          <HeadsetRoot>
            <TheatreScene live={run.live} skin={skin} quality={quality} steering={steering} onReady={setHandle} />
            {handle && <HeadsetTheatre run={run} handle={handle} steering={steering} />}
          </HeadsetRoot>
        </SceneCanvas>
      ) : (
        <p className="theatre-wait" role="status">
          {t('loadingBody')}
        </p>
      )}
      {context === 'lost' && (
        <div className="theatre-lost" role="alert">
          <p>{t('contextLost')}</p>
          <Button size="compact-md" variant="white" color="dark" onClick={drawAgain}>
            {t('drawAgain')}
          </Button>
        </div>
      )}
    </div>
  )
}
