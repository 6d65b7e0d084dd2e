import { Group, type Material, Mesh, MeshBasicMaterial, Quaternion, Vector3 } from 'three'
import { TOOLS, type Tool } from '../../../../core/simulation/contract.ts'
import { type SnapshotBuffer, TOOL, TOOL_STRIDE } from '../../../../core/simulation/snapshot.ts'
import type { Pose } from '../control/pose.ts'
import { instrumentBuilders } from '../instruments/catalogue.ts'
import type { InstrumentModel } from '../instruments/model.ts'

/** From how far between hand and tool a ghost shows where the hand is, mm. */
const GHOST_MM = 5

/** The two hands' tools in the body frame: drawn where the engine says they are, never through tissue. */
export class ToolRack {
  readonly group = new Group()
  private readonly hands = [new HeldTool(), new HeldTool()]

  constructor() {
    for (const hand of this.hands) this.group.add(hand.group, hand.ghost)
  }

  /**
   * @param wanted newest pose of each hand on this device, or null when it is not steered here
   * @param hidden tools drawn by others (a drain that lies in the tract)
   */
  update(snapshot: SnapshotBuffer, wanted: readonly (Pose | null)[], hidden: ReadonlySet<Tool>): void {
    for (let hand = 0; hand < 2; hand++) this.hands[hand].update(snapshot, hand, wanted[hand] ?? null, hidden)
  }

  /** What the hand holds as last drawn. */
  toolOf(hand: 0 | 1): Tool {
    return this.hands[hand].tool
  }

  /** Tip of a hand's tool as drawn, body frame. */
  tipOf(hand: 0 | 1): Vector3 {
    return this.hands[hand].group.position
  }
}

class HeldTool {
  readonly group = new Group()
  readonly ghost = new Group()
  tool: Tool = 'none'
  private readonly built = new Map<Tool, { model: InstrumentModel; ghost: Group }>()
  private readonly moved = new Vector3()
  private readonly handRotation = new Quaternion()

  update(snapshot: SnapshotBuffer, hand: number, wanted: Pose | null, hidden: ReadonlySet<Tool>): void {
    const at = hand * TOOL_STRIDE
    const { tools } = snapshot
    const tool = TOOLS[tools[at + TOOL.tool]] ?? 'none'
    if (tool !== this.tool) this.take(tool)
    const shown = tool !== 'none' && !hidden.has(tool)
    this.group.visible = shown
    this.ghost.visible = false
    if (!shown) return
    this.group.position.fromArray(tools, at + TOOL.proxy)
    this.group.quaternion.fromArray(tools, at + TOOL.proxyRotation)
    const gapMm = tools[at + TOOL.gap]
    const free = tools[at + TOOL.structure] === 0 && gapMm < 0.5
    if (wanted && free) {
      // Nothing is touched: draw the newest pose, a tick or two ahead of the snapshot.
      this.group.position.copy(wanted.position)
      this.group.quaternion.copy(wanted.rotation)
    }
    this.built.get(tool)?.model.setJaw(tool === 'syringe' ? 1 - tools[at + TOOL.jaw] : tools[at + TOOL.jaw])
    if (gapMm < GHOST_MM) return
    this.ghost.visible = true
    this.ghost.position.copy(wanted?.position ?? this.moved.fromArray(tools, at + TOOL.hand))
    this.ghost.quaternion.copy(wanted?.rotation ?? this.handRotation.fromArray(tools, at + TOOL.handRotation))
  }

  private take(tool: Tool): void {
    this.tool = tool
    this.group.clear()
    this.ghost.clear()
    if (tool === 'none') return
    let entry = this.built.get(tool)
    if (!entry) {
      const model = instrumentBuilders[tool]()
      model.group.traverse((part) => {
        part.castShadow =
          part instanceof Mesh && (part.userData.castsShadow === true || !(part.material as Material).transparent)
      })
      entry = { model, ghost: ghostOf(tool) }
      this.built.set(tool, entry)
    }
    this.group.add(entry.model.group)
    this.ghost.add(entry.ghost)
  }
}

/** The same form as a pale, see-through shape that everything shines through. */
function ghostOf(tool: Exclude<Tool, 'none'>): Group {
  const { group } = instrumentBuilders[tool]()
  const material = new MeshBasicMaterial({ color: '#8fe3dc', transparent: true, opacity: 0.22, depthTest: false })
  group.traverse((part) => {
    if (!(part instanceof Mesh)) return
    part.visible = (part.material as Material).colorWrite
    part.material = material
  })
  group.renderOrder = 20
  return group
}
