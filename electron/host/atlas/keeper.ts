import { existsSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'
import type { AtlasBody } from '../../../core/contract/atlas.ts'
import type { EventBus } from '../eventbus.ts'
import type { AppPaths } from '../paths.ts'
import { type AtlasBuild, type AtlasStep, runAtlasBuild } from './buildprocess.ts'
import { readStamp, sourcesStamp, writeStamp } from './stamp.ts'

/** The slim man comes first: he is what the first screen shows. The chests are what the theatre lays on its table. */
const BODIES = ['male', 'male-chest', 'female-chest', 'female'] as const

/** Fewest ms between two messages of progress. */
const TELL_EVERY_MS = 200

/** Quiet time after a change before a build begins, ms. */
const SETTLE_MS = 150

/** Knows how far the bodies are, has them built, tells everyone. */
export function createAtlasKeeper(
  paths: AppPaths,
  bus: EventBus,
  report: (error: unknown) => void,
  build: AtlasBuild = runAtlasBuild,
) {
  const states = new Map<string, AtlasBody>(BODIES.map((body) => [body, initial(paths.atlas, body)]))
  let running: Promise<void> | undefined
  let toldAt = 0
  const stopping = new AbortController()

  function set(body: string, change: Partial<AtlasBody>, tell: 'now' | 'sometimes'): void {
    const next = { ...(states.get(body) ?? initial(paths.atlas, body)), ...change }
    states.set(body, next)
    if (tell === 'sometimes' && performance.now() - toldAt < TELL_EVERY_MS) return
    toldAt = performance.now()
    bus.emit({ event: 'atlas.progress', payload: next })
  }

  function advance({ body, done, total, structure }: AtlasStep): void {
    const before = states.get(body)?.revision
    const revision = revisionOf(paths.atlas, body)
    const change = { state: 'building', done, total, structure, revision } as const
    set(body, change, revision === before ? 'sometimes' : 'now')
  }

  async function run(): Promise<void> {
    const stamp = sourcesStamp(paths.root)
    if (stamp === readStamp(paths.atlas) && BODIES.every((body) => revisionOf(paths.atlas, body) > 0)) return
    for (const body of BODIES) set(body, { state: 'building', done: 0, structure: null }, 'now')
    try {
      const defects = await build(paths.root, advance, stopping.signal)
      for (const body of BODIES) settle(body, defects[body] ?? [])
      writeStamp(paths.atlas, stamp)
    } catch (error) {
      if (!stopping.signal.aborted) report(error)
      for (const body of BODIES) settle(body, [])
    }
  }

  function settle(body: string, defects: AtlasBody['defects']): void {
    const revision = revisionOf(paths.atlas, body)
    set(body, { state: revision > 0 ? 'ready' : 'failed', structure: null, revision, defects }, 'now')
  }

  return {
    status: (): AtlasBody[] => [...states.values()],
    /** Builds what does not come from the present sources, unless a build runs already. A packaged app carries its bodies and builds nothing. */
    build(): Promise<void> {
      if (!existsSync(join(paths.root, 'electron', 'cli.ts'))) return Promise.resolve()
      running ??= run().finally(() => {
        running = undefined
      })
      return running
    },
    /** From here on, builds again whenever a definition is saved; only where the bodies are built at all. */
    watch(): void {
      if (!existsSync(join(paths.root, 'electron', 'cli.ts')) || stopping.signal.aborted) return
      let waiting: NodeJS.Timeout | undefined
      const again = (): void => {
        clearTimeout(waiting)
        // A save is often several writes; a build that still runs is waited for.
        waiting = setTimeout(() => (running ? void running.then(again) : void this.build()), SETTLE_MS)
      }
      const watcher = watch(join(paths.root, 'assets'), { recursive: true, persistent: false }, again)
      watcher.on('error', report)
      stopping.signal.addEventListener('abort', () => {
        clearTimeout(waiting)
        watcher.close()
      })
    },
    stop: () => stopping.abort(),
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
