import { Button, Loader, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCase, useRun } from '../run/context.tsx'

type Props = { readonly onRate: () => void; readonly onLeave: () => void; readonly onGoOn: () => void }

/** What stands between the last act and the debrief: saving, saved, void, or what went wrong. */
export function Ended({ onRate, onLeave, onGoOn }: Props) {
  const { t } = useTranslation('theatre')
  const { live, clinical, texts } = useRun()
  const phase = useCase((state) => state.phase)
  const fault = useCase((state) => state.fault)
  const resumed = useCase((state) => state.resumed)
  const ending = useCase((state) => state.view?.ending ?? null)
  const record = useCase((state) => state.record)
  const upload = useCase((state) => state.upload)
  if (phase === 'running' || phase === 'paused') return null
  const outcome =
    ending && (ending.kind === 'finished' || ending.kind === 'died')
      ? clinical.outcomes.find(({ id }) => id === ending.outcome)
      : undefined
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} centered title={t(`ended.${phase}`)}>
      <div data-ended={phase}>
        {phase === 'starting' && (
          <p className="row">
            <Loader size="sm" />
            {resumed === null ? t('ended.startingText') : t('ended.resuming', { percent: Math.round(resumed * 100) })}
          </p>
        )}
        {outcome && (
          <>
            <h3>{texts(outcome.title)}</h3>
            <p>{texts(outcome.text)}</p>
          </>
        )}
        {(phase === 'ended' || phase === 'saving') && (
          <p className="row" role="status">
            <Loader size="sm" /> {t(upload.link === 'up' ? 'ended.savingText' : 'ended.waitingText')}
          </p>
        )}
        {phase === 'saved' && (
          <Button fullWidth data-to-rating onClick={onRate}>
            {t('ended.rate')}
          </Button>
        )}
        {phase === 'void' && (
          <>
            <p>{t('ended.voidText')}</p>
            <Button fullWidth onClick={onLeave}>
              {t('ended.back')}
            </Button>
          </>
        )}
        {phase === 'failed' && (
          <>
            <p role="alert">{t(record ? 'ended.notSaved' : 'ended.crashed')}</p>
            <p className="explain">
              {fault?.code} {fault?.message}
            </p>
            {record && (
              <Button fullWidth mb="xs" onClick={() => void live.saveAgain()}>
                {t('ended.saveAgain')}
              </Button>
            )}
            {!record && upload.acknowledged > 0 && (
              <Button fullWidth mb="xs" data-go-on onClick={onGoOn}>
                {t('ended.goOn')}
              </Button>
            )}
            <Button fullWidth variant="default" onClick={onLeave}>
              {t('ended.back')}
            </Button>
          </>
        )}
      </div>
    </Modal>
  )
}
