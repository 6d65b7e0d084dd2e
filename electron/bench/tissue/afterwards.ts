/** What tissue is like once violence is over: a rest of two seconds, and measures of whether it found back to its shape. */
import type { RunningScene } from '../../../core/simulation/scene/scene.ts'
import { restoreField, saveField, stepField } from '../../../core/simulation/tissue/field.ts'
import { type TissueField, toolOf } from '../../../core/simulation/tissue/fieldtype.ts'
import { restVolume, volumeNow } from '../../../core/simulation/tissue/load.ts'
import { COUNT, NONE } from '../../../core/simulation/tissue/memory.ts'
import { stepTissue } from '../../../core/simulation/tissue/solver.ts'
import { moveHand, TOOL } from '../../../core/simulation/tissue/tools/tool.ts'

/** Ticks in which tissue comes to rest, and the last of them, in which it is weightless. */
const REST_TICKS = 200
const WEIGHTLESS_TICKS = 50

/** Lets everything go, takes the hands away and waits for two seconds. */
export function letRest({ scene, field }: RunningScene): void {
  scene.tools.forEach((_, t) => {
    const tool = toolOf(field, t)
    tool[TOOL.jaw] = 1
    tool[TOOL.pedal] = 0
    moveHand(tool, [0, 0.4, 0], [0, 0.7, 0])
  })
  for (let tick = 0; tick < REST_TICKS - WEIGHTLESS_TICKS; tick++) stepField(field)
  // Soft tissue sinks under its weight; what is asked here is whether it finds back to its shape.
  weightless(field, WEIGHTLESS_TICKS, () => stepField(field))
}

function weightless({ tissue: { gravity } }: TissueField, ticks: number, tick: () => void): void {
  const weight = gravity.splice(0, 3, 0, 0, 0)
  for (let n = 0; n < ticks; n++) tick()
  gravity.splice(0, 3, ...weight)
}

/** A piece of tissue: its volume at rest, m³, and now, as a share of that; what clips squeeze is left out. */
export type Piece = { readonly tets: number; readonly rest: number; readonly share: number }

/** Tetrahedra inside out, volume of all tissue at rest, m³, and its pieces. */
export type Fullness = { readonly inverted: number; readonly rest: number; readonly pieces: readonly Piece[] }

export function fullnessOf({ tissue: { memory }, mesh, bound }: TissueField): Fullness {
  const pieces = new Map<number, { tets: number; now: number; rest: number }>()
  let inverted = 0
  let whole = 0
  for (let t = 0; t < memory.counts[COUNT.tets]; t++) {
    const four = memory.tetVertex.subarray(t * 4, t * 4 + 4)
    if (four[0] === NONE) continue
    const now = volumeNow(memory, t)
    const rest = restVolume(memory, t)
    whole += rest
    if (!(now > 0)) inverted++
    if (four.some((p) => bound[p] !== 0)) continue
    const piece = pieces.get(mesh.tetPiece[t]) ?? { tets: 0, now: 0, rest: 0 }
    piece.tets++
    piece.now += now
    piece.rest += rest
    pieces.set(mesh.tetPiece[t], piece)
  }
  return {
    inverted,
    rest: whole,
    pieces: [...pieces.values()].map(({ tets, now, rest }) => ({ tets, rest, share: now / rest })),
  }
}

/**
 * The same, two seconds after nothing presses tissue any more: a piece between others, or beside a clip, is squeezed as long
 * as it lies there.
 */
export function fullnessAlone(field: TissueField): Fullness {
  const state = saveField(field)
  const { tissue } = field
  const actors = tissue.actors.splice(0)
  weightless(field, REST_TICKS, () => stepTissue(tissue))
  const alone = fullnessOf(field)
  tissue.actors.push(...actors)
  restoreField(field, state)
  return alone
}

/** By how much all tissue together is off its volume at rest. */
export function offAsWhole({ pieces }: Fullness): number {
  let now = 0
  let whole = 0
  for (const { rest, share } of pieces) {
    now += rest * share
    whole += rest
  }
  return Math.abs(now / whole - 1)
}

/** By how much the worst piece is off its volume at rest. */
export const worstOff = ({ pieces }: Fullness): number =>
  pieces.reduce((most, { share }) => Math.max(most, Math.abs(share - 1)), 0)
