import { Button, Center, Group, List, Modal, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconPlugConnectedX, IconShieldHalf } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SAFETY_VERSION } from '../../core/contract/index.ts'
import { LanguageChoice } from './LanguageChoice.tsx'
import { tellError } from './notify.ts'
import { acceptSafety, meetHost, usePerson } from './person.ts'
import { RecoveryNotice } from './RecoveryNotice.tsx'
import { Waiting } from './Waiting.tsx'

/** What everybody must have read once: for training only, never for a patient. */
export function SafetyGate({ children }: { children: ReactNode }) {
  const person = usePerson((value) => value)
  if (person.status === 'asking') return <Waiting />
  if (person.status === 'unreachable') return <Unreachable />
  const { safety } = person.info
  const accepted = safety.acceptedAt !== null && safety.version >= SAFETY_VERSION
  return (
    <>
      {children}
      <Statement opened={!accepted} />
      {accepted && <RecoveryNotice />}
    </>
  )
}

function Statement({ opened }: { opened: boolean }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState<'no' | 'yes'>('no')
  const accept = async () => {
    setBusy('yes')
    try {
      await acceptSafety(SAFETY_VERSION)
    } catch (error) {
      tellError(error)
    }
    setBusy('no')
  }
  return (
    <Modal
      opened={opened}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      centered
      size="lg"
      padding="xl"
      title={<SafetyTitle />}
    >
      <Stack gap="md">
        <LanguageChoice />
        <List spacing="xs">
          {safetyPoints.map((point) => (
            <List.Item key={point}>{t(`common:safety.${point}`)}</List.Item>
          ))}
        </List>
        <Button size="md" loading={busy === 'yes'} onClick={accept} data-autofocus>
          {t('common:safety.accept')}
        </Button>
      </Stack>
    </Modal>
  )
}

function SafetyTitle() {
  const { t } = useTranslation()
  return (
    <Group gap="sm" component="span">
      <ThemeIcon size={40} radius="md" variant="light" component="span">
        <IconShieldHalf size={24} />
      </ThemeIcon>
      <Text component="span" size="xl" fw={600}>
        {t('common:safety.title')}
      </Text>
    </Group>
  )
}

/** The statement's sentences, in order; reports and case starts show the same. */
export const safetyPoints = ['training', 'device', 'patient', 'protocol', 'provisional'] as const

function Unreachable() {
  const { t } = useTranslation()
  return (
    <Center h="100vh" p="xl" role="alert">
      <Stack maw={460} align="flex-start">
        <IconPlugConnectedX size={40} />
        <Title order={1}>{t('common:unreachable.title')}</Title>
        <Text>{t('common:unreachable.text')}</Text>
        <Button onClick={() => void meetHost()}>{t('common:unreachable.again')}</Button>
      </Stack>
    </Center>
  )
}
