import { useEffect, useState } from 'react'

/** Whether a session of this device class is done in a headset. */
export function isHeadset(deviceClass: string): boolean {
  return deviceClass.startsWith('xr-')
}

/** Whether this page could enter a headset now; follows headsets that are plugged in or put on. */
export function useHeadset(): 'asking' | 'yes' | 'no' {
  const [there, setThere] = useState<'asking' | 'yes' | 'no'>('asking')
  useEffect(() => {
    const xr = navigator.xr
    if (!xr) {
      setThere('no')
      return undefined
    }
    const ask = () =>
      xr.isSessionSupported('immersive-vr').then(
        (yes) => setThere(yes ? 'yes' : 'no'),
        () => setThere('no'),
      )
    void ask()
    xr.addEventListener('devicechange', ask)
    return () => xr.removeEventListener('devicechange', ask)
  }, [])
  return there
}
