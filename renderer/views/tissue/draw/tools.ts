import { Group, Matrix4, Mesh, MeshBasicMaterial, MeshPhysicalMaterial, Vector3 } from 'three'
import { MOST_TOOLS } from '../../../../core/simulation/tissue/fieldtype.ts'
import { INSTRUMENTS } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { TOOL, TOOL_SLOTS } from '../../../../core/simulation/tissue/tools/tool.ts'
import type { InstrumentModel } from '../../theatre/instruments/model.ts'
import { buildInstrument } from '../instruments/catalogue.ts'
import { buildTrocar } from '../instruments/trocar.ts'
import type { TissueSnapshot } from '../run/snapshot.ts'

/** From how far between hand and tool a ghost shows where the hand is, m. */
const GHOST_M = 0.005

/** The instruments in the field and the trocars that they go through: drawn where they are, with a ghost where the hand would have them. */
export class ToolModels {
  readonly group = new Group()
  private readonly tools = Array.from({ length: MOST_TOOLS }, () => new ToolModel())

  constructor() {
    for (const { group, ghost, trocar } of this.tools) this.group.add(group, ghost, trocar)
  }

  /** @param hidden number of a tool that is looked through, or −1 */
  update({ tools }: TissueSnapshot, hidden: number): void {
    for (let t = 0; t < MOST_TOOLS; t++) {
      this.tools[t].group.visible = t !== hidden
      this.tools[t].update(tools, t * TOOL_SLOTS)
    }
  }

  dispose(): void {
    this.group.traverse((part) => {
      if (part instanceof Mesh) part.geometry.dispose()
    })
  }
}

class ToolModel {
  readonly group = new Group()
  readonly ghost = new Group()
  readonly trocar = new Group()
  private kind = -1
  private models: readonly InstrumentModel[] = []

  constructor() {
    this.group.matrixAutoUpdate = this.ghost.matrixAutoUpdate = this.trocar.matrixAutoUpdate = false
  }

  /** @param at where the tool's row begins */
  update(tools: Float64Array, at: number): void {
    if (tools[at + TOOL.kind] !== this.kind) this.take(tools[at + TOOL.kind])
    if (this.kind < 0) return
    place(this.group, tools, at, TOOL.ax)
    this.trocar.visible = tools[at + TOOL.pivoted] === 1
    if (this.trocar.visible) this.placeTrocar(tools, at)
    let gap = 0
    for (let i = 0; i < 3; i++) gap += (tools[at + TOOL.ax + i] - tools[at + TOOL.gax + i]) ** 2
    this.ghost.visible = this.group.visible && gap > GHOST_M * GHOST_M
    if (this.ghost.visible) place(this.ghost, tools, at, TOOL.gax)
    const { bore } = INSTRUMENTS[this.kind]
    // A plunger stands where what is in the barrel has it.
    const opening = bore ? (tools[at + TOOL.barrel] + tools[at + TOOL.drawn]) / bore.ml : tools[at + TOOL.jaw]
    for (const model of this.models) model.setJaw(opening)
  }

  /** It turns with the shaft that it leads, and lies as deep in the wall as it has slid. */
  private placeTrocar(tools: Float64Array, at: number): void {
    if (this.trocar.children.length === 0) {
      this.trocar.add(buildTrocar())
      shade(this.trocar)
    }
    this.trocar.matrix.copy(this.group.matrix)
    const share = tools[at + TOOL.slid] / INSTRUMENTS[this.kind].length
    this.trocar.matrix.setPosition(
      tools[at + TOOL.pivotX] + (tools[at + TOOL.ax] - tools[at + TOOL.bx]) * share,
      tools[at + TOOL.pivotY] + (tools[at + TOOL.ay] - tools[at + TOOL.by]) * share,
      tools[at + TOOL.pivotZ] + (tools[at + TOOL.az] - tools[at + TOOL.bz]) * share,
    )
    this.trocar.matrixWorldNeedsUpdate = true
  }

  private take(kind: number): void {
    this.kind = kind
    this.group.clear()
    this.ghost.clear()
    this.ghost.visible = false
    const instrument = INSTRUMENTS[kind]
    if (!instrument) return
    const [model, ghost] = [buildInstrument(instrument), buildInstrument(instrument)]
    shade(model.group)
    this.models = [model, ghost]
    this.group.add(model.group)
    this.ghost.add(ghostly(ghost.group))
  }
}

function shade(group: Group): void {
  group.traverse((part) => {
    if (!(part instanceof Mesh)) return
    part.receiveShadow = true
    // Handles of plastic lie outside the lamps' light: the surgeon keeps them and the hands aside.
    part.castShadow = !(part.material instanceof MeshPhysicalMaterial)
  })
}

/** The same form as a pale, see-through shape that everything shines through. */
function ghostly(group: Group): Group {
  const material = new MeshBasicMaterial({ color: '#8fe3dc', transparent: true, opacity: 0.2, depthTest: false })
  group.traverse((part) => {
    if (!(part instanceof Mesh)) return
    part.material = material
    part.renderOrder = 20
  })
  return group
}

const tip = new Vector3()
const along = new Vector3()
const up = new Vector3()
const across = new Vector3()
const turned = new Matrix4()

/** Lays a model so that its tip, its far end and the way its jaws open are those of a tool. */
function place(group: Group, tools: Float64Array, at: number, slot: number): void {
  tip.fromArray(tools, at + slot)
  along
    .fromArray(tools, at + slot + 3)
    .sub(tip)
    .normalize()
  up.fromArray(tools, at + TOOL.upX)
  up.addScaledVector(along, -up.dot(along))
  if (up.lengthSq() < 1e-6) up.set(along.y, along.z, along.x).addScaledVector(along, -along.dot(up))
  up.normalize()
  across.crossVectors(up, along)
  turned.makeBasis(across, up, along).setPosition(tip)
  group.matrix.copy(turned)
  group.matrixWorldNeedsUpdate = true
}
