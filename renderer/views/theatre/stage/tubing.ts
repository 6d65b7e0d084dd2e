import {
  BufferGeometry,
  CatmullRomCurve3,
  FrontSide,
  Group,
  Mesh,
  type MeshPhysicalMaterial,
  TubeGeometry,
  Vector3,
} from 'three'
import { HEADER, type SnapshotBuffer } from '../../../../core/simulation/snapshot.ts'
import { clearPlastic, plastic } from '../instruments/surfaces.ts'
import { connectorGeometry, drainGeometry, tubing } from '../instruments/tubes.ts'

/** The drain that lies in the chest, and the tube from its tail to the bottle. Body frame. */
export class DrainModel {
  readonly group = new Group()
  private readonly drain: Mesh
  private readonly line: Mesh
  private readonly connector = new Mesh(connectorGeometry(), plastic('#3f86c4'))
  private readonly material: MeshPhysicalMaterial = tubing()
  private readonly points: Vector3[] = []
  private last = ''

  constructor() {
    this.drain = new Mesh(new BufferGeometry(), this.material)
    const clear = clearPlastic('#dcebee', 0.62)
    clear.side = FrontSide
    clear.depthWrite = true
    this.line = new Mesh(new BufferGeometry(), clear)
    this.drain.castShadow = this.line.castShadow = this.connector.castShadow = true
    this.group.add(this.drain, this.line, this.connector)
  }

  /** @param bottle where the connecting tube ends, body frame; null while not connected */
  update(snapshot: SnapshotBuffer, bottle: Vector3 | null): void {
    const count = snapshot.header[HEADER.drainCount]
    this.group.visible = count > 1
    if (count < 2) return
    const { drain } = snapshot
    let key = `${count}${bottle ? 'c' : ''}`
    for (let i = 0; i < count * 3; i++) key += `,${Math.round(drain[i] * 2000)}`
    if (bottle) key += `:${Math.round(bottle.x * 100)},${Math.round(bottle.y * 100)},${Math.round(bottle.z * 100)}`
    if (key === this.last) return
    this.last = key
    this.points.length = 0
    for (let i = 0; i < count; i++) this.points.push(new Vector3(drain[i * 3], drain[i * 3 + 1], drain[i * 3 + 2]))
    this.drain.geometry.dispose()
    this.drain.geometry = drainGeometry(this.points)
    this.line.visible = this.connector.visible = bottle !== null
    if (bottle) this.connect(bottle)
  }

  /** A slack tube from the drain's tail to the bottle, hanging down on the way. */
  private connect(bottle: Vector3): void {
    const tail = this.points[this.points.length - 1]
    const before = this.points[this.points.length - 2]
    const out = tail.clone().sub(before).normalize()
    this.connector.position.copy(tail)
    this.connector.quaternion.setFromUnitVectors(ALONG, out)
    // Posterior is down for a patient on the back: the tube leaves straight, bends over and hangs.
    const near = tail.clone().addScaledVector(out, 0.07)
    const over = near.clone().addScaledVector(out, 0.045).lerp(bottle, 0.12)
    over.z -= 0.03
    const middle = over.clone().lerp(bottle, 0.5)
    middle.z -= 0.12
    const start = tail.clone().addScaledVector(out, 0.004)
    const curve = new CatmullRomCurve3([start, near, over, middle, bottle], false, 'centripetal')
    this.line.geometry.dispose()
    this.line.geometry = new TubeGeometry(curve, 120, 0.0058, 14, false)
  }
}

const ALONG = new Vector3(0, 0, 1)
