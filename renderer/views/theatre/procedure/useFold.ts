import { useCallback, useState } from 'react'

export type Fold = 'open' | 'folded'

/** Whether a panel is open; what a person chose is remembered on this device. */
export function useFold(panel: string, first: Fold): readonly [Fold, () => void] {
  const key = `sina-panel-${panel}`
  const [fold, setFold] = useState<Fold>(() => {
    const kept = localStorage.getItem(key)
    return kept === 'open' || kept === 'folded' ? kept : first
  })
  const toggle = useCallback(() => {
    setFold((before) => {
      const next = before === 'open' ? 'folded' : 'open'
      localStorage.setItem(key, next)
      return next
    })
  }, [key])
  return [fold, toggle]
}
