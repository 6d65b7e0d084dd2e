import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { AppError } from '../../../core/contract/errors.ts'

/**
 * Holds a data folder for one process. The lock is SQLite's own on a tiny file, so the system lets it go when the
 * process dies, whatever kills it; a file with a process id would outlive it.
 * @returns the function that lets go.
 * @throws AppError `store/locked` while another process holds the folder.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const lock = new SqliteDatabase(join(folder, 'lock.sqlite'), { timeout: 250 })
  try {
    lock.pragma('journal_mode = DELETE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new AppError('store/locked', {
      params: { folder },
      remedy: 'Close the other window of the app, or name another folder with --data.',
      cause: error,
    })
  }
  return () => lock.close()
}
