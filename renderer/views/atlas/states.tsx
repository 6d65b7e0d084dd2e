import { Center, Progress, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AtlasBody } from '../../../core/contract/index.ts'

/** While the body loads or is still being built. */
export function AtlasWaiting({ done, total, body }: { done: number; total: number; body: AtlasBody | undefined }) {
  const { t } = useTranslation()
  const building = body?.state === 'building'
  const share = building ? (100 * body.done) / Math.max(1, body.total) : (100 * done) / Math.max(1, total)
  const label = building ? t('common:building', { done: body.done, total: body.total }) : t('atlas:loading')
  return (
    <Center h="100%" role="status">
      <Stack w={300} gap="xs">
        <Text>{label}</Text>
        <Progress value={share} aria-label={label} />
      </Stack>
    </Center>
  )
}

/** There is no body to show: says why and what to do. */
export function AtlasMissing({
  code,
  body,
}: {
  code: 'atlas/missing' | 'atlas/unreadable'
  body: AtlasBody | undefined
}) {
  const { t } = useTranslation()
  if (body?.state === 'building') return <AtlasWaiting done={0} total={1} body={body} />
  return (
    <Center h="100%" p="xl" role="alert">
      <Stack maw={460} gap="xs">
        <Title order={2}>{t(`atlas:failed.${code === 'atlas/missing' ? 'missing' : 'unreadable'}.title`)}</Title>
        <Text>{t(`atlas:failed.${code === 'atlas/missing' ? 'missing' : 'unreadable'}.text`)}</Text>
        <Text size="sm" c="dimmed">
          {code}
        </Text>
      </Stack>
    </Center>
  )
}
