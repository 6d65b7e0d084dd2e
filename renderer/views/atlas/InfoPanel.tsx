import { ActionIcon, Badge, Button, Group, List, Text, Title, Tooltip } from '@mantine/core'
import {
  IconEye,
  IconEyeOff,
  IconFocusCentered,
  IconGhost2,
  IconLayersSubtract,
  IconX,
  IconZoomScan,
} from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AtlasStructure } from '../../../core/anatomy/atlasfile.ts'
import { actions } from '../../app/actions.ts'
import { Keys } from '../../app/Palette.tsx'
import { usePreferences } from '../../app/preferences.ts'
import type { Atlas } from '../../scene/atlas.ts'
import { opacityOf, select } from '../../scene/dissection.ts'
import { goTo, useAtlasState, useAtlasStore } from './atlasstore.ts'
import { FactSection, Relations } from './Relations.tsx'
import { nameOf } from './terms.ts'

/** What is known of the selected structure. */
export function InfoPanel({ atlas }: { atlas: Atlas }) {
  const { t } = useTranslation()
  const store = useAtlasStore()
  const selected = useAtlasState((state) => state.dissection.selected)
  const quiz = useAtlasState((state) => state.quiz)
  const structure = selected && !quiz ? atlas.byId.get(selected) : undefined
  const language = usePreferences((value) => value.terms)
  if (!structure) return null
  const { name, latin, review } = nameOf(structure, language)
  return (
    <aside className="sina-panel sina-info" aria-label={t('atlas:info.label')}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap={8}>
        <div>
          <Title order={2}>{name}</Title>
          {language !== 'latin' && <Text className="sina-latin">{latin}</Text>}
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('atlas:action.deselect')}
          onClick={() => store.setState((state) => ({ dissection: select(state.dissection, null) }))}
        >
          <IconX size={18} />
        </ActionIcon>
      </Group>
      <Group gap={6} mt={8}>
        <Badge variant="light" size="md" tt="none" fw={500}>
          {t(`atlas:system.${structure.system}`, { defaultValue: structure.system })}
        </Badge>
        {structure.volumeCm3 !== undefined && (
          <Text size="sm" c="dimmed">
            {volumeOf(structure.volumeCm3, t)}
          </Text>
        )}
        {structure.ta2 && (
          <Text size="sm" c="dimmed">
            TA2 {structure.ta2}
          </Text>
        )}
      </Group>
      {(review === 'unreviewed' || language === 'uzbek' || language === 'russian') && (
        <Tooltip label={t('atlas:info.reviewWhy')} multiline w={280} withArrow>
          <Badge mt={6} color="orange" variant="light" tt="none" fw={500} tabIndex={0}>
            {t('atlas:info.review')}
          </Badge>
        </Tooltip>
      )}
      <Commands atlas={atlas} structure={structure} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section className="sina-scroll sina-facts" tabIndex={0} aria-label={t('atlas:info.facts')}>
        <OtherTerms structure={structure} />
        <Relations atlas={atlas} structure={structure} />
        <Landmarks structure={structure} />
        <Sources structure={structure} />
      </section>
    </aside>
  )
}

/** Cubic centimetres, of what is smaller than a pea cubic millimetres. */
function volumeOf(cm3: number, t: TFunction): string {
  if (cm3 < 0.1) return t('atlas:info.volumeSmall', { value: (1000 * cm3).toPrecision(cm3 < 0.01 ? 1 : 2) })
  return t('atlas:info.volume', { value: cm3 >= 100 ? cm3.toFixed(0) : cm3 >= 10 ? cm3.toFixed(1) : cm3.toFixed(2) })
}

function Commands({ atlas, structure }: { atlas: Atlas; structure: AtlasStructure }) {
  const { t } = useTranslation()
  const store = useAtlasStore()
  const opacity = useAtlasState((state) => opacityOf(state.dissection, structure.id))
  const button = (name: string, icon: ReactNode) => (
    <Tooltip
      key={name}
      label={
        <Group gap={6}>
          {t(`atlas:action.${name}`)} <Keys chord={actions.find(`atlas.${name}`)?.keys?.[0] ?? ''} />
        </Group>
      }
    >
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t(`atlas:action.${name}`)}
        onClick={() => actions.perform(`atlas.${name}`)}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
  if (opacity === 0)
    return (
      <Button mt={10} size="compact-md" leftSection={<IconEye size={17} />} onClick={() => goTo(store, structure.id)}>
        {t('atlas:action.show')}
      </Button>
    )
  return (
    <Group gap={6} mt={10} data-atlas={atlas.body}>
      {button('reveal', <IconLayersSubtract size={19} stroke={1.6} />)}
      {button('hide', <IconEyeOff size={19} stroke={1.6} />)}
      {button('fade', <IconGhost2 size={19} stroke={1.6} />)}
      {button('isolate', <IconFocusCentered size={19} stroke={1.6} />)}
      {button('frame', <IconZoomScan size={19} stroke={1.6} />)}
    </Group>
  )
}

function OtherTerms({ structure }: { structure: AtlasStructure }) {
  const { t } = useTranslation()
  return (
    <FactSection title={t('atlas:info.terms')}>
      <dl className="sina-terms">
        {(['latin', 'english', 'russian', 'uzbek'] as const).map((language) => (
          <div key={language}>
            <dt>{t(`atlas:terms.${language}`)}</dt>
            <dd className={language === 'latin' ? 'sina-latin' : undefined}>{structure.terms[language]}</dd>
          </div>
        ))}
      </dl>
    </FactSection>
  )
}

function Landmarks({ structure }: { structure: AtlasStructure }) {
  const { t } = useTranslation()
  const language = usePreferences((value) => value.terms)
  if (structure.landmarks.length === 0) return null
  return (
    <FactSection title={t('atlas:info.landmarks')}>
      <List size="md" spacing={2}>
        {structure.landmarks.map(({ id, terms }) => (
          <List.Item key={id}>
            {terms[language] || terms.english || id} {terms.latin && <span className="sina-latin">{terms.latin}</span>}
          </List.Item>
        ))}
      </List>
    </FactSection>
  )
}

function Sources({ structure }: { structure: AtlasStructure }) {
  const { t } = useTranslation()
  if (structure.sources.length === 0) return null
  return (
    <FactSection title={t('atlas:info.sources')}>
      <List size="sm" spacing={2}>
        {structure.sources.map(({ cite, doi }) => (
          <List.Item key={`${cite}${doi}`}>
            {cite} {doi && <span className="sina-doi">doi {doi}</span>}
          </List.Item>
        ))}
      </List>
    </FactSection>
  )
}
