import { useCallback } from 'react'
import { createStore, useStore } from 'zustand'

export type Folded = 'open' | 'folded'

const keyOf = (panel: string) => `sina-panel-${panel}`
const panels = createStore<Readonly<Record<string, Folded>>>(() => ({}))

const kept = (panel: string): Folded => (localStorage.getItem(keyOf(panel)) === 'folded' ? 'folded' : 'open')

/** Folds a panel away or opens it, from anywhere; remembered on this device. */
export function setFolded(panel: string, value: Folded): void {
  localStorage.setItem(keyOf(panel), value)
  panels.setState({ [panel]: value })
}

/** Whether a panel is folded away, and what changes it. */
export function useFolded(panel: string): [Folded, (value: Folded) => void] {
  const value = useStore(panels, (all) => all[panel]) ?? kept(panel)
  const set = useCallback((next: Folded) => setFolded(panel, next), [panel])
  return [value, set]
}
