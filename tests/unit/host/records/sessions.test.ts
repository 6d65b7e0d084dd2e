import { describe, expect, it } from 'vitest'
import { openCheckpoint } from '../../../../core/records/checkpoint.ts'
import { digestToBytes } from '../../../../core/records/digest.ts'
import { leafHash, provesInclusion } from '../../../../core/records/merkle.ts'
import { hosted, signedIn } from '../hosted.ts'
import { asJson, begin, chunkOf, miniRun, recordOf, saveChunks } from './play.ts'

async function started() {
  const all = hosted()
  const ask = all.as('page')
  const traineeId = await signedIn(ask)
  return { ...all, ask, traineeId }
}

describe('beginning', () => {
  it('gives everything a session is made from', async () => {
    const { ask, traineeId } = await started()
    const { setup } = await begin(ask, traineeId, 42)
    expect(setup).toMatchObject({ caseId: 'mini', start: 'stable', seed: 42, patient: { seed: 42 }, history: {} })
    expect(setup.patientDigest).toMatch(/^[0-9a-f]{64}$/)
  })

  it('draws a seed when none is asked for, another each time', async () => {
    const { ask, traineeId } = await started()
    const seeds = new Set<number>()
    for (let i = 0; i < 5; i++) seeds.add((await ask('sessions.begin', { traineeId, ...miniRun })).setup.seed)
    expect(seeds.size).toBe(5)
  })

  it('refuses unknown packs, cases and starts', async () => {
    const { ask, traineeId } = await started()
    const run = { traineeId, ...miniRun }
    await expect(ask('sessions.begin', { ...run, packId: 'x' })).rejects.toMatchObject({ code: 'pack/unknown' })
    await expect(ask('sessions.begin', { ...run, caseId: 'x' })).rejects.toMatchObject({ code: 'case/unknown' })
    await expect(ask('sessions.begin', { ...run, start: 'x' })).rejects.toMatchObject({ code: 'case/unknown-start' })
  })
})

describe('chunks', () => {
  it('are taken in order, and again after a lost acknowledgement', async () => {
    const { ask, traineeId } = await started()
    const { sessionId } = await begin(ask, traineeId)
    await saveChunks(ask, sessionId, 3)
    expect(await ask('sessions.chunk', { sessionId, ...chunkOf(1) })).toEqual({ index: 1 })
    await expect(ask('sessions.chunk', { sessionId, ...chunkOf(1, 'other') })).rejects.toMatchObject({
      code: 'session/chunk-conflict',
    })
    await expect(ask('sessions.chunk', { sessionId, ...chunkOf(5) })).rejects.toMatchObject({
      code: 'session/chunk-gap',
      params: { expected: 3 },
    })
    await expect(ask('sessions.chunk', { sessionId, ...chunkOf(3), hash: chunkOf(4).hash })).rejects.toMatchObject({
      code: 'session/chunk-hash',
    })
  })

  it('come from the trainee of the session alone', async () => {
    const { ask, as, traineeId } = await started()
    const { sessionId } = await begin(ask, traineeId)
    await signedIn(as('other'), 'Nodira')
    await expect(as('other')('sessions.chunk', { sessionId, ...chunkOf(0) })).rejects.toMatchObject({
      code: 'contract/forbidden-role',
    })
  })
})

