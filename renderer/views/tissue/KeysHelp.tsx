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

/** Keys and mouse, for the instrument in hand or for who only watches. */
export function KeysHelp({ instrument }: { readonly instrument: string | undefined }) {
  const { t } = useTranslation('tissue')
  const [left, right] = buttonsOf(instrument)
  const rows: [string, string][] = []
  const add = (keys: string, does: string) => rows.push([t(`keys.${keys}`), t(`does.${does}`)])
  if (instrument) {
    add('move', 'move')
    add('depth', 'depth')
    add('turn', 'turn')
    if (left) add('left', left)
    if (right) add('right', right)
  }
  add('look', 'look')
  add('play', 'play')
  add('back', 'back')
  add('view', 'view')
  if (instrument) add('script', 'script')
  else add('optic', 'optic')
  return (
    <details className="tissue-keys" open>
      <summary>{t('keys.title')}</summary>
      <dl>
        {rows.map(([keys, does]) => (
          <div key={keys}>
            <dt>{keys}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
