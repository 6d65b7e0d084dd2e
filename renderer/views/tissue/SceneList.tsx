import { Button, Text, Title } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Scene } from '../../../core/simulation/scene/schema.ts'
import { useSceneTexts } from './texts.ts'

/** A card for each scene: what it shows, which tissue, which instruments. */
export function SceneList({ scenes }: { readonly scenes: readonly Scene[] }) {
  const { t } = useTranslation('tissue')
  return (
    <div className="sina-page">
      <div className="tissue-list">
        <header>
          <Title order={1}>{t('title')}</Title>
          <Text c="dimmed">{t('lead')}</Text>
        </header>
        {scenes.length === 0 ? (
          <Text c="dimmed">{t('none')}</Text>
        ) : (
          <ul>
            {scenes.map((scene) => (
              <li key={scene.name}>
                <SceneCard scene={scene} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

function SceneCard({ scene }: { readonly scene: Scene }) {
  const { t } = useTranslation('tissue')
  const { title, text, tissues, tools } = useSceneTexts(scene)
  return (
    <article className="sina-panel tissue-card" aria-label={title}>
      <Title order={2}>{title}</Title>
      <Text size="sm">{text}</Text>
      <dl>
        <dt>{t('fact.tissue')}</dt>
        <dd>{tissues.join(', ')}</dd>
        <dt>{t('fact.tools')}</dt>
        <dd>{tools.join(', ') || '–'}</dd>
        <dt>{t('fact.lasts')}</dt>
        <dd>{t('seconds', { seconds: scene.seconds })}</dd>
      </dl>
      <Button component={Link} to={`/tissue/${scene.name}`} variant="light" leftSection={<IconPlayerPlay size={17} />}>
        {t('open')}
      </Button>
    </article>
  )
}
