import { useFrame } from '@react-three/fiber'
import { useXRControllerLocomotion, XROrigin } from '@react-three/xr'
import { useMemo, useRef } from 'react'
import { BackSide, type Group, Mesh, ShaderMaterial, SphereGeometry } from 'three'
import { usePreferences } from '../app/preferences.ts'

/** How much a seated person is lifted, so that the table is at working height. */
const SEATED_LIFT_M = 0.34

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
  useXRControllerLocomotion(
    (velocity, turnRate, delta) => {
      const group = origin.current
      if (!group) return
      group.position.x += velocity.x * delta
      group.position.z += velocity.z * delta
      group.rotation.y += turning === 'snap' ? turnRate : turnRate * delta
      const speed = Math.abs(velocity.x) + Math.abs(velocity.z) + (turning === 'smooth' ? Math.abs(turnRate) : 0)
      if (speed > 0.01) moving.current = 1
    },
    { speed: 0.7 },
    turning === 'snap' ? { type: 'snap', degrees: 30 } : { type: 'smooth', speed: 1.2 },
    dominant === 'right' ? 'left' : 'right',
  )
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