describe('a break', () => {
  it('leaves a session that can be taken up where it stood, over a restart', async () => {
    const { ask, traineeId, close, data } = await started()
    const { sessionId, setup } = await begin(ask, traineeId)
    await saveChunks(ask, sessionId, 4)
    await close()
    const again = hosted({ data }).as('page')
    const { sessions } = await again('sessions.resumable', { traineeId })
    expect(sessions).toMatchObject([{ sessionId, chunks: 4, resume: 'possible' }])
    const resumed = await again('sessions.resume', { sessionId })
    expect(resumed.setup).toEqual(setup)
    expect(resumed.chunks).toEqual([0, 1, 2, 3].map((i) => chunkOf(i)))
    await again('sessions.chunk', { sessionId, ...chunkOf(4) })
  })

  it('with another engine since can only be kept as interrupted', async () => {
    const { ask, traineeId, close, data } = await started()
    const { sessionId } = await begin(ask, traineeId)
    await saveChunks(ask, sessionId, 1)
    await close()
    const again = hosted({ data, workshop: { engine: () => 'f'.repeat(64) } }).as('page')
    expect((await again('sessions.resumable', { traineeId })).sessions[0].resume).toBe('engine-changed')
    await expect(again('sessions.resume', { sessionId })).rejects.toMatchObject({ code: 'engine/unavailable' })
    const { record } = await again('sessions.abandon', { sessionId, reason: 'interrupted' })
    expect(record).toMatchObject({ state: 'interrupted', score: null, passed: null, reason: 'interrupted' })
    expect((await again('sessions.resumable', { traineeId })).sessions).toEqual([])
  })

  it('because a person is unwell leaves a void attempt with its input', async () => {
    const { ask, traineeId } = await started()
    const { sessionId } = await begin(ask, traineeId)
    await saveChunks(ask, sessionId, 2)
    const { record } = await ask('sessions.abandon', { sessionId, reason: 'unwell' })
    expect(record.state).toBe('void')
    const again = await ask('sessions.abandon', { sessionId, reason: 'unwell' })
    expect(again.record.recordId).toBe(record.recordId)
    expect((await ask('records.get', { recordId: record.recordId })).replay.chunks).toHaveLength(2)
    await expect(ask('sessions.chunk', { sessionId, ...chunkOf(2) })).rejects.toMatchObject({ code: 'session/ended' })
  })
})

describe('the end', () => {
  it('keeps record, log entry and state together, and answers the same record the same way', async () => {
    const { ask, traineeId, host } = await started()
    const begun = await begin(ask, traineeId)
    await saveChunks(ask, begun.sessionId, 3)
    const record = recordOf(begun, 3)
    const ended = await ask('sessions.end', { sessionId: begun.sessionId, record: asJson(record) })
    expect(ended).toMatchObject({ logIndex: 0, recordHash: record.hash })
    expect(await ask('sessions.end', { sessionId: begun.sessionId, record: asJson(record) })).toEqual(ended)
    const other = recordOf(begun, 3, { overruns: 1 })
    await expect(ask('sessions.end', { sessionId: begun.sessionId, record: asJson(other) })).rejects.toMatchObject({
      code: 'record/conflict',
    })
    const { records, total } = await ask('records.list', {})
    expect(total).toBe(1)
    expect(records[0]).toMatchObject({
      state: 'finished',
      passed: true,
      score: 91.5,
      metrics: { steps: 100 },
      ticks: 300,
    })
    expect(await host.store.db.selectFrom('log').selectAll().execute()).toHaveLength(1)
  })

  const forgeries: Record<string, (record: ReturnType<typeof recordOf>) => object> = {
    'a changed score without a new hash': (record) => ({ ...record, result: { ...record.result, score: 100 } }),
    'an unknown key': (record) => ({ ...record, extra: 1 }),
    'a missing part': ({ events: _, ...record }) => record,
  }
  for (const [name, forge] of Object.entries(forgeries)) {
    it(`refuses ${name}, and the session stays resumable`, async () => {
      const { ask, traineeId } = await started()
      const begun = await begin(ask, traineeId)
      await saveChunks(ask, begun.sessionId, 1)
      const record = forge(recordOf(begun, 1)) as Record<string, unknown>
      await expect(ask('sessions.end', { sessionId: begun.sessionId, record })).rejects.toMatchObject({
        code: 'record/invalid',
      })
      expect((await ask('records.list', {})).total).toBe(0)
      expect((await ask('sessions.resumable', { traineeId })).sessions).toHaveLength(1)
    })
  }

  it('refuses a record of another session, seed or input', async () => {
    const { ask, traineeId } = await started()
    const begun = await begin(ask, traineeId, 1)
    const other = await begin(ask, traineeId, 2)
    await saveChunks(ask, begun.sessionId, 2)
    const { sessionId } = begun
    await expect(ask('sessions.end', { sessionId, record: asJson(recordOf(other, 2)) })).rejects.toMatchObject({
      code: 'record/invalid',
      problems: expect.arrayContaining([expect.objectContaining({ pointer: '/header/seed' })]),
    })
    await expect(ask('sessions.end', { sessionId, record: asJson(recordOf(begun, 3)) })).rejects.toMatchObject({
      problems: [expect.objectContaining({ pointer: '/chunks' })],
    })
    const swapped = recordOf(begun, 2, { chunks: [chunkOf(1).hash, chunkOf(0).hash] })
    await expect(ask('sessions.end', { sessionId, record: asJson(swapped) })).rejects.toMatchObject({
      problems: [expect.objectContaining({ pointer: '/chunks/0' })],
    })
  })

  it('counts unaided steps in a row for the next session', async () => {
    const { ask, traineeId } = await started()
    async function play(change = {}) {
      const begun = await begin(ask, traineeId)
      await saveChunks(ask, begun.sessionId, 1)
      await ask('sessions.end', { sessionId: begun.sessionId, record: asJson(recordOf(begun, 1, change)) })
    }
    await play()
    await play()
    expect((await begin(ask, traineeId)).setup.history).toEqual({
      wait: { unaidedInRow: 2 },
      'wait-more': { unaidedInRow: 2 },
    })
    await play({
      events: [
        { tick: 1, type: 'step', id: 'wait', aided: 1 },
        { tick: 2, type: 'step', id: 'wait-more', aided: 0 },
        { tick: 3, type: 'error', id: 'slow', severity: 'minor', count: 1 },
      ],
    })
    expect((await begin(ask, traineeId)).setup.history).toEqual({})
  })
})

