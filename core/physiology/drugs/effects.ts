/** What all drugs together do now, channel by channel, from their concentrations at the effect site. */
import { exp, log } from '../../simulation/exactmath.ts'
import { CHANNELS, type Channel, DRUG_INDEX, type DrugRow, SHARED_STEEPNESS } from './drug.ts'
import { DRUG, DRUG_SLOTS } from './kinetics.ts'
import { DRUG_TABLE, SYNERGIES } from './table.ts'

/** Place of each channel in an effects array. */
export const EFFECT = Object.freeze(Object.fromEntries(CHANNELS.map((name, index) => [name, index]))) as Readonly<
  Record<Channel, number>
>
export const EFFECTS_SIZE = CHANNELS.length

type Action = {
  readonly at: number
  readonly channel: number
  readonly max: number
  readonly c50: number
  readonly steepness: number
  readonly shared: 0 | 1
}

const ROWS: readonly DrugRow[] = DRUG_TABLE
const ACTIONS: readonly Action[] = ROWS.flatMap((row) =>
  row.effects.map(({ on, max, c50, steepness }) => ({
    at: DRUG_INDEX[row.id] * DRUG_SLOTS + DRUG.acting,
    channel: EFFECT[on],
    max,
    c50,
    steepness,
    shared: SHARED_STEEPNESS[on] === undefined ? 0 : 1,
  })),
)
const SHARED = CHANNELS.flatMap((name) => {
  const steepness = SHARED_STEEPNESS[name]
  return steepness === undefined ? [] : [{ channel: EFFECT[name], steepness }]
})
const TOGETHER = SYNERGIES.map(({ on, one, other, alpha }) => ({
  channel: EFFECT[on],
  one: actionOf(EFFECT[on], DRUG_INDEX[one]),
  other: actionOf(EFFECT[on], DRUG_INDEX[other]),
  alpha,
}))

function actionOf(channel: number, drug: number): Action {
  const at = drug * DRUG_SLOTS + DRUG.acting
  return ACTIONS.find((action) => action.channel === channel && action.at === at)!
}

/** Writes the sum of all effects to `out`. */
export function drugEffects(d: Float64Array, out: Float64Array): void {
  out.fill(0)
  for (let i = 0; i < ACTIONS.length; i++) {
    const action = ACTIONS[i]!
    const level = d[action.at]!
    if (level <= 0) continue
    const units = level / action.c50
    out[action.channel] =
      out[action.channel]! + (action.shared === 1 ? units : action.max * sigmoid(units, action.steepness))
  }
  for (let i = 0; i < TOGETHER.length; i++) {
    const { channel, one, other, alpha } = TOGETHER[i]!
    out[channel] = out[channel]! + (alpha * d[one.at]! * d[other.at]!) / (one.c50 * other.c50)
  }
  for (let i = 0; i < SHARED.length; i++) {
    const { channel, steepness } = SHARED[i]!
    out[channel] = sigmoid(out[channel]!, steepness)
  }
}

/** uᵞ/(1 + uᵞ). */
export function sigmoid(units: number, steepness: number): number {
  if (units <= 1e-6) return 0
  return 1 - 1 / (1 + exp(steepness * log(units)))
}
