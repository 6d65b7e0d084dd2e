import { beforeAll, describe, expect, test, vi } from 'vitest'
import { fromBase64, toBase64 } from '../../../core/records/base64.ts'
import type { Json } from '../../../core/records/canonical.ts'
import { digestBytes, digestJson } from '../../../core/records/digest.ts'
import { type RecordFile, recordFileText, sealRecord } from '../../../core/records/envelope.ts'
import { decodeChunk, encodeChunk } from '../../../core/records/inputlog.ts'
import { type VerifySources, verifyRecordFile } from '../../../core/records/verify.ts'
import { createSession } from '../../../core/session/session.ts'
import { simulateWith } from '../../../electron/commands/simulate.ts'
import { kernel } from '../kernel.ts'
import { drainPatient, drainSetup, ENGINE } from '../session/drainsetup.ts'

// Whole cases are played: seconds on a quiet machine, a minute on a crowded one.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const setup = drainSetup({ start: 'tension', seed: 1 })
const sources: VerifySources = {
  engine: async (digest) => (digest === ENGINE ? { createSession: (made) => createSession(made, kernel) } : undefined),
  findCase: async (header) => (header.pack.digest === setup.pack.digest ? setup.case : undefined),
  makePatient: async (_, header) => drainPatient(header.seed),
}
/** The first minute, for what needs no end; and a whole run that failed. */
let file: RecordFile
let whole: RecordFile

beforeAll(() => {
  let ticks = 0
  file = simulateWith(setup, { operator: 'expert', seed: 1, isEnough: () => ++ticks >= 6000 }, kernel).file
  whole = simulateWith(setup, { operator: 'no-sweep', seed: 1 }, kernel).file
})

const bytesOf = (changed: RecordFile) => new TextEncoder().encode(recordFileText(changed))
const check = (changed: RecordFile, checksums: 'on' | 'off' = 'on') =>
  verifyRecordFile(bytesOf(changed), sources, checksums)

/** The file with parts of its record changed and every hash computed anew, as a forger would. */
function forge(change: Partial<RecordFile['record']>, input = file.input, from = file): RecordFile {
  const { hash, ...body } = from.record
  const chunks = input.map((text) => digestBytes(fromBase64(text)!))
  return { record: sealRecord({ ...body, chunks, ...change }), input }
}

describe('a record', () => {
  test('is accepted as it was written', async () => {
    expect(await check(file)).toEqual({ same: true })
    expect(await check(whole)).toEqual({ same: true })
    expect(await check(file, 'off')).toEqual({ same: true })
  })

  test('is rejected when any byte of its file changes', async () => {
    const bytes = bytesOf(file)
    const stride = Math.max(1, Math.floor(bytes.length / 300))
    for (let at = 0; at < bytes.length; at += stride) {
      const changed = bytes.slice()
      changed[at] ^= 1 << (at % 7)
      const verdict = await verifyRecordFile(changed, sources)
      expect(verdict.same, `byte ${at}`).toBe(false)
    }
  })

  test('is rejected when it is cut short or drawn out', async () => {
    const bytes = bytesOf(file)
    expect((await verifyRecordFile(bytes.slice(0, -1), sources)).same).toBe(false)
    expect(await verifyRecordFile(Uint8Array.of(...bytes, 10), sources)).toMatchObject({
      reason: 'record/not-canonical',
    })
  })

  test('of an engine that is not here is not judged', async () => {
    const other = forge({ header: { ...file.record.header, engine: 'f'.repeat(64) } })
    expect(await check(other)).toEqual({ same: false, reason: 'engine/unavailable' })
  })

  test('of a pack that is not here is not judged', async () => {
    const { header } = file.record
    const other = forge({ header: { ...header, pack: { ...header.pack, digest: 'a'.repeat(64) } } })
    expect(await check(other)).toEqual({ same: false, reason: 'pack/unavailable' })
  })
})

// Checksums off: what is caught here, replay alone catches.
describe.each(['on', 'off'] as const)('a forged record with every hash made to fit (checksums %s)', (checksums) => {
  test('fails when the score was raised', async () => {
    expect(whole.record.result.passed).toBe(false)
    const result = { ...whole.record.result, passed: true, score: 95 }
    const verdict = await check(forge({ result }, whole.input, whole), checksums)
    expect(verdict).toEqual({ same: false, reason: 'score/different', tick: whole.record.ticks })
  })

  test('fails when an error was left out', async () => {
    const result = { ...file.record.result, metrics: file.record.result.metrics.slice(1) }
    expect(await check(forge({ result }), checksums)).toMatchObject({ same: false, reason: 'result/different' })
    const events = file.record.events.filter(({ type }) => type !== 'decompressed')
    const gone = file.record.events.find(({ type }) => type === 'decompressed')
    expect(gone).toBeDefined()
    expect(await check(forge({ events }), checksums)).toMatchObject({
      same: false,
      reason: 'events/different',
      tick: gone?.tick,
    })
  })

  test('fails when one sample was moved by a hundredth of a millimetre', async () => {
    const chunk = decodeChunk(fromBase64(file.input[20])!)
    chunk.frames[chunk.frames.length - 18] += 1
    const input = file.input.with(20, toBase64(encodeChunk(chunk)))
    const verdict = await check(forge({}, input), checksums)
    expect(verdict).toEqual({ same: false, reason: 'state/different', tick: 2100 })
  })

  test('fails when the seed was changed, with or without a patient to fit', async () => {
    const header = { ...file.record.header, seed: 2 }
    expect(await check(forge({ header }), checksums)).toMatchObject({ same: false, reason: 'patient/different' })
    const patient = digestJson(drainPatient(2) as unknown as Json)
    const verdict = await check(forge({ header: { ...header, patient } }), checksums)
    expect(verdict).toMatchObject({ same: false, reason: 'state/different' })
  })

  test('fails when the mode was changed', async () => {
    const header = { ...file.record.header, mode: 'practice' as const }
    expect(await check(forge({ header }), checksums)).toMatchObject({ same: false, reason: 'state/different' })
  })

  test('fails at the second whose state hash was changed', async () => {
    const states = file.record.states.with(41, 'a'.repeat(64))
    expect(await check(forge({ states }), checksums)).toEqual({ same: false, reason: 'state/different', tick: 4200 })
  })

  test('fails when the end was cut off', async () => {
    const ticks = 3000
    const { hash, ...body } = whole.record
    const cut = { ticks, chunks: body.chunks.slice(0, 30), states: body.states.slice(0, 30) }
    const events = body.events.filter(({ tick }) => tick < ticks)
    const forged = { record: sealRecord({ ...body, ...cut, events }), input: whole.input.slice(0, 30) }
    expect(await check(forged, checksums)).toMatchObject({ same: false, reason: 'score/different' })
  })
})
