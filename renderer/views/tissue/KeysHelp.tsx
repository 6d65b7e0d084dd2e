import { CloseButton } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { INSTRUMENTS } from '../../../core/simulation/tissue/tools/catalogue.ts'

/** What left and right button do with an instrument; null where they do nothing. */
function buttonsOf(name: string | undefined): readonly [string | null, string | null] {
  const instrument = INSTRUMENTS.find((one) => one.name === name)
  if (!instrument) return [null, null]
  if (instrument.jaws) return ['close', instrument.energy ? 'burn' : null]
  if (instrument.bore) return ['inject', 'aspirate']
  if (instrument.draws) return ['tighten', null]
  if (instrument.flow === 'both') return ['suck', 'rinse']
  if (instrument.energy) return ['burn', null]
  return [instrument.removes ? 'drill' : null, null]
}

export const KEYS_ID = 'tissue-keys'

type Props = { readonly instrument: string | undefined; readonly onClose: () => void }

/** A sheet with keys and mouse, for the instrument in hand or for who only watches. */
export function KeysHelp({ instrument, onClose }: Props) {
  const { t } = useTranslation('tissue')
  const { t: common } = useTranslation('common')
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose()
    }
    window.addEventListener('keydown', close)
    return () => window.removeEventListener('keydown', close)
  }, [onClose])
  const [left, right] = buttonsOf(instrument)
  const rows: [string, string][] = []
  const add = (keys: string, does: string = keys) => rows.push([t(`keys.${keys}`), t(`does.${does}`)])
  if (instrument) {
    add('move')
    add('depth')
    add('turn')
    if (left) add('left', left)
    if (right) add('right', right)
    add('script')
  } else add('take')
  for (const keys of ['look', 'view', 'optic', 'play', 'back', 'step', 'restart', 'slower', 'sound', 'help']) add(keys)
  return (
    <section id={KEYS_ID} className="tissue-panel tissue-keys" aria-label={t('keys.title')}>
      <header>
        <h2 className="tissue-keys-title">{t('keys.title')}</h2>
        <CloseButton size="sm" variant="transparent" c="inherit" aria-label={common('close')} onClick={onClose} />
      </header>
      <dl>
        {rows.map(([keys, does]) => (
          <div key={keys}>
            <dt>{keys}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
