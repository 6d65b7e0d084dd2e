/** The lattice of a taller or smaller person: organs within the trunk only scale with stature (see `warp.ts`). */
import { scale } from '../vec.ts'
import type { OperativeLattice } from './result.ts'

/**
 * A lattice `size` times as large. Membranes and ties give as before: what stretches them grows as their length does.
 */
export function sized(lattice: OperativeLattice, size: number): OperativeLattice {
  if (size === 1) return lattice
  const { frame, positions, tubes, cavities, surface } = lattice
  const micro = (m: number) => Math.round(m * size * 1e6) * 1e-6
  return {
    ...lattice,
    frame: { ...frame, origin: scale(frame.origin, size) },
    positions: positions.map(micro),
    tubes: tubes.map((tube) => ({
      ...tube,
      calibreMm: tube.calibreMm * size,
      radiiMm: tube.radiiMm.map((radius) => radius * size),
    })),
    cavities: cavities.map((cavity) => ({ ...cavity, volumeMl: cavity.volumeMl * size ** 3 })),
    ...(surface && {
      surface: {
        ...surface,
        stepMm: surface.stepMm * size,
        minMm: scale(surface.minMm, size),
        distances: surface.distances.map((distance) => Math.round(distance * size) + 0),
      },
    }),
  }
}
