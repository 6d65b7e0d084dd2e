import { useCallback, useEffect, useState } from 'react'
import type { Scene } from '../../../core/simulation/scene/schema.ts'
import { TissueRun } from './run/tissuerun.ts'

export type RunState = {
  readonly tick: number
  readonly state: 'running' | 'paused'
  /** How often one can go back. */
  readonly steps: number
  /** Rows of the catalogue of the tools; empty before the first news. */
  readonly kinds: readonly number[]
  readonly fault: { readonly code: string; readonly message: string } | null
}

const BEGINNING: RunState = { tick: 0, state: 'paused', steps: 0, kinds: [], fault: null }

/** A scene in a worker of its own, and how it stands. @param at the moment to open it at, s; null plays at once */
export function useRun(scene: Scene, kernel: WebAssembly.Module, at: number | null) {
  const [run, setRun] = useState<TissueRun | null>(null)
  const [state, setState] = useState<RunState>(BEGINNING)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another worker
  useEffect(() => {
    setState(BEGINNING)
    const made = new TissueRun(scene, kernel, Math.round((at ?? 0) * 100), {
      ready: () => {
        setRun(made)
        if (at === null) made.run('running', 1)
      },
      news: ({ tick, state: now, steps, kinds }) =>
        setState((before) => ({
          ...before,
          tick,
          state: now,
          steps,
          kinds: kinds.join() === before.kinds.join() ? before.kinds : kinds,
        })),
      fault: (code, message) => setState((before) => ({ ...before, state: 'paused', fault: { code, message } })),
    })
    // The picture stays as it is until the next run has something to show.
    return () => made.dispose()
  }, [scene, kernel, at, attempt])
  const again = useCallback(() => setAttempt((value) => value + 1), [])
  return { run, state, again }
}
