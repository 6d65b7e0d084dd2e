import {
  BufferGeometry,
  CatmullRomCurve3,
  FrontSide,
  Group,
  MathUtils,
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
  private last = Number.NaN

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
    let key = drainKey(snapshot)
    if (bottle) key = mixed(mixed(mixed(key, bottle.x * 100), bottle.y * 100), bottle.z * 100)
    if (key === this.last) return
    this.last = key
    this.points.length = 0
    for (let i = 0; i < count; i++) this.points.push(new Vector3(drain[i * 3], drain[i * 3 + 1], drain[i * 3 + 2]))
    this.line.visible = this.connector.visible = bottle !== null
    if (bottle) this.connect(bottle)
    this.drain.geometry.dispose()
    this.drain.geometry = drainGeometry(this.points)
  }

  /**
   * The way to the bottle: what is left of the drain outside, the connector, then a slack tube that bends over and hangs.
   * The engine's drain ends at the hand that held it; its tail is drawn on from there.
   */
  private connect(bottle: Vector3): void {
    const { points } = this
    const tail = points[points.length - 1]
    const out = tail
      .clone()
      .sub(points[points.length - 2])
      .normalize()
    const near = tail.clone().addScaledVector(out, 0.04)
    // Over the cloth to the edge of the table, and down outside it. Posterior is down for a patient on the back.
    const side = Math.sign(bottle.x)
    const rise = tail.clone().lerp(bottle, 0.08)
    rise.x = tail.x + side * 0.11
    rise.z = tail.z + 0.012
    const edge = tail.clone().lerp(bottle, 0.22)
    edge.x = side * EDGE_M
    edge.z = tail.z - 0.075
    const hang = edge.clone().lerp(bottle, 0.5)
    hang.x = side * (EDGE_M + 0.045)
    const way = new CatmullRomCurve3([tail, near, rise, edge, hang, bottle], false, 'centripetal')
    const length = way.getLength()
    const end = Math.min(0.5, TAIL_M / length)
    const steps = 12
    for (let k = 1; k <= steps; k++) points.push(way.getPointAt((end * k) / steps))
    way.getPointAt(end, this.connector.position)
    this.connector.quaternion.setFromUnitVectors(ALONG, way.getTangentAt(end))
    const rest: Vector3[] = []
    // lerp ends on 1 to the last bit; a hair past it a curve has no point.
    for (let k = 0; k <= 40; k++) rest.push(way.getPointAt(MathUtils.lerp(end, 1, k / 40)))
    this.line.geometry.dispose()
    this.line.geometry = new TubeGeometry(new CatmullRomCurve3(rest, false, 'centripetal'), 120, 0.0058, 14, false)
  }
}

/** A number that changes when the drain lies otherwise by half a millimetre. */
export function drainKey({ header, drain }: SnapshotBuffer): number {
  const count = header[HEADER.drainCount]
  let key = count
  for (let i = 0; i < count * 3; i++) key = mixed(key, drain[i] * 2000)
  return key
}

function mixed(key: number, value: number): number {
  return (Math.imul(key, 31) + Math.round(value)) | 0
}

/** Where the tube goes over the edge of the table, from the midline: outside cloth that hangs there, m. */
const EDGE_M = 0.41

/** How much of the drain lies outside between the skin and the connector, m. */
const TAIL_M = 0.15
const ALONG = new Vector3(0, 0, 1)
