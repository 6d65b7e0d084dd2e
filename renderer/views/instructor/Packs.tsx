import { Button, FileButton } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError, type PackSummary, type Problem } from '../../../core/contract/index.ts'
import { tell, tellError } from '../../app/notify.ts'
import { PackBadges } from '../../app/PackBadges.tsx'
import { usePreferences } from '../../app/preferences.ts'
import { host } from '../../host/index.ts'
import { toBase64Text } from './status.ts'

type Refusal = { file: string; problems: readonly Problem[] }

/** The library: what is in it, what a new file brings, why one was refused. */
export function Packs() {
  const { t } = useTranslation('instructor')
  const language = usePreferences((value) => value.language)
  const [packs, setPacks] = useState<readonly PackSummary[] | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  const [over, setOver] = useState(false)

  const load = useCallback(() => {
    host()
      .request('packs.list', {})
      .then((reply) => setPacks(reply.packs))
      .catch(tellError)
  }, [])
  useEffect(load, [load])
  useEffect(() => host().on('packs.changed', load), [load])

  const take = async (file: File | null) => {
    if (!file) return
    setBusy(true)
    setRefusal(null)
    try {
      const bytesBase64 = toBase64Text(new Uint8Array(await file.arrayBuffer()))
      const { pack } = await host().request('packs.import', { bytesBase64 })
      tell(t('packs.imported', { title: titleOf(pack, language), version: pack.version }))
      load()
    } catch (error) {
      if (error instanceof AppError && error.problems?.length) setRefusal({ file: file.name, problems: error.problems })
      else tellError(error)
    } finally {
      setBusy(false)
    }
  }
  const doing = (work: () => Promise<unknown>) => {
    work().then(load).catch(tellError)
  }

  return (
    <div className="packs">
      <section
        className={`pack-drop ${over ? 'over' : ''}`}
        aria-label={t('packs.drop')}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void take(event.dataTransfer.files[0] ?? null)
        }}
      >
        <p>{t('packs.drop')}</p>
        <FileButton onChange={(file) => void take(file)} accept=".sinapack,.zip,application/zip">
          {(props) => (
            <Button {...props} loading={busy}>
              {t('packs.choose')}
            </Button>
          )}
        </FileButton>
      </section>
      {refusal && <Refused refusal={refusal} onClose={() => setRefusal(null)} />}
      {packs?.map((pack) => (
        <article key={pack.id} className="pack" data-pack={pack.id}>
          <div>
            <h2>{titleOf(pack, language)}</h2>
            <p className="explain">
              {pack.id} · {pack.version} · {pack.languages.join(', ')} ·{' '}
              {t('packs.cases', { count: pack.cases.length })}
            </p>
            <p className="explain digest">{pack.digest.slice(0, 16)}…</p>
          </div>
          <PackBadges badges={pack.badges} />
          <div className="pack-acts">
            {pack.trust === 'refused' && (
              <Button size="compact-md" onClick={() => doing(() => host().request('packs.trust', { packId: pack.id }))}>
                {t('packs.trust')}
              </Button>
            )}
            {pack.origin === 'library' && (
              <Button
                size="compact-md"
                variant="default"
                onClick={() => doing(() => host().request('packs.remove', { packId: pack.id }))}
              >
                {t('packs.remove')}
              </Button>
            )}
          </div>
        </article>
      ))}
    </div>
  )
}

/** Where in which file, why, and what would mend it. */
function Refused({ refusal, onClose }: { refusal: Refusal; onClose: () => void }) {
  const { t } = useTranslation('instructor')
  return (
    <section className="refused" role="alert">
      <header>
        <h2>{t('packs.refused', { file: refusal.file })}</h2>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('packs.close')}
        </Button>
      </header>
      <p className="explain">{t('packs.unchanged')}</p>
      <ol>
        {refusal.problems.slice(0, 20).map((problem) => (
          <li key={`${problem.file}${problem.pointer}${problem.code}`} data-problem={problem.code}>
            <code>
              {problem.file}
              {problem.pointer}
            </code>
            <span>{problem.reason}</span>
            <em>{problem.remedy}</em>
          </li>
        ))}
      </ol>
    </section>
  )
}

function titleOf(pack: PackSummary, language: string): string {
  return pack.title[language] ?? pack.title.en ?? pack.id
}
