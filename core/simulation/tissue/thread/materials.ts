/**
 * Rods of surgery as data. Diameters of threads: the middle of the limits of USP <861> for the size. Moduli: initial
 * moduli of 3-0 threads in tension, Naleway et al. 2015 (doi:10.1002/jbm.b.33171) for silk and polyglactin; flexural
 * moduli of whole guidewires, Harrison et al. 2011 (doi:10.1583/11-3592.1). Friction of thread on thread falls with
 * tension from about 0.3 to 0.1 and is higher in braids than in monofilaments (Gupta, Wolf and Postlethwait 1985,
 * PMID 4012537); the values stand at the upper end, where knots are drawn. Values marked "estimate" have no source of their own.
 */

import { PI } from '../../exactmath.ts'

export type RodMaterial = {
  readonly name: string
  /** m. */
  readonly radius: number
  /** Modulus in tension, Pa. */
  readonly young: number
  /** Share of the bending stiffness of a solid rod: strands of a braid slide (estimate), coils and tubes give way. */
  readonly solidity: number
  readonly poisson: number
  /** kg/m³. */
  readonly density: number
  /** Coulomb friction against thread and steel. */
  readonly friction: number
  /** Least knot-pull strength, N; Infinity where it does not matter. */
  readonly strength: number
  /** What it is for who looks at it. */
  readonly look: RodLook
}

export const ROD_LOOKS = ['thread', 'needle', 'wire', 'catheter', 'drain'] as const
export type RodLook = (typeof ROD_LOOKS)[number]

const POLYGLACTIN = {
  look: 'thread',
  young: 9.3e9,
  solidity: 0.02,
  poisson: 0.3,
  density: 1400,
  friction: 0.3,
} as const
const SILK = { look: 'thread', young: 8.7e9, solidity: 0.02, poisson: 0.3, density: 1300, friction: 0.35 } as const
/** Modulus: estimate within the published range of 2–6 GPa. */
const POLYPROPYLENE = { look: 'thread', young: 4e9, solidity: 1, poisson: 0.42, density: 910, friction: 0.2 } as const

/** Least knot-pull strength by USP <861> for synthetic absorbable (A), silk and polypropylene (class I). */
export const RODS = [
  { name: 'polyglactin-0', radius: 0.1875e-3, strength: 38.2, ...POLYGLACTIN },
  { name: 'polyglactin-2-0', radius: 0.16e-3, strength: 26.3, ...POLYGLACTIN },
  { name: 'polyglactin-3-0', radius: 0.1125e-3, strength: 17.4, ...POLYGLACTIN },
  { name: 'polyglactin-4-0', radius: 0.0875e-3, strength: 9.3, ...POLYGLACTIN },
  { name: 'silk-2-0', radius: 0.16e-3, strength: 14.1, ...SILK },
  { name: 'silk-3-0', radius: 0.1125e-3, strength: 9.4, ...SILK },
  { name: 'silk-4-0', radius: 0.0875e-3, strength: 5.9, ...SILK },
  { name: 'polypropylene-2-0', radius: 0.16e-3, strength: 14.1, ...POLYPROPYLENE },
  { name: 'polypropylene-3-0', radius: 0.1125e-3, strength: 9.4, ...POLYPROPYLENE },
  { name: 'polypropylene-4-0', radius: 0.0875e-3, strength: 5.9, ...POLYPROPYLENE },
  // needle wire of half a millimetre: AISI 420 steel
  {
    name: 'needle',
    radius: 0.35e-3,
    young: 200e9,
    solidity: 1,
    poisson: 0.3,
    density: 7800,
    friction: 0.1,
    strength: Infinity,
    look: 'needle',
  },
  // 0.035 inch: flexural modulus of a plain Amplatz wire
  {
    name: 'guidewire-035',
    radius: 0.445e-3,
    young: 9.5e9,
    solidity: 1,
    poisson: 0.3,
    density: 6500,
    friction: 0.05,
    strength: Infinity,
    look: 'wire',
  },
  // its floppy tip: estimate
  {
    name: 'guidewire-tip',
    radius: 0.445e-3,
    young: 9.5e9,
    solidity: 0.003,
    poisson: 0.3,
    density: 6500,
    friction: 0.05,
    strength: Infinity,
    look: 'wire',
  },
  // 6 F polyurethane tube, wall 0.3 mm (solidity 1 − (r/R)⁴); modulus: estimate
  {
    name: 'catheter-6f',
    radius: 1e-3,
    young: 30e6,
    solidity: 0.76,
    poisson: 0.45,
    density: 1100,
    friction: 0.1,
    strength: Infinity,
    look: 'catheter',
  },
  // 28 F PVC chest drain, wall 1.5 mm; modulus of soft PVC: estimate
  {
    name: 'drain-28f',
    radius: 4.67e-3,
    young: 8e6,
    solidity: 0.79,
    poisson: 0.45,
    density: 1200,
    friction: 0.2,
    strength: Infinity,
    look: 'drain',
  },
] as const satisfies readonly RodMaterial[]

export type RodName = (typeof RODS)[number]['name']

/** The row of that name. */
export function rodMaterial(name: RodName): RodMaterial {
  return RODS.find((row) => row.name === name)!
}

/** Bending stiffness E·I in N·m² of a round rod, less what its make gives way. */
export function bendingStiffness(m: RodMaterial): number {
  const r2 = m.radius * m.radius
  return ((m.young * PI) / 4) * r2 * r2 * m.solidity
}
