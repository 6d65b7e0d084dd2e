import { Avatar, Button, Divider, Group, Modal, PinInput, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { IconLock, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Trainee } from '../../core/contract/index.ts'
import { host } from '../host/index.ts'
import { tellError } from './notify.ts'
import { signIn, startAsGuest } from './person.ts'
import { preferences } from './preferences.ts'

/** Choose a trainee, make one, or start as a guest with one press. */
export function PersonPicker({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const [trainees, setTrainees] = useState<readonly Trainee[]>([])
  const [locked, setLocked] = useState<Trainee | null>(null)
  const [name, setName] = useState('')
  const [group, setGroup] = useState('')

  useEffect(() => {
    if (!opened) return
    setLocked(null)
    host()
      .request('trainees.list', {})
      .then((reply) => setTrainees(reply.trainees.filter(({ kind }) => kind === 'named')), tellError)
  }, [opened])

  const run = (work: Promise<void>) => void work.then(onClose, tellError)
  const choose = (trainee: Trainee) => (trainee.pin === 'set' ? setLocked(trainee) : run(signIn(trainee.id)))
  const create = async () => {
    const { language } = preferences.getState()
    const { trainee } = await host().request('trainees.create', { kind: 'named', name, group, language })
    await signIn(trainee.id)
    setName('')
  }

  return (
    <Modal opened={opened} onClose={onClose} title={t('common:person.title')} centered size="md">
      <Stack>
        <Button
          size="md"
          leftSection={<IconPlayerPlay size={18} />}
          onClick={() => run(startAsGuest(t('common:person.guestName')))}
        >
          {t('common:person.guest')}
        </Button>
        {trainees.length > 0 && <Divider label={t('common:person.known')} />}
        <Stack gap={4} mah={240} className="sina-scroll">
          {trainees.map((trainee) => (
            <UnstyledButton key={trainee.id} className="sina-row" onClick={() => choose(trainee)}>
              <Avatar size={32} name={trainee.name} color="turquoise" />
              <span>
                <Text fw={500}>{trainee.name}</Text>
                {trainee.group && (
                  <Text size="sm" c="dimmed">
                    {trainee.group}
                  </Text>
                )}
              </span>
              {trainee.pin === 'set' && <IconLock size={16} aria-label={t('common:person.hasPin')} />}
            </UnstyledButton>
          ))}
        </Stack>
        {locked && (
          <Stack gap={6} align="flex-start">
            <Text>{t('common:person.pinFor', { name: locked.name })}</Text>
            <PinInput
              mask
              autoFocus
              type="number"
              aria-label={t('common:person.pin')}
              onComplete={(pin) => run(signIn(locked.id, pin))}
            />
          </Stack>
        )}
        <Divider label={t('common:person.new')} />
        <form
          onSubmit={(event) => {
            event.preventDefault()
            run(create())
          }}
        >
          <Group align="flex-end" wrap="nowrap">
            <TextInput
              label={t('common:person.name')}
              required
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label={t('common:person.group')}
              value={group}
              maxLength={80}
              onChange={(event) => setGroup(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" flex="none" disabled={name.trim() === ''}>
              {t('common:person.create')}
            </Button>
          </Group>
        </form>
      </Stack>
    </Modal>
  )
}
