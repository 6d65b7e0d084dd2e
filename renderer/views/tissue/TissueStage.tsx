import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { type PerspectiveCamera, PMREMGenerator, Vector3 } from 'three'
import { TOOL, TOOL_SLOTS } from '../../../core/simulation/tissue/tools/tool.ts'
import { motionNow } from '../../app/preferences.ts'
import { type Quality, usePixelRatio } from '../../scene/index.ts'
import { Devices } from '../theatre/control/devices.ts'
import { DrawPace } from '../theatre/stage/drawpace.ts'
import { Eye } from './control/eye.ts'
import { ScopeEye, type View } from './control/scopeeye.ts'
import { ToolHand } from './control/toolhand.ts'
import { footprintOf } from './draw/bench.ts'
import { FieldPicture } from './draw/fieldpicture.ts'
import { theatreRoom } from './draw/room.ts'
import type { TissueSnapshot } from './run/snapshot.ts'
import type { TissueRun } from './run/tissuerun.ts'

/** What tests and panels read of the picture. */
export type StageHandle = {
  readonly snapshot: () => TissueSnapshot | null
  /** Place in the page, in CSS pixels, of a point of the field in metres. */
  readonly project: (point: readonly [number, number, number]) => { x: number; y: number }
  readonly drawn: () => number
  readonly devices: () => Devices | null
}

type Props = {
  readonly run: TissueRun
  readonly quality: Quality
  /** Number of the tool that the mouse moves, −1 for none. */
  readonly tool: number
  readonly view: View
  readonly onReady: (handle: StageHandle | null) => void
}

/** The operative field in a canvas: reads the devices, moves the tool in hand, draws the newest snapshot. */
export function TissueStage({ run, quality, tool, view, onReady }: Props) {
  const { gl, scene, camera, size, advance } = useThree()
  const setPixelRatio = usePixelRatio()
  const pace = useRef(new DrawPace(quality.maxPixelRatio))
  const detail = quality.lod === 0 || quality.stillFrames > 0 ? 'fine' : 'plain'
  const picture = useMemo(() => new FieldPicture(detail), [detail])
  const eyes = useRef<{ free: Eye; scope: ScopeEye } | null>(null)
  const hand = useRef<{ tool: number; kind: number; hand: ToolHand } | null>(null)
  const held = useRef(tool)
  held.current = tool
  const looks = useRef(view)
  looks.current = view

  useEffect(() => {
    const generator = new PMREMGenerator(gl)
    const room = generator.fromScene(theatreRoom(), 0.012)
    scene.environment = room.texture
    generator.dispose()
    return () => {
      scene.environment = null
      room.dispose()
    }
  }, [gl, scene])

  useEffect(() => () => picture.dispose(), [picture])

  useEffect(() => {
    const eyes = camera as PerspectiveCamera
    eyes.aspect = size.width / Math.max(1, size.height)
  }, [camera, size])

  useEffect(() => {
    picture.forget(run.scene)
    const devices = new Devices(gl.domElement)
    let before = performance.now()
    let request = 0
    let drawn = 0
    const step = (nowMs: number) => {
      request = requestAnimationFrame(step)
      const snapshot = run.snapshot()
      if (!snapshot) return
      const seconds = Math.min(0.1, Math.max(0, nowMs - before) / 1000)
      before = nowMs
      if (!eyes.current) {
        const footprint = footprintOf(snapshot)
        eyes.current = { free: new Eye(footprint), scope: new ScopeEye(footprint) }
        eyes.current.free.motion = motionNow()
      }
      if (!picture.hasBench) picture.layBench(footprintOf(snapshot), run.scene)
      const reading = devices.read()
      const { free, scope } = eyes.current
      const eye = looks.current.kind === 'scope' ? scope : free
      eye.turn(reading.orbitX, reading.orbitY, reading.zoom)
      let through = -1
      if (looks.current.kind === 'scope')
        through = scope.step(camera as PerspectiveCamera, snapshot.tools, looks.current)
      else free.step(camera as PerspectiveCamera, seconds)
      scene.environmentIntensity = picture.light(looks.current.kind, camera as PerspectiveCamera)
      const number = held.current
      if (number < 0) hand.current = null
      else {
        const kind = snapshot.tools[number * TOOL_SLOTS + TOOL.kind]
        if (hand.current?.tool !== number || hand.current.kind !== kind) {
          hand.current = { tool: number, kind, hand: new ToolHand() }
          hand.current.hand.take(snapshot.tools.subarray(number * TOOL_SLOTS, (number + 1) * TOOL_SLOTS))
        }
        run.hold(hand.current.hand.step(reading, camera as PerspectiveCamera, seconds))
      }
      const due = pace.current.due(nowMs)
      if (due.ratio !== null) setPixelRatio(due.ratio)
      if (due.draw !== 'now') return
      picture.update(snapshot, eye.pixelAt(gl.domElement.clientHeight), through)
      advance(nowMs)
      drawn++
    }
    request = requestAnimationFrame(step)
    onReady({
      snapshot: () => run.snapshot(),
      project: (point) => {
        const box = gl.domElement.getBoundingClientRect()
        const at = new Vector3(...point).project(camera)
        return { x: box.left + ((at.x + 1) / 2) * box.width, y: box.top + ((1 - at.y) / 2) * box.height }
      },
      drawn: () => drawn,
      devices: () => devices,
    })
    return () => {
      cancelAnimationFrame(request)
      devices.dispose()
      onReady(null)
    }
  }, [gl, camera, run, picture, setPixelRatio, advance, onReady, scene])

  useFrame(() => {
    gl.shadowMap.needsUpdate = true
  })

  return <primitive object={picture.root} />
}
