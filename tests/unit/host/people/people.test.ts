import { describe, expect, it } from 'vitest'
import type { Ask } from '../hosted.ts'
import { hosted, signedIn } from '../hosted.ts'

const wrongPin = (ask: Ask, id: string) => ask('trainees.signIn', { id, pin: '9999' })

describe('trainees', () => {
  it('are made, changed, removed, restored', async () => {
    const { as } = hosted()
    const page = as('page')
    const teacher = as('teacher')
    await teacher('instructor.setPassphrase', { passphrase: 'correct horse' })
    const id = await signedIn(page)
    const { trainee } = await page('trainees.update', { id, group: 'A', hand: 'left', preferences: { theme: 'dark' } })
    expect(trainee).toMatchObject({
      name: 'Olim',
      group: 'A',
      hand: 'left',
      language: 'uz',
      preferences: { theme: 'dark' },
    })
    await teacher('trainees.remove', { id })
    expect((await page('trainees.list', {})).trainees).toEqual([])
    expect((await page('app.info', {})).identity.trainee).toBeNull()
    await expect(page('trainees.signIn', { id })).rejects.toMatchObject({ code: 'trainee/removed' })
    expect((await teacher('trainees.list', { show: 'all' })).trainees).toHaveLength(1)
    await teacher('trainees.restore', { id })
    await page('trainees.signIn', { id })
  })

  it('with a PIN are let in by it alone, and locked after five wrong ones, over a restart too', async () => {
    const first = hosted()
    const page = first.as('page')
    const { trainee } = await page('trainees.create', { name: 'Nodira', language: 'ru', pin: '2468' })
    const { id } = trainee
    expect(trainee.pin).toBe('set')
    expect(JSON.stringify(trainee)).not.toContain('2468')
    await expect(page('trainees.signIn', { id })).rejects.toMatchObject({ code: 'trainee/pin-required' })
    for (let i = 0; i < 5; i++) await expect(wrongPin(page, id)).rejects.toMatchObject({ code: 'trainee/pin-wrong' })
    const right = { id, pin: '2468' }
    await expect(page('trainees.signIn', right)).rejects.toMatchObject({
      code: 'trainee/locked',
      params: { seconds: 30 },
    })
    await first.close()

    const second = hosted({ data: first.data })
    const again = second.as('page')
    await expect(again('trainees.signIn', right)).rejects.toMatchObject({ code: 'trainee/locked' })
    second.clock.pass(30_000)
    expect((await again('trainees.signIn', right)).identity.trainee?.id).toBe(id)
  })

  it('tried in parallel do not get more chances', async () => {
    const { as } = hosted()
    const page = as('page')
    const { trainee } = await page('trainees.create', { name: 'Nodira', language: 'ru', pin: '2468' })
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => wrongPin(page, trainee.id)))
    const codes = tries.map((one) => (one.status === 'rejected' ? one.reason.code : 'in'))
    expect(codes.filter((code) => code === 'trainee/pin-wrong')).toHaveLength(5)
    expect(codes.filter((code) => code === 'trainee/locked')).toHaveLength(7)
  })

  it('stay signed in over a restart; the instructor does not', async () => {
    const first = hosted()
    const id = await signedIn(first.as('page'))
    await first.as('page')('instructor.setPassphrase', { passphrase: 'correct horse' })
    await first.close()
    const { identity } = await hosted({ data: first.data }).as('page')('app.info', {})
    expect(identity).toMatchObject({ trainee: { id }, instructor: 'locked' })
  })

  it('reach only what is their own', async () => {
    const { as } = hosted()
    const olim = await signedIn(as('a'), 'Olim')
    await signedIn(as('b'), 'Nodira')
    const other = as('b')
    const refused = { code: 'contract/forbidden-role' }
    await expect(other('trainees.update', { id: olim, name: 'X' })).rejects.toMatchObject(refused)
    await expect(other('progress.get', { traineeId: olim })).rejects.toMatchObject(refused)
    await expect(other('records.list', { traineeId: olim })).rejects.toMatchObject(refused)
    await expect(other('sessions.resumable', { traineeId: olim })).rejects.toMatchObject(refused)
  })
})

describe('the instructor', () => {
  it('sets a passphrase once; a change needs the one before', async () => {
    const { as } = hosted()
    const a = as('a')
    expect(await a('instructor.status', {})).toEqual({ passphrase: 'not-set', state: 'locked' })
    await expect(a('instructor.unlock', { passphrase: 'anything' })).rejects.toMatchObject({
      code: 'instructor/not-set',
    })
    await a('instructor.setPassphrase', { passphrase: 'correct horse' })
    expect((await a('instructor.status', {})).state).toBe('unlocked')
    const b = as('b')
    await expect(b('instructor.setPassphrase', { passphrase: 'stolen horse' })).rejects.toMatchObject({
      code: 'instructor/already-set',
    })
    await expect(b('instructor.setPassphrase', { passphrase: 'stolen horse', current: 'guess' })).rejects.toMatchObject(
      {
        code: 'instructor/wrong',
      },
    )
    await b('instructor.setPassphrase', { passphrase: 'better horse', current: 'correct horse' })
    await expect(a('instructor.unlock', { passphrase: 'correct horse' })).rejects.toMatchObject({
      code: 'instructor/wrong',
    })
    await a('instructor.unlock', { passphrase: 'better horse' })
    await a('instructor.lock', {})
    await expect(a('packs.remove', { packId: 'x' })).rejects.toMatchObject({ code: 'contract/forbidden-role' })
  })
})

describe('backups', () => {
  it('are listed for the instructor alone, and one more is taken at a word', async () => {
    const { as, data } = hosted()
    const teacher = as('teacher')
    await teacher('instructor.setPassphrase', { passphrase: 'correct horse' })
    await expect(as('page')('data.backups', {})).rejects.toMatchObject({ code: 'contract/forbidden-role' })
    const { takenAt } = await teacher('data.backup', {})
    const { folder, backups } = await teacher('data.backups', {})
    expect(folder).toBe(data)
    expect(backups[0]).toEqual({ takenAt })
  })
})
