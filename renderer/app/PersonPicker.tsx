import { Avatar, Button, Divider, Modal, PasswordInput, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconLock, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Trainee } from '../../core/contract/index.ts'
import { host } from '../host/index.ts'
import { NewPerson } from './NewPerson.tsx'
import { tellError } from './notify.ts'
import { signIn, startAsGuest } from './person.ts'
import { isPin } from './pin.ts'

/** Choose a trainee, make one, or start as a guest with one press. */
export function PersonPicker({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const [trainees, setTrainees] = useState<readonly Trainee[]>([])
  const [locked, setLocked] = useState<Trainee | null>(null)
  const [pin, setPin] = useState('')

  useEffect(() => {
    if (!opened) return
    setLocked(null)
    setPin('')
    host()
      .request('trainees.list', {})
      .then((reply) => setTrainees(reply.trainees.filter(({ kind }) => kind === 'named')), tellError)
  }, [opened])

  const run = (work: Promise<void>) => void work.then(onClose, tellError)
  const choose = (trainee: Trainee) => (trainee.pin === 'set' ? setLocked(trainee) : run(signIn(trainee.id)))

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
          <Stack
            gap={8}
            align="flex-start"
            component="form"
            onSubmit={(event) => {
              event.preventDefault()
              setPin('')
              run(signIn(locked.id, pin))
            }}
          >
            <PasswordInput
              w="100%"
              autoFocus
              label={t('common:person.pinFor', { name: locked.name })}
              value={pin}
              maxLength={12}
              inputMode="numeric"
              autoComplete="off"
              onChange={(event) => setPin(event.currentTarget.value)}
            />
            <Button type="submit" disabled={!isPin(pin)}>
              {t('common:person.enter')}
            </Button>
          </Stack>
        )}
        <Divider label={t('common:person.new')} />
        <NewPerson run={run} />
      </Stack>
    </Modal>
  )
}
