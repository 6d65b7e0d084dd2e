import { Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAtlasBody } from './atlasstatus.ts'

/** A quiet line while the body's meshes are being built. */
export function AtlasProgress() {
  const { t } = useTranslation()
  const body = useAtlasBody('male')
  if (body?.state !== 'building') return null
  const share = body.total > 0 ? Math.round((100 * body.done) / body.total) : 0
  const label = t('common:building', { done: body.done, total: body.total })
  return (
    <div className="sina-building" role="status">
      <Text size="xs" c="dimmed" truncate>
        {label}
      </Text>
      <Progress value={share} size={4} aria-label={label} />
    </div>
  )
}
