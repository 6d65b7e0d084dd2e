import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase, { type Database as Sqlite } from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { Recovery } from '../../../core/contract/app.ts'
import { AppError } from '../../../core/contract/errors.ts'
import { type Backup, integrityOf, isSound, listBackups, takeBackup } from './backup.ts'
import { codedDiskError, isDamage } from './diskerrors.ts'
import { lockFolder } from './lock.ts'
import { migrate } from './migrations.ts'
import type { Database, Tables } from './schema.ts'

export type Store = {
  readonly db: Database
  readonly folder: string
  /** What had to be repaired at this start, if anything. */
  readonly recovery: Recovery | null
  /** Runs a group of statements that stand or fall together; disk errors come out coded. */
  transact<Result>(work: (db: Database) => Promise<Result>): Promise<Result>
  backup(): Promise<Backup>
  close(): Promise<void>
}

export type StoreOptions = { folder: string; now: () => Date }

export const storePaths = (folder: string) => ({
  database: join(folder, 'sina.sqlite'),
  backups: join(folder, 'backups'),
  damaged: join(folder, 'damaged'),
})

/**
 * Opens the data folder for this process alone: checks the database, goes back to the newest good backup when it is
 * damaged (the damaged file is kept), and migrates.
 * @throws AppError `store/locked`, `store/newer`, `host/read-only`.
 */
export function openStore({ folder, now }: StoreOptions): Store {
  const unlock = lockFolder(folder)
  try {
    const recovery = recoverIfDamaged(folder, now())
    const sqlite = openDatabase(storePaths(folder).database)
    migrate(sqlite)
    return assemble(sqlite, folder, recovery, unlock, now)
  } catch (error) {
    unlock()
    throw codedDiskError(error)
  }
}

function assemble(
  sqlite: Sqlite,
  folder: string,
  recovery: Recovery | null,
  unlock: () => void,
  now: () => Date,
): Store {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) })
  return {
    db,
    folder,
    recovery,
    async transact(work) {
      let cause: unknown
      try {
        return await db.transaction().execute(async (tx) => {
          try {
            return await work(tx)
          } catch (error) {
            cause = error
            throw error
          }
        })
      } catch (error) {
        // SQLite rolls back by itself when the disk is full; the rollback that follows then hides the cause.
        throw codedDiskError(cause ?? error)
      }
    },
    async backup() {
      try {
        return await takeBackup(sqlite, storePaths(folder).backups, now())
      } catch (error) {
        throw codedDiskError(error)
      }
    },
    async close() {
      await db.destroy()
      unlock()
    },
  }
}

/** FULL: an acknowledged commit survives a power cut too, not only a killed process. */
function openDatabase(file: string): Sqlite {
  const sqlite = new SqliteDatabase(file, { timeout: 5_000 })
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('trusted_schema = OFF')
  return sqlite
}

function recoverIfDamaged(folder: string, now: Date): Recovery | null {
  const { database, backups, damaged } = storePaths(folder)
  if (!existsSync(database) || isWhole(database)) return null
  const at = now.toISOString()
  mkdirSync(damaged, { recursive: true })
  const kept = join(damaged, `sina-${at.replaceAll(':', '-').replace('.', '-')}.sqlite`)
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(database + suffix)) renameSync(database + suffix, kept + suffix)
  }
  renameSync(database, kept)
  const good = listBackups(backups).find((backup) => isSound(backup.file))
  if (good) putInPlace(good.file, database)
  return { at, damagedFile: kept, restoredFrom: good?.file ?? null, backupTakenAt: good?.takenAt ?? null }
}

/** Opened for writing, so that a log left by a killed process is taken in before the check. */
function isWhole(database: string): boolean {
  let sqlite: Sqlite | undefined
  try {
    sqlite = openDatabase(database)
    return integrityOf(sqlite)
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  } finally {
    sqlite?.close()
  }
}

function putInPlace(source: string, database: string): void {
  const draft = `${database}.draft`
  copyFileSync(source, draft)
  renameSync(draft, database)
}

/**
 * Puts a backup in the place of the database; the present one is kept beside it.
 * @returns the file under which the present database was kept, if there was one.
 * @throws AppError `store/no-backup` for a missing file, `store/damaged` for one that fails its check, `store/locked`
 * while the app runs.
 */
export function restoreBackup(folder: string, source: string, now: Date): { kept: string | null } {
  const unlock = lockFolder(folder)
  try {
    if (!existsSync(source)) throw new AppError('store/no-backup', { where: source })
    if (!isSound(source)) throw new AppError('store/damaged', { where: source })
    const { database } = storePaths(folder)
    let kept: string | null = null
    if (existsSync(database)) {
      kept = join(folder, `sina-before-restore-${now.toISOString().replaceAll(':', '-').replace('.', '-')}.sqlite`)
      if (isWhole(database)) foldLog(database)
      for (const suffix of ['-wal', '-shm']) rmSync(database + suffix, { force: true })
      renameSync(database, kept)
    }
    putInPlace(source, database)
    return { kept }
  } catch (error) {
    throw codedDiskError(error)
  } finally {
    unlock()
  }
}

/** Brings the write-ahead log into the file, so that the file alone is the whole database. */
function foldLog(database: string): void {
  const sqlite = openDatabase(database)
  sqlite.pragma('wal_checkpoint(TRUNCATE)')
  sqlite.close()
}
