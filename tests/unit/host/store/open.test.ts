import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore, restoreBackup, storePaths } from '../../../../electron/host/store/open.ts'
import { stillClock } from '../clock.ts'
import { tempFolder } from '../tempfolder.ts'

type Opened = ReturnType<typeof openStore>

async function addMeta(store: Opened, key: string): Promise<void> {
  await store.db.insertInto('meta').values({ key, value: 'x' }).execute()
}

async function metaKeys(store: Opened): Promise<string[]> {
  return (await store.db.selectFrom('meta').select('key').orderBy('key').execute()).map((row) => row.key)
}

describe('a damaged database', () => {
  const damages = {
    'overwritten pages': (file: string) => {
      const bytes = readFileSync(file)
      writeFileSync(file, bytes.fill(0xa5, 4096))
    },
    'a broken header': (file: string) => {
      const bytes = readFileSync(file)
      bytes.write('not a database at all', 0)
      writeFileSync(file, bytes)
    },
    'a cut file': (file: string) => truncateSync(file, 5000),
  }

  for (const [name, damage] of Object.entries(damages)) {
    it(`with ${name} goes back to the newest good backup and keeps the damaged file`, async () => {
      const folder = tempFolder()
      const clock = stillClock()
      const first = openStore({ folder, now: clock.now })
      await addMeta(first, 'old')
      await first.backup()
      clock.pass(60_000)
      await addMeta(first, 'saved')
      const newest = await first.backup()
      clock.pass(60_000)
      const broken = await first.backup()
      await first.close()
      writeFileSync(broken.file, 'a backup that is itself broken')
      damage(storePaths(folder).database)
      const damaged = readFileSync(storePaths(folder).database)

      const second = openStore({ folder, now: clock.now })
      expect(second.recovery?.restoredFrom).toBe(newest.file)
      expect(second.recovery?.backupTakenAt).toBe(newest.takenAt)
      expect(readFileSync(second.recovery?.damagedFile ?? '').equals(damaged)).toBe(true)
      expect(await metaKeys(second)).toEqual(['old', 'saved'])
      await second.close()

      const third = openStore({ folder, now: clock.now })
      expect(third.recovery).toBeNull()
      await third.close()
    })
  }

  it('without any backup starts empty and says so', async () => {
    const folder = tempFolder()
    const { now } = stillClock()
    writeFileSync(storePaths(folder).database, 'nonsense '.repeat(1000))
    const store = openStore({ folder, now })
    expect(store.recovery).toMatchObject({ restoredFrom: null, backupTakenAt: null })
    expect(await metaKeys(store)).toEqual([])
    await store.close()
  })
})

describe('a data folder', () => {
  it('belongs to one process at a time', async () => {
    const folder = tempFolder()
    const { now } = stillClock()
    const store = openStore({ folder, now })
    expect(() => openStore({ folder, now })).toThrow(expect.objectContaining({ code: 'store/locked' }))
    await store.close()
    await openStore({ folder, now }).close()
  })

  it('written by a newer app is refused and left as it is', async () => {
    const folder = tempFolder()
    const { now } = stillClock()
    await openStore({ folder, now }).close()
    const { database } = storePaths(folder)
    const sqlite = new SqliteDatabase(database)
    sqlite.pragma('user_version = 999')
    sqlite.close()
    expect(() => openStore({ folder, now })).toThrow(expect.objectContaining({ code: 'store/newer' }))
    expect(existsSync(storePaths(folder).damaged)).toBe(false)
  })

  it('survives commits on durable settings', async () => {
    const folder = tempFolder()
    const store = openStore({ folder, now: stillClock().now })
    const sqlite = new SqliteDatabase(storePaths(folder).database, { readonly: true })
    expect(sqlite.pragma('journal_mode', { simple: true })).toBe('wal')
    sqlite.close()
    await store.close()
  })
})

describe('a full disk', () => {
  it('refuses with a code and leaves nothing half written', async () => {
    const folder = tempFolder()
    const store = openStore({ folder, now: stillClock().now })
    await addMeta(store, 'before')
    const { sql } = await import('kysely')
    await sql`PRAGMA max_page_count = 40`.execute(store.db)
    const filling = store.transact(async (db) => {
      await db.insertInto('meta').values({ key: 'first', value: 'small' }).execute()
      await db
        .insertInto('meta')
        .values({ key: 'second', value: 'x'.repeat(1_000_000) })
        .execute()
    })
    await expect(filling).rejects.toMatchObject({ code: 'host/disk-full' })
    expect(await metaKeys(store)).toEqual(['before'])
    await addMeta(store, 'after')
    await store.close()
  })
})

describe('restoring a backup', () => {
  it('puts it in place and keeps what was there', async () => {
    const folder = tempFolder()
    const clock = stillClock()
    const store = openStore({ folder, now: clock.now })
    await addMeta(store, 'one')
    const backup = await store.backup()
    await addMeta(store, 'two')
    await store.close()
    const { kept } = restoreBackup(folder, backup.file, clock.now())
    const restored = openStore({ folder, now: clock.now })
    expect(await metaKeys(restored)).toEqual(['one'])
    await restored.close()
    const before = new SqliteDatabase(kept ?? '', { readonly: true })
    expect(before.prepare('SELECT count(*) AS n FROM meta').get()).toEqual({ n: 2 })
    before.close()
  })

  it('refuses a missing file, a damaged file and an open folder', async () => {
    const folder = tempFolder()
    const clock = stillClock()
    const store = openStore({ folder, now: clock.now })
    const backup = await store.backup()
    expect(() => restoreBackup(folder, backup.file, clock.now())).toThrow(
      expect.objectContaining({ code: 'store/locked' }),
    )
    await store.close()
    const gone = join(folder, 'gone.sqlite')
    expect(() => restoreBackup(folder, gone, clock.now())).toThrow(expect.objectContaining({ code: 'store/no-backup' }))
    writeFileSync(gone, 'nonsense')
    expect(() => restoreBackup(folder, gone, clock.now())).toThrow(expect.objectContaining({ code: 'store/damaged' }))
    expect(readdirSync(folder)).toContain('sina.sqlite')
  })
})
