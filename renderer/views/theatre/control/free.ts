import { Quaternion, type Vector3 } from 'three'
import type { Pose } from './pose.ts'

/**
 * Free steering: the pointer moves the tip in the plane of the screen, the wheel moves it along the line of sight, and
 * dragging with the right button turns the tool about its tip. No surface is assumed.
 */
export type FreeIntent = {
  /** Motion of the pointer since the last step, in metres at the depth of the tip: right, up. */
  right: number
  up: number
  /** Along the line of sight, metres, away from the eye. */
  away: number
  turnRight: number
  turnUp: number
  roll: number
  pace: 'normal' | 'fine'
}

export type ViewAxes = { right: Vector3; up: Vector3; forward: Vector3 }

const FINE = 0.22
const turn = new Quaternion()

/** Moves a pose on. Angles in radians, axes in the body frame. Writes into `pose`. */
export function steerFreely(pose: Pose, intent: FreeIntent, view: ViewAxes): Pose {
  const pace = intent.pace === 'fine' ? FINE : 1
  pose.position
    .addScaledVector(view.right, intent.right * pace)
    .addScaledVector(view.up, intent.up * pace)
    .addScaledVector(view.forward, intent.away * pace)
  pose.rotation.premultiply(turn.setFromAxisAngle(view.up, intent.turnRight * pace))
  pose.rotation.premultiply(turn.setFromAxisAngle(view.right, -intent.turnUp * pace))
  pose.rotation.premultiply(turn.setFromAxisAngle(view.forward, -intent.roll * pace))
  pose.rotation.normalize()
  return pose
}
