import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase, { type Database as Sqlite } from 'better-sqlite3'
import { AppError } from '../../../core/contract/errors.ts'
import { isDamage } from './diskerrors.ts'

export type Backup = { file: string; takenAt: string }

const NAME = /^sina-(\d{4})-(\d{2})-(\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.sqlite$/

/** How many of the newest are kept, and for how many days one a day. */
export const retention = { newest: 8, days: 14 } as const

/** All backups of a folder, newest first. */
export function listBackups(folder: string): Backup[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    // No folder yet means no backup yet.
    return []
  }
  return names
    .flatMap((name) => {
      const parts = NAME.exec(name)
      if (!parts) return []
      const [, year, month, day, hour, minute, second, ms] = parts
      return [{ file: join(folder, name), takenAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z` }]
    })
    .sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1))
}

/** The backups that the retention rule lets go: beyond the newest, all but the last of each of the past days. */
export function outdated(backups: readonly Backup[], now: Date): Backup[] {
  const oldest = new Date(now.getTime() - retention.days * 86_400_000).toISOString()
  const days = new Set<string>()
  return backups.filter((backup, age) => {
    const day = backup.takenAt.slice(0, 10)
    const lastOfDay = !days.has(day)
    days.add(day)
    return age >= retention.newest && !(lastOfDay && backup.takenAt >= oldest)
  })
}

/**
 * Copies the open database with SQLite's online backup, checks the copy, gives it its name only when it is whole, and
 * drops what is outdated.
 * @throws AppError `store/damaged` when the copy fails its check.
 */
export async function takeBackup(sqlite: Sqlite, folder: string, now: Date): Promise<Backup> {
  mkdirSync(folder, { recursive: true })
  const takenAt = now.toISOString()
  const file = join(folder, `sina-${takenAt.replaceAll(':', '-').replace('.', '-')}.sqlite`)
  const draft = `${file}.draft`
  rmSync(draft, { force: true })
  try {
    await sqlite.backup(draft)
    if (!isSound(draft)) throw new AppError('store/damaged', { where: draft })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  for (const old of outdated(listBackups(folder), now)) rmSync(old.file, { force: true })
  return { file, takenAt }
}

/** Whether a file is a database that passes SQLite's integrity check and its own foreign keys. */
export function isSound(file: string): boolean {
  let sqlite: Sqlite | undefined
  try {
    if (statSync(file).size === 0) return false
    sqlite = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
    return integrityOf(sqlite)
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  } finally {
    sqlite?.close()
  }
}

/** SQLite's own check of pages, indexes and rows, and of references between tables. */
export function integrityOf(sqlite: Sqlite): boolean {
  if (sqlite.pragma('integrity_check(1)', { simple: true }) !== 'ok') return false
  return (sqlite.pragma('foreign_key_check') as unknown[]).length === 0
}
