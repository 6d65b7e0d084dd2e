import { Center, Loader, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

const SILENT_MS = 300

/** Shown while something loads, after a moment in which nothing should flicker. */
export function Waiting({ label }: { label?: string }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState('no' as 'no' | 'yes')
  useEffect(() => {
    const timer = setTimeout(() => setShown('yes'), SILENT_MS)
    return () => clearTimeout(timer)
  }, [])
  if (shown === 'no') return null
  return (
    <Center h="100%" role="status">
      <Stack align="center" gap="sm">
        <Loader />
        <Text c="dimmed">{label ?? t('common:waiting')}</Text>
      </Stack>
    </Center>
  )
}
