import { Group, Matrix4, Mesh, MeshStandardMaterial, Vector3 } from 'three'
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js'
import { BUTTON, type InstrumentSample, type Tool } from '../../../../core/simulation/contract.ts'
import { handIndex, readSource, type TrackedHand } from '../../../xr/inputs.ts'
import { Panel } from '../../../xr/panel.ts'
import { newPose, type Pose, sampleOf } from '../control/pose.ts'
import { instrumentBuilders } from '../instruments/catalogue.ts'
import type { Theatre } from '../stage/theatre.ts'
import type { Run } from './context.tsx'
import type { HeadsetTab } from './headsetpanel.ts'

/** How near a hand must come to an instrument on the tray to take it, m. */
const GRASP_M = 0.09
/** Orders that speak of the tool in a hand. */
const OF_A_TOOL: ReadonlySet<string> = new Set(['put', 'withdraw', 'fix', 'dress'])
const PRESSED = 0.6
const RELEASED = 0.35

type Hand = { pose: Pose; jaw: number; buttons: number; was: { trigger: 'down' | 'up'; squeeze: 'down' | 'up' } }

/** Controllers or bare hands in the theatre: they take tools from the tray, work with them, and press the panel. */
export class HeadsetHands {
  readonly group = new Group()
  readonly panel = new Panel()
  tab: HeadsetTab = 'tools'
  hovered: string | null = null
  private readonly theatre: Theatre
  private readonly run: Run
  private readonly dominant: 'left' | 'right'
  private readonly hands: readonly [Hand, Hand] = [restingHand(), restingHand()]
  private readonly tray = new Group()
  private readonly places: { kind: Tool; model: Group }[] = []
  private tracked: readonly TrackedHand[] = []

  constructor(theatre: Theatre, run: Run, dominant: 'left' | 'right') {
    this.theatre = theatre
    this.run = run
    this.dominant = dominant
    this.group.add(this.panel.mesh, this.tray)
    this.layTray()
  }

  /** Panel before the person and a little to the side, tray at hip height on the dominant side. */
  placeAround(stand: readonly [number, number, number], yaw: number): void {
    const side = this.dominant === 'right' ? 1 : -1
    const at = (right: number, up: number, ahead: number) =>
      new Vector3(right, up, -ahead).applyAxisAngle(UP, yaw).add(new Vector3(stand[0], 0, stand[2]))
    this.panel.mesh.position.copy(at(-side * 0.62, 1.5, 0.72))
    this.panel.mesh.lookAt(at(0, 1.6, 0))
    this.tray.position.copy(at(side * 0.46, 0.98, 0.12))
    this.tray.rotation.y = yaw
    this.group.updateMatrixWorld(true)
  }

  /** Reads all input sources of a frame. */
  read(session: XRSession | null, frame: XRFrame, space: XRReferenceSpace, toWorld: Matrix4 | null): void {
    const found: TrackedHand[] = []
    for (const source of session?.inputSources ?? []) {
      const hand = readSource(source, frame, space, toWorld ?? IDENTITY)
      if (hand) found.push(hand)
    }
    this.tracked = found
    this.hovered = null
    toBody.copy(this.theatre.bodyMatrix).invert()
    for (const tracked of found) this.work(tracked)
  }

  samples(): readonly [InstrumentSample, InstrumentSample] {
    const [a, b] = this.hands
    return [sampleOf(a.pose, a.jaw, a.buttons), sampleOf(b.pose, b.jaw, b.buttons)]
  }

  wanted(): readonly (Pose | null)[] {
    return this.hands.map((hand, i) => (this.theatre.rack.toolOf(i as 0 | 1) === 'none' ? null : hand.pose))
  }

  /** For tests: where things are that a person would reach for. World coordinates, metres. */
  summary() {
    const point = new Vector3()
    return {
      tab: this.tab,
      hovered: this.hovered,
      hands: this.tracked.map(({ handedness, kind, trigger, tip, ray }) => ({
        handedness,
        kind,
        trigger,
        tip: tip.toArray(),
        origin: ray.origin.toArray(),
      })),
      tools: this.places.map(({ kind, model }) => ({ kind, at: model.getWorldPosition(point).toArray() })),
      target: (id: string) => this.panel.pointOf(id, new Vector3())?.toArray() ?? null,
    }
  }

  dispose(): void {
    this.panel.dispose()
    this.tray.traverse((part) => {
      if (part instanceof Mesh) part.geometry.dispose()
    })
  }

