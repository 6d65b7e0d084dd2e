import { Color, Group, type Matrix4, Mesh, MeshPhysicalMaterial, SpotLight, Vector3 } from 'three'
import type { Patient } from '../../../../core/anatomy/patient.ts'
import type { Tool } from '../../../../core/simulation/contract.ts'
import { OBSERVABLE_INDEX, type Observable } from '../../../../core/simulation/observables.ts'
import { CANNULA_STATE, DRAIN_STATE, HEADER, type SnapshotBuffer } from '../../../../core/simulation/snapshot.ts'
import type { Pose } from '../control/pose.ts'
import { buildCannula } from '../instruments/needles.ts'
import type { BodySkin } from './bodyskin.ts'
import { type BottleModel, buildBottle } from './bottle.ts'
import { buildDrape, layCloth, type Opening } from './drape.ts'
import { DressingModel } from './dressing.ts'
import { Field } from './field.ts'
import { buildBackRest, buildLamp, buildTable, TABLE } from './furniture.ts'
import { backRestRotation, supine } from './pose.ts'
import { buildSkin } from './skin.ts'
import { softenShadowsIn } from './softshadow.ts'
import { SutureModel } from './sutures.ts'
import { ToolRack } from './toolrack.ts'
import { DrainModel } from './tubing.ts'
import { buildWall, type WallModel } from './wall.ts'

/** Skin tones from light to dark after the Monk scale; the seed of the patient chooses. */
const TONES = ['#dcae92', '#d2a07f', '#c38e6a', '#a97550', '#8a5b3d']
const NO_TOOL: ReadonlySet<Tool> = new Set()
/** Tools that no longer lie in the hand once they lie in or on the patient. */
const DRAIN_TOOL: ReadonlySet<Tool> = new Set<Tool>(['drain', 'trocar-drain'])
const DRESSED_TOOLS: ReadonlySet<Tool> = new Set<Tool>([...DRAIN_TOOL, 'dressing'])

/**
 * Everything that stands in the theatre, without a camera: patient on the table under drapes, the operative field, tools,
 * drain and bottle, lamp. Fed with snapshots; framework-free.
 */
export class Theatre {
  readonly root = new Group()
  /** Holds what lies in the body frame. */
  readonly body = new Group()
  readonly field: Field
  readonly rack = new ToolRack()
  readonly lamp: SpotLight
  readonly tone: Color
  private readonly wall: WallModel
  private readonly drain = new DrainModel()
  private readonly bottle: BottleModel
  private readonly rest = new Group()
  private readonly cannula = buildCannula(50).group
  private readonly dressing: DressingModel
  private readonly sutures: SutureModel
  private readonly backZ: number
  private readonly bottleMouth = new Vector3()
  private headUp = Number.NaN
  private swing = 0
  private readonly casters: Mesh[] = []

  constructor(patient: Patient, skin: BodySkin) {
    this.field = new Field(patient.field)
    this.tone = new Color(TONES[patient.seed % TONES.length])
    this.backZ = skin.backZ
    this.wall = buildWall(this.field, this.tone, skin.around ? skin : null)
    this.bottle = buildBottle()
    this.dressing = new DressingModel(this.field)
    this.sutures = new SutureModel(this.field)
    this.lamp = lampLight()
    this.build(patient, skin)
    this.place(0)
  }

  /** Body frame → world, as the bed stands now. */
  get bodyMatrix(): Matrix4 {
    return this.body.matrix
  }

  /** Where the bottle stands, world. */
  get sealAt(): Vector3 {
    return this.bottle.group.position
  }

  /** Takes a snapshot. `wanted`: newest poses of the hands on this device. */
  update(snapshot: SnapshotBuffer, wanted: readonly (Pose | null)[], seconds: number): void {
    const read = (name: Observable) => snapshot.observed[OBSERVABLE_INDEX[name]]
    this.place(read('bed.headUpDegrees'))
    this.wall.update(snapshot, read('lung.expansion'), 1)
    const drainState = snapshot.header[HEADER.drainState]
    const inSitu = (drainState & DRAIN_STATE.inSitu) !== 0 || snapshot.header[HEADER.drainCount] > 1
    const connected = (drainState & DRAIN_STATE.connected) !== 0
    this.drain.update(snapshot, connected ? this.bottleMouth : null)
    const dressed = (drainState & DRAIN_STATE.dressed) !== 0
    this.rack.update(snapshot, wanted, dressed ? DRESSED_TOOLS : inSitu ? DRAIN_TOOL : NO_TOOL)
    this.swing += (read('seal.swing') - this.swing) * 0.2
    const breath = Math.sin(seconds * ((2 * Math.PI * Math.max(6, read('vitals.breaths'))) / 60))
    this.bottle.update(
      {
        swingMm: this.swing * (0.5 + 0.5 * breath),
        bubbling: read('seal.bubbling'),
        fogging: read('drain.fogging'),
        connected: connected ? 'yes' : 'no',
      },
      seconds,
    )
    this.showCannula(snapshot)
    this.sutures.update(snapshot, (drainState & DRAIN_STATE.fixed) !== 0)
    this.dressing.mesh.visible = dressed
    if (dressed) this.placeDressing(snapshot)
  }

  /**
   * How much is drawn: on slow machines only what the hands hold throws a shadow, with a harder edge, and
   * skin has no wet film.
   */
  setDetail(detail: 'full' | 'light'): void {
    const side = detail === 'full' ? 1024 : 512
    this.lamp.shadow.mapSize.set(side, side)
    for (const part of this.casters) {
      part.castShadow = detail === 'full'
      this.film(part, detail)
    }
    this.film(this.wall.mesh, detail)
    softenShadowsIn(this.root, detail)
  }

