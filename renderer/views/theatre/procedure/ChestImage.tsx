import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAtlas } from '../../../scene/index.ts'
import { bodyOf } from '../run/body.ts'
import { reader, useRun } from '../run/context.tsx'
import { exposeFilm } from '../stage/radiograph.ts'

/** The film as it stands when it comes: computed from this patient, or the pack's drawing where no body is built. */
export function ChestImage({ order, fallback }: { order: string; fallback: string }) {
  const { t } = useTranslation('theatre')
  const { live } = useRun()
  const { patient } = live.setup
  const atlas = useAtlas(bodyOf(patient), 1)
  const frame = useRef<HTMLDivElement>(null)
  const [big, setBig] = useState<'small' | 'big'>('small')
  const film = useMemo(() => {
    if (atlas.status !== 'ready') return null
    try {
      const expansion = reader(live)('lung.expansion')
      return exposeFilm(atlas.atlas, { side: patient.side, expansion, width: 900, height: 1000 })
    } catch {
      return null
    }
  }, [atlas, live, patient])
  useEffect(() => {
    const element = frame.current
    if (!element || !film) return
    element.replaceChildren(film)
    film.setAttribute('role', 'img')
    film.setAttribute('aria-label', t('film.label'))
  }, [film, t])
  return (
    <figure className={`film ${big}`} data-film={order}>
      <button
        type="button"
        className="plain"
        onClick={() => setBig(big === 'small' ? 'big' : 'small')}
        aria-label={t('film.enlarge')}
      >
        {film ? <div ref={frame} /> : <img src={fallback} alt={t('film.label')} />}
        <i className="film-side" aria-hidden>
          {t('film.right')}
        </i>
      </button>
      <figcaption>{t(film ? 'film.computed' : 'film.drawing')}</figcaption>
    </figure>
  )
}