  private work(tracked: TrackedHand): void {
    const index = handIndex(tracked.handedness, this.dominant)
    const hand = this.hands[index]
    const tool = this.theatre.rack.toolOf(index)
    hand.pose.position.copy(tracked.tip).applyMatrix4(toBody)
    hand.pose.rotation.setFromRotationMatrix(toBody).multiply(tracked.rotation)
    const trigger = edge(tracked.trigger, hand.was.trigger)
    const squeeze = edge(tracked.squeeze, hand.was.squeeze)
    hand.was = { trigger: trigger.now, squeeze: squeeze.now }
    const onPanel = this.point(tracked, trigger.rose)
    if (onPanel) {
      hand.jaw = 0
      hand.buttons = 0
      return
    }
    const grasped = squeeze.rose || (tracked.kind === 'hand' && trigger.rose)
    if (grasped && this.reach(tracked, index, tool)) return
    const used = tracked.trigger > PRESSED
    hand.jaw = tracked.trigger
    hand.buttons =
      (used ? BUTTON.use : 0) |
      (tracked.squeeze > PRESSED ? BUTTON.brace : 0) |
      (tracked.button > PRESSED ? BUTTON.aspirate : 0)
  }

  /** A hand at the tray takes what lies there, or puts back what it holds. True when it did. */
  private reach(tracked: TrackedHand, index: 0 | 1, tool: Tool): boolean {
    const point = new Vector3()
    let nearest: Tool | null = null
    let best = GRASP_M
    for (const { kind, model } of this.places) {
      const far = model.getWorldPosition(point).distanceTo(tracked.tip)
      if (far < best) {
        best = far
        nearest = kind
      }
    }
    if (!nearest) return false
    if (tool === nearest) this.run.live.act('put', '', undefined, index)
    else this.run.live.act('pick', nearest, undefined, index)
    return true
  }

  private point(tracked: TrackedHand, pressed: boolean): boolean {
    const hit = this.panel.hit(tracked.ray.origin, tracked.ray.direction)
    if (!hit || hit.distance > 3) return false
    const poked = tracked.kind === 'hand' && hit.distance < 0.02
    if (tracked.kind === 'hand' && hit.distance > 0.12) return false
    this.hovered = hit.target?.id ?? null
    if (hit.target && (pressed || poked)) this.press(hit.target.id, handIndex(tracked.handedness, this.dominant))
    return true
  }

  /** `tab:<id>` opens a tab; `act:<verb>:<object>[:<value>]` does it. */
  private press(id: string, hand: 0 | 1): void {
    const [kind, verb, object, value] = id.split(':')
    if (kind === 'tab') {
      this.tab = verb as HeadsetTab
      return
    }
    this.run.live.act(verb, object, value === undefined ? undefined : Number(value), this.handFor(verb, hand))
  }

  /** Whose hand an order of the panel means: the one that holds the tool, for it is the other one that points. */
  private handFor(verb: string, pointing: 0 | 1): 0 | 1 {
    if (verb === 'pick') return 0
    if (!OF_A_TOOL.has(verb)) return pointing
    return this.theatre.rack.toolOf(0) === 'none' ? 1 : 0
  }

  private layTray(): void {
    const board = new Mesh(
      new RoundedBoxGeometry(0.62, 0.02, 0.42, 3, 0.008),
      new MeshStandardMaterial({ color: '#2b6f76', roughness: 0.85 }),
    )
    board.receiveShadow = true
    this.tray.add(board)
    const kinds = this.run.clinical.tools.map(({ kind }) => kind as Tool)
    kinds.forEach((kind, i) => {
      if (kind === 'none') return
      const { group } = instrumentBuilders[kind]()
      const holder = new Group()
      holder.add(group)
      group.scale.setScalar(0.75)
      holder.position.set(-0.25 + (i % 6) * 0.1, 0.03, i < 6 ? -0.17 : 0.03)
      this.tray.add(holder)
      this.places.push({ kind, model: holder })
    })
  }
}

function edge(value: number, was: 'down' | 'up'): { now: 'down' | 'up'; rose: boolean } {
  const now = was === 'down' ? (value < RELEASED ? 'up' : 'down') : value > PRESSED ? 'down' : 'up'
  return { now, rose: was === 'up' && now === 'down' }
}

function restingHand(): Hand {
  return { pose: newPose(), jaw: 0, buttons: 0, was: { trigger: 'up', squeeze: 'up' } }
}

const IDENTITY = new Matrix4()
const UP = new Vector3(0, 1, 0)
const toBody = new Matrix4()
