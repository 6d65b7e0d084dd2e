import { HEAD } from './run/snapshot.ts'
import type { StageHandle } from './TissueStage.tsx'

type Exposed = { __sina?: Record<string, unknown> }

/**
 * Read-only windows for end-to-end tests: what a person could see, in figures. Returns the function that takes them
 * away.
 */
export function exposeForTests(handle: StageHandle): () => void {
  const target = window as unknown as Exposed
  const exposed = target.__sina ?? {}
  target.__sina = exposed
  const own = {
    tissue: () => {
      const snapshot = handle.snapshot()
      if (!snapshot) return null
      const { head, tools } = snapshot
      const particles = snapshot.position.slice(0, head[HEAD.particles] * 3)
      return {
        tick: head[HEAD.tick],
        triangles: head[HEAD.triangles],
        drawn: handle.drawn(),
        tools: [...tools],
        position: [...particles],
        rest: [...snapshot.rest.subarray(0, particles.length)],
      }
    },
    project: handle.project,
  }
  Object.assign(exposed, own)
  return () => {
    for (const name of Object.keys(own)) if (exposed[name] === own[name as keyof typeof own]) delete exposed[name]
  }
}
