import { Button, Code, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePerson } from './person.ts'
import { when } from './when.ts'

/** Tells, once after a start, that the database was damaged, what is in use now, and where the damaged file is kept. */
export function RecoveryNotice() {
  const { t, i18n } = useTranslation()
  const recovery = usePerson((value) => (value.status === 'known' ? value.info.recovery : null))
  const [read, setRead] = useState<string | null>(null)
  if (recovery === null) return null
  const taken = recovery.backupTakenAt
  const time = taken && when(taken, i18n.language)
  return (
    <Modal
      opened={read !== recovery.at}
      onClose={() => setRead(recovery.at)}
      title={t('common:recovery.title')}
      centered
    >
      <Stack gap="sm">
        <Text>{time === null ? t('common:recovery.empty') : t('common:recovery.restored', { time })}</Text>
        <Text size="sm">{t('common:recovery.kept')}</Text>
        <Code block>{recovery.damagedFile}</Code>
        <Button onClick={() => setRead(recovery.at)}>{t('common:recovery.understood')}</Button>
      </Stack>
    </Modal>
  )
}
