import { BufferAttribute, BufferGeometry, Color, DynamicDrawUsage, Mesh, MeshPhysicalMaterial, Vector3 } from 'three'
import { ROD_LOOKS, type RodLook } from '../../../../core/simulation/tissue/thread/materials.ts'
import { HEAD, type TissueSnapshot } from '../run/snapshot.ts'

const AROUND = 12
/** Points drawn between two of the thread's own. */
const BETWEEN = 3

/** All threads as tubes through their points. */
export class ThreadModels {
  readonly mesh: Mesh<BufferGeometry, MeshPhysicalMaterial>
  private room = 0

  constructor() {
    const look = new MeshPhysicalMaterial({
      vertexColors: true,
      roughness: 0.42,
      clearcoat: 0.5,
      clearcoatRoughness: 0.3,
    })
    this.mesh = new Mesh(new BufferGeometry(), look)
    this.mesh.castShadow = this.mesh.receiveShadow = true
    this.mesh.frustumCulled = false
  }

  /** @param thinnest radius with which a finer thread is drawn, so that it can be seen, m */
  update({ head, thread, threadOf, threadLook }: TissueSnapshot, thinnest: number): void {
    const count = head[HEAD.threadPoints]
    this.mesh.visible = count > 1
    if (count < 2) return
    if (count > this.room) this.grow(count)
    const { geometry } = this.mesh
    const position = geometry.getAttribute('position') as BufferAttribute
    const normal = geometry.getAttribute('normal') as BufferAttribute
    const colour = geometry.getAttribute('color') as BufferAttribute
    const index = geometry.getIndex() as BufferAttribute
    let rows = 0
    let corners = 0
    let first = 0
    let last = 0
    side.set(0, 0, 0)
    for (let p = 0; p < count; p++) {
      const begins = p === 0 || threadOf[p - 1] !== threadOf[p]
      const ends = p + 1 === count || threadOf[p + 1] !== threadOf[p]
      const after = ends ? p : p + 1
      if (begins) {
        side.set(0, 0, 0)
        first = last = p
        while (last + 1 < count && threadOf[last + 1] === threadOf[p]) last++
      }
      for (let k = 0; k < (ends ? 1 : BETWEEN); k++) {
        curve(
          thread,
          begins ? p : p - 1,
          p,
          after,
          p + 2 < count && threadOf[p + 2] === threadOf[p] ? p + 2 : after,
          k / BETWEEN,
        )
        if (!begins || k > 0) {
          for (let a = 0; a < AROUND; a++) {
            const next = (a + 1) % AROUND
            const [i, j] = [(rows - 1) * AROUND, rows * AROUND]
            for (const corner of [i + a, i + next, j + a, i + next, j + next, j + a]) index.setX(corners++, corner)
          }
        }
        const look = ROD_LOOKS[threadLook[p]] ?? 'thread'
        paintRing(colour, rows, look, p - first, last - p, k)
        ring(position, normal, rows++, Math.max(thinnest, thread[p * 4 + 3]) * widthOf(look, p - first, last - p, k))
      }
    }
    geometry.setDrawRange(0, corners)
    for (const attribute of [position, normal, colour, index]) attribute.needsUpdate = true
  }

  dispose(): void {
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
  }

  private grow(count: number): void {
    this.room = count
    const vertices = count * BETWEEN * AROUND
    const geometry = new BufferGeometry()
    for (const name of ['position', 'normal', 'color'])
      geometry.setAttribute(name, new BufferAttribute(new Float32Array(vertices * 3), 3).setUsage(DynamicDrawUsage))
    geometry.setIndex(new BufferAttribute(new Uint32Array(vertices * 6), 1))
    this.mesh.geometry.dispose()
    this.mesh.geometry = geometry
  }
}

const at = new Vector3()
const along = new Vector3()
const side = new Vector3()
const top = new Vector3()

/** Point and direction on the spline (Catmull–Rom) between points b and c. */
function curve(p: Float32Array, a: number, b: number, c: number, d: number, t: number): void {
  const point = (i: 0 | 1 | 2) => {
    const [x, y, z, w] = [p[a * 4 + i], p[b * 4 + i], p[c * 4 + i], p[d * 4 + i]]
    const [q, r, s] = [z - x, 2 * x - 5 * y + 4 * z - w, 3 * (y - z) + w - x]
    at.setComponent(i, y + 0.5 * t * (q + t * (r + t * s)))
    along.setComponent(i, 0.5 * (q + t * (2 * r + t * 3 * s)))
  }
  point(0)
  point(1)
  point(2)
  along.normalize()
}

/** Colours: dyed thread, steel, the plastic of tubes, and their parts. */
const COLOURS: Readonly<Record<RodLook, Color>> = {
  thread: new Color('#2d3f8f'),
  needle: new Color('#c3c9cd'),
  wire: new Color('#b9c0c4'),
  catheter: new Color('#e8dcc0'),
  drain: new Color('#d5dadb'),
}
const HUB = new Color('#1d6f9c')
const STRIPE = new Color('#1f57a8')
const HOLE = new Color('#14181a')

/** Points that a hub is long, and how much wider than its catheter. */
const HUB_POINTS = 3
const HUB_WIDTH = 2.6
/** A drain has a hole on either side in turn at every so many points, as far from its tip as this. */
const HOLES_EACH = 3
const HOLES_END = 14

/** How wide a rod is drawn against its radius. @param from points behind its tip @param to points before its end */
function widthOf(look: RodLook, from: number, to: number, k: number): number {
  // A needle comes to a point.
  if (look === 'needle') return from === 0 ? 0.15 + (0.85 * k) / BETWEEN : 1
  // The mouth of a tube.
  if ((look === 'drain' || look === 'catheter') && ((from === 0 && k === 0) || to === 0)) return 0.02
  return look === 'catheter' && to <= HUB_POINTS ? HUB_WIDTH : 1
}

/** Paints a ring: what a rod is made of, the stripe and the holes of a drain, the hub of a catheter, mouths of tubes. */
function paintRing(colour: BufferAttribute, row: number, look: RodLook, from: number, to: number, k: number): void {
  const isTube = look === 'drain' || look === 'catheter'
  const isMouth = isTube && ((from === 0 && k === 0) || to === 0)
  const hole =
    look === 'drain' && k > 0 && from > 0 && from < HOLES_END && from % HOLES_EACH === 0
      ? AROUND / 4 + (from % (2 * HOLES_EACH) === 0 ? 0 : AROUND / 2)
      : -1
  const base = look === 'catheter' && to <= HUB_POINTS ? HUB : COLOURS[look]
  for (let a = 0; a < AROUND; a++) {
    const { r, g, b } = isMouth || a === hole ? HOLE : look === 'drain' && a === 0 ? STRIPE : base
    colour.setXYZ(row * AROUND + a, r, g, b)
  }
}

/** A ring of vertices about the point, its frame carried on from the ring before. */
function ring(position: BufferAttribute, normal: BufferAttribute, row: number, radius: number): void {
  if (side.lengthSq() < 0.5) side.set(along.y, along.z, -along.x)
  side.addScaledVector(along, -side.dot(along)).normalize()
  top.crossVectors(along, side)
  for (let a = 0; a < AROUND; a++) {
    const angle = (2 * Math.PI * a) / AROUND
    const [s, c] = [Math.sin(angle), Math.cos(angle)]
    const v = row * AROUND + a
    const [x, y, z] = [side.x * c + top.x * s, side.y * c + top.y * s, side.z * c + top.z * s]
    normal.setXYZ(v, x, y, z)
    position.setXYZ(v, at.x + x * radius, at.y + y * radius, at.z + z * radius)
  }
}
