import { useEffect, useRef } from 'react'
import {
  Box3,
  DirectionalLight,
  HemisphereLight,
  Mesh,
  PerspectiveCamera,
  PMREMGenerator,
  Scene,
  Vector3,
  WebGLRenderer,
} from 'three'
import { RoomEnvironment } from 'three/examples/jsm/environments/RoomEnvironment.js'
import type { Tool } from '../../../../core/simulation/contract.ts'
import { instrumentBuilders } from '../instruments/catalogue.ts'

const WIDTH = 144
const HEIGHT = 80
const pictures = new Map<string, ImageBitmap>()
let drawing: Promise<void> | null = null

/** A small picture of the instrument itself, drawn once for all. */
export function ToolPicture({ kind }: { kind: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let wanted = true
    drawing ??= drawAll()
    void drawing.then(() => {
      const picture = pictures.get(kind)
      if (wanted && picture) canvas.current?.getContext('2d')?.drawImage(picture, 0, 0)
    })
    return () => {
      wanted = false
    }
  }, [kind])
  return <canvas ref={canvas} width={WIDTH} height={HEIGHT} aria-hidden />
}

async function drawAll(): Promise<void> {
  const surface = document.createElement('canvas')
  const renderer = new WebGLRenderer({ canvas: surface, antialias: true, alpha: true, preserveDrawingBuffer: true })
  renderer.setSize(WIDTH, HEIGHT, false)
  const generator = new PMREMGenerator(renderer)
  const room = generator.fromScene(new RoomEnvironment(), 0.04)
  for (const [kind, build] of Object.entries(instrumentBuilders) as [
    Exclude<Tool, 'none'>,
    () => { group: Scene['children'][number]; setJaw: (opening: number) => void },
  ][]) {
    const scene = new Scene()
    scene.environment = room.texture
    scene.environmentIntensity = 0.7
    const key = new DirectionalLight('#ffffff', 1.6)
    key.position.set(0.4, 1, 0.3)
    scene.add(key, new HemisphereLight('#ffffff', '#556066', 0.4))
    const model = build()
    model.setJaw(0.45)
    // What is glass in the theatre, so that it hides nothing, is solid on the tray.
    model.group.traverse((part) => {
      if (part instanceof Mesh && part.userData.castsShadow) part.material.transparent = false
    })
    scene.add(model.group)
    const box = new Box3().setFromObject(model.group)
    const centre = box.getCenter(new Vector3())
    const size = box.getSize(new Vector3()).length()
    const camera = new PerspectiveCamera(20, WIDTH / HEIGHT, 0.01, 6)
    camera.position.copy(centre).add(new Vector3(0.86, 0.62, -0.32).normalize().multiplyScalar(size * 1.9))
    camera.lookAt(centre)
    renderer.render(scene, camera)
    pictures.set(kind, await createImageBitmap(surface))
  }
  room.dispose()
  generator.dispose()
  renderer.dispose()
  renderer.forceContextLoss()
}
