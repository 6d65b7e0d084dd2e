/**
 * What flows in an operative field, one row a liquid. A particle holds a mixture; its row is the liquid that prevails.
 */
import { SHARES } from '../../kernel/dropshares.ts'

/** Order of the rows, of a particle's shares and of every account by liquid. */
export const LIQUIDS = ['blood', 'water', 'bile', 'pus', 'urine'] as const
export type Liquid = (typeof LIQUIDS)[number]
export const LIQUID_COUNT = SHARES

/** Row number of each liquid. */
export const LIQUID = { blood: 0, water: 1, bile: 2, pus: 3, urine: 4 } as const satisfies Record<Liquid, number>

/**
 * `viscosity` in Pa·s at 37 °C (blood: 3.5 mPa·s at high shear, Merrill 1969 doi:10.1152/physrev.1969.49.4.863; pus is an
 * order of magnitude); `density` in kg/m³;
 * `smoothing` share of the difference in velocity between neighbours that is lost in a tick;
 * `cling` share of the velocity along a surface that contact takes in a substep;
 * `pull` share of the gap to a surface that adhesion closes in a substep;
 * `filmUm` thickness in µm of the film that a steep surface still holds;
 * `dryS` time constant in seconds at which film on a surface clots (whole blood clots in 5–10 minutes; 0 = never).
 */
export type LiquidRow = {
  readonly viscosity: number
  readonly density: number
  readonly smoothing: number
  readonly cling: number
  readonly pull: number
  readonly filmUm: number
  readonly dryS: number
}

export const LIQUID_ROWS: readonly LiquidRow[] = [
  { viscosity: 0.0035, density: 1060, smoothing: 0.12, cling: 0.2, pull: 0.25, filmUm: 120, dryS: 420 },
  { viscosity: 0.0007, density: 994, smoothing: 0.05, cling: 0.1, pull: 0.15, filmUm: 50, dryS: 0 },
  { viscosity: 0.0018, density: 1010, smoothing: 0.1, cling: 0.18, pull: 0.25, filmUm: 90, dryS: 0 },
  { viscosity: 0.05, density: 1030, smoothing: 0.4, cling: 0.6, pull: 0.35, filmUm: 350, dryS: 0 },
  { viscosity: 0.0008, density: 1010, smoothing: 0.05, cling: 0.1, pull: 0.15, filmUm: 50, dryS: 0 },
]
