import type { Tool } from '../../../../core/simulation/contract.ts'

/** What the "use" control (left button, Space, trigger) does with a tool. */
export type Use =
  /** Lowers the tip to the working depth while held. */
  | { kind: 'press'; depthMm: number; flag: 'none' | 'use' }
  /** Opens the jaws, or pushes the plunger, while held. */
  | { kind: 'jaw'; most: number }
  /** Lowers the tip and opens the jaws while held; letting go closes them there: a stitch. */
  | { kind: 'stitch'; depthMm: number }
  | { kind: 'none' }

/**
 * How a tool lies in the hand when picked up: lean of the handle towards +u and +v in degrees from the skin's normal,
 * roll about the shaft, and the height of the tip over the skin.
 */
export type Grip = {
  leanU: number
  leanV: number
  roll: number
  hoverMm: number
  deepestMm: number
  /** How fast it is pushed in, mm/s: a blunt tool slowly, so that it does not run on when tissue gives. */
  pushMmS: number
  use: Use
  /** What "straight in" means: square to the skin, or to the rib cage under it, whatever fat lies between. */
  square: 'skin' | 'wall'
  /** What the pointer does once the tool is in the body: swing the handle about the entry, or nothing (a needle in its track). */
  inside: 'swings' | 'holds'
}

const press = (depthMm: number, flag: 'none' | 'use'): Use => ({ kind: 'press', depthMm, flag })

/**
 * One row a tool. Depths are along the shaft. What goes through the wall starts square to the rib cage: a shaft that leans,
 * or stands on a slope of fat, carries the tip sideways under the skin, towards the bundle.
 */
export const grips: Record<Tool, Grip> = {
  none: {
    leanU: 25,
    leanV: 0,
    roll: 0,
    hoverMm: 40,
    deepestMm: 0,
    pushMmS: 40,
    use: { kind: 'none' },
    square: 'skin',
    inside: 'holds',
  },
  finger: {
    leanU: 0,
    leanV: 0,
    roll: 0,
    hoverMm: 14,
    deepestMm: 120,
    pushMmS: 24,
    use: press(7, 'use'),
    square: 'wall',
    inside: 'swings',
  },
  marker: {
    leanU: 30,
    leanV: -16,
    roll: 0,
    hoverMm: 6,
    deepestMm: 6,
    pushMmS: 40,
    use: press(2.5, 'use'),
    square: 'skin',
    inside: 'swings',
  },
  syringe: {
    leanU: 0,
    leanV: 0,
    roll: 0,
    hoverMm: 8,
    deepestMm: 90,
    pushMmS: 20,
    use: { kind: 'jaw', most: 0.5 },
    square: 'wall',
    inside: 'holds',
  },
  scalpel: {
    leanU: 52,
    leanV: 0,
    roll: 90,
    hoverMm: 6,
    deepestMm: 40,
    pushMmS: 30,
    use: press(9, 'none'),
    square: 'skin',
    inside: 'swings',
  },
  forceps: {
    leanU: 0,
    leanV: 0,
    roll: -15,
    hoverMm: 8,
    deepestMm: 120,
    pushMmS: 20,
    use: { kind: 'jaw', most: 1 },
    square: 'wall',
    inside: 'swings',
  },
  'cannula-short': {
    leanU: 0,
    leanV: 0,
    roll: 0,
    hoverMm: 8,
    deepestMm: 45,
    pushMmS: 22,
    use: { kind: 'none' },
    square: 'wall',
    inside: 'holds',
  },
  'cannula-long': {
    leanU: 0,
    leanV: 0,
    roll: 0,
    hoverMm: 8,
    deepestMm: 80,
    pushMmS: 22,
    use: { kind: 'none' },
    square: 'wall',
    inside: 'holds',
  },
  drain: {
    leanU: 0,
    leanV: -6,
    roll: 0,
    hoverMm: 12,
    deepestMm: 320,
    pushMmS: 36,
    use: { kind: 'none' },
    square: 'wall',
    inside: 'swings',
  },
  'trocar-drain': {
    leanU: 0,
    leanV: 0,
    roll: 0,
    hoverMm: 12,
    deepestMm: 320,
    pushMmS: 36,
    use: { kind: 'none' },
    square: 'wall',
    inside: 'swings',
  },
  'needle-driver': {
    leanU: 25,
    leanV: -10,
    roll: 90,
    hoverMm: 8,
    deepestMm: 25,
    pushMmS: 30,
    use: { kind: 'stitch', depthMm: 4 },
    square: 'skin',
    inside: 'swings',
  },
  dressing: {
    leanU: 0,
    leanV: 0,
    roll: 0,
    hoverMm: 25,
    deepestMm: 8,
    pushMmS: 40,
    use: press(5, 'none'),
    square: 'skin',
    inside: 'swings',
  },
}
