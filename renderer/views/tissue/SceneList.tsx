import { Button, Text, Title } from '@mantine/core'
import { IconPlayerPlay, IconTools } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Scene, TECHNIQUES } from '../../../core/simulation/scene/schema.ts'
import { useNumeral, useSceneTexts } from './texts.ts'

type Props = { readonly scenes: readonly Scene[]; readonly pictures: ReadonlyMap<string, string> }

/** The scenes by technique, a card each: how it looks, what it shows, which tissue, which instruments. */
export function SceneList({ scenes, pictures }: Props) {
  const { t } = useTranslation('tissue')
  return (
    <div className="sina-page">
      <div className="tissue-list">
        <header>
          <Title order={1}>{t('title')}</Title>
          <Text c="dimmed">{t('lead')}</Text>
          <Button
            component={Link}
            to="/tissue/instruments"
            variant="default"
            className="tissue-tray"
            leftSection={<IconTools size={17} />}
          >
            {t('tray.open')}
          </Button>
        </header>
        {scenes.length === 0 ? (
          <Text c="dimmed">{t('none')}</Text>
        ) : (
          TECHNIQUES.map((technique) => (
            <Section
              key={technique}
              title={t(`technique.${technique}`)}
              scenes={scenes.filter((scene) => scene.technique === technique)}
              pictures={pictures}
            />
          ))
        )}
      </div>
    </div>
  )
}

function Section({ title, scenes, pictures }: Props & { readonly title: string }) {
  if (scenes.length === 0) return null
  return (
    <section aria-label={title}>
      <Title order={2}>{title}</Title>
      <ul>
        {scenes.map((scene) => (
          <li key={scene.name}>
            <SceneCard scene={scene} picture={pictures.get(scene.name)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function SceneCard({ scene, picture }: { readonly scene: Scene; readonly picture: string | undefined }) {
  const { t } = useTranslation('tissue')
  const { title, text, hint, tissues, tools } = useSceneTexts(scene)
  const numeral = useNumeral()
  return (
    <article className="sina-panel tissue-card" aria-label={title}>
      {picture !== undefined && (
        <img className="tissue-photo" src={picture} alt="" width={840} height={508} loading="lazy" />
      )}
      <Title order={3}>{title}</Title>
      <Text size="sm">{text}</Text>
      {hint && (
        <Text size="sm" className="tissue-hint">
          {hint}
        </Text>
      )}
      <dl>
        <dt>{t('fact.tissue')}</dt>
        <dd>{tissues.join(', ')}</dd>
        <dt>{t('fact.tools')}</dt>
        <dd>{tools.join(', ') || '–'}</dd>
        <dt>{t('fact.lasts')}</dt>
        <dd>{t('seconds', { seconds: numeral(scene.seconds) })}</dd>
      </dl>
      <Button component={Link} to={`/tissue/${scene.name}`} variant="light" leftSection={<IconPlayerPlay size={17} />}>
        {t('open')}
      </Button>
    </article>
  )
}
