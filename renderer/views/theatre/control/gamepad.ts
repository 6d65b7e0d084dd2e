/** What a standard gamepad asks for. Rates −1 … 1; one-shot buttons as presses. */
export type PadReading = {
  moveRight: number
  moveUp: number
  leanRight: number
  leanUp: number
  depth: number
  roll: number
  use: number
  aspirate: 'held' | 'free'
  brace: 'held' | 'free'
  fine: 'held' | 'free'
}

type PadButton = { readonly value: number; readonly pressed: boolean }
export type PadSource = { readonly axes: readonly number[]; readonly buttons: readonly PadButton[] }

const DEAD = 0.14

/** Takes the resting wobble out of a stick and bends the rest so that small motions are fine. */
export function stick(value: number): number {
  const size = Math.abs(value)
  if (size < DEAD) return 0
  const rest = (size - DEAD) / (1 - DEAD)
  return Math.sign(value) * rest * rest
}

/**
 * Standard mapping: left stick moves, right stick leans, right trigger uses (jaw, plunger, blade), bumpers push in and
 * draw out, left trigger slows, A and B roll, X aspirates, Y braces.
 */
export function readPad(pad: PadSource): PadReading {
  const button = (index: number) => pad.buttons[index]?.value ?? 0
  const held = (index: number) => (pad.buttons[index]?.pressed ? 'held' : 'free')
  return {
    moveRight: stick(pad.axes[0] ?? 0),
    moveUp: -stick(pad.axes[1] ?? 0),
    leanRight: stick(pad.axes[2] ?? 0),
    leanUp: -stick(pad.axes[3] ?? 0),
    depth: button(5) - button(4),
    roll: button(1) - button(0),
    use: button(7),
    aspirate: held(2),
    brace: held(3),
    fine: (pad.buttons[6]?.value ?? 0) > 0.4 ? 'held' : 'free',
  }
}
