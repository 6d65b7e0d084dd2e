import {
  BoxGeometry,
  BufferAttribute,
  type BufferGeometry,
  CatmullRomCurve3,
  Color,
  CylinderGeometry,
  Group,
  LatheGeometry,
  Mesh,
  MeshPhysicalMaterial,
  TubeGeometry,
  Vector2,
  Vector3,
} from 'three'
import { mergeAlike } from './merge.ts'
import type { InstrumentModel } from './model.ts'
import { clearPlastic, plastic, steel } from './surfaces.ts'
import { sweep } from './sweep.ts'

const MM = 0.001
/** 28 Fr: outer diameter 28 / 3 mm. */
export const DRAIN_RADIUS_M = (28 / 6) * MM

/** Soft milky PVC; stripe, marks and holes are painted as vertex colours along the tube. */
export function tubing(): MeshPhysicalMaterial {
  return new MeshPhysicalMaterial({ vertexColors: true, roughness: 0.3, clearcoat: 0.8, clearcoatRoughness: 0.25 })
}

/** Paints stripe, centimetre marks and side holes on a tube of `rings` × `around` vertices. */
function paint(
  geometry: BufferGeometry,
  lengthM: number,
  rings: number,
  around: number,
  holes: readonly number[],
): void {
  const colour = new Float32Array((rings + 1) * (around + 1) * 3)
  const body = new Color('#e9eef0')
  const stripe = new Color('#2f6fb5')
  const mark = new Color('#39434a')
  const hole = new Color('#3a1512')
  for (let ring = 0; ring <= rings; ring++) {
    const alongMm = ((ring / rings) * lengthM) / MM
    const marked = alongMm > 40 && Math.abs(alongMm - Math.round(alongMm / 20) * 20) < 0.7
    for (let k = 0; k <= around; k++) {
      const angle = k / around
      // A stripe on either side, so that one shows however the tube lies.
      let c = angle < 0.045 || angle > 0.955 || Math.abs(angle - 0.5) < 0.045 ? stripe : body
      if (marked && angle > 0.1 && angle < 0.4) c = mark
      for (let h = 0; h < holes.length; h++) {
        const across = ((angle - (h % 2 === 0 ? 0.25 : 0.75)) * 2 * Math.PI * DRAIN_RADIUS_M) / MM
        if (((alongMm - holes[h]) / 4.4) ** 2 + (across / 2.7) ** 2 < 1) c = hole
      }
      c.toArray(colour, (ring * (around + 1) + k) * 3)
    }
  }
  geometry.setAttribute('color', new BufferAttribute(colour, 3))
}

/** Facets round the tube: a stripe needs a few of them. */
const AROUND = 24

/** Distances of the side holes from the tip of the drain, mm. */
export const DRAIN_HOLES_MM = [12, 24, 36, 48, 60]

/** The tube along given points (metres), tip first. */
export function drainGeometry(points: readonly Vector3[]): BufferGeometry {
  const curve = new CatmullRomCurve3([...points], false, 'centripetal')
  const length = curve.getLength()
  const rings = Math.max(40, Math.min(260, Math.round(length / 0.002)))
  const geometry = new TubeGeometry(curve, rings, DRAIN_RADIUS_M, AROUND, false)
  paint(geometry, length, rings, AROUND, DRAIN_HOLES_MM)
  return geometry
}

/** Stepped connector between drain and connecting tube, its waist at the origin, along +Z; metres. */
export function connectorGeometry(): LatheGeometry {
  const profile = [
    [0, -21],
    [3.4, -21],
    [4.4, -4],
    [6.8, -3.4],
    [6.8, 3.4],
    [4.6, 4],
    [3.4, 22],
    [0, 22],
  ].map(([radius, along]) => new Vector2(radius * MM, along * MM))
  return new LatheGeometry(profile, 20).rotateX(Math.PI / 2)
}

/** A chest drain held in the hand, before it lies in the tract: straight with a bend at the tail. */
export function buildDrain(): InstrumentModel {
  const group = new Group()
  const points = [
    [0, 0, 0],
    [0, 0, 60],
    [0, -1, 140],
    [0, -8, 220],
    [6, -34, 300],
    [20, -84, 350],
  ].map(([x, y, z]) => new Vector3(x * MM, y * MM, z * MM))
  group.add(new Mesh(drainGeometry(points), tubing()))
  return { group: mergeAlike(group), setJaw: () => {} }
}

/** The same tube over a pointed steel rod: the trocar, which the case counts as an error. */
export function buildTrocarDrain(): InstrumentModel {
  const model = buildDrain()
  const rod = new Mesh(
    sweep(
      [
        [0, 0, -9],
        [0, 0, 0],
        [0, 0, 10],
      ],
      [
        [0.3, 0.3],
        [3, 3],
        [3.4, 3.4],
      ],
      [0, 1, 0],
      12,
      12,
    ),
    steel(),
  )
  const knob = new Mesh(new CylinderGeometry(13 * MM, 15 * MM, 22 * MM, 24), plastic('#3a4a54'))
  knob.rotation.x = Math.PI / 2
  knob.position.set(0, -4 * MM, 190 * MM)
  model.group.add(rod, knob)
  return model
}

/** Skin marker with a violet tip. */
export function buildMarker(): InstrumentModel {
  const group = new Group()
  const part = (a: number, b: number, from: number, to: number, colour: string) => {
    const mesh = new Mesh(new CylinderGeometry(b * MM, a * MM, (to - from) * MM, 20), plastic(colour))
    mesh.rotation.x = Math.PI / 2
    mesh.position.z = ((from + to) / 2) * MM
    return mesh
  }
  group.add(
    part(0.5, 1.4, 0, 4, '#4b2a86'),
    part(1.6, 3.6, 4, 16, '#f4f4f1'),
    part(4.6, 4.8, 16, 62, '#f4f4f1'),
    part(4.85, 4.85, 62, 88, '#5b35a0'),
    part(4.8, 4.4, 88, 132, '#f4f4f1'),
  )
  return { group: mergeAlike(group), setJaw: () => {} }
}

/** Folded gauze with a clear adhesive film, carried flat against the skin. */
export function buildDressing(): InstrumentModel {
  const group = new Group()
  const film = new Mesh(new BoxGeometry(72 * MM, 60 * MM, 0.5 * MM), clearPlastic('#eaf3f2', 0.35))
  const cloth = new MeshPhysicalMaterial({ color: new Color('#f5f3ec'), roughness: 0.95, sheen: 0.6 })
  const gauze = new Mesh(new BoxGeometry(52 * MM, 42 * MM, 5 * MM), cloth)
  const fold = new Mesh(new BoxGeometry(50 * MM, 20 * MM, 3 * MM), cloth)
  gauze.position.z = 3 * MM
  fold.position.set(0, 10 * MM, 6.6 * MM)
  film.position.z = 7.6 * MM
  group.add(gauze, fold, film)
  return { group: mergeAlike(group), setJaw: () => {} }
}
