import { expect, test } from 'vitest'
import { ChunkUploader, type UploadState } from '../../../../renderer/simulation/uploader.ts'

const chunk = (index: number) => ({ index, bytes: new Uint8Array([index]), hash: String(index) })

function uploader(send: (index: number) => Promise<void>, acknowledged = 0) {
  const states: UploadState[] = []
  const made = new ChunkUploader({
    send: ({ index }) => send(index),
    changed: (state) => states.push(state),
    isFinal: (error) => error instanceof Error && error.message === 'final',
    wait: () => Promise.resolve(),
    acknowledged,
  })
  return { made, states }
}

test('sends in order, one at a time, and counts only what was acknowledged', async () => {
  const sent: number[] = []
  let running = 0
  const { made, states } = uploader(async (index) => {
    running++
    expect(running).toBe(1)
    await Promise.resolve()
    sent.push(index)
    running--
  })
  for (let i = 0; i < 20; i++) made.push(chunk(i))
  await made.settled()
  expect(sent).toEqual([...Array(20).keys()])
  expect(states.at(-1)).toEqual({ acknowledged: 20, waiting: 0, link: 'up' })
})

test('keeps a chunk through a broken link and tells that it is down', async () => {
  const sent: number[] = []
  let failures = 3
  const { made, states } = uploader(async (index) => {
    if (failures-- > 0) throw new Error('offline')
    sent.push(index)
  })
  made.push(chunk(0))
  made.push(chunk(1))
  await made.settled()
  expect(sent).toEqual([0, 1])
  expect(states.some(({ link }) => link === 'down')).toBe(true)
  expect(states.at(-1)?.link).toBe('up')
})

test('passes over what the host already holds when a case is resumed', async () => {
  const sent: number[] = []
  const { made } = uploader(async (index) => void sent.push(index), 3)
  for (let i = 0; i < 5; i++) made.push(chunk(i))
  await made.settled()
  expect(sent).toEqual([3, 4])
})

test('does not repeat what repeating cannot mend', async () => {
  const { made } = uploader(() => Promise.reject(new Error('final')))
  const failed = expect(made.settled()).resolves.toBeUndefined()
  await failed
  made.push(chunk(0))
  await expect(made.settled()).rejects.toThrow('final')
})
