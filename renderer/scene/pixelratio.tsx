import { useThree } from '@react-three/fiber'
import { createContext, useCallback, useContext } from 'react'

/** Tells the canvas which pixel ratio it is drawn with, so that it keeps it when the page around it is rendered anew. */
export const PixelRatio = createContext<(ratio: number) => void>(() => {
  throw new Error('usePixelRatio needs a SceneCanvas around it')
})

/** Gives the surrounding canvas another pixel ratio at once. It is empty until it is drawn. */
export function usePixelRatio(): (ratio: number) => void {
  const keep = useContext(PixelRatio)
  const setDpr = useThree((state) => state.setDpr)
  return useCallback(
    (ratio) => {
      setDpr(ratio)
      keep(ratio)
    },
    [setDpr, keep],
  )
}
