import { CylinderGeometry, Group, Mesh, type MeshStandardMaterial, TorusGeometry } from 'three'
import { mergeAlike } from './merge.ts'
import type { InstrumentModel } from './model.ts'
import { steel } from './surfaces.ts'
import { sweep } from './sweep.ts'

const MM = 0.001
/** Half opening of the jaws when fully open, radians. */
const SPREAD = 0.3

type Form = { jawMm: number; shankMm: number; ringMm: number; curveMm: number; jawHalfMm: readonly [number, number] }

const ARTERY: Form = { jawMm: 52, shankMm: 96, ringMm: 11, curveMm: 10, jawHalfMm: [1.5, 1.9] }
const DRIVER: Form = { jawMm: 20, shankMm: 108, ringMm: 11, curveMm: 0, jawHalfMm: [2, 2.2] }

/** Curved artery forceps (Roberts form, about 20 cm) for blunt dissection. */
export function buildForceps(): InstrumentModel {
  return pivoted(ARTERY)
}

/** Needle holder with a curved needle and thread in its jaws. */
export function buildNeedleDriver(): InstrumentModel {
  const model = pivoted(DRIVER)
  const needle = new Mesh(new TorusGeometry(9 * MM, 0.45 * MM, 8, 28, Math.PI * 1.05), steel())
  needle.rotation.set(Math.PI / 2, 0, Math.PI * 0.45)
  needle.position.set(0, 0, 3 * MM)
  const thread = new Mesh(
    sweep(
      [
        [9, 0, 3],
        [16, -8, 20],
        [14, -26, 48],
        [28, -40, 60],
      ],
      [
        [0.22, 0.22],
        [0.22, 0.22],
      ],
      [1, 0, 0],
      40,
      6,
    ),
    steel(),
  )
  ;(thread.material as MeshStandardMaterial).color.set('#20242a')
  ;(thread.material as MeshStandardMaterial).metalness = 0
  model.group.add(needle, thread)
  return model
}

function pivoted(form: Form): InstrumentModel {
  const group = new Group()
  const material = steel()
  const arms = [arm(form, 1, material), arm(form, -1, material)]
  const screw = new Mesh(new CylinderGeometry(2.6 * MM, 2.6 * MM, 7.4 * MM, 18), material)
  screw.position.set(0, form.curveMm * MM, form.jawMm * MM)
  group.add(...arms, screw)
  const setJaw = (opening: number) => {
    const half = SPREAD * Math.max(0, Math.min(1, opening)) * (form === ARTERY ? 1 : 0.5)
    arms[0].rotation.y = -half
    arms[1].rotation.y = half
  }
  setJaw(0)
  return { group, setJaw }
}

/** One half: jaw on its own side, crossing at the box joint, shank and ring on the other side. */
function arm(form: Form, side: 1 | -1, material: MeshStandardMaterial): Group {
  const pivot = new Group()
  pivot.position.z = form.jawMm * MM
  const { jawMm, shankMm, ringMm, curveMm } = form
  const [a, b] = form.jawHalfMm
  const jaw = sweep(
    [
      [side * 0.75, -curveMm, -jawMm],
      [side * 1.0, -curveMm * 0.62, -jawMm * 0.72],
      [side * 1.5, -curveMm * 0.2, -jawMm * 0.38],
      [side * 1.9, 0, 0],
    ],
    [
      [a * 0.5, b * 0.55],
      [a * 0.85, b * 0.8],
      [a, b],
      [a * 1.6, b * 1.5],
    ],
  )
  // The tip is the tool's origin, so the curve is lifted as a whole.
  jaw.translate(0, curveMm * MM, 0)
  const y = curveMm
  const shank = sweep(
    [
      [side * 1.9, y, -3],
      [0, y, 6],
      [-side * 3.2, y, 30],
      [-side * 5.4, y, shankMm * 0.7],
      [-side * (ringMm + 1), y, shankMm],
    ],
    [
      [2.6, 2.9],
      [2.4, 2.7],
      [1.9, 2.2],
      [1.8, 2.1],
      [1.8, 2.1],
    ],
    [0, 1, 0],
    36,
  )
  const ring = new Mesh(new TorusGeometry(ringMm * MM, 2 * MM, 10, 30), material)
  ring.scale.set(0.86, 1.2, 1)
  ring.rotation.x = Math.PI / 2
  ring.position.set(-side * (ringMm * 0.9 + 1.6) * MM, y * MM, (shankMm + ringMm * 1.1) * MM)
  const ratchet = new Mesh(
    sweep(
      [
        [-side * 6, y, shankMm - 9],
        [side * 1.5, y + side * 0.9, shankMm - 10],
      ],
      [
        [2.2, 1],
        [1.8, 0.9],
      ],
    ),
    material,
  )
  pivot.add(new Mesh(jaw, material), new Mesh(shank, material), ring, ratchet)
  return mergeAlike(pivot)
}
