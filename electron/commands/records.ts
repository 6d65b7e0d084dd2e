import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AppError } from '../../core/contract/errors.ts'
import type { Verdict } from '../../core/records/verify.ts'
import { sourceRoot } from '../host/index.ts'
import { recordTexts } from '../host/records/archive.ts'
import { brokenEntries } from '../host/records/ledger.ts'
import { unpackSetup } from '../host/records/setupblob.ts'
import { listBackups } from '../host/store/backup.ts'
import { openStore, restoreBackup, type Store, storePaths } from '../host/store/open.ts'
import type { CommandInput, CommandOutcome } from './command.ts'
import { dataOption } from './hosting.ts'

const now = () => new Date()

async function withStore<Result>(input: CommandInput, work: (store: Store) => Promise<Result>): Promise<Result> {
  const folder = dataOption(input)
  // Asked about data that are not there, it must not answer for an empty store that it has just made.
  const { database } = storePaths(folder)
  if (!existsSync(database)) throw new AppError('host/not-found', { where: database })
  const store = openStore({ folder, now })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Writes every record with its input and proof into a folder. */
export async function recordsExport(input: CommandInput): Promise<CommandOutcome> {
  const folder = resolve(input.words[0])
  const files = await withStore(input, (store) => recordTexts(store.db))
  mkdirSync(folder, { recursive: true })
  for (const { fileName, text } of files) {
    writeFileSync(join(folder, `${fileName}.draft`), text)
    renameSync(join(folder, `${fileName}.draft`), join(folder, fileName))
  }
  const names = files.map(({ fileName }) => fileName)
  return { exit: 0, text: `${names.length} records in ${folder}`, json: { folder, files: names } }
}

/** Replays every finished record, and checks that the log still holds what it held. */
export async function recordsVerify(input: CommandInput): Promise<CommandOutcome> {
  const { verifyRecordFile } = await import('../../core/records/verify.ts')
  const { verifySources } = await import('./verify.ts')
  const { broken, records } = await withStore(input, async (store) => {
    const rows = await store.db
      .selectFrom('records')
      .innerJoin('sessions', 'sessions.id', 'records.session_id')
      .select(['records.id as id', 'records.state as state', 'sessions.setup as setup'])
      .orderBy('log_index')
      .execute()
    const texts = await recordTexts(store.db)
    const found: { record: string; verdict: Verdict | { same: true; reason: 'record/interrupted' } }[] = []
    for (const [i, row] of rows.entries()) {
      if (row.state === 'interrupted' || !texts[i].text.includes('"result":')) {
        found.push({ record: row.id, verdict: { same: true, reason: 'record/interrupted' } })
        continue
      }
      const { case: of } = unpackSetup(row.setup)
      const sources = verifySources(sourceRoot, async (header) => (header.case === of.id ? of : undefined))
      found.push({ record: row.id, verdict: await verifyRecordFile(new TextEncoder().encode(texts[i].text), sources) })
    }
    return { broken: await brokenEntries(store.db), records: found }
  })
  const different = records.filter(({ verdict }) => !verdict.same)
  const same = broken.length === 0 && different.length === 0
  const lines = different.map(({ record, verdict }) => `${record}: ${JSON.stringify(verdict)}`)
  const log = broken.length === 0 ? 'log whole' : `log broken at ${broken.join(', ')}`
  return {
    exit: same ? 0 : 1,
    text: [`${records.length - different.length} of ${records.length} records the same; ${log}`, ...lines].join('\n'),
    json: { same, log: { broken }, records },
  }
}

/** Takes a backup now. */
export async function recordsBackup(input: CommandInput): Promise<CommandOutcome> {
  const backup = await withStore(input, (store) => store.backup())
  return { exit: 0, text: backup.file, json: backup }
}

/** Puts a backup in place: the file named, or the newest. What was there is kept beside it. */
export async function recordsRestore(input: CommandInput): Promise<CommandOutcome> {
  const folder = dataOption(input)
  const source =
    input.words[0] === undefined ? listBackups(storePaths(folder).backups)[0]?.file : resolve(input.words[0])
  if (source === undefined || !existsSync(source)) {
    throw new AppError('store/no-backup', { where: source ?? storePaths(folder).backups })
  }
  const { kept } = restoreBackup(folder, source, now())
  return {
    exit: 0,
    text: `restored ${source}${kept === null ? '' : `\nthe database before is kept as ${kept}`}`,
    json: { restored: source, kept },
  }
}
