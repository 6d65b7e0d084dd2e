import { BoxGeometry, CylinderGeometry, Group, Mesh } from 'three'
import { mergeAlike } from './merge.ts'
import type { InstrumentModel } from './model.ts'
import { clearPlastic, plastic, steel } from './surfaces.ts'

const MM = 0.001

function cylinder(radiusA: number, radiusB: number, from: number, to: number, segments = 24): CylinderGeometry {
  const geometry = new CylinderGeometry(radiusB * MM, radiusA * MM, (to - from) * MM, segments)
  geometry.rotateX(Math.PI / 2)
  geometry.translate(0, 0, ((from + to) / 2) * MM)
  return geometry
}

/** 14 G cannula over its needle: orange hub, steel needle. */
export function buildCannula(lengthMm = 50): InstrumentModel {
  const group = new Group()
  const orange = plastic('#e2771f')
  group.add(
    new Mesh(cylinder(0.1, 0.75, 0, 4, 12), steel()),
    new Mesh(cylinder(0.95, 1.1, 3, lengthMm, 14), plastic('#f2efe8')),
    new Mesh(cylinder(1.6, 4, lengthMm, lengthMm + 8), orange),
    new Mesh(cylinder(4, 4.2, lengthMm + 8, lengthMm + 22), clearPlastic('#ffd9b0', 0.5)),
    new Mesh(cylinder(4.8, 4.8, lengthMm + 22, lengthMm + 25), orange),
    new Mesh(cylinder(3.4, 3, lengthMm + 25, lengthMm + 34), plastic('#f6f4ee')),
  )
  for (const side of [1, -1]) {
    const wing = new Mesh(new BoxGeometry(9 * MM, 0.9 * MM, 9 * MM), orange)
    wing.position.set(side * 7 * MM, -1.5 * MM, (lengthMm + 12) * MM)
    group.add(wing)
  }
  return { group: mergeAlike(group), setJaw: () => {} }
}

/** 20 mL syringe with a green needle so many mm long; the plunger follows the jaw (1 full, 0 empty). */
export function buildSyringe(needle = 40): InstrumentModel {
  const group = new Group()
  const barrel = 72
  const start = needle + 12
  const plunger = new Group()
  const rod = new Mesh(new BoxGeometry(9 * MM, 2 * MM, 70 * MM), plastic('#f2f4f4'))
  const rodAcross = new Mesh(new BoxGeometry(2 * MM, 9 * MM, 70 * MM), plastic('#f2f4f4'))
  rod.position.z = rodAcross.position.z = 38 * MM
  plunger.add(
    rod,
    rodAcross,
    new Mesh(cylinder(8.4, 8.9, 0, 6), plastic('#23282c')),
    new Mesh(cylinder(11, 11, 73, 76), plastic('#f2f4f4')),
  )
  const liquid = new Mesh(cylinder(8.7, 8.7, 0, 1), clearPlastic('#bfe6f5', 0.5))
  group.add(
    new Mesh(cylinder(0.08, 0.4, 0, 3, 10), steel()),
    new Mesh(cylinder(0.4, 0.4, 2, needle, 10), steel()),
    new Mesh(cylinder(2, 3.2, needle, needle + 10), plastic('#2f9a62')),
    new Mesh(cylinder(2.6, 9.2, needle + 9, start), clearPlastic('#e8f4f7', 0.4)),
    new Mesh(cylinder(9.4, 9.4, start, start + barrel), clearPlastic('#e8f4f7', 0.22)),
    plunger,
    liquid,
  )
  const dark = plastic('#2a3136')
  for (let i = 0; i <= 20; i += 2) {
    // Printed round the barrel, on its upper side.
    const turn = i % 10 === 0 ? 0.9 : 0.5
    const ring = new CylinderGeometry(9.5 * MM, 9.5 * MM, 0.55 * MM, 10, 1, true, Math.PI - turn / 2, turn)
    ring.rotateX(Math.PI / 2).translate(0, 0, (start + 2 + (i / 20) * (barrel - 10)) * MM)
    group.add(new Mesh(ring, dark))
  }
  const wings = new Mesh(new BoxGeometry(34 * MM, 12 * MM, 2 * MM), clearPlastic('#e8f4f7', 0.6))
  wings.position.z = (start + barrel) * MM
  group.add(wings)
  const setJaw = (opening: number) => {
    const fill = Math.max(0.01, Math.min(1, opening)) * (barrel - 12)
    plunger.position.z = (start + fill) * MM
    liquid.position.z = start * MM
    liquid.scale.z = fill
  }
  setJaw(1)
  mergeAlike(plunger)
  // The liquid grows and shrinks: it alone keeps its own mesh.
  return { group: mergeAlike(group), setJaw }
}
