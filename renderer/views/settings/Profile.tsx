import { Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Trainee } from '../../../core/contract/index.ts'
import { tell, tellError } from '../../app/notify.ts'
import { changeSelf, useTrainee } from '../../app/person.ts'
import { isPin } from '../../app/pin.ts'

/** Who is signed in, as the host keeps them: name, group, PIN. A guest becomes a named trainee here. */
export function Profile() {
  const trainee = useTrainee()
  return trainee && <Own key={trainee.id} trainee={trainee} />
}

function Own({ trainee }: { trainee: Trainee }) {
  const { t } = useTranslation()
  const [name, setName] = useState(trainee.kind === 'guest' ? '' : trainee.name)
  const [group, setGroup] = useState(trainee.group)
  const [pin, setPin] = useState('')
  const change = (what: Parameters<typeof changeSelf>[0]) =>
    void changeSelf(what).then(() => tell(t('common:settings.profile.saved')), tellError)
  return (
    <Stack gap="sm" component="section">
      <Title order={2}>{t('common:settings.you')}</Title>
      {trainee.kind === 'guest' && <Text>{t('common:settings.profile.guest')}</Text>}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          change({ name: name.trim(), group })
        }}
      >
        <Group align="flex-end">
          <TextInput
            flex={1}
            label={t('common:person.name')}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            flex={1}
            label={t('common:person.group')}
            value={group}
            maxLength={80}
            onChange={(event) => setGroup(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={name.trim() === ''}>
            {t('common:settings.profile.save')}
          </Button>
        </Group>
      </form>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setPin('')
          change({ pin })
        }}
      >
        <Group align="flex-end">
          <PasswordInput
            flex={1}
            label={t('common:settings.profile.pinNew')}
            description={t(`common:settings.profile.${trainee.pin === 'set' ? 'pinSet' : 'pinNone'}`)}
            error={pin === '' || isPin(pin) ? undefined : t('common:person.pinRule')}
            value={pin}
            maxLength={12}
            inputMode="numeric"
            autoComplete="off"
            onChange={(event) => setPin(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={!isPin(pin)}>
            {t('common:settings.profile.pinSave')}
          </Button>
          {trainee.pin === 'set' && (
            <Button variant="subtle" color="gray" onClick={() => change({ pin: null })}>
              {t('common:settings.profile.pinRemove')}
            </Button>
          )}
        </Group>
      </form>
    </Stack>
  )
}
