import { describe, expect, it } from 'vitest'
import { type Backup, outdated, retention } from '../../../../electron/host/store/backup.ts'

const hourly = (hours: number, now: Date): Backup[] =>
  Array.from({ length: hours }, (_, i) => {
    const takenAt = new Date(now.getTime() - i * 3_600_000).toISOString()
    return { file: takenAt, takenAt }
  })

describe('retention of backups', () => {
  const now = new Date('2026-03-31T12:00:00.000Z')

  it('keeps the newest, and the last of each day for two weeks', () => {
    const all = hourly(24 * 40, now)
    const gone = new Set(outdated(all, now))
    const kept = all.filter((backup) => !gone.has(backup))
    expect(kept.slice(0, retention.newest)).toEqual(all.slice(0, retention.newest))
    const days = kept.slice(retention.newest).map((backup) => backup.takenAt.slice(0, 10))
    expect(new Set(days).size).toBe(days.length)
    expect(kept.length).toBeLessThanOrEqual(retention.newest + retention.days + 1)
    expect(days.length).toBeGreaterThanOrEqual(retention.days - 1)
    expect(kept.slice(retention.newest).every((backup) => backup.takenAt.slice(11, 13) === '23')).toBe(true)
  })

  it('lets nothing go while there are few', () => {
    expect(outdated(hourly(retention.newest, now), now)).toEqual([])
  })
})
