import { Matrix4, Quaternion, Vector3 } from 'three'

/** What one tracked hand does in a frame, in world space. */
export type TrackedHand = {
  handedness: 'left' | 'right'
  kind: 'controller' | 'hand'
  /** Tip of what is held: in front of a controller, between thumb and forefinger of a hand. */
  tip: Vector3
  rotation: Quaternion
  /** Where a ray from this hand starts and where it goes. */
  ray: { origin: Vector3; direction: Vector3 }
  /** 0–1: trigger, or how far thumb and forefinger have closed. */
  trigger: number
  squeeze: number
  /** A or X on a controller. */
  button: number
}

/** How far in front of a controller its tool's tip lies, m: about the length of a held instrument before the fist. */
const REACH_M = 0.13
/** Distance between thumb and forefinger that counts as open and as closed, m. */
const PINCH_OPEN_M = 0.06
const PINCH_SHUT_M = 0.018

const matrix = new Matrix4()
const thumb = new Vector3()

/**
 * Reads an input source. `toWorld` takes the reference space of the session into the scene (where the person stands).
 * Answers null while the source is not tracked.
 */
export function readSource(
  source: XRInputSource,
  frame: XRFrame,
  space: XRReferenceSpace,
  toWorld: Matrix4,
): TrackedHand | null {
  if (source.handedness === 'none') return null
  return source.hand
    ? readHand(source.hand, source.handedness, frame, space, toWorld)
    : readController(source, source.handedness, frame, space, toWorld)
}

function readController(
  source: XRInputSource,
  handedness: 'left' | 'right',
  frame: XRFrame,
  space: XRReferenceSpace,
  toWorld: Matrix4,
): TrackedHand | null {
  const pose = frame.getPose(source.targetRaySpace, space)
  if (!pose) return null
  const hand = blank(handedness, 'controller')
  place(pose.transform.matrix, toWorld, hand.ray.origin, hand.rotation)
  hand.ray.direction.set(0, 0, -1).applyQuaternion(hand.rotation)
  hand.tip.copy(hand.ray.origin).addScaledVector(hand.ray.direction, REACH_M)
  const buttons = source.gamepad?.buttons ?? []
  hand.trigger = buttons[0]?.value ?? 0
  hand.squeeze = buttons[1]?.value ?? 0
  hand.button = buttons[4]?.value ?? 0
  return hand
}

function readHand(
  joints: XRHand,
  handedness: 'left' | 'right',
  frame: XRFrame,
  space: XRReferenceSpace,
  toWorld: Matrix4,
): TrackedHand | null {
  const indexSpace = joints.get('index-finger-tip')
  const thumbSpace = joints.get('thumb-tip')
  const index = indexSpace && frame.getJointPose?.(indexSpace, space)
  const other = thumbSpace && frame.getJointPose?.(thumbSpace, space)
  if (!index || !other) return null
  const hand = blank(handedness, 'hand')
  place(index.transform.matrix, toWorld, hand.ray.origin, hand.rotation)
  hand.ray.direction.set(0, 0, -1).applyQuaternion(hand.rotation)
  const { x, y, z } = other.transform.position
  thumb.set(x, y, z).applyMatrix4(toWorld)
  hand.tip.copy(hand.ray.origin).lerp(thumb, 0.5)
  hand.trigger = pinchOf(hand.ray.origin.distanceTo(thumb))
  return hand
}

/** 0 open … 1 closed, for a distance between thumb and forefinger in metres. */
export function pinchOf(metres: number): number {
  return Math.max(0, Math.min(1, (PINCH_OPEN_M - metres) / (PINCH_OPEN_M - PINCH_SHUT_M)))
}

/** Which engine hand (0 dominant) a side is. */
export function handIndex(handedness: 'left' | 'right', dominant: 'left' | 'right'): 0 | 1 {
  return handedness === dominant ? 0 : 1
}

/** Which side an engine hand (0 dominant) is on. */
export function sideOf(hand: 0 | 1, dominant: 'left' | 'right'): 'left' | 'right' {
  return (hand === 0) === (dominant === 'right') ? 'right' : 'left'
}

const scale = new Vector3()
function place(from: Float32Array, toWorld: Matrix4, position: Vector3, rotation: Quaternion): void {
  matrix.fromArray(from).premultiply(toWorld).decompose(position, rotation, scale)
}

function blank(handedness: 'left' | 'right', kind: 'controller' | 'hand'): TrackedHand {
  return {
    handedness,
    kind,
    tip: new Vector3(),
    rotation: new Quaternion(),
    ray: { origin: new Vector3(), direction: new Vector3(0, 0, -1) },
    trigger: 0,
    squeeze: 0,
    button: 0,
  }
}
