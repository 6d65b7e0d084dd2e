import { Badge, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PackSummary } from '../../core/contract/index.ts'

/** What stands behind a pack, in the same words and colours wherever one is shown. */
export function PackBadges({ badges }: { badges: PackSummary['badges'] }) {
  const { t } = useTranslation()
  return (
    <Group gap={6}>
      {badges.map((badge) => (
        <Badge
          key={badge}
          variant="light"
          tt="none"
          fw={500}
          color={badge === 'built-in' || badge === 'signed' ? 'turquoise' : 'orange'}
        >
          {t(`common:badge.${badge}`)}
        </Badge>
      ))}
    </Group>
  )
}
