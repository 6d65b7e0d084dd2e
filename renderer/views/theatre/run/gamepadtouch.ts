/** Vibration of a desktop's gamepad with the hand that it steers. */
import { useEffect } from 'react'
import { preferences } from '../../../app/preferences.ts'
import { shake, type VibratingPad } from '../../../xr/haptics.ts'
import type { StageHandle } from '../stage/TheatreScene.tsx'
import type { LiveCase } from './livecase.ts'
import { TouchReader } from './touch.ts'

const STEP_MS = 16

/** Shakes the first gamepad while one is in use; a person at the mouse is left alone. */
export function useGamepadTouch(live: LiveCase, handle: StageHandle | null): void {
  useEffect(() => {
    if (!handle) return undefined
    const touch = new TouchReader()
    const timer = setInterval(() => {
      const { haptics } = preferences.getState()
      const pulse = touch.read(handle.hands.active, live.snapshot(), performance.now(), haptics)
      if (pulse.amplitude > 0 && handle.devices.lastUsed === 'gamepad')
        shake(navigator.getGamepads().find((pad) => pad?.connected) as VibratingPad | null | undefined, pulse)
    }, STEP_MS)
    return () => clearInterval(timer)
  }, [live, handle])
}
