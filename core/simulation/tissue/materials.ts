/**
 * Materials of soft tissue. Shear moduli from measurements of the living or fresh organ where there are any; a row whose
 * figure is an estimate says so in `review`.
 */
export type Material = {
  readonly name: string
  /** Shear modulus at small strain, Pa. */
  readonly shearPa: number
  readonly poisson: number
  readonly densityKgM3: number
  /** Greatest stretch less one at which it tears. */
  readonly failureStrain: number
  /** Stress at which it tears, Pa. */
  readonly strengthPa: number
  readonly source: string
  /** Cut surfaces ooze. */
  readonly bleeds: boolean
  readonly review?: true
}

const LENS = ['lens nucleus', 'lens cortex', 'lens capsule']
const BLOODLESS = ['bile duct', 'fat', 'cartilage', 'bone', 'training foam', 'gallstone', 'dura', 'iris', ...LENS]

const FRESH: readonly Material[] = [
  row('liver', 1800, 0.45, 1060, 0.38, 0.27e6, 'PMC6925591'),
  row('gallbladder wall', 85000, 0.45, 1050, 0.43, 2.5e6, 'PMC6925591'),
  row('bile duct', 166000, 0.45, 1050, 0.43, 2.5e6, 'PMC6925591; failure as the gallbladder', true),
  row('artery', 210000, 0.45, 1060, 0.8, 1.5e6, 'PMC6925591 (hepatic artery); failure estimated', true),
  row('muscle', 17000, 0.45, 1060, 0.5, 0.3e6, 'PMC4785597 (25–100 kPa); failure estimated', true),
  row('skin', 400000, 0.45, 1100, 0.6, 7e6, 'PMC4785597 (1–2 MPa); failure estimated', true),
  row('fat', 3500, 0.45, 920, 0.6, 0.05e6, 'estimate, 2–20 kPa', true),
  row('brain', 3500, 0.45, 1040, 0.3, 0.02e6, 'PMC4785597 (8–15 kPa by shear waves; slower strain is softer)', true),
  row('cartilage', 300000, 0.4, 1100, 0.4, 5e6, 'PMC4785597; failure estimated', true),
  row('bowel wall', 60000, 0.45, 1050, 0.6, 0.7e6, 'estimate', true),
  row('bone', 1e6, 0.3, 1850, 10, 1e8, 'never moves: figures only keep it out of harm', true),
  row('diploe', 1e6, 0.3, 1300, 10, 1e7, 'as bone, of which it is the spongy middle layer in the skull', true),
  row('dura', 300000, 0.45, 1100, 0.4, 5e6, 'estimate: stiffer than its mesh can carry, as skin', true),
  row(
    'lens nucleus',
    10000,
    0.45,
    1100,
    1.2,
    0.05e6,
    'estimate of a cataract; shear modulus rises with age past that of the cortex',
    true,
  ),
  row('lens cortex', 2000, 0.45, 1080, 1.2, 0.02e6, 'estimate: softer than the nucleus from 45 years on', true),
  row('iris', 4000, 0.45, 1050, 0.8, 0.05e6, 'estimate', true),
  row('lens capsule', 1e6, 0.45, 1080, 0.29, 1.5e6, 'Fisher 1969, PMID 5773553 (3 MPa at 60 years, 29 % at rupture)'),
  row(
    'gallstone',
    400000,
    0.3,
    1080,
    2,
    1e7,
    'estimate: stiff against all that touches it; density of bile stones',
    true,
  ),
  row('training foam', 20000, 0.3, 300, 1.2, 0.2e6, 'estimate', true),
]

/** Cooked tissue is stiffer by this factor: liver heated to 60–90 °C (Kiss et al. 2009, doi:10.1016/j.jbiomech.2009.03.002). */
const COOKED = 4

/** By number: `tetMaterial` holds the row. Each fresh tissue comes again as heat leaves it: stiffer, brittle, bloodless. */
export const MATERIALS: readonly Material[] = [
  ...FRESH,
  ...FRESH.map((fresh) => ({
    ...fresh,
    name: `${fresh.name}, coagulated`,
    shearPa: fresh.shearPa * COOKED,
    failureStrain: fresh.failureStrain / 2,
    bleeds: false,
    review: true as const,
  })),
]

/** The row that a material has once it is coagulated. */
export const coagulated = (number: number): number => (number < FRESH.length ? number + FRESH.length : number)

function row(
  name: string,
  shearPa: number,
  poisson: number,
  densityKgM3: number,
  failureStrain: number,
  strengthPa: number,
  source: string,
  review?: true,
): Material {
  const bleeds = !BLOODLESS.includes(name)
  return {
    name,
    shearPa,
    poisson,
    densityKgM3,
    failureStrain,
    strengthPa,
    source,
    bleeds,
    ...(review ? { review } : {}),
  }
}

/** Row of a material. Throws when there is none of that name. */
export function materialNumber(name: string): number {
  const number = MATERIALS.findIndex((material) => material.name === name)
  if (number < 0) throw new Error(`no material ${name}`)
  return number
}

/**
 * How far a substep carries stiffness, as μ·h²/(ρ·ℓ²) with ℓ the edge of a cube of six such tetrahedra: further, and
 * shear waves cross a cell so fast that one pass cannot follow.
 */
const CARRIED = 0.26
/** The most by which inertia is multiplied. */
const HEAVIEST = 16

/**
 * Inertia of a tetrahedron, kg: its mass, or more where it is too stiff for its size and the substep, as explicit codes
 * scale masses (Olovsson et al. 2005, doi:10.1002/nme.1293). Weight stays that of the mass. @param material its row
 * @param volume at rest, m³ @param h length of a substep, s
 */
export function inertiaOf(material: number, volume: number, h: number): number {
  return MATERIALS[material].densityKgM3 * volume * Math.min(HEAVIEST, Math.max(1, demandOf(material, volume, h)))
}

/** Share of its stiffness that a tetrahedron is solved with: all, or what the heaviest inertia carries. Same parameters. */
export function carriedShare(material: number, volume: number, h: number): number {
  return Math.min(1, HEAVIEST / demandOf(material, volume, h))
}

/** How many times its mass a tetrahedron would need as inertia. */
function demandOf(material: number, volume: number, h: number): number {
  const { shearPa, densityKgM3 } = MATERIALS[material]
  const length = cubeRoot(6 * volume)
  return (shearPa * h * h) / (densityKgM3 * length * length * CARRIED)
}

/** Cube root of a positive number by Newton's method, until it no longer changes. */
function cubeRoot(x: number): number {
  let y = 0.004
  for (let i = 0; i < 30; i++) {
    const next = (2 * y + x / (y * y)) / 3
    if (next === y) break
    y = next
  }
  return y
}

/** Lamé's first parameter, Pa. */
export function lame({ shearPa, poisson }: Material): number {
  return (2 * shearPa * poisson) / (1 - 2 * poisson)
}
