import { Button, FileButton } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError, type PackSummary } from '../../../core/contract/index.ts'
import { tell, tellError } from '../../app/notify.ts'
import { PackBadges } from '../../app/PackBadges.tsx'
import { usePreferences } from '../../app/preferences.ts'
import { host } from '../../host/index.ts'
import { Confirm, type Question } from './Confirm.tsx'
import { type Refusal, Refused } from './Refused.tsx'
import { toBase64Text } from './status.ts'
import { type FolderFile, readChosen, readDropped, zipFolder } from './zipped.ts'

/** The library: what is in it, what a new file brings, why one was refused. */
export function Packs() {
  const { t } = useTranslation('instructor')
  const language = usePreferences((value) => value.language)
  const [packs, setPacks] = useState<readonly PackSummary[] | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  const [over, setOver] = useState(false)
  const [question, setQuestion] = useState<Question | null>(null)
  const folder = useRef<HTMLInputElement>(null)

  const load = useCallback(() => {
    host()
      .request('packs.list', {})
      .then((reply) => setPacks(reply.packs))
      .catch(tellError)
  }, [])
  useEffect(load, [load])
  useEffect(() => host().on('packs.changed', load), [load])

  const take = async (name: string, read: () => Promise<Uint8Array>) => {
    setBusy(true)
    setRefusal(null)
    try {
      const bytesBase64 = toBase64Text(await read())
      const { pack } = await host().request('packs.import', { bytesBase64 })
      tell(t('packs.imported', { title: titleOf(pack, language), version: pack.version }))
      load()
    } catch (error) {
      if (error instanceof AppError && error.problems?.length) setRefusal({ file: name, problems: error.problems })
      else tellError(error)
    } finally {
      setBusy(false)
    }
  }
  const takeFile = (file: File | null) =>
    file && void take(file.name, async () => new Uint8Array(await file.arrayBuffer()))
  const takeFolder = (name: string, read: () => Promise<FolderFile[]>) =>
    void take(name, async () => zipFolder(await read()))
  const drop = (data: DataTransfer) => {
    const entry = data.items[0]?.webkitGetAsEntry() ?? null
    if (entry?.isDirectory) takeFolder(entry.name, () => readDropped(entry))
    else takeFile(data.files[0] ?? null)
  }
  const trust = (pack: PackSummary) =>
    setQuestion({
      title: t('packs.trustTitle', { title: titleOf(pack, language) }),
      text: t('packs.trustText', { id: pack.id, version: pack.version, digest: pack.digest.slice(0, 16) }),
      yes: t('packs.trustYes'),
      perform: () => doing(() => host().request('packs.trust', { packId: pack.id })),
    })
  const remove = (pack: PackSummary) =>
    setQuestion({
      title: t('packs.removeTitle', { title: titleOf(pack, language) }),
      text: t('packs.removeText'),
      yes: t('packs.remove'),
      colour: 'red',
      perform: () => doing(() => host().request('packs.remove', { packId: pack.id })),
    })
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
          drop(event.dataTransfer)
        }}
      >
        <p>{t('packs.drop')}</p>
        <FileButton onChange={takeFile} accept=".sinapack,.zip,application/zip">
          {(props) => (
            <Button {...props} loading={busy}>
              {t('packs.choose')}
            </Button>
          )}
        </FileButton>
        <Button variant="default" disabled={busy} onClick={() => folder.current?.click()}>
          {t('packs.chooseFolder')}
        </Button>
        <input
          ref={folder}
          type="file"
          hidden
          multiple
          data-folder
          {...{ webkitdirectory: '' }}
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])]
            event.currentTarget.value = ''
            const [first] = files
            if (first) takeFolder(first.webkitRelativePath.split('/')[0] || first.name, () => readChosen(files))
          }}
        />
      </section>
      <Confirm question={question} onClose={() => setQuestion(null)} />
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
              <Button size="compact-md" onClick={() => trust(pack)}>
                {t('packs.trust')}
              </Button>
            )}
            {pack.origin === 'library' && (
              <Button size="compact-md" variant="default" onClick={() => remove(pack)}>
                {t('packs.remove')}
              </Button>
            )}
          </div>
        </article>
      ))}
    </div>
  )
}

function titleOf(pack: PackSummary, language: string): string {
  return pack.title[language] ?? pack.title.en ?? pack.id
}