describe('saved records', () => {
  async function saved() {
    const all = await started()
    const begun = await begin(all.ask, all.traineeId)
    await saveChunks(all.ask, begun.sessionId, 2)
    const record = recordOf(begun, 2)
    const { recordId } = await all.ask('sessions.end', { sessionId: begun.sessionId, record: asJson(record) })
    return { ...all, recordId, record }
  }

  it('are exported with a proof of their place in the log', async () => {
    const { ask, recordId, record } = await saved()
    const { text, fileName } = await ask('records.export', { recordId })
    expect(fileName).toMatch(/^mini-2026-01-01-[0-9a-f]{8}\.sinarecord$/)
    const { proof, input, record: written } = JSON.parse(text)
    expect(written).toEqual(asJson(record))
    expect(input).toHaveLength(2)
    expect(openCheckpoint(proof.checkpoint, [])).toMatchObject({ code: 'checkpoint/unsigned' })
    const [, size, root] = proof.checkpoint.split('\n')
    const leaf = leafHash(new TextEncoder().encode(record.hash))
    const path = proof.path.map(digestToBytes)
    expect(provesInclusion(leaf, proof.index, Number(size), path, Buffer.from(root, 'base64'))).toBe(true)
  })

  it('are rated by the trainee once, by the instructor as often as needed, and both are logged', async () => {
    const { ask, as, recordId, host } = await saved()
    const rating = { items: { 'flow-and-planning': 4 }, overall: 70, comment: 'rushed' }
    expect((await ask('records.rateSelf', { recordId, rating })).record.selfRating).toEqual(rating)
    await expect(ask('records.rateSelf', { recordId, rating })).rejects.toMatchObject({ code: 'record/rated' })
    await expect(ask('records.rateInstructor', { recordId, rating })).rejects.toMatchObject({
      code: 'contract/forbidden-role',
    })
    const teacher = as('teacher')
    await teacher('instructor.setPassphrase', { passphrase: 'correct horse' })
    await teacher('records.rateInstructor', { recordId, rating })
    await ask('records.saveNote', { recordId, note: { side: 'right' } })
    const kinds = await host.store.db.selectFrom('log').select('kind').orderBy('position').execute()
    expect(kinds.map((row) => row.kind)).toEqual(['record', 'rating', 'rating', 'note'])
  })

  it('say so when they were changed in the store', async () => {
    const { ask, recordId, host } = await saved()
    expect(await ask('records.verify', { recordId })).toEqual({ same: true, logged: 'proved' })
    await host.store.db
      .updateTable('records')
      .set({ record_hash: 'b'.repeat(64) })
      .execute()
    expect(await ask('records.verify', { recordId })).toMatchObject({ same: false, logged: 'missing' })
  })

  it('make the curve of their case', async () => {
    const { ask, traineeId } = await saved()
    const { cases } = await ask('progress.get', { traineeId })
    expect(cases).toMatchObject([
      { packId: 'mini-pack', caseId: 'mini', attempts: [{ score: 91.5, deviceClass: 'mouse' }] },
    ])
  })
})
