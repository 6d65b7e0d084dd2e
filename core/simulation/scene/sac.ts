/** A hollow organ of one wall in a scene: a bag that lies on its side, narrower towards its neck, whole or laid open. */
import { z } from 'zod'
import { cos, PI, sin } from '../exactmath.ts'
import type { HeldLattice } from '../tissue/load.ts'
import { MATERIALS, materialNumber } from '../tissue/materials.ts'
import { splitCell } from './tube.ts'

export const sacSchema = z.strictObject({
  shape: z.literal('sac'),
  /** Middle of where it lies; it runs to the right, from its neck to its fundus. */
  atMm: z.tuple([z.number(), z.number(), z.number()]),
  lengthMm: z.number().min(4).max(300),
  /** How wide it would be in its middle if it did not taper. */
  widthMm: z.number().min(4).max(300),
  wallMm: z.number().min(0.5).max(20),
  /** How much narrower it is at its neck than at its fundus, as a share. */
  taper: z.number().min(0).max(0.8).default(0),
  /** Its roof is taken off: between two shares of its cells along it, and a share of those around it. */
  window: z
    .strictObject({ from: z.number().min(0).max(1), to: z.number().min(0).max(1), around: z.number().min(0).max(0.5) })
    .optional(),
  /** Cells along it and around it; one through its wall. */
  cells: z.tuple([z.int().min(4).max(60), z.int().min(6).max(60)]),
  material: z.enum(MATERIALS.map(({ name }) => name)),
  held: z.array(z.enum(['neck', 'below'])),
})

type Sac = z.infer<typeof sacSchema>

const MM = 0.001
/** It sinks into itself where it lies, to this share of how high it would stand. */
const SUNK = 0.85
/** The part of its length that is held at its neck. */
const NECK = 0.12

/** Lays a sac: rings of its inner and outer face, closed by a point of each at either end. */
export function laySac(one: Sac): HeldLattice {
  const [along, around] = one.cells
  const positions: number[] = []
  const held: number[] = []
  const known = new Map<number, number>()
  const place = (i: number, turn: number, k: number): number => {
    const j = i === 0 || i === along ? 0 : turn % around
    const key = (i * around + j) * 2 + k
    const before = known.get(key)
    if (before !== undefined) return before
    const number = known.size
    known.set(key, number)
    if (isHeld(one, i, j, k)) held.push(number)
    positions.push(...pointOf(one, i, j, k))
    return number
  }
  const tetrahedra: number[] = []
  for (let i = 0; i < along; i++)
    for (let j = 0; j < around; j++) {
      if (isOpen(one, i, j)) continue
      // At the ends the cells are wedges.
      tetrahedra.push(...splitCell((c) => place(i + (c & 1), j + ((c >> 1) & 1), c >> 2)).flat())
    }
  const materials = new Uint8Array(tetrahedra.length / 4).fill(materialNumber(one.material))
  return { lattice: { positions, tetrahedra, materials }, held }
}

/** Where the corner of ring `i` at turn `j` lies, m; `k`: 0 on the inner face, 1 on the outer. */
function pointOf({ atMm, lengthMm, widthMm, wallMm, taper, cells }: Sac, i: number, j: number, k: number) {
  const inset = k === 0 ? wallMm : 0
  const x = -cos((PI * i) / cells[0])
  const turn = (2 * PI * j) / cells[1]
  const half = (widthMm / 2) * (1 - (taper * (1 - x)) / 2)
  const radius = i === 0 || i === cells[0] ? 0 : (half - inset) * sin((PI * i) / cells[0])
  const height = SUNK * half + radius * cos(turn)
  return [
    (atMm[0] + x * (lengthMm / 2 - inset)) * MM,
    (atMm[1] + Math.max(inset, height)) * MM,
    (atMm[2] + radius * sin(turn)) * MM,
  ]
}

function isHeld(one: Sac, i: number, j: number, k: number): boolean {
  if (one.held.includes('neck') && 2 * NECK - 1 > -cos((PI * i) / one.cells[0])) return true
  return one.held.includes('below') && k === 1 && pointOf(one, i, j, k)[1] === one.atMm[1] * MM
}

/** Whether the cell from ring `i` and turn `j` on is taken off. */
function isOpen({ window, cells: [along, around] }: Sac, i: number, j: number): boolean {
  if (!window || i < window.from * along || i + 1 > window.to * along) return false
  const fromTop = Math.min(j + 0.5, around - j - 0.5)
  return fromTop < (window.around * around) / 2
}
