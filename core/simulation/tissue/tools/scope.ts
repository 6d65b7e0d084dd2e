/** What an endoscope sees: the camera's pose from where its shaft is. */
import { cos, sin } from '../../exactmath.ts'
import { INSTRUMENTS } from './catalogue.ts'
import { toolFrame } from './frame.ts'
import { TOOL } from './tool.ts'

const axis = new Float64Array(9)

/**
 * Fills `pose` with the eye (m) and the unit directions in which a scope looks and that is up in its picture. An oblique
 * scope looks away from its light post (`up` of the tool), so turning the shaft looks around. @param roll radians by
 * which the camera head is turned on the eyepiece: the horizon turns the other way
 */
export function scopePose(tool: Float64Array, roll: number, pose: Float64Array): void {
  const { view } = INSTRUMENTS[tool[TOOL.kind]]
  const angle = view?.oblique ?? 0
  const c = cos(angle)
  const s = sin(angle)
  toolFrame(tool, axis)
  const turn = cos(roll)
  const aside = sin(roll)
  for (let i = 0; i < 3; i++) {
    pose[i] = tool[TOOL.ax + i]
    pose[3 + i] = -c * axis[i] - s * axis[3 + i]
    pose[6 + i] = turn * (c * axis[3 + i] - s * axis[i]) + aside * axis[6 + i]
  }
}
