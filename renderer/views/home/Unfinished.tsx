import { Button, Stack, Text, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { RequestOutput } from '../../../core/contract/index.ts'
import { tellError } from '../../app/notify.ts'
import { useTrainee } from '../../app/person.ts'
import { host } from '../../host/index.ts'

type Sessions = RequestOutput<'sessions.resumable'>['sessions']

/** Cases that were cut off and can go on where they stopped. */
export function Unfinished() {
  const { t, i18n } = useTranslation()
  const trainee = useTrainee()
  const [sessions, setSessions] = useState<Sessions>([])
  useEffect(() => {
    setSessions([])
    if (!trainee) return
    host()
      .request('sessions.resumable', { traineeId: trainee.id })
      .then((reply) => setSessions(reply.sessions.filter(({ resume }) => resume === 'possible')), tellError)
  }, [trainee])
  if (sessions.length === 0) return null
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Stack gap="xs" component="section" aria-labelledby="home-unfinished">
      <Title order={2} id="home-unfinished">
        {t('common:home.resume')}
      </Title>
      {sessions.map(({ sessionId, packId, caseId, startedAt }) => (
        <article key={sessionId} className="sina-panel sina-case">
          <Text>{time.format(new Date(startedAt))}</Text>
          <Button component={Link} to={`/case/${packId}/${caseId}?resume=${sessionId}`} variant="light">
            {t('common:home.resumeCase')}
          </Button>
        </article>
      ))}
    </Stack>
  )
}
