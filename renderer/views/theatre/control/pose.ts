import { Matrix4, Quaternion, Vector3 } from 'three'
import type { InstrumentSample } from '../../../../core/simulation/contract.ts'
import type { Field } from '../stage/field.ts'
import type { Grip } from './grips.ts'
import { type Steering, tipDepthMm } from './steer.ts'

/** A tool's pose in the body frame, metres. */
export type Pose = { position: Vector3; rotation: Quaternion }

const DEGREE = Math.PI / 180
const normal = new Vector3()
const across = new Vector3()
const top = new Vector3()
const basis = new Matrix4()
const lean = new Quaternion()
const axis = new Vector3()
const turn = new Quaternion()

/** A pose to be written into. */
export function newPose(): Pose {
  return { position: new Vector3(), rotation: new Quaternion() }
}

/** The pose that guided steering asks for. */
export function poseOfSteering(state: Steering, square: Grip['square'], field: Field, out: Pose): Pose {
  if (square === 'wall') normal.copy(field.w)
  else field.skinNormal(state.uMm, state.vMm, normal)
  top.copy(field.v).addScaledVector(normal, -field.v.dot(normal)).normalize()
  across.crossVectors(top, normal)
  basis.makeBasis(across, top, normal)
  out.rotation.setFromRotationMatrix(basis)
  // The field of the left side mirrors that of the right, so its u runs against "across": turns mirror with it.
  const hand = across.dot(field.u) < 0 ? -1 : 1
  turn.setFromAxisAngle(axis.set(0, 0, 1), hand * state.roll * DEGREE)
  out.rotation.multiply(turn)
  const leanU = Math.tan(state.leanU * DEGREE)
  const leanV = Math.tan(state.leanV * DEGREE)
  axis
    .copy(normal)
    .addScaledVector(across, hand * leanU)
    .addScaledVector(top, leanV)
    .normalize()
  lean.setFromUnitVectors(normal, axis)
  out.rotation.premultiply(lean)
  field.skinPoint(state.uMm, state.vMm, out.position).addScaledVector(axis, -tipDepthMm(state) / 1000)
  return out
}

/** The integers that cross into the engine: 0.01 mm, int16 quaternion, jaw 0–255. */
export function sampleOf(pose: Pose, jaw: number, buttons: number): InstrumentSample {
  const { position: p, rotation: r } = pose
  return {
    xUm10: [Math.round(p.x * 1e5), Math.round(p.y * 1e5), Math.round(p.z * 1e5)],
    q: [Math.round(r.x * 32767), Math.round(r.y * 32767), Math.round(r.z * 32767), Math.round(r.w * 32767)],
    jaw: Math.max(0, Math.min(255, Math.round(jaw * 255))),
    buttons,
  }
}
