/**
 * Guidewires: a stiff shaft with a floppy tip of a given curve at rest. The hand turns the shaft; twist runs along the
 * wire to the tip, which turns with it.
 */
import type { TissueMemory } from '../memory.ts'
import { turn } from './frames.ts'
import { rodMaterial } from './materials.ts'
import { addRod, setMaterial, shapeAtRest, type ThreadMemory } from './memory.ts'

export type TipShape = {
  /** Length of the floppy part, m. */
  readonly floppy: number
  /** Length of the curve at its end, m, and radius of the curve, m. */
  readonly curve: number
  readonly radius: number
}

/** Usual tips: a J of 3 mm and an angled tip. */
export const TIPS = {
  j3: { floppy: 60e-3, curve: 10e-3, radius: 3e-3 },
  angled: { floppy: 30e-3, curve: 8e-3, radius: 10e-3 },
  straight: { floppy: 30e-3, curve: 0, radius: 1 },
} as const satisfies Readonly<Record<string, TipShape>>

/**
 * Adds a 0.035-inch guidewire laid straight along `points` (x y z …, metres), tip first: it springs into its curve when
 * free. Returns the number of the rod.
 */
export function addGuidewire(t: ThreadMemory, tissue: TissueMemory, points: ArrayLike<number>, tip: TipShape): number {
  const rod = addRod(t, tissue, points, rodMaterial('guidewire-035'))
  const first = t.first[rod]!
  const last = first + t.segments[rod]!
  let along = 0
  for (let s = first; s < last && along < tip.floppy; s++) {
    setMaterial(t, s, rodMaterial('guidewire-tip'))
    if (s > first && along < tip.curve) shapeAtRest(t, s, 1 / tip.radius, 0, 0)
    along += t.length[s]!
  }
  t.shaped[rod] = 1
  return rod
}

/** Holds the turn of a segment: its frame then only moves with `turnHeld`. */
export function holdTurn(t: ThreadMemory, segment: number): void {
  t.clamped[segment] = 1
}

/** Turns a held segment by an angle in radians about itself, from its first to its second vertex. */
export function turnHeld(t: ThreadMemory, segment: number, angle: number): void {
  turn(t.frame, segment, angle)
}
