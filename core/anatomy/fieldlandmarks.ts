/** Landmarks of the operative field: axillary lines, the safe triangle, what can be seen or felt. */
import type { CompiledBody } from '../modelling/compile.ts'
import type { Field } from '../modelling/field.ts'
import {
  bodyPoint,
  fieldPoint,
  GRID,
  gridIndex,
  HEIGHT_MM,
  type Heights,
  type SampleFrame,
  um,
  WIDTH_MM,
} from './fieldframe.ts'
import type { FieldLandmark, OperativeField } from './patient.ts'

type Lines = Pick<OperativeField, 'midAxillary' | 'anteriorAxillary' | 'safeTriangle'>

/** Base of the axilla and level of the nipple in the reference body (y, mm): upper and lower bound of the triangle. */
const AXILLA_BASE_MM = 1462
const NIPPLE_LEVEL_MM = 1392

/**
 * The safe triangle of the British Thoracic Society: lateral border of pectoralis major in front, of latissimus dorsi
 * behind, base of the axilla above, the line of the nipple (fifth space) below (Havelock et al. 2010,
 * doi:10.1136/thx.2010.137026). The axillary lines drop from the folds' level.
 */
export function safeTriangle(
  frame: SampleFrame,
  pectoralis: Field,
  latissimus: Field,
  muscle: Heights,
  chest: Heights,
): Lines {
  const top = AXILLA_BASE_MM - frame.origin[1]
  const bottom = NIPPLE_LEVEL_MM - frame.origin[1]
  const middle = WIDTH_MM / 2
  const front = (v: number) => borderOf(frame, pectoralis, muscle, chest, v, middle, 1)
  const back = (v: number) => borderOf(frame, latissimus, muscle, chest, v, middle, -1)
  const levels = Array.from({ length: 8 }, (_, i) => bottom + ((top - bottom) * i) / 7)
  const fronts = edge(levels.map(front), middle + 34)
  const backs = edge(levels.map(back), middle - 52)
  const anterior = fronts[4]
  const mid = Math.min((anterior + backs[4]) / 2, anterior - 20)
  const ring = [...levels.map((v, i) => [backs[i], v]), ...levels.map((v, i) => [fronts[i], v]).reverse()]
  const line = (u: number): [number, number][] => [
    [um(u), 0],
    [um(u), um(HEIGHT_MM)],
  ]
  return {
    midAxillary: line(mid),
    anteriorAxillary: line(anterior),
    safeTriangle: ring.map(([u, v]): [number, number] => [um(u), um(v)]),
  }
}

/** Landmarks in field coordinates; those of the definitions keep their place, the rest follow from the lines. */
export function fieldLandmarks(frame: SampleFrame, body: CompiledBody, lines: Lines, skin: Heights): FieldLandmark[] {
  const onSkin = (u: number, v: number): [number, number, number] => [um(u), um(v), um(heightAt(skin, u, v))]
  const top = AXILLA_BASE_MM - frame.origin[1]
  const out: FieldLandmark[] = []
  const sign = frame.side === 'left' ? 1 : -1
  const placed = (id: FieldLandmark['id'], sense: FieldLandmark['sense'], structure: string, landmark: string) => {
    const at = body.structures.find((s) => s.id === structure)?.definition.landmarks[landmark]?.at
    if (at === undefined) return
    const [u, v, w] = fieldPoint(frame, [sign * Math.abs(at[0]), at[1], at[2]])
    out.push({ id, sense, at: [um(u), um(v), um(w)] })
  }
  placed('nipple', 'seen', 'nipple-l', 'nipple')
  placed('sternal-angle', 'felt', 'manubrium-of-sternum', 'sternal-angle')
  const backs = lines.safeTriangle.map(([u]) => u / 100)
  out.push({ id: 'anterior-axillary-fold', sense: 'seen', at: onSkin(Math.max(...backs), top) })
  out.push({ id: 'posterior-axillary-fold', sense: 'seen', at: onSkin(Math.min(...backs), top) })
  out.push({ id: 'axillary-base', sense: 'seen', at: onSkin(lines.midAxillary[0][0] / 100, top) })
  return out
}

/** A straight edge through the levels at which a muscle was met; `otherwise` when at fewer than two. */
function edge(found: readonly (number | null)[], otherwise: number): number[] {
  const met = found.flatMap((u, i) => (u === null ? [] : [[i, u] as const]))
  if (met.length < 2) return found.map(() => otherwise)
  const meanI = met.reduce((sum, [i]) => sum + i, 0) / met.length
  const meanU = met.reduce((sum, [, u]) => sum + u, 0) / met.length
  const spread = met.reduce((sum, [i]) => sum + (i - meanI) ** 2, 0)
  const slope = met.reduce((sum, [i, u]) => sum + (i - meanI) * (u - meanU), 0) / spread
  return found.map((_, i) => Math.min(WIDTH_MM - 6, Math.max(6, meanU + slope * (i - meanI))))
}

/** Where a muscle's edge lies at level v, walking from the middle in a direction; null when it is not met. */
function borderOf(
  frame: SampleFrame,
  field: Field,
  muscle: Heights,
  chest: Heights,
  v: number,
  from: number,
  direction: 1 | -1,
): number | null {
  for (let step = 0; step < WIDTH_MM / 2 - 8; step += 3) {
    const u = from + direction * step
    const low = heightAt(chest, u, v)
    const high = heightAt(muscle, u, v)
    for (let share = 0.04; share < 1; share += 0.12) {
      if (field.distance(...bodyPoint(frame, u, v, low + (high - low) * share)) < 0) return u
    }
  }
  return null
}

function heightAt(heights: Heights, u: number, v: number): number {
  const i = Math.min(GRID.columns - 1, Math.max(0, Math.round(u / GRID.spacing)))
  const j = Math.min(GRID.rows - 1, Math.max(0, Math.round(v / GRID.spacing)))
  return heights[gridIndex(i, j)]
}
