/** The edge to vibrating hardware: controllers of a headset and gamepads. What to give is decided in `feel.ts`. */
import type { Pulse } from './feel.ts'

/** The two ways in which browsers let a pad vibrate. */
type Pulsing = { pulse(value: number, ms: number): Promise<unknown> }
type Rumbling = {
  playEffect(
    type: 'dual-rumble',
    effect: { duration: number; weakMagnitude: number; strongMagnitude: number },
  ): Promise<unknown>
}
export type VibratingPad = {
  readonly hapticActuators?: readonly (Pulsing | null)[] | null
  readonly vibrationActuator?: Partial<Rumbling> | null
}

/**
 * Gives one pulse, through `hapticActuators` (WebXR controllers) or `vibrationActuator` (gamepads). Says whether there
 * was anything to shake. Hardware that refuses is no fault: a pulse that is lost is not made up for.
 */
export function shake(pad: VibratingPad | null | undefined, { amplitude, ms }: Pulse): 'given' | 'none' {
  if (!pad || !(amplitude > 0)) return 'none'
  const [first] = pad.hapticActuators ?? []
  if (first) {
    void first.pulse(amplitude, ms).catch(ignored)
    return 'given'
  }
  if (!pad.vibrationActuator?.playEffect) return 'none'
  // The weak motor is the fast one: it draws short pulses, the heavy one would smear them.
  const effect = { duration: ms, weakMagnitude: amplitude, strongMagnitude: amplitude * amplitude }
  void pad.vibrationActuator.playEffect('dual-rumble', effect).catch(ignored)
  return 'given'
}

const ignored = (): void => undefined

/** The controller on a side. */
export function padOf(sources: Iterable<XRInputSource>, side: 'left' | 'right'): VibratingPad | null {
  for (const { handedness, gamepad } of sources)
    if (handedness === side && gamepad) return gamepad as unknown as VibratingPad
  return null
}
