import { IconAlertTriangle, IconCheck, IconPoint } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { knotIn } from '../../../core/simulation/tissue/fieldknots.ts'
import { ASPIRATED } from '../../../core/simulation/tissue/fieldsyringes.ts'
import { MATERIALS } from '../../../core/simulation/tissue/materials.ts'
import { type Happening, Happenings } from './run/happenings.ts'
import type { StageHandle } from './TissueStage.tsx'
import { materialKey, useNumeral } from './texts.ts'

const EVERY_MS = 200
const ICONS = { good: IconCheck, plain: IconPoint, bad: IconAlertTriangle } as const

/** The last things that happened in the field, the newest first: a knot by its name, a tear, a slip, a clip that fell. */
export function Happened({ handle }: { readonly handle: StageHandle | null }) {
  const { t } = useTranslation('tissue')
  const [list, setList] = useState<readonly Happening[]>([])
  const tell = useTelling()
  useEffect(() => {
    setList([])
    if (!handle) return undefined
    const happenings = new Happenings()
    const timer = setInterval(() => {
      const snapshot = handle.snapshot()
      if (snapshot) setList(happenings.read(snapshot.tally))
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [handle])
  if (list.length === 0) return null
  return (
    <ul className="tissue-panel tissue-happened" role="log" aria-label={t('happened.title')}>
      {list.map((one) => {
        const Icon = ICONS[one.tone]
        return (
          <li key={`${one.event} ${one.figure}`} data-tone={one.tone}>
            <Icon size={16} aria-hidden />
            <span>{tell(one)}</span>
            {one.times > 1 && <small>{t('happened.times', { number: one.times })}</small>}
          </li>
        )
      })}
    </ul>
  )
}

/** Says a happening in the person's language. */
function useTelling(): (one: Happening) => string {
  const { t } = useTranslation('tissue')
  const numeral = useNumeral()
  return ({ event, figure }) => {
    switch (event) {
      case 'knot': {
        const { kind, throws } = knotIn(figure)
        return t('happened.knot', { knot: t(`knot.${kind}`), throws: t('throws', { count: throws }) })
      }
      case 'sealed':
        return t('happened.sealed', { mmHg: numeral(figure, 0) })
      case 'clipped':
      case 'stone-taken':
        return t(`happened.${event}`, { left: numeral(figure, 0) })
      case 'entered':
        return figure < 0
          ? t('happened.entered-air')
          : t('happened.entered', { tissue: t(materialKey(MATERIALS[figure].name)) })
      case 'aspirated':
        return t('happened.aspirated', { found: t(`found.${ASPIRATED[figure]}`) })
      default:
        return t(`happened.${event}`)
    }
  }
}
