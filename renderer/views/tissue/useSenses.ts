import { useEffect, useMemo } from 'react'
import { preferences } from '../../app/preferences.ts'
import { TheatreSound } from '../../sound/theatresound.ts'
import { shake, type VibratingPad } from '../../xr/haptics.ts'
import { FieldSound } from './run/fieldsound.ts'
import { FieldTouch } from './run/fieldtouch.ts'
import type { StageHandle } from './TissueStage.tsx'

/** How often sound and touch are brought up to date, ms. */
const STEP_MS = 20

/**
 * A field that is heard, and felt in the gamepad that moves a tool. The first press of a key or button opens the sound;
 * volume, mutes and strength are the person's preferences.
 */
export function useSenses(handle: StageHandle | null, tool: number): void {
  const sound = useMemo(() => new TheatreSound(), [])
  useEffect(() => () => sound.dispose(), [sound])
  useEffect(() => {
    if (!handle) return undefined
    const heard = new FieldSound(sound)
    const felt = new FieldTouch()
    const stop = new AbortController()
    for (const gesture of ['pointerdown', 'keydown'] as const)
      document.addEventListener(gesture, () => sound.wake(), { signal: stop.signal, capture: true })
    const timer = setInterval(() => {
      const snapshot = handle.snapshot()
      if (!snapshot) return
      heard.step(snapshot, performance.now())
      if (tool < 0 || handle.devices()?.lastUsed !== 'gamepad') return
      const pulse = felt.read(snapshot, tool, performance.now(), preferences.getState().haptics)
      if (pulse.amplitude > 0)
        shake(navigator.getGamepads().find((pad) => pad?.connected) as VibratingPad | null | undefined, pulse)
    }, STEP_MS)
    return () => {
      clearInterval(timer)
      stop.abort()
      heard.rest()
    }
  }, [handle, sound, tool])
}
