import { useTranslation } from 'react-i18next'
import { useCase, useRun } from '../run/context.tsx'

/** How far the input is safe with the host. */
export function SaveState() {
  const { t } = useTranslation('theatre')
  const { live } = useRun()
  const upload = useCase((state) => state.upload)
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
