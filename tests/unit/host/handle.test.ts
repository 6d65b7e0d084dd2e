import { describe, expect, it } from 'vitest'
import { requests } from '../../../core/contract/requests.ts'
import { hosted } from './hosted.ts'

describe('the door to the services', () => {
  it('knows no names but its own', async () => {
    const { host } = hosted()
    const connection = await host.connections.get('page')
    for (const name of ['', 'nothing', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'x'.repeat(10_000)]) {
      await expect(host.handle(name, {}, connection)).rejects.toMatchObject({ code: 'contract/unknown-request' })
    }
  })

  it('refuses every request above the role of a stranger', async () => {
    const { host } = hosted()
    const connection = await host.connections.get('stranger')
    for (const [name, { role }] of Object.entries(requests)) {
      if (role === 'anyone') continue
      await expect(host.handle(name, {}, connection)).rejects.toMatchObject({ code: 'contract/forbidden-role' })
    }
  })

  it('names what is wrong with an input', async () => {
    const { as } = hosted()
    const input = { name: '', language: 'xx', extra: 1 } as never
    await expect(as('page')('trainees.create', input)).rejects.toMatchObject({
      code: 'contract/invalid-input',
      where: 'trainees.create',
      problems: expect.arrayContaining([expect.objectContaining({ pointer: '/language' })]),
    })
  })

  it('never lets a reply out that the contract does not allow', async () => {
    const atlas = () => [{ body: 'male', state: 'melted' }] as never
    const { as } = hosted({ workshop: { atlas } })
    await expect(as('page')('atlas.status', {})).rejects.toMatchObject({ code: 'contract/invalid-output' })
  })

  it('hides what it did not foresee behind a code', async () => {
    const atlas = () => {
      throw new Error('/secret/path')
    }
    const { as } = hosted({ workshop: { atlas } })
    const failure = await as('page')('atlas.status', {}).catch((error) => error)
    expect(failure.toReply()).toEqual({ code: 'host/internal', params: {}, where: 'atlas.status' })
  })

  it('remembers the safety statement by its version', async () => {
    const { as } = hosted()
    const page = as('page')
    expect((await page('app.info', {})).safety.acceptedAt).toBeNull()
    await page('app.acceptSafety', { version: 0 })
    expect((await page('app.info', {})).safety.acceptedAt).toBeNull()
    const { acceptedAt } = await page('app.acceptSafety', { version: 1 })
    expect((await page('app.info', {})).safety.acceptedAt).toBe(acceptedAt)
  })
})
