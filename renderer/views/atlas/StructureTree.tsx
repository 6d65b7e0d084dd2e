import { ActionIcon } from '@mantine/core'
import { IconChevronRight, IconEye, IconEyeOff, IconFocusCentered, IconGhost2 } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutlineRow } from '../../../core/anatomy/outline.ts'
import { actions } from '../../app/actions.ts'
import { usePreferences } from '../../app/preferences.ts'
import type { Atlas } from '../../scene/atlas.ts'
import type { CameraControl } from '../../scene/cameracontrol.ts'
import { type Dissection, opacityOf } from '../../scene/dissection.ts'
import { edit, edits, goTo, useAtlasState, useAtlasStore } from './atlasstore.ts'
import { roomyBox } from './boxes.ts'
import { nameOf } from './terms.ts'

const ROW_PX = 34
const SPARE_ROWS = 6

type Props = {
  readonly atlas: Atlas
  readonly control: CameraControl
  readonly rows: readonly OutlineRow[]
  readonly onToggle: (key: string) => void
}

/** A tree that draws only the rows in sight. Arrows move, Enter selects, H hides, F fades, I isolates. */
export function StructureTree({ atlas, control, rows, onToggle }: Props) {
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
  // What was chosen in the picture is found in the list, too.
  const chosen = rows.findIndex((row) => row.kind === 'structure' && row.structure.id === dissection.selected)
  useEffect(() => {
    const element = scroller.current
    if (!element || chosen < 0) return
    setCursor(chosen)
    const from = chosen * ROW_PX
    if (from < element.scrollTop || from + ROW_PX > element.scrollTop + element.clientHeight)
      element.scrollTop = Math.max(0, from - element.clientHeight / 2)
  }, [chosen])
  const choose = (row: OutlineRow) => {
    if (row.kind === 'group') onToggle(row.key)
    else goTo(store, row.structure.id)
  }
  const change = (row: OutlineRow, how: 'hide' | 'show' | 'fade' | 'isolate') => {
    const ids = row.kind === 'group' ? row.ids : [row.structure.id]
    const undo = edit(store, (state) =>
      how === 'isolate' || how === 'show' ? edits[how](state, atlas, ids) : edits[how](state, ids),
    )
    if (undo) actions.record(undo)
    if (how === 'isolate') control.frame(roomyBox(atlas, ids))
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
          const named = row.kind === 'group' ? undefined : nameOf(row.structure, language)
          const label = named
            ? named.name
            : row.kind === 'group' && t(`atlas:${row.by}.${row.name}`, { defaultValue: row.name })
          const side = row.kind === 'structure' ? row.structure.side : null
          const selected = row.kind === 'structure' && row.structure.id === dissection.selected
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself takes the keys of its active row
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the tree (aria-activedescendant)
            <div
              key={row.kind === 'group' ? `g-${row.key}` : row.structure.id}
              id={`${base}-${index}`}
              role="treeitem"
              aria-level={row.level}
              aria-label={label || undefined}
              aria-expanded={row.kind === 'group' ? row.open === 'open' : undefined}
              aria-selected={selected}
              className="sina-tree-row"
              data-kind={row.kind}
              data-level={row.level}
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
              <span className="sina-tree-name" title={label || undefined}>
                {named?.bare ?? label}
              </span>
              {(side === 'left' || side === 'right') && (
                <span className="sina-count">{t(`atlas:tree.side.${side}`)}</span>
              )}
              {row.kind === 'group' && <span className="sina-count">{row.ids.length}</span>}
              <ActionIcon
                className="sina-tree-alone"
                variant="subtle"
                color="gray"
                size={28}
                tabIndex={-1}
                aria-label={t('atlas:tree.alone', { name: label })}
                title={t('atlas:tree.alone', { name: label })}
                onClick={(event) => {
                  event.stopPropagation()
                  change(row, 'isolate')
                }}
              >
                <IconFocusCentered size={16} stroke={1.6} />
              </ActionIcon>
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
      else does.move(Math.max(0, outerOf(row, at, rows)))
    },
  }
  const act = table[code]
  act?.()
  return act !== undefined
}

/** The group around a row: the nearest above it that stands further out. */
function outerOf({ level }: OutlineRow, at: number, rows: readonly OutlineRow[]): number {
  return rows.findLastIndex((other, i) => i < at && other.level < level)
}
