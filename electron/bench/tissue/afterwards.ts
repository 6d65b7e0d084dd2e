/** What tissue is like once violence is over: a rest of two seconds, and measures of whether it found back to its shape. */
import type { RunningScene } from '../../../core/simulation/scene/scene.ts'
import { restoreField, saveField, stepField } from '../../../core/simulation/tissue/field.ts'
import { changeTool } from '../../../core/simulation/tissue/fieldchange.ts'
import { type TissueField, toolOf } from '../../../core/simulation/tissue/fieldtype.ts'
import { fragmentActor } from '../../../core/simulation/tissue/fragments.ts'
import { restVolume, volumeNow } from '../../../core/simulation/tissue/load.ts'
import { COUNT, NONE, type TissueMemory } from '../../../core/simulation/tissue/memory.ts'
import { stepTissue } from '../../../core/simulation/tissue/solver.ts'
import { backToRest } from '../../../core/simulation/tissue/tension.ts'
import { moveHand, TOOL } from '../../../core/simulation/tissue/tools/tool.ts'

/** Ticks in which tissue comes to rest, the first of them, in which hands draw off, and the last, in which it is weightless. */
const REST_TICKS = 200
const DRAW_TICKS = 50
const WEIGHTLESS_TICKS = 50
/** Where tools are drawn to, and their far ends, m. */
const ASIDE = [0, 0.4, 0] as const
const ASIDE_END = [0, 0.7, 0] as const

/** Lets everything go, takes the hands away and waits for two seconds. */
export function letRest({ scene, field }: RunningScene): void {
  scene.tools.forEach((_, t) => {
    const tool = toolOf(field, t)
    tool[TOOL.jaw] = 1
    tool[TOOL.pedal] = 0
    moveHand(tool, ASIDE, ASIDE_END)
  })
  for (let tick = 0; tick < DRAW_TICKS; tick++) stepField(field)
  for (let t = 0; t < scene.tools.length; t++) freeCaught(field, t)
  for (let tick = DRAW_TICKS; tick < REST_TICKS - WEIGHTLESS_TICKS; tick++) stepField(field)
  // Soft tissue sinks under its weight; what is asked here is whether it finds back to its shape.
  weightless(field, WEIGHTLESS_TICKS, () => stepField(field))
}

/**
 * Takes a tool out that is still caught: open jaws that hook under what never moves, as a sheet's floor, would be pulled at
 * by their hand for ever, and tissue that is pulled at was not let go.
 */
function freeCaught(field: TissueField, t: number): void {
  const tool = toolOf(field, t)
  if (tool[TOOL.touched] > 0) changeTool(field, t, tool[TOOL.kind], ASIDE, ASIDE_END)
}

function weightless({ tissue: { gravity } }: TissueField, ticks: number, tick: () => void): void {
  const weight = gravity.splice(0, 3, 0, 0, 0)
  for (let n = 0; n < ticks; n++) tick()
  gravity.splice(0, 3, ...weight)
}

/**
 * A piece of tissue: its volume at rest, m³, and now, as a share of what it may be; what clips squeeze is left out. Tissue
 * under tension is smaller or larger once it is cut loose: it may be as large as at rest, as at ease, or in between.
 */
export type Piece = { readonly tets: number; readonly rest: number; readonly share: number }

/** Tetrahedra inside out, volume of all tissue at rest, m³, and its pieces. */
export type Fullness = { readonly inverted: number; readonly rest: number; readonly pieces: readonly Piece[] }

export function fullnessOf({ tissue: { memory }, mesh, bound }: TissueField): Fullness {
  const pieces = new Map<number, { tets: number; now: number; rest: number; least: number; most: number }>()
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
    const piece = pieces.get(mesh.tetPiece[t]) ?? { tets: 0, now: 0, rest: 0, least: 0, most: 0 }
    const ease = rest / stretchOf(memory, t)
    piece.tets++
    piece.now += now
    piece.rest += rest
    piece.least += Math.min(rest, ease)
    piece.most += Math.max(rest, ease)
    pieces.set(mesh.tetPiece[t], piece)
  }
  return {
    inverted,
    rest: whole,
    pieces: [...pieces.values()].map(({ tets, now, rest, least, most }) => ({
      tets,
      rest,
      share: now / Math.max(least, Math.min(most, now)),
    })),
  }
}

/** Volume of a tetrahedron at rest over that at ease: the determinant of its stretch. */
function stretchOf({ tension }: TissueMemory, tet: number): number {
  if (tension.length === 0) return 1
  const [a, b, c, d, e, f, g, h, i] = tension.subarray(tet * 9, tet * 9 + 9)
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
}

/**
 * The same, two seconds after all clips and threads were taken off too: what a clip or a loop drawn tight holds for good it
 * squeezes, and stretches what lies around it. The field stays as it is.
 */
export function fullnessUnbound(field: TissueField): Fullness {
  return lookedAt(field, () => {
    field.energy.clips.rows.fill(0)
    field.bound.fill(0)
    field.threads?.memory.counts.fill(0)
    weightless(field, REST_TICKS, () => stepField(field))
    return fullnessOf(field)
  })
}

/**
 * By how much the worst piece is off the volume that it finds by itself, two seconds after nothing presses it any more, clips
 * neither: between others a piece is squeezed as long as it lies there. What it finds by itself is what it comes to from
 * its shape at rest: its volume there, but under tension, which never is that of its parts, and under skin that holds what
 * was injected together. One that has its volume where it lies has it: with contact taken away, parts that lean on each
 * other may spring through each other and tangle. The field stays as it is.
 */
export function offAlone(field: TissueField): number {
  return lookedAt(field, () => {
    const { tissue } = field
    const among = volumesOf(field)
    const actors = tissue.actors.splice(0)
    // How fragments lose their swing is of tissue itself.
    tissue.actors.push(fragmentActor(field.mesh, field.surface))
    weightless(field, REST_TICKS, () => stepTissue(tissue))
    const found = volumesOf(field)
    backToRest(tissue.memory)
    const { tension, counts } = tissue.memory
    if (tension.length > 0 || counts[COUNT.edges] > 0) weightless(field, REST_TICKS, () => stepTissue(tissue))
    const own = volumesOf(field)
    tissue.actors.splice(0, 1, ...actors)
    let worst = 0
    for (const [piece, volume] of own) {
      const off = (now: ReadonlyMap<number, number>) => Math.abs((now.get(piece) ?? 0) / volume - 1)
      worst = Math.max(worst, Math.min(off(found), off(among)))
    }
    return worst
  })
}

/** Volume of each piece, m³. */
function volumesOf({ tissue: { memory }, mesh }: TissueField): ReadonlyMap<number, number> {
  const volumes = new Map<number, number>()
  for (let t = 0; t < memory.counts[COUNT.tets]; t++) {
    if (memory.tetVertex[t * 4] === NONE) continue
    volumes.set(mesh.tetPiece[t], (volumes.get(mesh.tetPiece[t]) ?? 0) + volumeNow(memory, t))
  }
  return volumes
}

/** What `look` finds in a field, whatever it does to it. */
function lookedAt<T>(field: TissueField, look: () => T): T {
  const state = saveField(field)
  const found = look()
  restoreField(field, state)
  return found
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
