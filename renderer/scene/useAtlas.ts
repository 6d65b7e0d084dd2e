import { useEffect, useState } from 'react'
import { hostUrl } from '../host/index.ts'
import { type Atlas, disposeAtlas, loadAtlas } from './atlas.ts'

export type AtlasState =
  | { readonly status: 'loading'; readonly done: number; readonly total: number }
  | { readonly status: 'ready'; readonly atlas: Atlas }
  | { readonly status: 'failed'; readonly code: 'atlas/missing' | 'atlas/unreadable' }

type Held = { promise: Promise<Atlas>; users: number; progress: Set<(done: number, total: number) => void> }
const held = new Map<string, Held>()
const LINGER_MS = 20_000

/**
 * A body's atlas, loaded once however many views use it and kept a while after the last.
 * @param revision of the files (`atlas.status`); a new one loads again
 */
export function useAtlas(body: string, lod: number, revision = 0): AtlasState {
  const [state, setState] = useState<AtlasState>({ status: 'loading', done: 0, total: 1 })
  useEffect(() => {
    let wanted = true
    const key = `${body}/${lod}/${revision}`
    const entry = held.get(key) ?? open(key, body, lod)
    entry.users++
    // A body that stands stays on screen until its newer files are there.
    const progress = (done: number, total: number) =>
      wanted && setState((now) => (now.status === 'ready' ? now : { status: 'loading', done, total }))
    entry.progress.add(progress)
    entry.promise.then(
      (atlas) => wanted && setState({ status: 'ready', atlas }),
      (error: unknown) =>
        wanted && setState((now) => (now.status === 'ready' ? now : { status: 'failed', code: codeOf(error) })),
    )
    return () => {
      wanted = false
      entry.progress.delete(progress)
      entry.users--
      setTimeout(() => release(key, entry), LINGER_MS)
    }
  }, [body, lod, revision])
  return state
}

function open(key: string, body: string, lod: number): Held {
  const progress = new Set<(done: number, total: number) => void>()
  const promise = loadAtlas({
    base: hostUrl(`atlas/${body}/`),
    lod,
    onProgress: (done, total) => {
      for (const tell of progress) tell(done, total)
    },
  })
  const entry: Held = { promise, users: 0, progress }
  held.set(key, entry)
  promise.catch(() => held.delete(key))
  return entry
}

function release(key: string, entry: Held): void {
  if (entry.users > 0 || held.get(key) !== entry) return
  held.delete(key)
  void entry.promise.then(disposeAtlas, () => undefined)
}

function codeOf(error: unknown): 'atlas/missing' | 'atlas/unreadable' {
  return error instanceof Error && error.message === 'atlas/missing' ? 'atlas/missing' : 'atlas/unreadable'
}
