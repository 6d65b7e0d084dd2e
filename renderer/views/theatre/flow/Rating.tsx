import { Button, SegmentedControl, Slider, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rating as RatingValue } from '../../../../core/contract/index.ts'

/** OSATS items (Martin 1997, doi:10.1046/j.1365-2168.1997.02502.x). */
export const osatsItems = [
  'respect-for-tissue',
  'time-and-motion',
  'instrument-handling',
  'knowledge-of-instruments',
  'use-of-assistants',
  'flow-and-planning',
  'knowledge-of-procedure',
] as const

type Props = {
  readonly onDone: (rating: RatingValue) => void
  readonly busy: 'no' | 'yes'
  /** Whose eyes: the instructor rates another's run, with the score known. */
  readonly by?: 'self' | 'instructor'
  readonly onBack?: () => void
}

/** How well it went: in one's own eyes, asked before the score is shown, or in an instructor's. */
export function Rating({ onDone, busy, by = 'self', onBack }: Props) {
  const { t } = useTranslation('theatre')
  // Nothing is filled in beforehand: a figure that nobody chose would be false data.
  const [items, setItems] = useState<Record<string, number>>({})
  const [overall, setOverall] = useState<number | null>(null)
  const [comment, setComment] = useState('')
  return (
    <div className="sina-page">
      <div className="rating sina-panel">
        <h1>{t(by === 'self' ? 'rating.title' : 'rating.instructorTitle')}</h1>
        <p className="explain">{t(by === 'self' ? 'rating.text' : 'rating.instructorText')}</p>
        {osatsItems.map((item) => (
          <div key={item} className="rating-item">
            <span id={`rating-${item}`}>{t(`osats.${item}`)}</span>
            <SegmentedControl
              aria-labelledby={`rating-${item}`}
              data={['1', '2', '3', '4', '5']}
              value={item in items ? String(items[item]) : ''}
              onChange={(value) => setItems({ ...items, [item]: Number(value) })}
            />
          </div>
        ))}
        <div className="rating-item">
          <span id="rating-overall">{t(by === 'self' ? 'rating.overall' : 'rating.instructorOverall')}</span>
          <Slider
            w={260}
            className={overall === null ? 'rating-open' : ''}
            thumbLabel={t(by === 'self' ? 'rating.overall' : 'rating.instructorOverall')}
            label={(value) => (overall === null ? '–' : value)}
            value={overall ?? 50}
            onChange={setOverall}
            marks={[
              { value: 0, label: '0' },
              { value: 50, label: '50' },
              { value: 100, label: '100' },
            ]}
            mb="lg"
          />
        </div>
        <Textarea
          label={t(by === 'self' ? 'rating.comment' : 'rating.instructorComment')}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={2000}
        />
        <Button
          mt="md"
          size="md"
          data-rate
          loading={busy === 'yes'}
          disabled={overall === null}
          onClick={() => overall !== null && onDone({ items, overall, comment })}
        >
          {t(by === 'self' ? 'rating.show' : 'rating.save')}
        </Button>
        {overall === null && <p className="explain">{t('rating.open')}</p>}
        {onBack && (
          <Button mt="md" ml="sm" size="md" variant="default" onClick={onBack}>
            {t('rating.back')}
          </Button>
        )}
      </div>
    </div>
  )
}
