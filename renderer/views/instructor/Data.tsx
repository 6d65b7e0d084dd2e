import { Button, Code, Group, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordSummary, RequestOutput } from '../../../core/contract/index.ts'
import { tell, tellError } from '../../app/notify.ts'
import { setIdentity } from '../../app/person.ts'
import { when } from '../../app/when.ts'
import { host } from '../../host/index.ts'
import { attemptsCsv } from './csv.ts'

const PAGE = 500
const SHOWN = 8

/** What leaves the machine and what is kept of it: table of results, backups, the passphrase of this room. */
export function Data() {
  return (
    <Stack gap="xl">
      <Results />
      <Backups />
      <Passphrase />
    </Stack>
  )
}

function Results() {
  const { t } = useTranslation('instructor')
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const [records, { trainees }] = await Promise.all([
        allRecords(),
        host().request('trainees.list', { show: 'all' }),
      ])
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob([attemptsCsv(records, trainees)], { type: 'text/csv' }))
      link.download = `sina-${new Date().toISOString().slice(0, 10)}.csv`
      link.click()
      URL.revokeObjectURL(link.href)
    } catch (error) {
      tellError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Stack gap="xs" component="section" align="flex-start">
      <Title order={2}>{t('data.results')}</Title>
      <Text>{t('data.resultsText')}</Text>
      <Button variant="default" loading={busy} onClick={() => void save()}>
        {t('data.csv')}
      </Button>
    </Stack>
  )
}

async function allRecords(): Promise<RecordSummary[]> {
  const found: RecordSummary[] = []
  for (;;) {
    const { records, total } = await host().request('records.list', { limit: PAGE, offset: found.length })
    found.push(...records)
    if (records.length === 0 || found.length >= total) return found
  }
}

function Backups() {
  const { t, i18n } = useTranslation('instructor')
  const [data, setData] = useState<RequestOutput<'data.backups'> | null>(null)
  const [busy, setBusy] = useState(false)
  const load = useCallback(() => host().request('data.backups', {}).then(setData, tellError), [])
  useEffect(() => void load(), [load])
  const back = async () => {
    setBusy(true)
    try {
      await host().request('data.backup', {})
      tell(t('data.backedUp'))
      await load()
    } catch (error) {
      tellError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Stack gap="xs" component="section" align="flex-start">
      <Title order={2}>{t('data.backups')}</Title>
      <Text>{t('data.backupsText')}</Text>
      <Button variant="default" loading={busy} onClick={() => void back()}>
        {t('data.backUp')}
      </Button>
      {data?.backups.length === 0 && <Text c="dimmed">{t('data.noBackups')}</Text>}
      {data && data.backups.length > 0 && (
        <ul className="backups">
          {data.backups.slice(0, SHOWN).map(({ takenAt }) => (
            <li key={takenAt}>{when(takenAt, i18n.language)}</li>
          ))}
        </ul>
      )}
      {data && (
        <>
          <Text size="sm">{t('data.restore')}</Text>
          <Code block>{`npx --no sina records restore --data "${data.folder}"`}</Code>
        </>
      )}
    </Stack>
  )
}

function Passphrase() {
  const { t } = useTranslation('instructor')
  const [current, setCurrent] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const change = async () => {
    try {
      const { identity } = await host().request('instructor.setPassphrase', { passphrase, current })
      setIdentity(identity)
      setCurrent('')
      setPassphrase('')
      tell(t('data.passphraseChanged'))
    } catch (error) {
      tellError(error)
    }
  }
  return (
    <Stack gap="xs" component="section">
      <Title order={2}>{t('data.passphrase')}</Title>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void change()
        }}
      >
        <Group align="flex-end">
          <PasswordInput
            flex={1}
            label={t('data.current')}
            value={current}
            autoComplete="current-password"
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            flex={1}
            label={t('data.new')}
            placeholder={t('door.rule')}
            value={passphrase}
            autoComplete="new-password"
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={current === '' || passphrase.length < 8}>
            {t('data.change')}
          </Button>
        </Group>
      </form>
    </Stack>
  )
}
