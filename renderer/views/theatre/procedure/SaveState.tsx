import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError, type ErrorCode } from '../../../../core/contract/index.ts'
import { errorText } from '../../../app/notify.ts'
import { useCase, useRun } from '../run/context.tsx'

const NOTICE = 'theatre-link'

/** How far the input is safe with the host; says aloud when nothing more can be kept for now, and why. */
export function SaveState() {
  const { t } = useTranslation('theatre')
  const { live } = useRun()
  const upload = useCase((state) => state.upload)
  const trouble = useCase(({ phase, upload: { trouble } }) => (phase === 'failed' ? null : codeOf(trouble)))
  useEffect(() => {
    if (trouble === null) return
    const { title, detail } = errorText(new AppError(trouble))
    // A host that is gone has no remedy of its own to add.
    const message = trouble === 'contract/unavailable' ? t('save.waits') : `${t('save.waits')} ${detail}`
    notifications.show({ id: NOTICE, color: 'orange', title, message, autoClose: false, role: 'alert' })
    return () => {
      notifications.hide(NOTICE)
    }
  }, [trouble, t])
  if (live.origin.kind !== 'scored') return null
  const seconds = upload.acknowledged
  const words =
    upload.link === 'up'
      ? t('save.upTo', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` })
      : t('save.down', { waiting: upload.waiting })
  return (
    <span className={`save ${upload.link}`} title={`${t('save.title')}: ${words}`}>
      <i aria-hidden />
      <span>{words}</span>
    </span>
  )
}

function codeOf(trouble: unknown): ErrorCode | null {
  if (trouble === null) return null
  return trouble instanceof AppError ? trouble.code : 'host/internal'
}
