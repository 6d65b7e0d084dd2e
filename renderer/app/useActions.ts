import { useEffect, useSyncExternalStore } from 'react'
import { type Action, actions } from './actions.ts'

/** Registers actions while the component is mounted. Give a stable array (useMemo). */
export function useActions(own: readonly Action[]): void {
  useEffect(() => actions.register(own), [own])
}

/** All actions known now; the component renders again when they or the undo past change. */
export function useActionList(): readonly Action[] {
  useSyncExternalStore(actions.subscribe, actions.version)
  return actions.list()
}
