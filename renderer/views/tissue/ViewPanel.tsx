import { Button, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FREE, type View } from './control/scopeeye.ts'

const KINDS = ['free', '0', '30'] as const
export type ViewKind = (typeof KINDS)[number]

export const kindOf = (view: View): ViewKind => (view.kind === 'free' ? 'free' : (String(view.optic) as '0' | '30'))

/** The view of a kind; optic and horizon stay as they were turned. */
export function viewOf(kind: ViewKind, before: View): View {
  if (kind === 'free') return FREE
  const { turn, roll } = before.kind === 'scope' ? before : { turn: 0, roll: 0 }
  return { kind: 'scope', optic: kind === '30' ? 30 : 0, turn, roll }
}

export const nextKind = (kind: ViewKind): ViewKind => KINDS[(KINDS.indexOf(kind) + 1) % KINDS.length]

type Props = { readonly view: View; readonly onView: (view: View) => void }

/** How one looks: freely, or through a scope whose optic and horizon can be turned. */
export function ViewPanel({ view, onView }: Props) {
  const { t } = useTranslation('tissue')
  return (
    <section className="tissue-view" aria-label={t('view.title')}>
      <h2>{t('view.title')}</h2>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('view.title')}
        value={kindOf(view)}
        onChange={(kind) => onView(viewOf(kind as ViewKind, view))}
        data={KINDS.map((value) => ({ value, label: t(`view.${value}`) }))}
      />
      {view.kind === 'scope' && (
        <>
          <Angle name="turn" value={view.turn} most={180} onChange={(turn) => onView({ ...view, turn })} />
          <Angle name="roll" value={view.roll} most={60} onChange={(roll) => onView({ ...view, roll })} />
          <Button
            size="compact-xs"
            variant="default"
            disabled={view.turn === 0 && view.roll === 0}
            onClick={() => onView({ ...view, turn: 0, roll: 0 })}
          >
            {t('view.level')}
          </Button>
        </>
      )}
    </section>
  )
}

type AngleProps = {
  readonly name: 'turn' | 'roll'
  readonly value: number
  readonly most: number
  readonly onChange: (degrees: number) => void
}

function Angle({ name, value, most, onChange }: AngleProps) {
  const { t } = useTranslation('tissue')
  return (
    <label className="tissue-angle">
      <span>{t(`view.${name}`)}</span>
      <output>{value}°</output>
      <input
        type="range"
        min={-most}
        max={most}
        step={5}
        value={value}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
    </label>
  )
}

/** The round picture of a scope: what lies outside its lens is black; a notch shows where an oblique optic looks. */
export function ScopeMask({ view }: { readonly view: View & { readonly kind: 'scope' } }) {
  return (
    <div className="tissue-mask" data-optic={view.optic} aria-hidden>
      <i style={{ transform: `rotate(${view.roll - view.turn}deg)` }} />
    </div>
  )
}
