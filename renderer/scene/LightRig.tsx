import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import {
  BackSide,
  BoxGeometry,
  BufferAttribute,
  Color,
  type DirectionalLight,
  Mesh,
  MeshBasicMaterial,
  Object3D,
  PMREMGenerator,
  Quaternion,
  Scene,
  SphereGeometry,
  Vector3,
} from 'three'
import type { Vec3 } from './orbit.ts'

type Props = {
  /** What is lit; lights stand around it. */
  readonly centre: Vec3
  /** Half the size of what is lit, metres: how much a shadow map must cover. */
  readonly radius: number
  readonly shadows: 'none' | 'key'
}

const KEY = new Vector3(-0.9, 0.95, 0.72).normalize()
const FILL = new Vector3(1, 0, 0.35).normalize()
const RIM = new Vector3(0.75, 0.42, -0.8).normalize()

/**
 * The atlas studio: a large soft key from upper front left, a cool fill, a warm rim and a glow from the ground. It turns
 * with the camera, so that every side is lit as on a plate.
 */
export function LightRig({ centre, radius, shadows }: Props) {
  const { scene, gl, camera } = useThree()
  const key = useRef<DirectionalLight>(null)
  const fill = useRef<DirectionalLight>(null)
  const rim = useRef<DirectionalLight>(null)
  const sky = useRef<DirectionalLight>(null)
  const target = useMemo(() => new Object3D(), [])

  useEffect(() => {
    const generator = new PMREMGenerator(gl)
    const studio = studioScene()
    const map = generator.fromScene(studio, 0.06)
    scene.environment = map.texture
    scene.environmentIntensity = 0.42
    generator.dispose()
    return () => {
      scene.environment = null
      map.dispose()
    }
  }, [scene, gl])

  useEffect(() => {
    target.position.set(...centre)
    target.updateMatrixWorld()
    for (const light of [key, fill, rim]) if (light.current) light.current.target = target
    for (const light of [key, sky]) {
      const eye = light.current?.shadow.camera
      if (!eye) continue
      eye.left = -radius
      eye.bottom = -radius
      eye.right = radius
      eye.top = radius
      eye.near = 0.1
      eye.far = radius * 6
      eye.updateProjectionMatrix()
    }
  }, [centre, radius, target])

  useFrame(() => {
    heading(camera.quaternion)
    scene.environmentRotation.set(0, yawOf(camera.quaternion), 0)
    place(key.current, KEY, centre, radius)
    place(fill.current, FILL, centre, radius)
    place(rim.current, RIM, centre, radius)
  }, -5)

  return (
    <>
      <directionalLight
        ref={key}
        name="key"
        color="#fff3e2"
        intensity={3.1}
        castShadow={shadows === 'key'}
        shadow-mapSize={[2048, 2048]}
        shadow-bias={-0.0006}
        shadow-normalBias={0.0015}
        shadow-radius={5}
      />
      <directionalLight ref={fill} name="fill" color="#c8dcf0" intensity={0.55} />
      <directionalLight ref={rim} name="rim" color="#ffd9b0" intensity={1.9} />
      {/* Used by still pictures only: one far lamp that stands for the sky. */}
      <directionalLight
        name="sky"
        color="#eef3f7"
        intensity={1.5}
        visible={false}
        castShadow={shadows === 'key'}
        shadow-mapSize={[1024, 1024]}
        shadow-bias={-0.0008}
        shadow-normalBias={0.002}
        ref={sky}
      />
      <hemisphereLight name="dome" color="#eef3f7" groundColor="#b39c86" intensity={0.3} />
    </>
  )
}

const turn = new Quaternion()
const forward = new Vector3()
const UP = new Vector3(0, 1, 0)

function yawOf(quaternion: Quaternion): number {
  forward.set(0, 0, -1).applyQuaternion(quaternion)
  return Math.atan2(-forward.x, -forward.z)
}

/** Lights follow the camera's heading fully and its tilt by half, so that "above" stays above. */
function heading(quaternion: Quaternion): void {
  turn.setFromAxisAngle(UP, yawOf(quaternion)).slerp(quaternion, 0.5)
}

const at = new Vector3()
function place(light: DirectionalLight | null, direction: Vector3, centre: Vec3, radius: number): void {
  if (!light) return
  at.copy(direction)
    .applyQuaternion(turn)
    .multiplyScalar(radius * 3)
  light.position.set(centre[0] + at.x, centre[1] + at.y, centre[2] + at.z)
}

/** A room of soft boxes for reflections: computed, nothing downloaded. */
function studioScene(): Scene {
  const studio = new Scene()
  const shell = new Mesh(new SphereGeometry(10, 24, 16), new MeshBasicMaterial({ side: BackSide, vertexColors: true }))
  paintShell(shell)
  studio.add(shell)
  const box = (size: [number, number, number], position: [number, number, number], colour: string, gain: number) => {
    const lamp = new Mesh(
      new BoxGeometry(...size),
      new MeshBasicMaterial({ color: new Color(colour).multiplyScalar(gain) }),
    )
    lamp.position.set(...position)
    lamp.lookAt(0, 0, 0)
    studio.add(lamp)
  }
  box([4.2, 4.2, 0.1], [-5, 5, 5], '#fff2e0', 7)
  box([1.4, 6, 0.1], [7.5, 1, 3], '#dceaf6', 2.6)
  box([5, 1.2, 0.1], [3.5, 4, -7], '#ffe2c2', 4)
  return studio
}

function paintShell(shell: Mesh<SphereGeometry>): void {
  const position = shell.geometry.getAttribute('position')
  const colours = new Float32Array(position.count * 3)
  const low = new Color('#a89684')
  const high = new Color('#e9eef2')
  const mixed = new Color()
  for (let i = 0; i < position.count; i++) {
    mixed.lerpColors(low, high, Math.min(1, Math.max(0, position.getY(i) / 14 + 0.5)))
    mixed.toArray(colours, i * 3)
  }
  shell.geometry.setAttribute('color', new BufferAttribute(colours, 3))
}
