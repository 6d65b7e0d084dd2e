import {
  type BufferGeometry,
  ConeGeometry,
  CylinderGeometry,
  Group,
  Mesh,
  MeshStandardMaterial,
  SphereGeometry,
} from 'three'
import type { Instrument } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { buildFinger } from '../../theatre/instruments/hand.ts'
import { mergeAlike } from '../../theatre/instruments/merge.ts'
import type { InstrumentModel } from '../../theatre/instruments/model.ts'
import { buildSyringe } from '../../theatre/instruments/needles.ts'
import { buildScalpel } from '../../theatre/instruments/scalpel.ts'
import { clearPlastic, edgeSteel, plastic, steel } from '../../theatre/instruments/surfaces.ts'
import { sweep } from '../../theatre/instruments/sweep.ts'
import { buildDrain, buildTrocarDrain } from '../../theatre/instruments/tubes.ts'
import { ball, hollowDark, insulation, jawSteel, MM, paddle, plate, rod } from './parts.ts'

const still = (group: Group): InstrumentModel => ({ group: mergeAlike(group), setJaw: () => {} })

/** L-shaped hook of monopolar energy. */
function hook({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const wire = sweep(
    [
      [0, -3.6, 0.5],
      [0, -2, 0.35],
      [0, -0.4, 0.7],
      [0, 0, 2.4],
      [0, 0, 15],
    ],
    [
      [0.42, 0.3],
      [0.5, 0.42],
      [0.55, 0.55],
      [0.6, 0.6],
      [0.6, 0.6],
    ],
    [1, 0, 0],
    30,
    12,
  )
  group.add(
    new Mesh(wire, jawSteel()),
    new Mesh(rod(11, 16, 1.2, shaftRadius / MM), plastic('#e9e3d6')),
    new Mesh(rod(16, length / MM, shaftRadius / MM), insulation()),
    new Mesh(rod(length / MM - 6, length / MM + 60, 8, 9), plastic('#31506e')),
  )
  return still(group)
}

/** Suction tube with side holes near its end. */
function suction({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const r = shaftRadius / MM
  group.add(
    new Mesh(rod(0.15, length / MM, r), steel()),
    new Mesh(rod(0, 0.25, r * 0.78), hollowDark()),
    new Mesh(rod(length / MM - 4, length / MM + 70, 9, 10), plastic('#e8ecec')),
  )
  for (let i = 0; i < 8; i++) {
    const hole = new Mesh(new SphereGeometry(0.55 * MM, 12, 8), hollowDark())
    const angle = (Math.PI / 2) * (i % 4)
    hole.position.set(Math.cos(angle) * r * MM, Math.sin(angle) * r * MM, (i < 4 ? 4 : 8) * MM)
    group.add(hole)
  }
  return still(group)
}

function probe({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const [r, end] = [shaftRadius / MM, length / MM]
  group.add(
    new Mesh(ball(r * 1.05, r * 1.05), steel()),
    new Mesh(rod(r, end * 0.55, r * 0.86, r * 0.95), steel()),
    new Mesh(rod(end * 0.55, end * 0.58, r * 0.95, 3), steel()),
    new Mesh(rod(end * 0.58, end, 3, 3.2, 6), steel()),
  )
  return still(group)
}

/** Blunt fingers side by side that hold organs aside: a fan, half closed. */
function retractor({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const r = shaftRadius / MM
  for (const side of [-1, 0, 1]) {
    const finger = plate(paddle(0, 48, r * 0.42, r * 0.3), r * 0.42, 'plan')
    // They spread from a common pin.
    finger.translate(0, side * 0.12 * r * MM, -44 * MM).rotateY(side * 0.13)
    group.add(new Mesh(finger.translate(0, 0, 44 * MM), steel()))
  }
  const pin = new CylinderGeometry(r * 0.3 * MM, r * 0.3 * MM, r * 1.2 * MM, 18)
  group.add(
    new Mesh(pin.translate(0, 0, 42 * MM), jawSteel()),
    new Mesh(rod(40, 50, r * 0.62, r * 0.9), jawSteel()),
    new Mesh(rod(50, length / MM, r * 0.9), insulation()),
    new Mesh(rod(length / MM - 10, length / MM + 60, 9, 10), plastic('#2b3338')),
  )
  return still(group)
}

/** Endoscope: lens in the middle of its end face, light fibres around it; the face of an oblique one is ground to its angle. */
function scope({ shaftRadius, length, view }: Instrument): InstrumentModel {
  const group = new Group()
  const r = shaftRadius / MM
  const slope = Math.tan(view?.oblique ?? 0)
  const lens = new MeshStandardMaterial({ color: '#16283d', roughness: 0.05, metalness: 0.4 })
  const light = new MeshStandardMaterial({ color: '#fff7e4', emissive: '#fff1cf', emissiveIntensity: 0.9 })
  // Everything near the end is sheared, so that the face looks away from the light post (+Y).
  const face = (geometry: BufferGeometry) => shear(geometry, slope, r * 2.2 * MM)
  group.add(
    new Mesh(face(rod(0.15, r * 2.4, r, r, 40)), steel()),
    new Mesh(
      rod(r * 2.4, length / MM, r),
      new MeshStandardMaterial({ color: '#8d9499', roughness: 0.3, metalness: 0.7 }),
    ),
    new Mesh(face(rod(0.08, 0.3, r * 0.9, r * 0.9, 40)), light),
    new Mesh(face(rod(0.02, 0.4, r * 0.62, r * 0.62, 40)), jawSteel()),
    new Mesh(face(rod(-0.02, 0.42, r * 0.52, r * 0.52, 40)), lens),
    new Mesh(rod(length / MM, length / MM + 60, 16, 18), plastic('#22282c')),
  )
  const post = rod(0, 26, 3.4, 3.2)
  group.add(new Mesh(post.rotateX(-Math.PI / 2).translate(0, 0, length - 18 * MM), jawSteel()))
  return still(group)
}

/** Moves what is near the tip along the shaft by its height, so that a flat end becomes an oblique one. */
function shear(geometry: BufferGeometry, slope: number, reach: number): BufferGeometry {
  const position = geometry.getAttribute('position')
  for (let i = 0; i < position.count; i++) {
    const near = Math.max(0, 1 - position.getZ(i) / reach)
    position.setZ(i, position.getZ(i) + (position.getY(i) + reach * 0.42) * slope * near)
  }
  geometry.computeVertexNormals()
  return geometry
}

/** Ridges that wind about a turned form: how many, how steep (radians for a metre), how deep as a share of the radius. */
function flute(geometry: BufferGeometry, count: number, perM: number, deep: number): BufferGeometry {
  const position = geometry.getAttribute('position')
  for (let i = 0; i < position.count; i++) {
    const [x, y, z] = [position.getX(i), position.getY(i), position.getZ(i)]
    const angle = Math.atan2(y, x) * count + z * perM
    // Teeth: a steep face and a gentle back.
    const phase = angle / (2 * Math.PI) - Math.floor(angle / (2 * Math.PI))
    const share = 1 - deep * phase ** 1.6
    position.setXYZ(i, x * share, y * share, z)
  }
  geometry.computeVertexNormals()
  return geometry
}

/** A cutting ball with flutes. */
function burr({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const r = shaftRadius / MM
  const head = new SphereGeometry(r * MM, 96, 48).rotateX(Math.PI / 2).translate(0, 0, r * MM)
  group.add(
    new Mesh(flute(head, 8, 260, 0.2), edgeSteel()),
    new Mesh(rod(r * 1.6, 40, r * 0.42), steel()),
    new Mesh(rod(34, 44, 2.4, 4.6), jawSteel()),
    new Mesh(rod(44, length / MM, 5, 8), plastic('#cfd5d8')),
  )
  return still(group)
}

/** Twist drill: two lips, two grooves that wind up the shank. */
function drill({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const r = shaftRadius / MM
  const bit = new CylinderGeometry(r * MM, r * MM, 24 * MM, 72, 120, true).rotateX(Math.PI / 2)
  const tip = new ConeGeometry(r * MM, r * 1.1 * MM, 40, 8).rotateX(-Math.PI / 2)
  group.add(
    new Mesh(flute(bit.translate(0, 0, (12 + r * 1.1) * MM), 2, 640, 0.45), edgeSteel()),
    new Mesh(flute(tip.translate(0, 0, r * 0.55 * MM), 2, 640, 0.3), edgeSteel()),
    new Mesh(rod(24 + r, 46, r * 0.96), steel()),
    new Mesh(rod(44, 52, 2.6, 5), jawSteel()),
    new Mesh(rod(52, length / MM, 6, 8), plastic('#cfd5d8')),
  )
  return still(group)
}

/** Flexible tube of rubber that tapers to its tip, ringed every centimetre. */
function bougie({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const r = shaftRadius / MM
  const rubber = new MeshStandardMaterial({ color: '#6d3a24', roughness: 0.42 })
  const mark = new MeshStandardMaterial({ color: '#efe6d2', roughness: 0.6 })
  group.add(
    new Mesh(ball(r * 0.55, r * 0.55), rubber),
    new Mesh(rod(r * 0.5, 24, r * 0.55, r), rubber),
    new Mesh(rod(24, length / MM, r), rubber),
  )
  for (let z = 30; z < length / MM; z += 10) group.add(new Mesh(rod(z, z + 0.7, r * 1.004), mark))
  return still(group)
}

/** Titanium needle in its silicone sleeve. */
function phaco({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const r = shaftRadius / MM
  group.add(
    new Mesh(rod(0, 14, r, r * 1.2), jawSteel()),
    new Mesh(rod(1.6, 14, r * 1.7, r * 2.4), clearPlastic('#5aa7d6', 0.55)),
    new Mesh(rod(14, 26, r * 2.4, 6), steel()),
    new Mesh(rod(26, length / MM, 6, 8), plastic('#d5dade')),
  )
  return still(group)
}

/** Pusher of a ligating loop: a thin tube of plastic that the thread runs through. */
function loop({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const r = shaftRadius / MM
  const tube = plastic('#e9e6dc')
  group.add(
    new Mesh(rod(0.2, 5, r * 0.55, r), tube),
    new Mesh(rod(5, length / MM, r), tube),
    new Mesh(rod(0, 0.3, r * 0.28), hollowDark()),
    new Mesh(rod(length / MM - 18, length / MM + 6, r, 4), plastic('#7d4fa0')),
  )
  return still(group)
}

/** An introducer sheath on its dilator, with its hub and valve. */
function sheath({ bore, shaftRadius, length }: Instrument): InstrumentModel {
  const r = (bore?.radius ?? 0) / MM
  const end = (bore?.length ?? 0) / MM
  const group = new Group()
  group.add(
    new Mesh(rod(0, 14, r * 0.4, r * 0.8), plastic('#2f6f9f')),
    new Mesh(rod(14, end, r), plastic('#e9e6dc')),
    new Mesh(rod(end, length / MM, shaftRadius / MM), plastic('#4a9d5f')),
  )
  return still(group)
}

/** A plain rod of the instrument's own thickness. */
function bar({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  group.add(new Mesh(ball(shaftRadius / MM, shaftRadius / MM), steel()))
  group.add(new Mesh(rod(shaftRadius / MM, length / MM, shaftRadius / MM), steel()))
  return still(group)
}

const syringe = ({ bore }: Instrument): InstrumentModel =>
  buildSyringe((bore?.length ?? 0) / MM, bore?.ml, bore && (2 * bore.radius) / MM)

const FORMS: Readonly<Record<string, (instrument: Instrument) => InstrumentModel>> = {
  hook,
  'suction-irrigator': suction,
  scalpel: buildScalpel,
  probe,
  retractor,
  scope,
  'scope-30': scope,
  burr,
  drill,
  bougie,
  phaco,
  'ligating-loop': loop,
  syringe,
  'syringe-1ml': syringe,
  'needle-18g': syringe,
  'introducer-sheath': sheath,
  finger: buildFinger,
  'chest-drain': buildDrain,
  'trocar-drain': buildTrocarDrain,
}

/** An instrument without jaws. */
export const buildPlain = (instrument: Instrument): InstrumentModel => (FORMS[instrument.name] ?? bar)(instrument)
