import { ActionIcon, SegmentedControl, TextInput, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconListTree, IconSearch, IconX } from '@tabler/icons-react'
import { type RefObject, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Grouping, groupsOf, outline } from '../../../core/anatomy/outline.ts'
import { createSearch } from '../../../core/anatomy/search.ts'
import { usePreferences } from '../../app/preferences.ts'
import type { Atlas } from '../../scene/atlas.ts'
import type { CameraControl } from '../../scene/cameracontrol.ts'
import { opacityOf } from '../../scene/dissection.ts'
import { goTo, useAtlasState, useAtlasStore } from './atlasstore.ts'
import { StructureTree } from './StructureTree.tsx'
import { nameOf } from './terms.ts'
import { useFolded } from './usefolded.ts'

const MOST_FOUND = 60

type Props = {
  readonly atlas: Atlas
  readonly control: CameraControl
  readonly searchRef: RefObject<HTMLInputElement | null>
}

/** Search and the tree of structures: the canvas's accessible twin. */
export function TreePanel({ atlas, control, searchRef }: Props) {
  const { t } = useTranslation()
  const language = usePreferences((value) => value.terms)
  const [folded, setFolded] = useFolded('tree')
  const store = useAtlasStore()
  const panel = useRef<HTMLElement>(null)
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(query)
  const [grouping, setGrouping] = useState<Grouping>('system')
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const search = useMemo(() => createSearch(atlas.structures), [atlas])
  const found = useMemo(() => search.find(asked, MOST_FOUND), [search, asked])

  const rows = useMemo(() => {
    if (asked.trim() !== '')
      return found.map(({ structure }) => ({
        kind: 'structure' as const,
        structure,
        group: 'search',
        level: 1 as const,
      }))
    const collator = new Intl.Collator(undefined, { numeric: true })
    // Both sides of a pair stand together.
    const names = new Map(atlas.structures.map((structure) => [structure.id, nameOf(structure, language).bare]))
    return outline(
      atlas.structures,
      grouping,
      open,
      (a, b) => collator.compare(names.get(a.id) ?? '', names.get(b.id) ?? '') || (a.id < b.id ? -1 : 1),
    )
  }, [asked, found, atlas, grouping, open, language])

  // The groups around what is selected open, so that the list shows where it belongs.
  const selected = useAtlasState((state) => state.dissection.selected)
  useEffect(() => {
    const structure = selected ? atlas.byId.get(selected) : undefined
    if (structure) setOpen((now) => new Set([...now, ...groupsOf(structure, grouping)]))
  }, [selected, atlas, grouping])

  if (folded === 'folded')
    return (
      <Tooltip label={t('atlas:tree.open')} position="right">
        <ActionIcon
          className="sina-unfold sina-unfold-left"
          variant="default"
          size="xl"
          aria-label={t('atlas:tree.open')}
          onClick={() => setFolded('open')}
        >
          <IconListTree size={20} />
        </ActionIcon>
      </Tooltip>
    )
  return (
    <aside ref={panel} className="sina-panel sina-tree" aria-label={t('atlas:tree.label')}>
      <div className="sina-tree-head">
        <TextInput
          ref={searchRef}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setQuery('')
            // Nothing has been typed that a composing keyboard has not finished.
            if (event.nativeEvent.isComposing) return
            if (event.key === 'ArrowDown') {
              event.preventDefault()
              panel.current?.querySelector<HTMLElement>('[role="tree"]')?.focus()
            }
            // Not the deferred list: Enter means what is typed now.
            const best = event.key === 'Enter' ? search.find(query, 1)[0] : undefined
            if (best) goTo(store, best.structure.id)
          }}
          placeholder={t('atlas:search.placeholder')}
          aria-label={t('atlas:search.label')}
          leftSection={<IconSearch size={17} />}
          rightSection={
            query && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('atlas:search.clear')}
                onClick={() => setQuery('')}
              >
                <IconX size={16} />
              </ActionIcon>
            )
          }
        />
        <Tooltip label={t('atlas:tree.fold')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('atlas:tree.fold')}
            onClick={() => setFolded('folded')}
          >
            <IconLayoutSidebarLeftCollapse size={19} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      <SegmentedControl
        size="xs"
        fullWidth
        value={grouping}
        onChange={(value) => setGrouping(value as Grouping)}
        data={[
          { value: 'system', label: t('atlas:tree.bySystem') },
          { value: 'region', label: t('atlas:tree.byRegion') },
        ]}
        aria-label={t('atlas:tree.grouping')}
      />
      {rows.length === 0 ? (
        <p className="sina-empty">{t('atlas:search.nothing', { query: asked })}</p>
      ) : (
        <StructureTree
          atlas={atlas}
          control={control}
          rows={rows}
          onToggle={(key) => {
            const next = new Set(open)
            if (!next.delete(key)) next.add(key)
            setOpen(next)
          }}
        />
      )}
      <Live atlas={atlas} />
    </aside>
  )
}

/** Says aloud what was chosen and how it is shown. */
function Live({ atlas }: { atlas: Atlas }) {
  const { t } = useTranslation()
  const language = usePreferences((value) => value.terms)
  const selected = useAtlasState((state) => state.dissection.selected)
  const opacity = useAtlasState((state) => (selected ? opacityOf(state.dissection, selected) : 1))
  const structure = selected ? atlas.byId.get(selected) : undefined
  const how = opacity === 0 ? 'hidden' : opacity < 1 ? 'faded' : 'shown'
  return (
    <VisuallyHidden aria-live="polite">
      {structure ? `${nameOf(structure, language).name}, ${t(`atlas:state.${how}`)}` : ''}
    </VisuallyHidden>
  )
}
