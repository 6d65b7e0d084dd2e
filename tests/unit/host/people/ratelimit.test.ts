import { describe, expect, it } from 'vitest'
import { afterFailure, type Failures, secondsLocked } from '../../../../electron/host/people/ratelimit.ts'

describe('rate limit of secrets', () => {
  it('locks from the fifth failure on, doubling to a quarter of an hour', () => {
    const now = new Date('2026-01-01T00:00:00Z')
    let failures: Failures | undefined
    const waits: number[] = []
    for (let i = 0; i < 14; i++) {
      failures = afterFailure(failures, now)
      waits.push(secondsLocked(failures, now))
    }
    expect(waits).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900, 900])
  })

  it('opens again when the time has passed', () => {
    const failures = { count: 5, lockedUntil: '2026-01-01T00:00:30.000Z' }
    expect(secondsLocked(failures, new Date('2026-01-01T00:00:29.500Z'))).toBe(1)
    expect(secondsLocked(failures, new Date('2026-01-01T00:00:30.000Z'))).toBe(0)
  })
})
