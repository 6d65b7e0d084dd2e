import { createXRStore } from '@react-three/xr'
import { hostUrl } from '../host/index.ts'

/**
 * The headset of this page. Controller profiles come from our own host: the library's CDN does not exist offline, and
 * without profiles controllers and their rays never appear. No body or room tracking is asked for.
 */
export const xrStore = createXRStore({
  emulate: false,
  offerSession: false,
  enterGrantedSession: false,
  baseAssetPath: hostUrl('profiles/'),
  handTracking: true,
  bodyTracking: false,
  anchors: false,
  meshDetection: false,
  planeDetection: false,
  hitTest: false,
  depthSensing: false,
  domOverlay: false,
  layers: false,
  foveation: 0.6,
  controller: { grabPointer: false, teleportPointer: false, rayPointer: { cursorModel: false } },
  hand: { grabPointer: false, teleportPointer: false, touchPointer: false, rayPointer: false },
  gaze: false,
  screenInput: false,
  transientPointer: false,
})
