import { Button, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { host } from '../host/index.ts'
import { signIn } from './person.ts'
import { isPin } from './pin.ts'
import { preferences } from './preferences.ts'

/** Makes a profile: name, group, leading hand, and a PIN for whoever wants one. Language is that of the interface. */
export function NewPerson({ run }: { readonly run: (work: Promise<void>) => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [group, setGroup] = useState('')
  const [hand, setHand] = useState<'left' | 'right'>('right')
  const [pin, setPin] = useState('')
  const pinFits = pin === '' || isPin(pin)
  const create = async () => {
    const { language } = preferences.getState()
    const secret = pin === '' ? {} : { pin }
    const { trainee } = await host().request('trainees.create', {
      kind: 'named',
      name,
      group,
      language,
      hand,
      ...secret,
    })
    await signIn(trainee.id, pin === '' ? undefined : pin)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        run(create())
      }}
    >
      <Stack gap="sm">
        <div className="sina-pair">
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
        </div>
        <div className="sina-pair">
          <div>
            <Text size="sm" fw={600} mb={4}>
              {t('common:settings.hand')}
            </Text>
            <SegmentedControl
              fullWidth
              value={hand}
              data={(['left', 'right'] as const).map((value) => ({
                value,
                label: t(`common:settings.hands.${value}`),
              }))}
              onChange={(value) => setHand(value as 'left' | 'right')}
              aria-label={t('common:settings.hand')}
            />
          </div>
          <PasswordInput
            label={t('common:person.pinOptional')}
            value={pin}
            maxLength={12}
            inputMode="numeric"
            autoComplete="off"
            error={pinFits ? undefined : t('common:person.pinRule')}
            onChange={(event) => setPin(event.currentTarget.value)}
          />
        </div>
        <Button type="submit" variant="default" disabled={name.trim() === '' || !pinFits}>
          {t('common:person.create')}
        </Button>
      </Stack>
    </form>
  )
}
