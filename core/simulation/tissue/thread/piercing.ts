/**
 * Resistance of tissue: an 18-gauge needle (1.27 mm) cut liver (shear modulus 1.8 kPa) with 0.94 N and was held by
 * 18 N per metre of its depth (Okamura et al. 2004, doi:10.1109/TBME.2004.831542). The figures want checking against
 * the paper. Scaled by the diameter and the square root of the stiffness (estimate).
 */

const CUTTING = 0.94
const DRAG = 18
const DIAMETER = 1.27e-3
const SHEAR = 1800

/** Force in N at the point of a needle of that radius (m) that goes forward in tissue of that shear modulus (Pa). */
export function cuttingForce(radius: number, shear: number): number {
  return CUTTING * ((2 * radius) / DIAMETER) * Math.sqrt(shear / SHEAR)
}

/** Friction in N of a rod of that radius (m) that slides through so many metres of tissue of that shear modulus (Pa). */
export function dragForce(radius: number, shear: number, length: number): number {
  return DRAG * length * ((2 * radius) / DIAMETER) * Math.sqrt(shear / SHEAR)
}
