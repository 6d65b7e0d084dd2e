import {
  IconBed,
  IconBottle,
  IconChecklist,
  IconHelpCircle,
  IconNotes,
  IconPhoneCall,
  IconStethoscope,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reader, useCase, useRun } from '../run/context.tsx'
import { type MenuItem, type MenuSection, menuOf, type SectionId } from '../run/menu.ts'
import { NotePanel } from './NotePanel.tsx'
import { Questions } from './Questions.tsx'
import { Results } from './Results.tsx'

const icons: Record<SectionId, ComponentType<{ size: number; stroke: number }>> = {
  patient: IconStethoscope,
  team: IconPhoneCall,
  position: IconBed,
  checks: IconChecklist,
  drain: IconBottle,
  questions: IconHelpCircle,
  note: IconNotes,
}

/** Sections as tabs, items as buttons: everything that is not done with a tool is two clicks away. */
export function Dock() {
  const { t } = useTranslation('theatre')
  const { live, clinical } = useRun()
  const view = useCase((state) => state.view)
  useCase((state) => state.tick)
  const [open, setOpen] = useState<SectionId | null>('patient')
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(null)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  if (!view) return null
  const menu = menuOf(view, clinical, reader(live))
  const section = menu.find(({ id }) => id === open)
  return (
    <section className="dock" aria-label={t('dock.title')}>
      <div className="dock-tabs" role="tablist" aria-orientation="vertical">
        {menu.map(({ id, label, news }) => {
          const Icon = icons[id]
          return (
            <button
              key={id}
              type="button"
              role="tab"
              id={`dock-tab-${id}`}
              aria-selected={open === id}
              {...(open === id ? { 'aria-controls': 'dock-panel' } : {})}
              onClick={() => setOpen(open === id ? null : id)}
            >
              <Icon size={20} stroke={1.6} />
              <span>{t(label)}</span>
              {news > 0 && <b className="dock-news">{news}</b>}
            </button>
          )
        })}
      </div>
      {section && (
        <div
          id="dock-panel"
          className="theatre-panel dock-panel"
          role="tabpanel"
          aria-labelledby={`dock-tab-${section.id}`}
        >
          <SectionBody section={section} />
        </div>
      )}
    </section>
  )
}

function SectionBody({ section }: { section: MenuSection }) {
  if (section.id === 'questions') return <Questions />
  if (section.id === 'note') return <NotePanel />
  return (
    <>
      <Items section={section} />
      {(section.id === 'patient' || section.id === 'team') && <Results />}
    </>
  )
}

/** Headings inside a section: examinations before diagnoses, checklists by list. */
function Items({ section }: { section: MenuSection }) {
  const { t } = useTranslation('theatre')
  const { texts } = useRun()
  const view = useCase((state) => state.view)
  const groups: { title: string | null; items: MenuItem[] }[] = []
  if (section.id === 'patient') {
    groups.push({ title: t('dock.examine'), items: section.items.filter(({ verb }) => verb === 'examine') })
    groups.push({ title: t('dock.declare'), items: section.items.filter(({ verb }) => verb === 'declare') })
  } else if (section.id === 'checks') {
    for (const list of view?.checklists ?? []) {
      const own = new Set(list.items.map(({ id }) => id))
      groups.push({ title: texts(list.title), items: section.items.filter(({ object }) => own.has(object)) })
    }
  } else groups.push({ title: t(section.label), items: section.items })
  return (
    <>
      {groups.map(({ title, items }) => (
        <div key={title} className="dock-group">
          <h3>{title}</h3>
          {items.map((item) => (
            <ItemButton key={item.id} item={item} />
          ))}
        </div>
      ))}
    </>
  )
}

function ItemButton({ item }: { item: MenuItem }) {
  const { t } = useTranslation('theatre')
  const { live, texts } = useRun()
  const label = item.label.startsWith('@') ? texts(item.label) : t(item.label, item.params ?? {})
  return (
    <button
      type="button"
      className={`dock-item ${item.state}`}
      data-item={item.id}
      aria-pressed={item.state === 'on' || item.state === 'done'}
      onClick={() => live.act(item.verb, item.object, item.value)}
    >
      <i aria-hidden />
      <span>{label}</span>
      {item.state === 'waiting' && <small>{t('dock.waiting')}</small>}
    </button>
  )
}