  private film(mesh: Mesh, detail: 'full' | 'light'): void {
    if (!(mesh.material instanceof MeshPhysicalMaterial)) return
    mesh.material.clearcoat = detail === 'full' ? 1 : 0
    mesh.material.needsUpdate = true
  }

  dispose(): void {
    this.wall.dispose()
    this.root.traverse((part) => {
      if (part instanceof Mesh) part.geometry.dispose()
    })
  }

  private build(patient: Patient, skin: BodySkin): void {
    const { root, body, field } = this
    body.matrixAutoUpdate = false
    const fieldGroup = new Group()
    fieldGroup.matrixAutoUpdate = false
    fieldGroup.matrix.copy(field.toBody)
    fieldGroup.add(this.wall.mesh, this.dressing.mesh)
    body.add(fieldGroup, this.rack.group, this.drain.group, this.sutures.group, this.cannula)
    if (skin.around) {
      const mesh = buildSkin(skin.around, field, this.tone)
      ;(mesh.material as MeshPhysicalMaterial).userData.uniforms.uPrep.value = 1
      body.add(mesh)
      this.casters.push(mesh)
    }
    const opening = openingFor(patient, field)
    const cloth = layCloth(skin.positions, skin.index, this.backZ)
    const drape = buildDrape(cloth, opening, this.backZ)
    body.add(drape)
    this.casters.push(drape)
    this.rest.add(buildBackRest())
    this.rest.position.y = TABLE.hinge
    const side = patient.side === 'right' ? -1 : 1
    this.bottle.group.position.set(side * 0.52, 0.004, 0.12)
    this.cannula.visible = false
    root.add(body, this.rest, buildTable(), buildLamp(), this.bottle.group, this.lamp, this.lamp.target)
  }

  private place(headUpDegrees: number): void {
    if (headUpDegrees === this.headUp) return
    this.headUp = headUpDegrees
    supine(headUpDegrees, this.backZ, this.body.matrix)
    this.body.matrixWorldNeedsUpdate = true
    backRestRotation(headUpDegrees, this.rest.quaternion)
    const { field } = this
    field.skinPoint(field.widthMm / 2, field.heightMm / 2, this.lamp.target.position).applyMatrix4(this.body.matrix)
    const outward = scratch.copy(field.w).transformDirection(this.body.matrix)
    this.lamp.position.copy(this.lamp.target.position).addScaledVector(outward, 0.75)
    this.lamp.position.y += 1.25
    this.lamp.position.z -= 0.25
    this.bottleMouth.copy(this.bottle.group.position)
    this.bottleMouth.y += 0.32
    this.bottleMouth.applyMatrix4(this.body.matrix.clone().invert())
  }

  private showCannula(snapshot: SnapshotBuffer): void {
    this.cannula.visible = (snapshot.header[HEADER.cannulaState] & CANNULA_STATE.inSitu) !== 0
    if (!this.cannula.visible) return
    this.cannula.position.fromArray(snapshot.cannula)
    scratch.fromArray(snapshot.cannula, 3).normalize()
    this.cannula.quaternion.setFromUnitVectors(TOOL_AXIS, scratch)
  }

  /** Over the middle of the cut; without one, over the middle of the field. */
  private placeDressing({ header, incision }: SnapshotBuffer): void {
    const count = header[HEADER.incisionCount]
    let u = 0
    let v = 0
    for (let i = 0; i < count; i++) {
      u += incision[i * 4] / count
      v += incision[i * 4 + 1] / count
    }
    const { field } = this
    this.dressing.place(count > 0 ? u : field.widthMm / 2, count > 0 ? v : field.heightMm / 2)
  }
}

const scratch = new Vector3()
const TOOL_AXIS = new Vector3(0, 0, 1)

/** How far from the midline a slim arm lies bare, m: the fold of the armpit is seen, the rest is under the cloth. */
const ARM_BARE = 0.222
/** Half width of a slim chest below the armpit, m; beyond it the opening grows faster than the chest, for cloth stands higher. */
const SLIM = 0.192
const WIDENS = 2.7

/** Bare are the chest on the sick side, armpit and upper arm: what is needed to find the place. */
function openingFor(patient: Patient, field: Field): Opening {
  const bottom = field.point(field.widthMm / 2, 0, 0).y - 0.03
  const top = Math.max(1.5, field.point(field.widthMm / 2, field.heightMm, 0).y + 0.06)
  let widest = 0
  for (let v = 0; v <= field.heightMm * 0.7; v += 10)
    for (let u = 0; u <= field.widthMm; u += 10) widest = Math.max(widest, Math.abs(field.skinPoint(u, v, scratch).x))
  const side = ARM_BARE + WIDENS * Math.max(0, widest - SLIM)
  return patient.side === 'right'
    ? { left: -side, right: 0.012, bottom, top }
    : { left: -0.012, right: side, bottom, top }
}

function lampLight(): SpotLight {
  const lamp = new SpotLight('#fff4e2', 13, 5, 0.42, 0.55, 1.7)
  lamp.castShadow = true
  lamp.shadow.mapSize.set(1024, 1024)
  // As wide as the samples of the soft shadow lie close: wider, and a thin handle breaks up into dots.
  lamp.shadow.radius = 2.4
  lamp.shadow.focus = 0.72
  lamp.shadow.bias = -0.0015
  lamp.shadow.normalBias = 0.02
  lamp.shadow.camera.near = 0.4
  lamp.shadow.camera.far = 3
  return lamp
}
