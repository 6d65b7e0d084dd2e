import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  CHUNK_TICKS,
  decodeChunk,
  encodeChunk,
  FRAME_CHANNELS,
  type InputChunk,
} from '../../../core/records/inputlog.ts'
import { InputRecorder } from '../../../core/records/recorder.ts'
import { MalformedBytes } from '../../../core/records/varint.ts'

const chunks: fc.Arbitrary<InputChunk> = fc
  .record({
    index: fc.nat(100_000),
    firstTick: fc.nat(10_000_000),
    ticks: fc.integer({ min: 1, max: CHUNK_TICKS }),
    changes: fc.array(
      fc.tuple(fc.nat(CHUNK_TICKS - 1), fc.nat(FRAME_CHANNELS - 1), fc.integer({ min: -300_000, max: 300_000 })),
      { maxLength: 60 },
    ),
    acts: fc.array(
      fc.record(
        {
          offset: fc.nat(CHUNK_TICKS - 1),
          hand: fc.constantFrom(0 as const, 1 as const),
          verb: fc.stringMatching(/^[a-z-]{1,20}$/),
          object: fc.stringMatching(/^[a-z0-9.-]{0,40}$/),
          value: fc.oneof(
            fc.integer(),
            fc.double({ noNaN: true, noDefaultInfinity: true }).filter((v) => !Object.is(v, -0)),
          ),
        },
        { requiredKeys: ['offset', 'hand', 'verb', 'object'] },
      ),
      { maxLength: 5 },
    ),
  })
  .map(({ index, firstTick, ticks, changes, acts }) => {
    const frames = new Int32Array(ticks * FRAME_CHANNELS)
    for (const [from, channel, value] of changes)
      for (let tick = from; tick < ticks; tick++) frames[tick * FRAME_CHANNELS + channel] = value
    const actions = acts
      .filter((act) => act.offset < ticks)
      .map(({ offset, ...act }) => ({ tick: firstTick + offset, ...act }))
    return { index, firstTick, ticks, frames, actions }
  })

test('a chunk comes back as it was', () => {
  fc.assert(
    fc.property(chunks, (chunk) => {
      expect(decodeChunk(encodeChunk(chunk))).toEqual(chunk)
    }),
  )
})

test('a changed or missing byte is another chunk or none, never the same', () => {
  fc.assert(
    fc.property(chunks, fc.nat(), fc.integer({ min: 1, max: 255 }), (chunk, where, flip) => {
      const bytes = encodeChunk(chunk)
      const changed = bytes.slice()
      changed[where % bytes.length] ^= flip
      expect(read(changed)).not.toEqual(chunk)
      expect(read(bytes.slice(0, where % bytes.length))).toBeUndefined()
      expect(read(Uint8Array.of(...bytes, 0))).toBeUndefined()
    }),
  )
})

test('idle hands cost almost nothing, moving hands little', () => {
  const frames = new Int32Array(CHUNK_TICKS * FRAME_CHANNELS)
  const idle = encodeChunk({ index: 0, firstTick: 0, ticks: CHUNK_TICKS, frames, actions: [] })
  expect(idle.length).toBeLessThan(10)
  for (let tick = 0; tick < CHUNK_TICKS; tick++)
    for (let c = 0; c < 7; c++) frames[tick * FRAME_CHANNELS + c] = 100_000 + tick * 40 + c
  expect(encodeChunk({ index: 0, firstTick: 0, ticks: CHUNK_TICKS, frames, actions: [] }).length).toBeLessThan(1100)
})

test('the recorder hands out a chunk each second and the rest at the end', () => {
  const recorder = new InputRecorder()
  const frame = new Int32Array(FRAME_CHANNELS)
  const bytes: Uint8Array[] = []
  for (let tick = 0; tick < 250; tick++) {
    frame[0] = tick
    const actions = tick === 120 ? [{ tick, hand: 0 as const, verb: 'pick', object: 'scalpel' }] : []
    const chunk = recorder.push(frame, actions)
    if (chunk) bytes.push(chunk)
  }
  const rest = recorder.flush()
  if (rest) bytes.push(rest)
  const decoded = bytes.map(decodeChunk)
  expect(decoded.map((chunk) => [chunk.index, chunk.firstTick, chunk.ticks])).toEqual([
    [0, 0, 100],
    [1, 100, 100],
    [2, 200, 50],
  ])
  expect(decoded[1].actions).toEqual([{ tick: 120, hand: 0, verb: 'pick', object: 'scalpel' }])
  expect(decoded[2].frames[49 * FRAME_CHANNELS]).toBe(249)
})

function read(bytes: Uint8Array): InputChunk | undefined {
  try {
    return decodeChunk(bytes)
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedBytes)
    return undefined
  }
}
