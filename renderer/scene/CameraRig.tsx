import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useRef } from 'react'
import { MathUtils, type PerspectiveCamera } from 'three'
import { type CameraControl, FIELD_OF_VIEW } from './cameracontrol.ts'
import { GestureReader } from './gestures.ts'
import { axesOf, orbit, pan, rayThrough, type Vec3, zoom } from './orbit.ts'
import { type StageHit, useStage } from './stage.tsx'

const ZOOM_LIMITS = { nearest: 0.03, farthest: 6 }
const NEAR_SHARE = 0.02

type Props = {
  readonly control: CameraControl
  /** What the camera turns about when nothing lies under the cursor. */
  readonly centre: Vec3
  /** A click or tap that was no drag. */
  readonly onPick?: (hit: StageHit | null, event: PointerEvent) => void
  /** What lies under the cursor; told once a frame at most. */
  readonly onHover?: (hit: StageHit | null, at: { x: number; y: number }) => void
}

/** Hands to camera: left drag turns about what was grasped, right drag or two fingers pan, wheel or pinch zooms at the cursor. */
export function CameraRig({ control, centre, onPick, onHover }: Props) {
  const { gl, camera, size, invalidate } = useThree()
  const stage = useStage()
  const handlers = useRef({ onPick, onHover, centre })
  handlers.current = { onPick, onHover, centre }
  const pointer = useRef<{ x: number; y: number } | null>(null)

  useEffect(() => {
    control.aspect = size.width / Math.max(1, size.height)
    invalidate()
  }, [control, size, invalidate])

  useEffect(() => control.subscribe(() => invalidate()), [control, invalidate])

  useEffect(() => {
    const element = gl.domElement
    const rayAt = (x: number, y: number) => {
      const box = element.getBoundingClientRect()
      const nx = ((x - box.left) / box.width) * 2 - 1
      const ny = 1 - ((y - box.top) / box.height) * 2
      const { view, aspect } = control
      return { origin: view.position, direction: rayThrough(view, nx, ny, FIELD_OF_VIEW, aspect) }
    }
    const grasp = (x: number, y: number): Vec3 => {
      const ray = rayAt(x, y)
      const hit = stage.pick(ray)
      if (hit) return hit.point
      // Nothing there: a point under the cursor as deep as the body's middle.
      const { back } = axesOf(control.view)
      const c = handlers.current.centre
      const p = control.view.position
      const depth = (p[0] - c[0]) * back[0] + (p[1] - c[1]) * back[1] + (p[2] - c[2]) * back[2]
      const d = ray.direction
      const share = Math.max(0.1, depth) / -(d[0] * back[0] + d[1] * back[1] + d[2] * back[2])
      return [p[0] + d[0] * share, p[1] + d[1] * share, p[2] + d[2] * share]
    }
    const reader = new GestureReader(element, {
      grasp: (x, y) => grasp(x, y),
      turn: (pivot, dx, dy) => control.set(orbit(control.view, pivot, -dx * Math.PI, -dy * Math.PI)),
      slide: (pivot, dx, dy) => control.set(pan(control.view, pivot, dx, dy, FIELD_OF_VIEW)),
      zoom: (pivot, factor) => control.set(zoom(control.view, pivot, factor, ZOOM_LIMITS)),
      click: (x, y, event) => handlers.current.onPick?.(stage.pick(rayAt(x, y)), event),
      move: (x, y) => {
        pointer.current = { x, y }
        invalidate()
      },
      leave: () => {
        pointer.current = null
        handlers.current.onHover?.(null, { x: 0, y: 0 })
      },
    })
    pickAt.current = (x, y) => stage.pick(rayAt(x, y))
    return () => reader.dispose()
  }, [gl, control, stage, invalidate])

  const pickAt = useRef<(x: number, y: number) => StageHit | null>(() => null)

  useFrame(() => {
    control.advance(performance.now())
    if (control.flying) invalidate()
    place(camera as PerspectiveCamera, control, handlers.current.centre)
    const at = pointer.current
    if (at && handlers.current.onHover) {
      pointer.current = null
      handlers.current.onHover(pickAt.current(at.x, at.y), at)
    }
  }, -10)

  return null
}

function place(camera: PerspectiveCamera, control: CameraControl, centre: Vec3): void {
  const { position, yaw, pitch } = control.view
  camera.position.set(...position)
  camera.rotation.set(pitch, yaw, 0, 'YXZ')
  const away = Math.hypot(position[0] - centre[0], position[1] - centre[1], position[2] - centre[2])
  camera.near = Math.max(0.005, away * NEAR_SHARE)
  camera.far = away + 4
  camera.fov = MathUtils.radToDeg(FIELD_OF_VIEW)
  camera.aspect = control.aspect
  camera.updateProjectionMatrix()
  camera.updateMatrixWorld()
}
