import { describe, expect, test } from 'vitest'
import { TickClock } from '../../../../renderer/simulation/clock.ts'

describe('TickClock', () => {
  test('turns passing time into whole ticks and keeps the rest', () => {
    const clock = new TickClock(10)
    expect(clock.advance(1000).ticks).toBe(0)
    expect(clock.advance(1025).ticks).toBe(2)
    expect(clock.advance(1030).ticks).toBe(1)
  })

  test('never loses a tick over an uneven minute', () => {
    const clock = new TickClock(10)
    clock.advance(0)
    let ticks = 0
    for (let at = 0, i = 0; at < 60_000; i++) {
      at = Math.min(60_000, at + 3 + ((i * 7) % 23))
      ticks += clock.advance(at).ticks
    }
    expect(ticks).toBe(6000)
  })

  test('slows instead of skipping when the machine falls behind, and says how much', () => {
    const clock = new TickClock(10)
    clock.advance(0)
    const { ticks, behind } = clock.advance(1000)
    expect(behind).toBe('slowed')
    expect(ticks).toBe(12)
    expect(clock.slowedMs).toBe(880)
    expect(clock.advance(1010).ticks).toBe(1)
  })

  test('does not owe the length of a pause', () => {
    const clock = new TickClock(10)
    clock.advance(0)
    clock.advance(50)
    clock.pause()
    expect(clock.advance(100_000).ticks).toBe(0)
    expect(clock.advance(100_020).ticks).toBe(2)
  })
})
