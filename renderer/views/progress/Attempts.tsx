import { Badge, Button, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Attempt } from '../../../core/contract/index.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import { when } from '../../app/when.ts'
import type { PackTexts } from '../theatre/run/texts.ts'

type Props = {
  attempts: readonly Attempt[]
  clinical: Case
  texts: PackTexts
  onOpen: (recordId: string) => void
}

/** Every attempt, newest first; the worse ones too. */
export function Attempts({ attempts, clinical, texts, onOpen }: Props) {
  const { t, i18n } = useTranslation('progress')
  return (
    <table className="attempts">
      <caption>{t('history.title')}</caption>
      <thead>
        <tr>
          <th>{t('history.when')}</th>
          <th>{t('history.start')}</th>
          <th>{t('history.mode')}</th>
          <th>{t('history.result')}</th>
          <th className="number">{t('history.score')}</th>
          <th>{t('history.errors')}</th>
          <th>
            <VisuallyHidden>{t('history.open')}</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <tr key={attempt.recordId} data-record={attempt.recordId}>
            <td>{when(attempt.endedAt, i18n.language)}</td>
            <td>{texts(clinical.starts.find(({ id }) => id === attempt.start)?.title ?? attempt.start)}</td>
            <td>
              {t(`theatre:mode.${attempt.mode}`)} · {t(`theatre:device.${attempt.deviceClass}`)}
            </td>
            <td>
              {attempt.state === 'finished' ? (
                <Badge variant="light" color={attempt.passed ? 'green' : 'red'}>
                  {attempt.passed ? `✓ ${t('theatre:debrief.passed')}` : `✕ ${t('theatre:debrief.failed')}`}
                </Badge>
              ) : (
                <Badge variant="light" color="gray">
                  {t(`history.${attempt.state}`)}
                </Badge>
              )}
            </td>
            <td className="number">{attempt.score === null ? '–' : Math.round(attempt.score)}</td>
            <td>
              {attempt.errors
                .slice(0, 3)
                .map(({ id }) => texts(clinical.errors.find((error) => error.id === id)?.title ?? id))
                .join(', ')}
              {attempt.errors.length > 3 && ` +${attempt.errors.length - 3}`}
            </td>
            <td>
              {attempt.state === 'finished' && (
                <Button size="compact-sm" variant="default" onClick={() => onOpen(attempt.recordId)}>
                  {t('history.open')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
