import { Button, Stack, Text, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { PackSummary, RequestOutput } from '../../../core/contract/index.ts'
import { tellError } from '../../app/notify.ts'
import { useTrainee } from '../../app/person.ts'
import { when } from '../../app/when.ts'
import { host } from '../../host/index.ts'

type Sessions = RequestOutput<'sessions.resumable'>['sessions']

/** Cases that were cut off and can go on where they stopped. */
export function Unfinished() {
  const { t, i18n } = useTranslation()
  const trainee = useTrainee()
  const [sessions, setSessions] = useState<Sessions>([])
  const [packs, setPacks] = useState<readonly PackSummary[]>([])
  useEffect(() => {
    setSessions([])
    if (!trainee) return
    host()
      .request('sessions.resumable', { traineeId: trainee.id })
      .then((reply) => setSessions(reply.sessions), tellError)
    host()
      .request('packs.list', {})
      .then((reply) => setPacks(reply.packs), tellError)
  }, [trainee])
  if (sessions.length === 0) return null
  const put = (sessionId: string) =>
    void host()
      .request('sessions.abandon', { sessionId, reason: 'left' })
      .then(() => setSessions((all) => all.filter((one) => one.sessionId !== sessionId)), tellError)
  return (
    <Stack gap="xs" component="section" aria-labelledby="home-unfinished">
      <Title order={2} id="home-unfinished">
        {t('common:home.resume')}
      </Title>
      {sessions.map(({ sessionId, packId, caseId, mode, startedAt, resume }) => (
        <article key={sessionId} className="sina-panel sina-case">
          <div>
            <Title order={3} className="sina-case-title">
              {titleOf(packs, packId, caseId, i18n.language)}
            </Title>
            <Text size="sm" c="dimmed">
              {t('common:home.unfinishedAt', {
                mode: t(`theatre:mode.${mode}`),
                time: when(startedAt, i18n.language),
              })}
            </Text>
          </div>
          {resume === 'possible' ? (
            <Button flex="none" component={Link} to={`/case/${packId}/${caseId}?resume=${sessionId}`} variant="light">
              {t('common:home.resumeCase')}
            </Button>
          ) : (
            <div className="sina-case-kept">
              <Text size="sm">{t('common:home.engineChanged')}</Text>
              <Button size="compact-md" variant="default" onClick={() => put(sessionId)}>
                {t('common:home.putAway')}
              </Button>
            </div>
          )}
        </article>
      ))}
    </Stack>
  )
}

function titleOf(packs: readonly PackSummary[], packId: string, caseId: string, language: string): string {
  const found = packs.find(({ id }) => id === packId)?.cases.find(({ id }) => id === caseId)
  return found?.title[language] ?? found?.title.en ?? caseId
}
