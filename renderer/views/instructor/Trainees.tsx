import { Badge, Button, VisuallyHidden } from '@mantine/core'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PackDetail, RecordSummary, Trainee } from '../../../core/contract/index.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import { tellError } from '../../app/notify.ts'
import { usePreferences } from '../../app/preferences.ts'
import { when } from '../../app/when.ts'
import { host } from '../../host/index.ts'
import { Attempts } from '../progress/Attempts.tsx'
import { RecordView } from '../progress/RecordView.tsx'
import { packTexts } from '../theatre/run/texts.ts'
import '../theatre/theatre.css'

type Standing = { trainee: Trainee; records: RecordSummary[] }

/** All trainees at a glance, who is stuck first, and their records. */
export function Trainees() {
  const { t, i18n } = useTranslation('instructor')
  const [standings, setStandings] = useState<Standing[] | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const load = useCallback(() => {
    Promise.all([host().request('trainees.list', { show: 'all' }), host().request('records.list', { limit: 500 })])
      .then(([{ trainees }, { records }]) =>
        setStandings(
          trainees
            .map((trainee) => ({ trainee, records: records.filter(({ traineeId }) => traineeId === trainee.id) }))
            .sort((a, b) => struggles(b.records) - struggles(a.records)),
        ),
      )
      .catch(tellError)
  }, [])
  useEffect(load, [load])
  if (!standings) return null
  if (standings.length === 0) return <p className="explain">{t('trainees.none')}</p>
  const own = standings.find(({ trainee }) => trainee.id === chosen)
  const change = (name: 'trainees.remove' | 'trainees.restore', id: string) => {
    host().request(name, { id }).then(load).catch(tellError)
  }
  return (
    <>
      <table className="attempts">
        <thead>
          <tr>
            <th>{t('trainees.name')}</th>
            <th>{t('trainees.group')}</th>
            <th className="number">{t('trainees.tries')}</th>
            <th className="number">{t('trainees.passed')}</th>
            <th>{t('trainees.last')}</th>
            <th>
              <VisuallyHidden>{t('trainees.acts')}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {standings.map(({ trainee, records }) => {
            const finished = records.filter(({ state }) => state === 'finished')
            return (
              <tr key={trainee.id} data-trainee={trainee.id} aria-selected={chosen === trainee.id}>
                <td>
                  {trainee.name} {trainee.removedAt && <Badge color="gray">{t('trainees.removed')}</Badge>}
                  {struggles(records) >= 3 && <Badge color="orange">{t('trainees.stuck')}</Badge>}
                </td>
                <td>{trainee.group || '–'}</td>
                <td className="number">{finished.length}</td>
                <td className="number">{finished.filter(({ passed }) => passed).length}</td>
                <td>{records[0] ? when(records[0].endedAt, i18n.language, 'day') : '–'}</td>
                <td>
                  <Button size="compact-sm" variant="default" onClick={() => setChosen(trainee.id)}>
                    {t('trainees.records')}
                  </Button>{' '}
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="gray"
                    onClick={() => change(trainee.removedAt ? 'trainees.restore' : 'trainees.remove', trainee.id)}
                  >
                    {t(trainee.removedAt ? 'trainees.restore' : 'trainees.remove')}
                  </Button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {own && <Records records={own.records} name={own.trainee.name} />}
    </>
  )
}

function Records({ records, name }: { records: readonly RecordSummary[]; name: string }) {
  const { t } = useTranslation('instructor')
  const cases = useMemo(() => [...new Set(records.map(({ packId, caseId }) => `${packId}\n${caseId}`))], [records])
  return (
    <section className="instructor-records">
      <h2>{name}</h2>
      {cases.length === 0 && <p className="explain">{t('trainees.noRecords')}</p>}
      {cases.map((key) => {
        const [packId, caseId] = key.split('\n')
        return (
          <CaseRecords
            key={key}
            packId={packId}
            caseId={caseId}
            records={records.filter((one) => one.packId === packId && one.caseId === caseId)}
          />
        )
      })}
    </section>
  )
}

function CaseRecords({
  packId,
  caseId,
  records,
}: {
  packId: string
  caseId: string
  records: readonly RecordSummary[]
}) {
  const language = usePreferences((value) => value.language)
  const [pack, setPack] = useState<PackDetail | null>(null)
  const [open, setOpen] = useState<string | null>(null)
  useEffect(() => {
    host().request('packs.get', { packId }).then(setPack).catch(tellError)
  }, [packId])
  const close = useCallback(() => setOpen(null), [])
  const clinical = (pack?.cases as unknown as Case[] | undefined)?.find(({ id }) => id === caseId)
  if (!pack || !clinical) return null
  const texts = packTexts(pack.locales, language, clinical, null)
  return (
    <>
      <Attempts attempts={records} clinical={clinical} texts={texts} onOpen={setOpen} />
      {open && <RecordView recordId={open} pack={pack} clinical={clinical} onClose={close} />}
    </>
  )
}

/** Tries without a pass since the last one that passed: three say that somebody is stuck. */
function struggles(records: readonly RecordSummary[]): number {
  let count = 0
  for (const { state, passed } of records) {
    if (state !== 'finished') continue
    if (passed) return count
    count++
  }
  return count
}
