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
  expect(states.at(-1)).toEqual({ acknowledged: 20, waiting: 0, link: 'up', trouble: null })
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

test('does not repeat what repeating cannot mend, and tells it once', async () => {
  const told: unknown[] = []
  let tries = 0
  const made = new ChunkUploader({
    send: () => {
      tries++
      return Promise.reject(new Error('final'))
    },
    changed: () => undefined,
    isFinal: () => true,
    wait: () => Promise.resolve(),
    acknowledged: 0,
    broke: (error) => told.push(error),
  })
  await made.settled()
  for (let i = 0; i < 5; i++) {
    made.push(chunk(i))
    await Promise.resolve()
    await Promise.resolve()
  }
  expect(tries).toBe(1)
  expect(told).toHaveLength(1)
  await expect(made.settled()).rejects.toThrow('final')
  expect(tries).toBe(2)
})

test('a stopped queue goes on where it stopped when it is tried again', async () => {
  const sent: number[] = []
  let works = false
  const { made } = uploader(async (index) => {
    if (!works) throw new Error('final')
    sent.push(index)
  })
  made.push(chunk(0))
  made.push(chunk(1))
  await expect(made.settled()).rejects.toThrow('final')
  works = true
  await made.settled()
  expect(sent).toEqual([0, 1])
})

test('says why the link is down', async () => {
  let works = false
  const { made, states } = uploader(async () => {
    if (works) return
    works = true
    throw new Error('full')
  })
  made.push(chunk(0))
  await made.settled()
  expect(states.map(({ trouble }) => (trouble instanceof Error ? trouble.message : trouble))).toContain('full')
  expect(states.at(-1)?.trouble).toBeNull()
})
