import { beforeAll, describe, expect, test, vi } from 'vitest'
import { isSealed, sessionRecordSchema } from '../../../core/records/envelope.ts'
import { decodeChunk, encodeChunk, type InputChunk } from '../../../core/records/inputlog.ts'
import { replayChunk, replaySession, sampleAt } from '../../../core/session/replay.ts'
import { createSession, type SessionState } from '../../../core/session/session.ts'
import { operatorOf } from '../../../electron/operators/operators.ts'
import { type OperatorRun, runOperator } from '../../../electron/operators/run.ts'
import { kernel } from '../kernel.ts'
import { drainSetup } from './drainsetup.ts'

// Whole cases are played: seconds on a quiet machine, a minute on a crowded one.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const setup = drainSetup({ start: 'stable', seed: 1 })
const hands = { seed: 1, actSeconds: 0.6, slowness: 1.6, tremorMm: 0.5, delayMs: 50, marginMm: 0 }
let run: OperatorRun
let decoded: InputChunk[]
let replayed: ReturnType<typeof replaySession> | undefined

beforeAll(() => {
  run = runOperator(setup, operatorOf('chest-drain', 'expert').operator, hands, kernel)
  decoded = run.chunks.map(decodeChunk)
})

describe('a session', () => {
  test('leaves a sealed record of the published shape', () => {
    expect(sessionRecordSchema.safeParse(run.record).error).toBeUndefined()
    expect(isSealed(run.record)).toBe(true)
    expect(run.record.chunks.length).toBe(Math.ceil(run.record.ticks / 100))
    expect(run.record.states.length).toBe(run.record.chunks.length)
    expect(JSON.parse(JSON.stringify(run.record))).toEqual(run.record)
  })

  test('made twice from one setup and one input, is the same to the last bit', () => {
    const again = runOperator(setup, operatorOf('chest-drain', 'expert').operator, hands, kernel)
    expect(again.record).toEqual(run.record)
  })

  test('replays to the same record, at five times real time and more', () => {
    // Of the processor's time, not the clock's: others may be at work.
    const begun = process.cpuUsage()
    replayed = replaySession(setup, run.chunks, kernel)
    const { user, system } = process.cpuUsage(begun)
    const seconds = (user + system) / 1e6
    expect(replayed.finish().record).toEqual(run.record)
    expect(run.record.ticks / 100 / seconds).toBeGreaterThan(5)
  })

  test('saved and restored in the middle of the case, ends no differently', () => {
    // It goes on from the middle, where the wall is parted.
    const middle = Math.floor(run.record.ticks * 0.45)
    const places = [middle, 137, 2999, run.record.ticks - 61]
    const saved: SessionState[] = []
    const first = createSession(setup, kernel)
    playTo(first, run.record.ticks, (tick) => {
      if (places.includes(tick)) saved.push(first.save())
    })
    expect(saved.length).toBe(places.length)
    saved.sort((a, b) => Number(a.tick === middle) - Number(b.tick === middle))
    const other = createSession(setup, kernel)
    for (const state of saved) {
      other.restore(state)
      expect(other.tick).toBe(state.tick)
    }
    playTo(other, run.record.ticks)
    expect(other.finish().record).toEqual(run.record)
  })

  test('another seed is another session', () => {
    const other = createSession({ ...setup, seed: 2 }, kernel)
    replayChunk(other, decoded[0])
    expect(other.stateHash).not.toBe(run.record.states[0])
  })

  test('a single changed sample changes every state hash after it, and none before', () => {
    const chunk = decodeChunk(run.chunks[3])
    chunk.frames[9] += 1
    const chunks = run.chunks.with(3, encodeChunk(chunk)).slice(0, 40)
    const { states } = replaySession(setup, chunks, kernel).finish().record
    expect(states.slice(0, 3)).toEqual(run.record.states.slice(0, 3))
    for (let i = 3; i < states.length; i++) expect(states[i]).not.toBe(run.record.states[i])
  })

  test('after the case has ended, nothing changes any more', () => {
    const session = replayed ?? replaySession(setup, run.chunks, kernel)
    expect(session.isRunning).toBe(false)
    const { tick } = session
    session.step([sampleAt(decoded[0].frames, 0, 0), sampleAt(decoded[0].frames, 0, 1)], [])
    expect(session.tick).toBe(tick)
    expect(session.finish().record).toEqual(run.record)
  })

  test('Stop keeps the attempt as void, without a score', () => {
    const session = createSession(setup, kernel)
    replayChunk(session, decoded[0])
    const frames = decoded[0].frames
    session.step(
      [sampleAt(frames, 0, 0), sampleAt(frames, 0, 1)],
      [{ tick: 0, hand: 0, verb: 'stop', object: 'unwell' }],
    )
    const { result } = session.finish().record
    expect(result.ending).toMatchObject({ kind: 'void', reason: 'unwell' })
    expect(result.score).toBeNull()
    expect(result.passed).toBe(false)
  })
})

function playTo(session: ReturnType<typeof createSession>, end: number, after?: (tick: number) => void): void {
  while (session.tick < end && session.isRunning) {
    const chunk = decoded[Math.floor(session.tick / 100)]
    const i = session.tick - chunk.firstTick
    const actions = chunk.actions.filter(({ tick }) => tick === session.tick)
    session.step([sampleAt(chunk.frames, i, 0), sampleAt(chunk.frames, i, 1)], actions)
    after?.(session.tick)
  }
}
