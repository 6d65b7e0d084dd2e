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

const BLOODLESS = ['bile duct', 'fat', 'cartilage', 'bone', 'training foam', 'gallstone']

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

/** Lamé's first parameter, Pa. */
export function lame({ shearPa, poisson }: Material): number {
  return (2 * shearPa * poisson) / (1 - 2 * poisson)
}
