import { useFrame } from '@react-three/fiber'
import { XROrigin } from '@react-three/xr'
import { useMemo, useRef } from 'react'
import { BackSide, type Camera, type Group, Mesh, ShaderMaterial, SphereGeometry, Vector3 } from 'three'
import { usePreferences } from '../app/preferences.ts'
import { xrStore } from './store.ts'

/** How much a seated person is lifted, so that the table is at working height. */
const SEATED_LIFT_M = 0.34

const WALK_M_S = 0.7
const TURN_RAD_S = 1.2
const SNAP_RAD = Math.PI / 6
/** A stick counts from here on: hands rest on sticks while they work. */
const DEAD = 0.55

type Props = {
  /** Where the person stands, on the floor, and which way they look (turn about +Y, radians). */
  readonly stand: readonly [number, number, number]
  readonly yaw: number
  readonly dominant: 'left' | 'right'
}

/** Standing place, turning and the narrowing of view while moving. */
export function Comfort({ stand, yaw, dominant }: Props) {
  const origin = useRef<Group>(null)
  const turning = usePreferences((value) => value.turning)
  const posture = usePreferences((value) => value.posture)
  const vignette = usePreferences((value) => value.vignette)
  const moving = useRef(0)
  const armed = useRef(true)
  useFrame(({ camera }, delta) => {
    const group = origin.current
    if (!group) return
    const walk = stickOf(dominant === 'right' ? 'left' : 'right')
    const turn = stickOf(dominant)
    if (walk.x !== 0 || walk.y !== 0) {
      // Along the floor, where the head looks.
      camera.getWorldDirection(ahead)
      ahead.y = 0
      ahead.normalize()
      group.position.addScaledVector(ahead, -walk.y * WALK_M_S * delta)
      group.position.addScaledVector(side.crossVectors(ahead, UP), walk.x * WALK_M_S * delta)
      moving.current = 1
    }
    if (turning === 'smooth' && turn.x !== 0) {
      turnAbout(group, camera, -turn.x * TURN_RAD_S * delta)
      moving.current = 1
    }
    if (turning === 'snap') {
      if (armed.current && turn.x !== 0) turnAbout(group, camera, -Math.sign(turn.x) * SNAP_RAD)
      armed.current = turn.x === 0
    }
  })
  return (
    <>
      <XROrigin
        ref={origin}
        position={[stand[0], stand[1] + (posture === 'seated' ? SEATED_LIFT_M : 0), stand[2]]}
        rotation={[0, yaw, 0]}
      />
      {vignette === 'on' && <Vignette moving={moving} />}
    </>
  )
}

/** A dark ring at the edge of sight while the world moves and the body does not. */
function Vignette({ moving }: { moving: { current: number } }) {
  const ring = useMemo(() => {
    const material = new ShaderMaterial({
      uniforms: { strength: { value: 0 } },
      side: BackSide,
      transparent: true,
      depthTest: false,
      vertexShader:
        'varying vec3 vAt; void main() { vAt = position; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }',
      fragmentShader: `varying vec3 vAt; uniform float strength;
        void main() { float edge = acos(clamp(-normalize(vAt).z, -1.0, 1.0));
          gl_FragColor = vec4(0.02, 0.03, 0.03, strength * smoothstep(0.42, 0.75, edge)); }`,
    })
    const mesh = new Mesh(new SphereGeometry(0.3, 32, 24), material)
    mesh.renderOrder = 100
    mesh.frustumCulled = false
    return { mesh, material }
  }, [])
  useFrame(({ camera, gl }, delta) => {
    moving.current = Math.max(0, moving.current - delta * 3)
    ring.material.uniforms.strength.value = moving.current
    ring.mesh.visible = gl.xr.isPresenting && moving.current > 0.01
    ring.mesh.position.setFromMatrixPosition(camera.matrixWorld)
    ring.mesh.quaternion.setFromRotationMatrix(camera.matrixWorld)
  })
  return <primitive object={ring.mesh} />
}

const UP = new Vector3(0, 1, 0)
const ahead = new Vector3()
const side = new Vector3()
const head = new Vector3()

/** The thumbstick of a controller beyond its dead zone; a bare hand has none. */
function stickOf(hand: 'left' | 'right'): { x: number; y: number } {
  for (const source of xrStore.getState().inputSourceStates) {
    if (source.type !== 'controller' || source.inputSource.handedness !== hand) continue
    const stick = source.gamepad['xr-standard-thumbstick']
    const [x, y] = [stick?.xAxis ?? 0, stick?.yAxis ?? 0]
    return { x: Math.abs(x) < DEAD ? 0 : x, y: Math.abs(y) < DEAD ? 0 : y }
  }
  return { x: 0, y: 0 }
}

/** Turns the room about the head, so that a turn never moves the person. */
function turnAbout(group: Group, camera: Camera, angle: number): void {
  camera.getWorldPosition(head)
  group.position.sub(head).applyAxisAngle(UP, angle).add(head)
  group.rotation.y += angle
}
