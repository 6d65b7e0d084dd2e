import { useEffect } from 'react'
import { createStore, useStore } from 'zustand'
import type { AtlasBody } from '../../core/contract/index.ts'
import { host } from '../host/index.ts'

const bodies = createStore<{ readonly byName: Readonly<Record<string, AtlasBody>> }>(() => ({ byName: {} }))
let followed: 'no' | 'yes' = 'no'

/** How far a body's files are; undefined until the host has said. */
export function useAtlasBody(name: string): AtlasBody | undefined {
  useEffect(follow, [])
  return useStore(bodies, (value) => value.byName[name])
}

function follow(): void {
  if (followed === 'yes') return
  followed = 'yes'
  host().on('atlas.progress', put)
  host()
    .request('atlas.status', {})
    .then(
      (reply) => {
        for (const body of reply.bodies) put(body)
      },
      () => {
        // Asked again by the next view that needs it.
        followed = 'no'
      },
    )
}

function put(body: AtlasBody): void {
  bodies.setState(({ byName }) => ({ byName: { ...byName, [body.body]: body } }))
}
