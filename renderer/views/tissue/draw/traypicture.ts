import {
  AmbientLight,
  DirectionalLight,
  Group,
  OrthographicCamera,
  PMREMGenerator,
  Scene,
  SRGBColorSpace,
  WebGLRenderer,
} from 'three'
import { INSTRUMENTS, type Instrument } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { PLATE_EXPOSURE, plateToneMapping } from '../../../scene/tonemapping.ts'
import type { InstrumentModel } from '../../theatre/instruments/model.ts'
import { buildInstrument } from '../instruments/catalogue.ts'
import { theatreRoom } from './room.ts'

const MM = 0.001
/** Width of what is shown of an instrument, mm: its working end. */
const SHOWN_MM = 46
const SHOWN: Readonly<Record<string, number>> = {
  retractor: 74,
  scope: 60,
  'scope-30': 60,
  bougie: 70,
  phaco: 30,
  scalpel: 54,
  probe: 34,
  hook: 34,
  burr: 30,
  drill: 30,
  syringe: 170,
  'syringe-1ml': 90,
  'needle-18g': 126,
  'introducer-sheath': 48,
  'artery-forceps': 74,
  'chest-drain': 90,
  'trocar-drain': 90,
}

/** How far an instrument is turned about its shaft, and its tip towards the eye, radians: what tells it apart is seen. */
const TURNED: Readonly<Record<string, readonly [roll: number, tip: number]>> = {
  'dissector-maryland': [0.75, 0],
  'clip-applier': [0.35, 0],
  'needle-driver': [0.3, 0],
  'ultrasonic-shears': [0.2, 0],
  bipolar: [0.3, 0],
  scope: [0.2, 0.75],
  'scope-30': [2.4, 0.5],
  retractor: [0.9, 0],
}

/** Width of the working end that a cell shows, mm. */
export const shownMm = ({ name }: Instrument): number => SHOWN[name] ?? SHOWN_MM

/** Where in the canvas an instrument is drawn, CSS pixels from its upper left corner. */
export type TrayCell = {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** 0 closed … 1 open. */
  readonly jaw: number
}

/** The working ends of all instruments, each in a cell of one canvas; drawn when asked. */
export class TrayPicture {
  private readonly renderer: WebGLRenderer
  private readonly scene = new Scene()
  private readonly camera = new OrthographicCamera()
  private readonly models = new Map<string, { instrument: Instrument; model: InstrumentModel; holder: Group }>()

  constructor(canvas: HTMLCanvasElement) {
    this.renderer = new WebGLRenderer({ canvas, alpha: true, antialias: true })
    this.renderer.toneMapping = plateToneMapping
    this.renderer.toneMappingExposure = PLATE_EXPOSURE
    this.renderer.outputColorSpace = SRGBColorSpace
    this.renderer.setScissorTest(true)
    const generator = new PMREMGenerator(this.renderer)
    this.scene.environment = generator.fromScene(theatreRoom(), 0.02).texture
    this.scene.environmentIntensity = 0.62
    generator.dispose()
    const key = new DirectionalLight('#fff4e6', 2)
    key.position.set(-0.6, 1, 0.9)
    const rim = new DirectionalLight('#cfe2f0', 0.9)
    rim.position.set(0.9, -0.3, 0.5)
    this.scene.add(key, rim, new AmbientLight('#ffffff', 0.25))
    for (const instrument of INSTRUMENTS) {
      const model = buildInstrument(instrument)
      const holder = new Group()
      holder.add(model.group)
      // Seen from the side, so that jaws open in the picture.
      const [roll, tip] = TURNED[instrument.name] ?? [0.1, 0]
      model.group.rotation.set(0, Math.PI / 2, roll, 'YZX')
      holder.rotation.set(0.42, -0.12 + tip, 0.5, 'ZYX')
      holder.visible = false
      this.scene.add(holder)
      this.models.set(instrument.name, { instrument, model, holder })
    }
    this.camera.position.set(0, 0, 1)
    this.camera.near = 0.1
    this.camera.far = 3
  }

  /** Draws all cells on a canvas of that size in CSS pixels. */
  draw(width: number, height: number, cells: readonly TrayCell[]): void {
    this.renderer.setPixelRatio(Math.min(2, globalThis.devicePixelRatio ?? 1))
    this.renderer.setSize(width, height, false)
    for (const cell of cells) this.drawCell(cell, height)
  }

  dispose(): void {
    this.renderer.dispose()
    this.scene.environment?.dispose()
  }

  private drawCell({ name, x, y, width, height, jaw }: TrayCell, whole: number): void {
    const one = this.models.get(name)
    if (!one) return
    const half = (shownMm(one.instrument) * MM) / 2
    const tall = (half * height) / width
    // The tip lies a little inside the left lower corner; the shaft leaves at the right.
    const left = -half * 0.36
    Object.assign(this.camera, { left, right: left + 2 * half, bottom: -tall * 0.62, top: tall * 1.38 })
    this.camera.updateProjectionMatrix()
    one.model.setJaw(jaw)
    one.holder.visible = true
    this.renderer.setViewport(x, whole - y - height, width, height)
    this.renderer.setScissor(x, whole - y - height, width, height)
    this.renderer.render(this.scene, this.camera)
    one.holder.visible = false
  }
}
