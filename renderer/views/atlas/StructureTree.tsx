import { ActionIcon } from '@mantine/core'
import { IconChevronRight, IconEye, IconEyeOff, IconGhost2 } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Grouping, OutlineRow } from '../../../core/anatomy/outline.ts'
import { actions } from '../../app/actions.ts'
import { usePreferences } from '../../app/preferences.ts'
import type { Atlas } from '../../scene/atlas.ts'
import { type Dissection, opacityOf, select } from '../../scene/dissection.ts'
import { edit, edits, useAtlasState, useAtlasStore } from './atlasstore.ts'
import { nameOf } from './terms.ts'

const ROW_PX = 34
const SPARE_ROWS = 6

type Props = {
  readonly atlas: Atlas
  readonly rows: readonly OutlineRow[]
  readonly grouping: Grouping
  readonly onToggle: (key: string) => void
}

/** A tree that draws only the rows in sight. Arrows move, Enter selects, H hides, F fades, I isolates. */
export function StructureTree({ atlas, rows, grouping, onToggle }: Props) {
  const { t } = useTranslation()
  const store = useAtlasStore()
  const language = usePreferences((value) => value.terms)
  const dissection = useAtlasState((state) => state.dissection)
  const scroller = useRef<HTMLDivElement>(null)
  const base = useId()
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(400)
  const [cursor, setCursor] = useState(0)
  const at = Math.min(cursor, rows.length - 1)

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to))
    setCursor(next)
    const element = scroller.current
    if (!element) return
    if (next * ROW_PX < element.scrollTop) element.scrollTop = next * ROW_PX
    if ((next + 1) * ROW_PX > element.scrollTop + element.clientHeight)
      element.scrollTop = (next + 1) * ROW_PX - element.clientHeight
  }
  const choose = (row: OutlineRow) => {
    if (row.kind === 'group') onToggle(row.key)
    else store.setState((state) => ({ dissection: select(state.dissection, row.structure.id) }))
  }
  const change = (row: OutlineRow, how: 'hide' | 'show' | 'fade' | 'isolate') => {
    const ids = row.kind === 'group' ? row.ids : [row.structure.id]
    const all = atlas.structures.map(({ id }) => id)
    const undo = edit(store, (state) => (how === 'isolate' ? edits.isolate(state, ids, all) : edits[how](state, ids)))
    if (undo) actions.record(undo)
  }
  const press = (event: KeyboardEvent) => {
    const row = rows[at]
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return
    const done = keys(event.code, row, at, rows, { move, choose, toggle: onToggle, change, dissection })
    if (done) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  const first = Math.max(0, Math.floor(top / ROW_PX) - SPARE_ROWS)
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW_PX) + SPARE_ROWS)
  return (
    <div
      ref={scroller}
      className="sina-tree-rows"
      role="tree"
      tabIndex={0}
      aria-label={t('atlas:tree.label')}
      aria-activedescendant={`${base}-${at}`}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={press}
    >
      <div style={{ height: rows.length * ROW_PX }} role="presentation">
        {rows.slice(first, last).map((row, i) => {
          const index = first + i
          const ids = row.kind === 'group' ? row.ids : [row.structure.id]
          const shown = shownness(dissection, ids)
          const label =
            row.kind === 'group'
              ? t(`atlas:${grouping}.${row.key}`, { defaultValue: row.key })
              : nameOf(row.structure, language).name
          const selected = row.kind === 'structure' && row.structure.id === dissection.selected
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself takes the keys of its active row
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the tree (aria-activedescendant)
            <div
              key={row.kind === 'group' ? `g-${row.key}` : row.structure.id}
              id={`${base}-${index}`}
              role="treeitem"
              aria-level={row.kind === 'group' || row.group === 'search' ? 1 : 2}
              aria-expanded={row.kind === 'group' ? row.open === 'open' : undefined}
              aria-selected={selected}
              className="sina-tree-row"
              data-kind={row.kind}
              data-shown={shown}
              data-cursor={index === at ? 'here' : undefined}
              style={{ top: index * ROW_PX }}
              onClick={() => {
                setCursor(index)
                choose(row)
              }}
              onPointerEnter={() => store.setState({ hovered: row.kind === 'structure' ? row.structure.id : null })}
              onPointerLeave={() => store.setState({ hovered: null })}
            >
              {row.kind === 'group' && (
                <IconChevronRight size={16} className="sina-chevron" data-open={row.open} aria-hidden />
              )}
              <span className="sina-tree-name" title={label}>
                {label}
              </span>
              {row.kind === 'group' && <span className="sina-count">{row.ids.length}</span>}
              <ActionIcon
                variant="subtle"
                color="gray"
                size={28}
                tabIndex={-1}
                aria-label={t(shown === 'hidden' ? 'atlas:tree.show' : 'atlas:tree.hide', { name: label })}
                onClick={(event) => {
                  event.stopPropagation()
                  change(row, shown === 'hidden' ? 'show' : 'hide')
                }}
              >
                {shown === 'hidden' ? (
                  <IconEyeOff size={16} stroke={1.6} />
                ) : shown === 'faded' ? (
                  <IconGhost2 size={16} stroke={1.6} />
                ) : (
                  <IconEye size={16} stroke={1.6} />
                )}
              </ActionIcon>
            </div>
          )
        })}
      </div>
    </div>
  )
}

function shownness(dissection: Dissection, ids: readonly string[]): 'shown' | 'faded' | 'hidden' | 'partly' {
  let hidden = 0
  let faded = 0
  for (const id of ids) {
    const opacity = opacityOf(dissection, id)
    if (opacity === 0) hidden++
    else if (opacity < 1) faded++
  }
  if (hidden === ids.length) return 'hidden'
  if (faded === ids.length) return 'faded'
  return hidden + faded > 0 ? 'partly' : 'shown'
}

type Does = {
  readonly move: (to: number) => void
  readonly choose: (row: OutlineRow) => void
  readonly toggle: (key: string) => void
  readonly change: (row: OutlineRow, how: 'hide' | 'show' | 'fade' | 'isolate') => void
  readonly dissection: Dissection
}

/** What a key does in the tree; true when it meant something. */
function keys(code: string, row: OutlineRow, at: number, rows: readonly OutlineRow[], does: Does): boolean {
  const ids = row.kind === 'group' ? row.ids : [row.structure.id]
  const table: Record<string, () => void> = {
    ArrowDown: () => does.move(at + 1),
    ArrowUp: () => does.move(at - 1),
    Home: () => does.move(0),
    End: () => does.move(rows.length - 1),
    Enter: () => does.choose(row),
    Space: () => does.change(row, shownness(does.dissection, ids) === 'hidden' ? 'show' : 'hide'),
    KeyH: () => does.change(row, shownness(does.dissection, ids) === 'hidden' ? 'show' : 'hide'),
    KeyF: () => does.change(row, 'fade'),
    KeyI: () => does.change(row, 'isolate'),
    ArrowRight: () => {
      if (row.kind === 'group' && row.open === 'closed') does.toggle(row.key)
      else does.move(at + 1)
    },
    ArrowLeft: () => {
      if (row.kind === 'group' && row.open === 'open') does.toggle(row.key)
      else if (row.kind === 'structure')
        does.move(
          Math.max(
            0,
            rows.findIndex((other) => other.kind === 'group' && other.key === row.group),
          ),
        )
    },
  }
  const act = table[code]
  act?.()
  return act !== undefined
}
