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

/** Radius and length of the barrels of common syringes outside, mm: estimates. */
const BARRELS = [
  { ml: 1, radius: 3.2, length: 58 },
  { ml: 3, radius: 4.3, length: 56 },
  { ml: 5, radius: 6.6, length: 58 },
  { ml: 10, radius: 7.8, length: 64 },
  { ml: 20, radius: 9.4, length: 72 },
] as const

/** Colours of needles' hubs by their outer diameter, mm (ISO 6009). */
const HUBS = [
  { mm: 0.4, colour: '#8d949a' },
  { mm: 0.5, colour: '#e07a2f' },
  { mm: 0.6, colour: '#3f7fc4' },
  { mm: 0.7, colour: '#2a2d30' },
  { mm: 0.8, colour: '#2f9a62' },
  { mm: 0.9, colour: '#e6c93c' },
  { mm: 1.3, colour: '#e58aa8' },
] as const

/**
 * Syringe that holds so much, with a needle so many mm long and thick; the plunger follows the jaw (1 full, 0 empty).
 */
export function buildSyringe(needle = 40, ml = 20, thick = 0.8): InstrumentModel {
  const group = new Group()
  const { radius: r, length: barrel } = BARRELS.find((one) => one.ml >= ml) ?? BARRELS[4]
  const start = needle + 12
  const hub = Math.min(3.2, r * 0.62)
  const plunger = new Group()
  const rod = new Mesh(new BoxGeometry(r * 0.96 * MM, r * 0.22 * MM, (barrel - 2) * MM), plastic('#f2f4f4'))
  const rodAcross = new Mesh(new BoxGeometry(r * 0.22 * MM, r * 0.96 * MM, (barrel - 2) * MM), plastic('#f2f4f4'))
  rod.position.z = rodAcross.position.z = (barrel / 2 + 2) * MM
  plunger.add(
    rod,
    rodAcross,
    new Mesh(cylinder(r * 0.9, r * 0.95, 0, r * 0.64), plastic('#23282c')),
    new Mesh(cylinder(r * 1.17, r * 1.17, barrel + 1, barrel + 4), plastic('#f2f4f4')),
  )
  const liquid = new Mesh(cylinder(r * 0.93, r * 0.93, 0, 1), clearPlastic('#bfe6f5', 0.5))
  group.add(
    new Mesh(cylinder(0.08, 0.4, 0, 3, 10), steel()),
    new Mesh(cylinder(0.4, 0.4, 2, needle, 10), steel()),
    new Mesh(
      cylinder(hub * 0.62, hub, needle, needle + 10),
      plastic((HUBS.find(({ mm }) => mm >= thick - 0.01) ?? HUBS[6]).colour),
    ),
    new Mesh(cylinder(hub * 0.8, r * 0.98, needle + 9, start), clearPlastic('#e8f4f7', 0.4)),
    new Mesh(cylinder(r, r, start, start + barrel), clearPlastic('#e8f4f7', 0.22)),
    plunger,
    liquid,
  )
  const dark = plastic('#2a3136')
  for (let i = 0; i <= 10; i++) {
    // Printed round the barrel, on its upper side.
    const turn = i % 5 === 0 ? 0.9 : 0.5
    const ring = new CylinderGeometry(r * 1.01 * MM, r * 1.01 * MM, 0.55 * MM, 10, 1, true, Math.PI - turn / 2, turn)
    ring.rotateX(Math.PI / 2).translate(0, 0, (start + 2 + (i / 10) * (barrel - 10)) * MM)
    group.add(new Mesh(ring, dark))
  }
  const wings = new Mesh(new BoxGeometry(r * 3.6 * MM, r * 1.28 * MM, 2 * MM), clearPlastic('#e8f4f7', 0.6))
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
