import type { Database as Sqlite } from 'better-sqlite3'
import { AppError } from '../../../core/contract/errors.ts'

/** One step up. Steps are only ever added at the end; a released step never changes. */
type Migration = { version: number; up: string }

export const migrations: readonly Migration[] = [
  {
    version: 1,
    up: `
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
      CREATE TABLE trainees (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('guest', 'named')), name TEXT NOT NULL,
        team TEXT NOT NULL, language TEXT NOT NULL, hand TEXT NOT NULL, pin_hash TEXT, preferences TEXT NOT NULL,
        created_at TEXT NOT NULL, removed_at TEXT) STRICT;
      CREATE TABLE connections (key TEXT PRIMARY KEY, trainee_id TEXT REFERENCES trainees (id), seen_at TEXT NOT NULL) STRICT;
      CREATE TABLE failures (subject TEXT PRIMARY KEY, count INTEGER NOT NULL, locked_until TEXT NOT NULL) STRICT;
      CREATE TABLE packs (
        id TEXT PRIMARY KEY, version TEXT NOT NULL, digest TEXT NOT NULL,
        trust TEXT NOT NULL CHECK (trust IN ('signed', 'trusted', 'refused')), imported_at TEXT NOT NULL) STRICT;
      CREATE TABLE sessions (
        id TEXT PRIMARY KEY, trainee_id TEXT NOT NULL REFERENCES trainees (id), pack_id TEXT NOT NULL, case_id TEXT NOT NULL,
        start TEXT NOT NULL, mode TEXT NOT NULL, seed INTEGER NOT NULL, device_class TEXT NOT NULL, engine TEXT NOT NULL,
        setup BLOB NOT NULL, state TEXT NOT NULL CHECK (state IN ('running', 'ended')), started_at TEXT NOT NULL) STRICT;
      CREATE INDEX sessions_of_trainee ON sessions (trainee_id, state);
      CREATE TABLE chunks (
        session_id TEXT NOT NULL REFERENCES sessions (id), position INTEGER NOT NULL, bytes BLOB NOT NULL,
        hash TEXT NOT NULL, saved_at TEXT NOT NULL, PRIMARY KEY (session_id, position)) STRICT, WITHOUT ROWID;
      CREATE TABLE log (
        position INTEGER PRIMARY KEY, leaf TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, content TEXT NOT NULL,
        at TEXT NOT NULL) STRICT;
      CREATE TABLE records (
        id TEXT PRIMARY KEY, session_id TEXT NOT NULL UNIQUE REFERENCES sessions (id),
        trainee_id TEXT NOT NULL REFERENCES trainees (id), pack_id TEXT NOT NULL, case_id TEXT NOT NULL, start TEXT NOT NULL,
        mode TEXT NOT NULL, device_class TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('finished', 'void', 'interrupted')),
        reason TEXT, seed INTEGER NOT NULL, engine TEXT NOT NULL, passed TEXT CHECK (passed IN ('yes', 'no')), score REAL,
        errors TEXT NOT NULL, metrics TEXT NOT NULL, steps TEXT NOT NULL, ticks INTEGER NOT NULL, envelope TEXT NOT NULL,
        record_hash TEXT NOT NULL, log_index INTEGER NOT NULL REFERENCES log (position), self_rating TEXT,
        instructor_rating TEXT, note TEXT, started_at TEXT NOT NULL, ended_at TEXT NOT NULL) STRICT;
      CREATE INDEX records_of_trainee ON records (trainee_id, ended_at);
      CREATE INDEX records_of_case ON records (pack_id, case_id, ended_at);`,
  },
]

export const STORE_VERSION = migrations[migrations.length - 1].version

/**
 * Brings a database up to `STORE_VERSION`, each step in a transaction of its own with its version number.
 * @throws AppError `store/newer` for a database that a later app wrote.
 */
export function migrate(sqlite: Sqlite, steps: readonly Migration[] = migrations): void {
  const newest = steps[steps.length - 1].version
  const current = Number(sqlite.pragma('user_version', { simple: true }))
  if (current > newest) {
    throw new AppError('store/newer', {
      params: { found: current, known: newest },
      remedy: 'Install the newer version of the app, or restore an older backup.',
    })
  }
  for (const step of steps) {
    if (step.version <= current) continue
    sqlite.transaction(() => {
      sqlite.exec(step.up)
      sqlite.pragma(`user_version = ${step.version}`)
    })()
  }
}
