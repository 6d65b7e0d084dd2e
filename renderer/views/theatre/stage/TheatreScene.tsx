import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { type PerspectiveCamera, PMREMGenerator, type Vector3 } from 'three'
import { RoomEnvironment } from 'three/examples/jsm/environments/RoomEnvironment.js'
import { motionNow } from '../../../app/preferences.ts'
import { type Quality, usePixelRatio } from '../../../scene/index.ts'
import { Devices } from '../control/devices.ts'
import { Hands } from '../control/hands.ts'
import type { LiveCase } from '../run/livecase.ts'
import type { BodySkin } from './bodyskin.ts'
import { DrawPace } from './drawpace.ts'
import { Theatre } from './theatre.ts'
import { TheatreCamera } from './theatrecamera.ts'

/** What stands behind the canvas: panels, tests and the headset reach it through this. */
export type StageHandle = {
  theatre: Theatre
  hands: Hands
  camera: TheatreCamera
  devices: Devices
  /** Screen position, in CSS pixels, of a point of the field (mm). */
  project: (uMm: number, vMm: number, wMm?: number) => { x: number; y: number }
  /** Screen position of the active tool's tip as drawn. */
  tip: () => { x: number; y: number }
}

type Props = {
  readonly live: LiveCase
  readonly skin: BodySkin
  readonly quality: Quality
  /** Who moves the hands: this device, or the record (replay). */
  readonly steering: 'own' | 'record'
  readonly onReady: (handle: StageHandle | null) => void
}

/** Shadows are redrawn only every so many frames: the lamp does not move. */
const SHADOW_EVERY = 3

/**
 * The theatre in a canvas: reads the devices, sends the hands, draws the newest snapshot. Hands are read with every frame
 * of the screen; the picture is drawn as often as the machine can, so that a slow one keeps steady hands.
 */
export function TheatreScene({ live, skin, quality, steering, onReady }: Props) {
  const { gl, scene, camera, size, advance } = useThree()
  const setPixelRatio = usePixelRatio()
  const pace = useRef(new DrawPace(quality.maxPixelRatio))
  const theatre = useMemo(() => new Theatre(live.setup.patient, skin), [live, skin])
  const handle = useRef<StageHandle | null>(null)
  const frame = useRef(0)

  const detail = quality.shadows === 'key' ? 'full' : 'light'
  useEffect(() => {
    if (detail === 'light') return undefined
    const generator = new PMREMGenerator(gl)
    const room = generator.fromScene(new RoomEnvironment(), 0.05)
    scene.environment = room.texture
    scene.environmentIntensity = 0.32
    generator.dispose()
    return () => {
      scene.environment = null
      room.dispose()
    }
  }, [gl, scene, detail])

  useEffect(() => {
    gl.shadowMap.enabled = true
    gl.shadowMap.autoUpdate = false
    theatre.setDetail(detail)
  }, [theatre, detail, gl])

  useEffect(() => {
    const devices = new Devices(gl.domElement)
    const toScreen = (point: Vector3) => {
      const box = gl.domElement.getBoundingClientRect()
      point.applyMatrix4(theatre.bodyMatrix).project(camera)
      return { x: box.left + ((point.x + 1) / 2) * box.width, y: box.top + ((1 - point.y) / 2) * box.height }
    }
    const made: StageHandle = {
      theatre,
      hands: new Hands(theatre.field),
      camera: new TheatreCamera(),
      devices,
      project: (u, v, w) => toScreen(w === undefined ? theatre.field.skinPoint(u, v) : theatre.field.point(u, v, w)),
      tip: () => toScreen(theatre.rack.tipOf(made.hands.active).clone()),
    }
    made.camera.motion = motionNow()
    handle.current = made
    onReady(made)
    return () => {
      onReady(null)
      devices.dispose()
      handle.current = null
    }
  }, [gl, camera, theatre, onReady])

  useEffect(() => () => theatre.dispose(), [theatre])

  useEffect(() => {
    const eye = camera as PerspectiveCamera
    eye.aspect = size.width / Math.max(1, size.height)
  }, [camera, size])

  useEffect(() => {
    const started = performance.now()
    let before = started
    let request = 0
    const step = (nowMs: number) => {
      request = requestAnimationFrame(step)
      const now = handle.current
      if (!now || gl.xr.isPresenting) return
      const seconds = Math.min(0.1, Math.max(0, nowMs - before) / 1000)
      before = nowMs
      const reading = now.devices.read()
      now.camera.turn(reading.orbitX, reading.orbitY, reading.zoom)
      if (steering === 'own') {
        for (const hand of [0, 1] as const) now.hands.holds(hand, theatre.rack.toolOf(hand))
        now.hands.step(reading, camera as PerspectiveCamera, theatre.bodyMatrix, seconds)
        live.hold(now.hands.samples())
      }
      const wanted = steering === 'own' ? [now.hands.poseOf(0), now.hands.poseOf(1)] : [null, null]
      theatre.update(live.snapshot(), wanted, (nowMs - started) / 1000)
      now.camera.step(camera as PerspectiveCamera, theatre.field, theatre.bodyMatrix, theatre.sealAt, seconds)
      const due = pace.current.due(nowMs)
      if (due.ratio !== null) setPixelRatio(due.ratio)
      if (due.draw === 'now') advance(nowMs)
    }
    request = requestAnimationFrame(step)
    return () => cancelAnimationFrame(request)
  }, [gl, camera, theatre, live, steering, setPixelRatio, advance])

  useFrame(() => {
    frame.current++
    if (frame.current % SHADOW_EVERY === 0) gl.shadowMap.needsUpdate = true
  })

  return (
    <>
      <primitive object={theatre.root} />
      {/* Without reflections of the room the sky gives what they gave. */}
      <hemisphereLight color="#d3e2e8" groundColor="#4a4038" intensity={detail === 'full' ? 0.55 : 1.25} />
      <directionalLight color="#bfd6e6" intensity={0.5} position={[1.6, 2.2, 2]} />
    </>
  )
}
