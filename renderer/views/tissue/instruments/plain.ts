import { CylinderGeometry, Group, Mesh, MeshStandardMaterial, SphereGeometry } from 'three'
import type { Instrument } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { mergeAlike } from '../../theatre/instruments/merge.ts'
import type { InstrumentModel } from '../../theatre/instruments/model.ts'
import { buildScalpel } from '../../theatre/instruments/scalpel.ts'
import { clearPlastic, plastic, steel } from '../../theatre/instruments/surfaces.ts'
import { sweep } from '../../theatre/instruments/sweep.ts'
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

/** Blunt paddle that holds organs aside. */
function retractor({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const r = shaftRadius / MM
  group.add(
    new Mesh(plate(paddle(0, 46, r, r * 0.8), r * 0.7, 'plan'), steel()),
    new Mesh(rod(38, length / MM, r * 0.72), steel()),
    new Mesh(rod(length / MM - 10, length / MM + 60, 9, 10), plastic('#2b3338')),
  )
  return still(group)
}

function scope({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const r = shaftRadius / MM
  const lens = new MeshStandardMaterial({ color: '#1c2f45', roughness: 0.08, metalness: 0.3 })
  const light = new MeshStandardMaterial({ color: '#fff7e4', emissive: '#fff1cf', emissiveIntensity: 1.4 })
  group.add(
    new Mesh(rod(0.3, length / MM, r), new MeshStandardMaterial({ color: '#3b4146', roughness: 0.35, metalness: 0.6 })),
    new Mesh(rod(0.1, 0.4, r * 0.9), light),
    new Mesh(rod(0, 0.5, r * 0.6), lens),
    new Mesh(rod(length / MM, length / MM + 60, 16, 18), plastic('#22282c')),
  )
  return still(group)
}

/** A cutting ball with flutes. */
function burr({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  const r = shaftRadius / MM
  group.add(new Mesh(ball(r, r * 0.92), jawSteel()))
  for (let i = 0; i < 10; i++) {
    const flute = new Mesh(new CylinderGeometry(r * MM, r * MM, 0.28 * MM, 28), jawSteel())
    flute.position.z = r * MM
    flute.rotation.set(0, (Math.PI * i) / 10, Math.PI / 2 + 0.25, 'ZYX')
    group.add(flute)
  }
  group.add(new Mesh(rod(r * 1.6, 40, r * 0.45), steel()), new Mesh(rod(40, length / MM, 4, 8), plastic('#cfd5d8')))
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

/** A plain rod of the instrument's own thickness. */
function bar({ shaftRadius, length }: Instrument): InstrumentModel {
  const group = new Group()
  group.add(new Mesh(ball(shaftRadius / MM, shaftRadius / MM), steel()))
  group.add(new Mesh(rod(shaftRadius / MM, length / MM, shaftRadius / MM), steel()))
  return still(group)
}

const FORMS: Readonly<Record<string, (instrument: Instrument) => InstrumentModel>> = {
  hook,
  'suction-irrigator': suction,
  scalpel: buildScalpel,
  probe,
  retractor,
  scope,
  burr,
  phaco,
}

/** An instrument without jaws. */
export const buildPlain = (instrument: Instrument): InstrumentModel => (FORMS[instrument.name] ?? bar)(instrument)
