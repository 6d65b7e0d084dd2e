import { Avatar, Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconLogout, IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { tellError } from './notify.ts'
import { PersonPicker } from './PersonPicker.tsx'
import { signOut, useTrainee } from './person.ts'

/** Who is signed in; change or leave within two clicks, so that the next trainee can start at once. */
export function PersonMenu() {
  const { t } = useTranslation()
  const trainee = useTrainee()
  const [opened, { open, close }] = useDisclosure(false)
  if (!trainee)
    return (
      <>
        <Button size="compact-md" variant="light" leftSection={<IconUserPlus size={17} />} onClick={open}>
          {t('common:person.signIn')}
        </Button>
        <PersonPicker opened={opened} onClose={close} />
      </>
    )
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Button
            size="compact-md"
            variant="subtle"
            color="gray"
            leftSection={<Avatar size={24} name={trainee.name} color="turquoise" />}
          >
            {trainee.name}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconUsers size={16} />} onClick={open}>
            {t('common:person.change')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut().catch(tellError)}>
            {t('common:person.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PersonPicker opened={opened} onClose={close} />
    </>
  )
}
