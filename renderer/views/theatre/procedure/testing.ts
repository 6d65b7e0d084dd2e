import { OBSERVABLE_INDEX, type Observable } from '../../../../core/simulation/observables.ts'
import type { LiveCase } from '../run/livecase.ts'
import type { StageHandle } from '../stage/TheatreScene.tsx'

type Exposed = { __sina?: Record<string, unknown> }

/**
 * Read-only windows for end-to-end tests: what a person could see, in figures. Nothing here can act; tests use the same
 * mouse and keys as a person. Returns the function that takes them away.
 */
export function exposeForTests(live: LiveCase, handle: StageHandle): () => void {
  const target = window as unknown as Exposed
  const exposed = target.__sina ?? {}
  target.__sina = exposed
  const own: Record<string, unknown> = {
    session: () => summary(live, handle),
    observe: (name: Observable) => live.snapshot().observed[OBSERVABLE_INDEX[name]],
    projected: (uMm: number, vMm: number, wMm?: number) => handle.project(uMm, vMm, wMm),
    field: () => live.setup.patient.field,
  }
  Object.assign(exposed, own)
  return () => {
    for (const name of Object.keys(own)) if (exposed[name] === own[name]) delete exposed[name]
  }
}

function summary(live: LiveCase, handle: StageHandle) {
  const { tick, view, phase, happened, saved, upload, slowedMs, stateHash } = live.state.getState()
  const steps = view?.phases.flatMap((part) => part.steps) ?? []
  const hand = handle.hands.active
  return {
    tick,
    phase,
    slowedMs,
    stateHash,
    saved,
    acknowledged: upload.acknowledged,
    current: steps.find(({ isCurrent }) => isCurrent)?.id ?? null,
    done: steps.filter(({ state }) => state === 'done').map(({ id }) => id),
    errors: view?.errors ?? [],
    ending: view?.ending ?? null,
    side: live.setup.patient.side,
    start: live.setup.start,
    tool: handle.theatre.rack.toolOf(hand),
    hand,
    tip: handle.tip(),
    steering: handle.hands.steeringOf(hand),
    happened: happened.slice(-60),
  }
}
