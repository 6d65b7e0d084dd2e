import { Anchor, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AtlasStructure } from '../../../core/anatomy/atlasfile.ts'
import { usePreferences } from '../../app/preferences.ts'
import type { Atlas } from '../../scene/atlas.ts'
import { goTo, useAtlasStore } from './atlasstore.ts'
import { objectOf } from './terms.ts'

const relationOrder = [
  'origin',
  'insertion',
  'action',
  'innervated-by',
  'supplied-by',
  'drained-by',
  'branch-of',
  'tributary-of',
  'articulates-with',
  'contains',
] as const

/** A part of the panel about a structure, under a heading. */
export function FactSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} className="sina-fact-title">
        {title}
      </Title>
      {children}
    </section>
  )
}

/** What a structure has to do with others; each of them can be gone to. */
export function Relations({ atlas, structure }: { atlas: Atlas; structure: AtlasStructure }) {
  const { t } = useTranslation()
  const groups = relationOrder
    .map((relation) => ({ relation, rows: structure.relations.filter((row) => row.relation === relation) }))
    .filter(({ rows }) => rows.length > 0)
  if (groups.length === 0) return null
  return (
    <FactSection title={t('atlas:info.relations')}>
      <Stack gap={4}>
        {groups.map(({ relation, rows }) => (
          <div key={relation} className="sina-relation">
            <Text size="sm" c="dimmed">
              {t(`atlas:relation.${relation}`)}
            </Text>
            <Text component="div">
              {rows.map(({ object }, i) => (
                <span key={object}>
                  {i > 0 && ', '}
                  <Other atlas={atlas} id={object} />
                </span>
              ))}
            </Text>
          </div>
        ))}
      </Stack>
    </FactSection>
  )
}

/** The other end of a relation: a structure, a landmark of one, or words. */
function Other({ atlas, id }: { atlas: Atlas; id: string }) {
  const store = useAtlasStore()
  const language = usePreferences((value) => value.terms)
  const other = objectOf(atlas, id, language)
  if (!other.structure) return <span lang="en">{other.name}</span>
  const { structure } = other
  return (
    <Anchor component="button" type="button" onClick={() => goTo(store, structure.id)}>
      {other.name}
    </Anchor>
  )
}
