import { Euler, type Matrix4, Quaternion, Vector3 } from 'three'
import { TABLE } from './furniture.ts'

const flat = new Quaternion().setFromEuler(new Euler(-Math.PI / 2, 0, 0))
const tilt = new Quaternion()
const turn = new Quaternion()
const shift = new Vector3()
const ONE = new Vector3(1, 1, 1)
const across = new Vector3(1, 0, 0)

/** Rotation of the back rest in the world for a head-up angle. */
export function backRestRotation(headUpDegrees: number, out: Quaternion): Quaternion {
  return out.setFromAxisAngle(across, (headUpDegrees * Math.PI) / 180)
}

/**
 * Body frame → world for a patient lying on the back rest: back on the mattress, head raised about the hip hinge.
 *
 * @param backZ z of the body's back (the lowest skin of the trunk) in the body frame, metres
 */
export function supine(headUpDegrees: number, backZ: number, out: Matrix4): Matrix4 {
  backRestRotation(headUpDegrees, tilt)
  turn.copy(tilt).multiply(flat)
  shift.set(0, -TABLE.hingeBodyY, -backZ).applyQuaternion(turn)
  shift.y += TABLE.hinge
  return out.compose(shift, turn, ONE)
}
