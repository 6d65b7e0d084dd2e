import { Button, PasswordInput, Tabs } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { tellError } from '../../app/notify.ts'
import { setIdentity, usePerson } from '../../app/person.ts'
import { host } from '../../host/index.ts'
import '../progress/progress.css'
import './instructor.css'
import { Data } from './Data.tsx'
import { Packs } from './Packs.tsx'
import { useInstructorStatus } from './status.ts'
import { Trainees } from './Trainees.tsx'

/** The instructor's room, behind a passphrase: packs, trainees, their records. */
export default function InstructorView() {
  const { t } = useTranslation('instructor')
  const unlocked = usePerson((value) => value.status === 'known' && value.info.identity.instructor === 'unlocked')
  return (
    <div className="sina-page">
      <div className="instructor-page">
        {unlocked ? (
          <>
            <header>
              <h1>{t('title')}</h1>
              <Button component={Link} to="/tissue" variant="subtle">
                {t('common:action.go.tissue')}
              </Button>
              <Button
                variant="default"
                onClick={() => {
                  host()
                    .request('instructor.lock', {})
                    .then(({ identity }) => setIdentity(identity))
                    .catch(tellError)
                }}
              >
                {t('lock')}
              </Button>
            </header>
            <Tabs defaultValue="packs" keepMounted={false}>
              <Tabs.List mb="lg">
                <Tabs.Tab value="packs">{t('tabs.packs')}</Tabs.Tab>
                <Tabs.Tab value="trainees">{t('tabs.trainees')}</Tabs.Tab>
                <Tabs.Tab value="data">{t('tabs.data')}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="packs">
                <Packs />
              </Tabs.Panel>
              <Tabs.Panel value="trainees">
                <Trainees />
              </Tabs.Panel>
              <Tabs.Panel value="data">
                <Data />
              </Tabs.Panel>
            </Tabs>
          </>
        ) : (
          <Door />
        )}
      </div>
    </div>
  )
}

/** The first passphrase is set here; later it opens the room. */
function Door() {
  const { t } = useTranslation('instructor')
  const status = useInstructorStatus()
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  if (!status) return null
  const first = status.passphrase === 'not-set'
  const enter = async () => {
    setBusy(true)
    try {
      const { identity } = first
        ? await host().request('instructor.setPassphrase', { passphrase })
        : await host().request('instructor.unlock', { passphrase })
      setIdentity(identity)
    } catch (error) {
      tellError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="instructor-door sina-panel"
      onSubmit={(event) => {
        event.preventDefault()
        void enter()
      }}
    >
      <h1>{t('title')}</h1>
      <p className="explain">{t(first ? 'door.firstText' : 'door.text')}</p>
      <PasswordInput
        label={t('door.passphrase')}
        description={first ? t('door.rule') : undefined}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        autoComplete={first ? 'new-password' : 'current-password'}
      />
      <Button type="submit" loading={busy} disabled={passphrase.length < 8}>
        {t(first ? 'door.set' : 'door.open')}
      </Button>
    </form>
  )
}
