import { IconChevronDown, IconChevronUp, IconKeyboard } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Scheme } from '../control/hands.ts'
import { useFold } from './useFold.ts'

const doings = ['move', 'depth', 'use', 'lean', 'roll', 'fine'] as const

/** What mouse and keys do, as a panel at the edge that folds away and stays folded. */
export function Controls({ scheme }: { readonly scheme: Scheme }) {
  const { t } = useTranslation('theatre')
  const [fold, toggle] = useFold('controls', window.innerHeight >= 760 ? 'open' : 'folded')
  return (
    <section className="theatre-panel controls" aria-label={t('controls.title')}>
      <button type="button" className="plain controls-head" aria-expanded={fold === 'open'} onClick={toggle}>
        <IconKeyboard size={18} stroke={1.6} />
        <span>{t('controls.title')}</span>
        {fold === 'open' ? <IconChevronUp size={18} /> : <IconChevronDown size={18} />}
      </button>
      {fold === 'open' && <ControlKeys scheme={scheme} />}
    </section>
  )
}

/** The list of keys itself. */
export function ControlKeys({ scheme }: { readonly scheme: Scheme }) {
  const { t } = useTranslation('theatre')
  return (
    <dl className="keys">
      {doings.map((what) => (
        <div key={what}>
          <dt>{t(`controls.${scheme}.${what}.keys`)}</dt>
          <dd>{t(`controls.${scheme}.${what}.does`)}</dd>
        </div>
      ))}
    </dl>
  )
}
