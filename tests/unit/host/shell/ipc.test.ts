import { describe, expect, it } from 'vitest'
import { answerIpc } from '../../../../electron/shell/ipc.ts'
import { hosted } from '../hosted.ts'

const own = { frame: { url: 'app://sina/', parent: null }, windowId: 1 }

function asking() {
  const { host } = hosted()
  return (message: unknown[], sender: Parameters<typeof answerIpc>[2] = own) =>
    answerIpc(host.handle, host.connections, sender, message)
}

describe('requests over IPC', () => {
  it('go through the same door', async () => {
    const ask = asking()
    expect(await ask(['app.info', '{}'])).toMatchObject({ ok: { version: '0.1.0' } })
    expect(await ask(['packs.remove', '{"packId":"x"}'])).toMatchObject({ error: { code: 'contract/forbidden-role' } })
  })

  it('are refused from other frames and in other forms', async () => {
    const ask = asking()
    const code = async (...call: Parameters<typeof ask>) =>
      ((await ask(...call)) as { error: { code: string } }).error.code
    expect(await code(['app.info', '{}'], { frame: { url: 'https://evil.example/', parent: null }, windowId: 1 })).toBe(
      'contract/forbidden-origin',
    )
    expect(await code(['app.info', '{}'], { frame: null, windowId: 1 })).toBe('contract/forbidden-origin')
    expect(await code(['app.info', {}])).toBe('contract/bad-json')
    expect(await code(['app.info'])).toBe('contract/bad-json')
    expect(await code(['app.info', '{"__proto__":1}'])).toBe('contract/bad-json')
    expect(await code(['x'.repeat(81), '{}'])).toBe('contract/bad-json')
    expect(await code(['constructor', '{}'])).toBe('contract/unknown-request')
  })

  it('of two windows are two people', async () => {
    const ask = asking()
    const made = (await ask(['trainees.create', '{"name":"Olim","language":"uz"}'])) as {
      ok: { trainee: { id: string } }
    }
    await ask(['trainees.signIn', JSON.stringify({ id: made.ok.trainee.id })])
    expect(await ask(['app.info', '{}'])).toMatchObject({ ok: { identity: { trainee: { name: 'Olim' } } } })
    expect(await ask(['app.info', '{}'], { ...own, windowId: 2 })).toMatchObject({
      ok: { identity: { trainee: null } },
    })
  })
})
