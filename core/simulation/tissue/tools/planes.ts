/** Where tissue comes apart bluntly: natural planes, and the stretch across them from which they part. */
import type { Plane } from '../cutting/dissect.ts'
import { materialNumber } from '../materials.ts'

/** Loose tissue around organs, and the gallbladder's bed. The stretches are estimates, for review. */
export const PLANES: readonly Plane[] = [
  plane('fat', 'liver', 1.12),
  plane('fat', 'gallbladder wall', 1.12),
  plane('fat', 'bile duct', 1.12),
  plane('fat', 'artery', 1.12),
  plane('fat', 'bowel wall', 1.12),
  plane('fat', 'muscle', 1.15),
  plane('gallbladder wall', 'liver', 1.15),
]

/** A jet under pressure parts the same planes as soon as they gape (hydrodissection). */
export const JET_PLANES = partingFrom(1.03)

/** What is injected at a plane parts it as it is: loose tissue bears less than the plunger presses. */
export const INJECTED_PLANES = partingFrom(0)

function partingFrom(stretch: number): readonly Plane[] {
  return PLANES.map(({ materials }) => ({ materials, stretch }))
}

function plane(one: string, other: string, stretch: number): Plane {
  return { materials: [materialNumber(one), materialNumber(other)], stretch }
}
