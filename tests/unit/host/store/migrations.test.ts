import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { migrate, migrations, STORE_VERSION } from '../../../../electron/host/store/migrations.ts'

describe('migrations', () => {
  it('number their steps without gaps and never twice', () => {
    expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, i) => i + 1))
  })

  it('bring a fresh database up, and do nothing the second time', () => {
    const sqlite = new SqliteDatabase(':memory:')
    migrate(sqlite)
    expect(sqlite.pragma('user_version', { simple: true })).toBe(STORE_VERSION)
    migrate(sqlite)
    sqlite.close()
  })

  it('bring up data of an older version', () => {
    const sqlite = new SqliteDatabase(':memory:')
    migrate(sqlite, migrations.slice(0, 1))
    sqlite.prepare("INSERT INTO meta VALUES ('k', 'v')").run()
    const steps = [...migrations, { version: STORE_VERSION + 1, up: "UPDATE meta SET value = value || '!'" }]
    migrate(sqlite, steps)
    expect(sqlite.prepare('SELECT value FROM meta').get()).toEqual({ value: 'v!' })
    sqlite.close()
  })

  it('leave a step that fails undone, with the version before it', () => {
    const sqlite = new SqliteDatabase(':memory:')
    const steps = [
      ...migrations,
      { version: STORE_VERSION + 1, up: 'CREATE TABLE half (a TEXT); CREATE TABLE half (a TEXT)' },
    ]
    expect(() => migrate(sqlite, steps)).toThrow(/already exists/)
    expect(sqlite.pragma('user_version', { simple: true })).toBe(STORE_VERSION)
    expect(sqlite.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'half'").get()).toEqual({ n: 0 })
    sqlite.close()
  })
})
