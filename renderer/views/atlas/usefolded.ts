import { useState } from 'react'

type Folded = 'open' | 'folded'

/** Whether a panel is folded away; remembered on this device. */
export function useFolded(panel: string): [Folded, (value: Folded) => void] {
  const key = `sina-panel-${panel}`
  const [value, setValue] = useState<Folded>(() => (localStorage.getItem(key) === 'folded' ? 'folded' : 'open'))
  return [
    value,
    (next) => {
      localStorage.setItem(key, next)
      setValue(next)
    },
  ]
}
