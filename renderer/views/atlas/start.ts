import { layerOf } from '../../../core/anatomy/outline.ts'
import type { Atlas } from '../../scene/atlas.ts'
import type { Dissection } from '../../scene/dissection.ts'

/** Muscles, the third layer: recognisable at once, and everything else is one press away. */
const START_LAYER = 2

/** How the atlas opens when no link says otherwise. */
export function startingDissection(atlas: Atlas): { dissection: Dissection; layer: number } {
  const opacity: Record<string, number> = {}
  const outer = atlas.structures.filter((structure) => layerOf(structure) < START_LAYER)
  // A body without muscles would open empty.
  if (outer.length === atlas.structures.length) return { dissection: { opacity, selected: null }, layer: 0 }
  for (const { id } of outer) opacity[id] = 0
  return { dissection: { opacity, selected: null }, layer: START_LAYER }
}
