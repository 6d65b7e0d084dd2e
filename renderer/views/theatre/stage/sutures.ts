import { CatmullRomCurve3, Group, Mesh, MeshStandardMaterial, TubeGeometry, Vector3 } from 'three'
import { HEADER, type SnapshotBuffer } from '../../../../core/simulation/snapshot.ts'
import { DRAIN_RADIUS_M } from '../instruments/tubes.ts'
import type { Field } from './field.ts'
import { drainKey } from './tubing.ts'

const THREAD_M = 0.00045
/** Where the thread goes through the skin on either side of the drain, m. */
const BITE_M = 0.0115
/** Turns round the drain and how far they climb, m. */
const TURNS = 4
const CLIMB_M = 0.006
const STEPS = 72

/** The stitch that holds the drain: from the skin, four turns round the tube, back to the skin. Body frame. */
export class SutureModel {
  readonly group = new Group()
  private readonly field: Field
  private readonly thread: Mesh
  private key = Number.NaN

  constructor(field: Field) {
    this.field = field
    this.thread = new Mesh(
      new TubeGeometry(new CatmullRomCurve3([new Vector3(), new Vector3(0, 0, 0.001)]), 1),
      new MeshStandardMaterial({ color: '#1b2230', roughness: 0.45 }),
    )
    this.thread.castShadow = true
    this.group.add(this.thread)
    this.group.visible = false
  }

  /** Ties it where the drain leaves the skin. */
  update(snapshot: SnapshotBuffer, tied: boolean): void {
    this.group.visible = tied && snapshot.header[HEADER.drainCount] > 1
    if (!this.group.visible) return
    const key = drainKey(snapshot)
    if (key === this.key) return
    this.key = key
    const exit = exitOf(snapshot, this.field)
    this.thread.visible = exit !== null
    if (!exit) return
    this.thread.geometry.dispose()
    this.thread.geometry = new TubeGeometry(path(exit, this.field), STEPS * 3, THREAD_M, 6, false)
  }
}

type Exit = { at: Vector3; along: Vector3 }

function exitOf({ header, drain }: SnapshotBuffer, field: Field): Exit | null {
  const here = new Vector3()
  const place = new Vector3()
  for (let i = 1; i < header[HEADER.drainCount]; i++) {
    field.locate(here.fromArray(drain, i * 3), place)
    if (place.z < field.surfaceMm('skin', place.x, place.y)) continue
    const before = new Vector3().fromArray(drain, (i - 1) * 3)
    return { at: here.clone(), along: here.clone().sub(before).normalize() }
  }
  return null
}

function path({ at, along }: Exit, field: Field): CatmullRomCurve3 {
  const side = new Vector3().crossVectors(field.v, along).normalize()
  const top = new Vector3().crossVectors(along, side).normalize()
  const radius = DRAIN_RADIUS_M + THREAD_M
  const points: Vector3[] = [bite(at, side, -1, field)]
  for (let k = 0; k <= STEPS; k++) {
    const angle = Math.PI + (2 * Math.PI * (TURNS + 0.5) * k) / STEPS
    points.push(
      at
        .clone()
        .addScaledVector(along, 0.003 + (CLIMB_M * k) / STEPS)
        .addScaledVector(side, Math.cos(angle) * radius)
        .addScaledVector(top, Math.sin(angle) * radius),
    )
  }
  points.push(bite(at, side, 1, field))
  return new CatmullRomCurve3(points, false, 'centripetal')
}

/** Where the thread enters the skin beside the drain. */
function bite(at: Vector3, side: Vector3, way: 1 | -1, field: Field): Vector3 {
  const place = field.locate(at.clone().addScaledVector(side, way * BITE_M))
  return field.point(place.x, place.y, field.surfaceMm('skin', place.x, place.y) - 0.6)
}
