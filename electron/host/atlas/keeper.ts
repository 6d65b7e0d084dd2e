import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { AtlasBody } from '../../../core/contract/atlas.ts'
import type { EventBus } from '../eventbus.ts'

/** What a build tells on its way. */
export type AtlasProgress = { done: number; total: number; structure: string | null }

export type AtlasDefect = AtlasBody['defects'][number]

/** Builds one body; answers with the structures that could not be made. */
export type AtlasBuilder = (body: string, progress: (at: AtlasProgress) => void) => Promise<{ defects: AtlasDefect[] }>

export const bodies = ['male', 'female'] as const

/** Knows how far the bodies are, builds them one after the other, tells everyone. */
export function createAtlasKeeper(
  folder: string,
  builder: AtlasBuilder,
  bus: EventBus,
  report: (error: unknown) => void,
) {
  const states = new Map<string, AtlasBody>(bodies.map((body) => [body, initial(folder, body)]))
  let running: Promise<void> | undefined

  function set(body: string, change: Partial<AtlasBody>): void {
    const next = { ...(states.get(body) ?? initial(folder, body)), ...change }
    states.set(body, next)
    bus.emit({ event: 'atlas.progress', payload: next })
  }

  async function buildOne(body: string): Promise<void> {
    set(body, { state: 'building', done: 0, structure: null })
    let shown = revisionOf(folder, body)
    try {
      const { defects } = await builder(body, ({ done, total, structure }) => {
        const revision = revisionOf(folder, body)
        const state = revision > 0 ? 'ready' : 'building'
        if (revision !== shown || done % 4 === 0)
          set(body, { state: done < total ? 'building' : state, done, total, structure, revision })
        shown = revision
      })
      set(body, { state: 'ready', structure: null, defects, revision: revisionOf(folder, body) })
    } catch (error) {
      report(error)
      set(body, { state: revisionOf(folder, body) > 0 ? 'ready' : 'failed', structure: null })
    }
  }

  return {
    status: (): AtlasBody[] => [...states.values()],
    build(): Promise<void> {
      running ??= (async () => {
        for (const body of bodies) await buildOne(body)
        running = undefined
      })()
      return running
    },
  }
}

function initial(folder: string, body: string): AtlasBody {
  const revision = revisionOf(folder, body)
  return {
    body,
    state: revision > 0 ? 'ready' : 'missing',
    revision,
    done: 0,
    total: 0,
    structure: null,
    defects: [],
    base: `/atlas/${body}/`,
  }
}

/** Time of the index in whole ms: rises whenever the body was written again. 0 when there is none. */
function revisionOf(folder: string, body: string): number {
  const index = join(folder, body, 'atlas.json')
  return existsSync(index) ? Math.floor(statSync(index).mtimeMs) : 0
}
