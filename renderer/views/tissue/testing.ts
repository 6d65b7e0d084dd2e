import { EVENTS } from '../../../core/simulation/tissue/events.ts'
import { CLIP_POSE, HEAD } from './run/snapshot.ts'
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
      const events = EVENTS.map((name, i) => [name, snapshot.tally[i]] as const)
      const particles = snapshot.position.slice(0, head[HEAD.particles] * 3)
      return {
        tick: head[HEAD.tick],
        triangles: head[HEAD.triangles],
        drawn: handle.drawn(),
        tools: [...tools],
        position: [...particles],
        rest: [...snapshot.rest.subarray(0, particles.length)],
        burn: [...snapshot.burn.subarray(0, head[HEAD.particles] * 2)],
        puffs: head[HEAD.puffs],
        drops: head[HEAD.drops],
        clips: [...snapshot.clip.subarray(0, head[HEAD.clips] * CLIP_POSE)],
        bledMl: head[HEAD.bledMl],
        sealMmHg: head[HEAD.sealMmHg],
        events: Object.fromEntries(events),
      }
    },
    project: handle.project,
  }
  Object.assign(exposed, own)
  return () => {
    for (const name of Object.keys(own)) if (exposed[name] === own[name as keyof typeof own]) delete exposed[name]
  }
}
