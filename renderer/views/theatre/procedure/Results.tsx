import { useTranslation } from 'react-i18next'
import { useCase, useRun } from '../run/context.tsx'
import { ChestImage } from './ChestImage.tsx'

/** What came back from examinations and orders, newest first. */
export function Results() {
  const { t } = useTranslation('theatre')
  const { texts, media } = useRun()
  const orders = useCase((state) => state.view?.orders ?? [])
  const here = orders.flatMap(({ order, result }) => (result ? [{ order, result }] : []))
  if (here.length === 0) return null
  return (
    <div className="dock-group results" aria-live="polite">
      <h3>{t('dock.results')}</h3>
      {here.reverse().map(({ order, result }) => (
        <article key={order.id}>
          <h4>{texts(order.title)}</h4>
          <p>{texts(result.text)}</p>
          {result.media && <ChestImage order={order.id} fallback={`${media}${result.media.replace(/^media\//, '')}`} />}
        </article>
      ))}
    </div>
  )
}
