/**
 * What tissue sets against a needle and a thread. An 18-gauge needle (1.27 mm) cut liver (shear modulus 1.8 kPa) with
 * 0.94 N and was held by 18 N per metre of its depth (Okamura et al. 2004, doi:10.1109/TBME.2004.831542). The figures
 * want checking against the paper. Scaled by the diameter and the fourth root
 * of the stiffness (estimate: some 3.6 N in skin, as needles are pushed in by hand).
 */

const CUTTING = 0.94
const DRAG = 18
const DIAMETER = 1.27e-3
const SHEAR = 1800

/** Points of needles, and what share of the force of that hollow needle they need to go in (estimates). */
export const POINTS = [
  { name: 'taper', share: 0.5, review: true },
  { name: 'cutting', share: 0.25, review: true },
  { name: 'blunt', share: 2, review: true },
  { name: 'bevel', share: 1, review: true },
] as const

export type PointName = (typeof POINTS)[number]['name']

/** Row of a point. */
export const pointNumber = (name: PointName): number => POINTS.findIndex((one) => one.name === name)

/** Force in N at the point of a needle of that radius (m) that goes forward in tissue of that shear modulus (Pa). */
export function cuttingForce(radius: number, shear: number): number {
  return CUTTING * ((2 * radius) / DIAMETER) * Math.sqrt(Math.sqrt(shear / SHEAR))
}

/** Friction in N of a rod of that radius (m) that slides through so many metres of tissue of that shear modulus (Pa). */
export function dragForce(radius: number, shear: number, length: number): number {
  return DRAG * length * ((2 * radius) / DIAMETER) * Math.sqrt(Math.sqrt(shear / SHEAR))
}

/**
 * Traction in N that a bite of suture bears in a tissue before it tears out: from 11.4 N in fascia to 1.25 N in fallopian
 * tube (safe traction, PMC3310984). Which tissue stands where between them is an estimate.
 */
const HOLDING: Readonly<Record<string, number>> = {
  skin: 11.4,
  artery: 5,
  cartilage: 11.4,
  'training foam': 6,
  muscle: 4,
  'gallbladder wall': 3,
  'bile duct': 3,
  'bowel wall': 3,
  liver: 1.5,
  fat: 1.25,
  brain: 0.3,
}
/** Cooked tissue is brittle (estimate). */
const COOKED = 0.5

/** What a bite holds in a tissue of that name, N. */
export function sutureHold(material: string): number {
  const fresh = HOLDING[material]
  return fresh ?? COOKED * (HOLDING[material.replace(', coagulated', '')] ?? 1.25)
}
