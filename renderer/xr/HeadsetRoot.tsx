import { XR } from '@react-three/xr'
import type { ReactNode } from 'react'
import { xrStore } from './store.ts'

/** Puts the headset around a scene; on the desktop it changes nothing. */
export function HeadsetRoot({ children }: { children: ReactNode }) {
  return <XR store={xrStore}>{children}</XR>
}
