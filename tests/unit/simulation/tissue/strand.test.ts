import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadLattice } from '../../../../core/simulation/tissue/load.ts'
import { COUNT, createTissueMemory } from '../../../../core/simulation/tissue/memory.ts'
import { measured, measureTet } from '../../../../core/simulation/tissue/mesh/volume.ts'
import { strandLattice } from '../../../../core/simulation/tissue/strand.ts'

test('a strand is sound however it bends, and has the volume of a round one within a fifth', () => {
  const aside = fc.double({ min: -0.004, max: 0.004, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(aside, aside), { minLength: 3, maxLength: 6 }),
      fc.integer({ min: 2, max: 4 }),
      (bends, across) => {
        const radius = 0.002
        const stations = bends.map(([x, y], i) => ({ at: [x, y, i * 0.01], radius }))
        const lattice = strandLattice(stations, across, 0)
        const memory = createTissueMemory({ particles: 6000, tets: 20_000, edges: 4 })
        loadLattice(memory, lattice)
        let volume = 0
        for (let tet = 0; tet < memory.counts[COUNT.tets]!; tet++) {
          measureTet(memory, memory.rest, tet)
          expect(measured[1]).toBeGreaterThan(0.08)
          volume += measured[0]!
        }
        const length = stations.slice(1).reduce((sum, { at }, i) => {
          const from = stations[i]!.at
          return sum + Math.hypot(at[0]! - from[0]!, at[1]! - from[1]!, at[2]! - from[2]!)
        }, 0)
        const share = volume / (Math.PI * radius * radius * length)
        expect(share).toBeGreaterThan(0.8)
        expect(share).toBeLessThan(1.2)
      },
    ),
    { numRuns: 25 },
  )
})
