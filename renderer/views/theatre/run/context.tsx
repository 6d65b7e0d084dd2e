import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Case } from '../../../../core/scenario/schema.ts'
import { OBSERVABLE_INDEX, type Observable } from '../../../../core/simulation/observables.ts'
import type { TheatreSound } from '../../../sound/theatresound.ts'
import type { CaseState, LiveCase } from './livecase.ts'
import type { PackTexts } from './texts.ts'

/** What every panel of a running case needs. */
export type Run = {
  readonly live: LiveCase
  readonly clinical: Case
  readonly texts: PackTexts
  /** Folder of the pack's media, as a URL with a slash at the end. */
  readonly media: string
  readonly sound: TheatreSound
}

const RunContext = createContext<Run | null>(null)
export const RunProvider = RunContext.Provider

/** The running case of the surrounding view. */
export function useRun(): Run {
  const run = useContext(RunContext)
  if (!run) throw new Error('useRun needs a RunProvider around it')
  return run
}

/**
 * Part of the state of the running case. What is picked may be a fresh object or list of the same members each time: it
 * counts as unchanged then (a plain store would draw for ever).
 */
export function useCase<T>(pick: (state: CaseState) => T): T {
  return useStore(useRun().live.state, useShallow(pick))
}

/** Reads an observable of the newest snapshot. */
export function reader(live: LiveCase): (name: Observable) => number {
  const { observed } = live.snapshot()
  return (name) => observed[OBSERVABLE_INDEX[name]]
}
