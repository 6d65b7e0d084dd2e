import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Hit } from './picker.ts'

export type WorldRay = {
  readonly origin: readonly [number, number, number]
  readonly direction: readonly [number, number, number]
}
/** A hit in world space; `structure` is absent where something other than the body was met. */
export type StageHit = Omit<Hit, 'structure'> & { readonly structure?: Hit['structure'] }
export type Pickable = (ray: WorldRay) => StageHit | null

/** What can be met by a ray in one canvas; the camera turns about it and views name it. */
export class Stage {
  private readonly pickables = new Set<Pickable>()

  add(pickable: Pickable): () => void {
    this.pickables.add(pickable)
    return () => this.pickables.delete(pickable)
  }

  pick(ray: WorldRay): StageHit | null {
    let best: StageHit | null = null
    for (const pickable of this.pickables) {
      const hit = pickable(ray)
      if (hit && (!best || hit.distance < best.distance)) best = hit
    }
    return best
  }
}

const StageContext = createContext<Stage | null>(null)

export function StageProvider({ children, stage }: { children: ReactNode; stage?: Stage }) {
  const value = useMemo(() => stage ?? new Stage(), [stage])
  return <StageContext value={value}>{children}</StageContext>
}

/** The stage of the surrounding canvas. */
export function useStage(): Stage {
  const stage = useContext(StageContext)
  if (!stage) throw new Error('useStage needs a SceneCanvas around it')
  return stage
}
