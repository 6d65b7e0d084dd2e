import { useTranslation } from 'react-i18next'
import type { Case, CaseStart } from '../../../../core/scenario/schema.ts'
import type { PackTexts } from '../run/texts.ts'

type Props = { readonly clinical: Case; readonly start: CaseStart; readonly texts: PackTexts; readonly media: string }

/** The patient's chart on one page, as a paper record lies on the desk. */
export function Chart({ start, texts, media }: Props) {
  const { t } = useTranslation('theatre')
  const { chart } = start
  return (
    <article className="chart" aria-label={t('chart.title')}>
      <header>
        <h2>{t('chart.title')}</h2>
        <span>{texts(start.title)}</span>
      </header>
      <blockquote>{texts(chart.complaint)}</blockquote>
      <Rows title={t('chart.history')} rows={chart.history.map(texts)} />
      <div className="chart-pair">
        <Rows title={t('chart.allergies')} rows={chart.allergies.map(texts)} />
        <Rows title={t('chart.medication')} rows={chart.medication.map(texts)} />
      </div>
      <section>
        <h3>{t('chart.observations')}</h3>
        <dl>
          {chart.observations.map(({ code, value, observable, unit, finding }) => (
            <div key={code} className={finding ? 'finding' : ''}>
              <dt>{texts(code)}</dt>
              <dd>
                {finding
                  ? texts(finding)
                  : value !== undefined
                    ? `${value} ${unit ?? ''}`
                    : observable
                      ? t('chart.onMonitor')
                      : '–'}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {chart.images.length > 0 && (
        <section className="chart-images">
          <h3>{t('chart.images')}</h3>
          {chart.images.map((image) => (
            <figure key={image.media}>
              <img src={`${media}${image.media.replace(/^media\//, '')}`} alt={texts(image.title)} />
              <figcaption>
                {texts(image.title)}: {texts(image.finding)}
              </figcaption>
            </figure>
          ))}
        </section>
      )}
      <p className="chart-summary">{texts(start.summary)}</p>
    </article>
  )
}

function Rows({ title, rows }: { title: string; rows: string[] }) {
  return (
    <section>
      <h3>{title}</h3>
      {rows.length === 0 ? <p>–</p> : rows.map((row) => <p key={row}>{row}</p>)}
    </section>
  )
}
