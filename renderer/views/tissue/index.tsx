import { Button, Stack, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import type { Scene } from '../../../core/simulation/scene/schema.ts'
import { errorText } from '../../app/notify.ts'
import { Waiting } from '../../app/Waiting.tsx'
import { InstrumentTray } from './InstrumentTray.tsx'
import { Player } from './Player.tsx'
import { loadKernel, loadScenes } from './run/scenes.ts'
import { SceneList } from './SceneList.tsx'
import './tissue.css'
import type { ViewKind } from './ViewPanel.tsx'

type Loaded =
  | { status: 'loading' }
  | { status: 'failed'; error: unknown }
  | {
      status: 'ready'
      scenes: readonly Scene[]
      pictures: ReadonlyMap<string, string>
      kernel: WebAssembly.Module
    }

/** The word in the address for the table of all instruments; scenes cannot be called so. */
const TRAY = 'instruments'

/** Scenes of living tissue: all of them as cards, or one that plays. */
export default function TissueView() {
  const { name } = useParams()
  const [search] = useSearchParams()
  const { t } = useTranslation('tissue')
  const [loaded, setLoaded] = useState<Loaded>({ status: 'loading' })
  const load = useCallback(() => {
    setLoaded({ status: 'loading' })
    Promise.all([loadScenes(), loadKernel()]).then(
      ([{ scenes, pictures }, kernel]) => setLoaded({ status: 'ready', scenes, pictures, kernel }),
      (error: unknown) => setLoaded({ status: 'failed', error }),
    )
  }, [])
  useEffect(load, [load])

  if (name === TRAY) return <InstrumentTray />
  if (loaded.status === 'loading') return <Waiting label={t('loading')} />
  if (loaded.status === 'failed') {
    const { title, detail } = errorText(loaded.error)
    return (
      <Stack className="tissue-message" role="alert">
        <Text fw={600}>{t('failed')}</Text>
        <Text>
          {title}. {detail}
        </Text>
        <Button onClick={load}>{t('again')}</Button>
      </Stack>
    )
  }
  if (name === undefined) return <SceneList scenes={loaded.scenes} pictures={loaded.pictures} />
  const scene = loaded.scenes.find((one) => one.name === name)
  if (!scene)
    return (
      <Stack className="tissue-message" role="alert">
        <Text>{t('unknown', { name })}</Text>
        <Button component={Link} to="/tissue">
          {t('all')}
        </Button>
      </Stack>
    )
  const wanted = search.get('view')
  const look: ViewKind = wanted === '0' || wanted === '30' ? wanted : 'free'
  const seconds = Number(search.get('at') ?? 'none')
  // Another scene in the address is another visit; another moment is the same field, later or earlier.
  return (
    <Player
      key={name}
      scene={scene}
      kernel={loaded.kernel}
      look={look}
      at={Number.isFinite(seconds) ? Math.max(0, Math.min(scene.seconds, seconds)) : null}
    />
  )
}
