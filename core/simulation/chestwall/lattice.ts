/**
 * The patch of chest wall about an operative site as tetrahedra: skin, fat, muscle, the layer of the ribs and the pleura,
 * from this patient's own heights and ribs. Rows run along the ribs, so that a rib's borders are rows of the lattice.
 */
import { tableAt } from '../curves.ts'
import { round } from '../exactmath.ts'
import { type FieldModel, heightAt } from '../field.ts'
import type { Steps } from '../steps.ts'
import type { LatticeData } from '../tissue/load.ts'
import { materialNumber } from '../tissue/materials.ts'
import { orient } from '../tissue/shapes.ts'
import { SKIN_MM } from '../wall.ts'

/** Metres of the tissue field: u and v about the patch's middle, w as it is; v lifted clear of the field's tray. */
export const LIFT_M = 0.2
const MM = 0.001

/** Lines of the lattice along u, from the middle, mm: finer where the cut will be. */
const ALONG_MM = [-48, -36, -26, -18, -12, -6, 0, 6, 12, 18, 26, 36, 48] as const
/** Rows beyond the ribs on either side of the space, mm from their borders. */
const BEYOND_MM = [9, 24] as const
/** Widest step between rows within the space, mm. */
const ROW_MM = 6
/** Thickness of a layer of tetrahedra of fat and of muscle, about, mm; most layers of fat. */
const FAT_STEP_MM = 7
const MUSCLE_STEP_MM = 9
const MOST_FAT = 4
/** Thickness that stands for the pleura with its fascia, mm. */
export const PLEURA_MM = 1
/** A vertex this far out of a rib, as a share of its half axes, is still held by it: periosteum. */
const PERIOSTEUM = 1.12

export type WallLattice = LatticeData & {
  readonly positions: Float64Array
  readonly tetrahedra: Uint32Array
  readonly materials: Uint8Array
  /** For each vertex whether bone or the border holds it. */
  readonly held: Uint8Array
}

/** Rows of the lattice that are laid in a step. */
const ROWS_A_STEP = 6

/** Builds the lattice of the patch about (u, v), mm, in steps. */
export function* buildLattice(field: FieldModel, uMm: number, vMm: number): Steps<WallLattice> {
  const rows = rowsAt(field, uMm, vMm)
  const levels = levelsAt(field, uMm, vMm)
  const particles = rows.length * ALONG_MM.length * levels.length
  const cells = (rows.length - 1) * (ALONG_MM.length - 1) * (levels.length - 1)
  const lattice = {
    positions: new Float64Array(particles * 3),
    tetrahedra: new Uint32Array(cells * EVEN.length * 4),
    materials: new Uint8Array(cells * EVEN.length),
    held: new Uint8Array(particles),
  }
  for (let j = 0; j < rows.length; j++) {
    if (j % ROWS_A_STEP === 0) yield
    layRow(lattice, field, [uMm, vMm], rows, levels, j)
  }
  for (let j = 0; j < rows.length - 1; j++) {
    if (j % ROWS_A_STEP === 0) yield
    fillRow(lattice, levels, j)
  }
  return lattice
}

/** Sets the particles of a row. */
function layRow(
  { positions, held }: WallLattice,
  field: FieldModel,
  [uMm, vMm]: readonly [number, number],
  rows: readonly Row[],
  levels: readonly Level[],
  j: number,
): void {
  const columns = ALONG_MM.length
  for (let i = 0; i < columns; i++) {
    const u = uMm + ALONG_MM[i]
    const v = rows[j](u)
    heightsAt(field, u, v, levels, depth)
    const border = i === 0 || j === 0 || i === columns - 1 || j === rows.length - 1
    for (let k = 0; k < levels.length; k++) {
      const p = (j * columns + i) * levels.length + k
      positions[p * 3] = (u - uMm) * MM
      positions[p * 3 + 1] = (v - vMm) * MM + LIFT_M
      positions[p * 3 + 2] = depth[k] * MM
      held[p] = border || isInRib(field, u, v, depth[k]) ? 1 : 0
    }
  }
}

/** Fills the cells between a row and the next with tetrahedra. */
function fillRow({ positions, tetrahedra, materials }: WallLattice, levels: readonly Level[], j: number): void {
  const columns = ALONG_MM.length
  const deep = levels.length - 1
  let t = j * (columns - 1) * deep * EVEN.length
  for (let i = 0; i < columns - 1; i++)
    for (let k = 0; k < deep; k++)
      for (const tet of (i + j + k) & 1 ? ODD : EVEN) {
        for (let n = 0; n < 4; n++)
          tetrahedra[t * 4 + n] =
            ((j + ((tet[n] >> 1) & 1)) * columns + i + (tet[n] & 1)) * levels.length + k + (tet[n] >> 2)
        orient(positions, tetrahedra, t * 4)
        materials[t++] = levels[k].below
      }
}

/** Five tetrahedra of a hexahedron, mirrored from one to the next so that faces agree. */
const EVEN = [
  [0, 3, 5, 6],
  [1, 3, 0, 5],
  [2, 0, 3, 6],
  [4, 0, 6, 5],
  [7, 3, 5, 6],
] as const
const ODD = [
  [1, 2, 4, 7],
  [0, 1, 2, 4],
  [3, 2, 1, 7],
  [5, 1, 4, 7],
  [6, 4, 2, 7],
] as const

type Row = (u: number) => number

/** Rows from caudal to cranial: over the lower rib, through the space, over the upper rib. */
function rowsAt({ ribs }: FieldModel, u: number, v: number): Row[] {
  let upper = 0
  for (let k = 0; k < ribs.length - 1; k++) if (v < tableAt(ribs[k].v, u)) upper = k
  const high = ribs[upper]
  const low = ribs[upper + 1]
  const line =
    (rib: typeof high, off: number): Row =>
    (at) =>
      tableAt(rib.v, at) + off / tableAt(rib.cosine, at)
  const rows: Row[] = []
  for (let i = BEYOND_MM.length - 1; i >= 0; i--) rows.push(line(low, -low.halfHeight - BEYOND_MM[i]))
  for (const off of [-low.halfHeight, 0, low.halfHeight]) rows.push(line(low, off))
  const from = line(low, low.halfHeight)
  const to = line(high, -high.halfHeight)
  const steps = Math.max(2, Math.ceil((to(u) - from(u)) / ROW_MM))
  for (let n = 1; n < steps; n++) rows.push((at) => from(at) + ((to(at) - from(at)) * n) / steps)
  for (const off of [-high.halfHeight, 0, high.halfHeight]) rows.push(line(high, off))
  for (const beyond of BEYOND_MM) rows.push(line(high, high.halfHeight + beyond))
  return rows
}

/** A level of the lattice: the layer whose top it belongs to, its share of the way down, the material below it. */
type Level = { readonly layer: 0 | 1 | 2 | 3 | 4; readonly share: number; readonly below: number }

function levelsAt(field: FieldModel, u: number, v: number): Level[] {
  const top = new Float64Array(6)
  layersAt(field, u, v, top)
  const fat = Math.max(1, Math.min(MOST_FAT, round((top[1] - top[2]) / FAT_STEP_MM)))
  const muscle = Math.max(1, round((top[2] - top[3]) / MUSCLE_STEP_MM))
  const levels: Level[] = []
  const add = (layer: Level['layer'], steps: number, material: string) => {
    for (let n = 0; n < steps; n++) levels.push({ layer, share: n / steps, below: materialNumber(material) })
  }
  add(0, 1, 'skin')
  add(1, fat, 'fat')
  add(2, muscle, 'muscle')
  add(3, 2, 'muscle')
  add(4, 1, 'bowel wall')
  levels.push({ layer: 4, share: 1, below: 0 })
  return levels
}

/** Heights of the tops of skin, fat, muscle, rib layer, pleura, and the inner surface, mm. */
function layersAt(field: FieldModel, u: number, v: number, out: Float64Array): void {
  const skin = heightAt(field, field.skin, u, v)
  const muscle = Math.min(heightAt(field, field.muscle, u, v), skin - SKIN_MM - 1)
  const chest = Math.min(heightAt(field, field.chest, u, v), muscle - 1)
  const inner = Math.min(heightAt(field, field.pleura, u, v), chest - 2 * PLEURA_MM)
  out[0] = skin
  out[1] = skin - SKIN_MM
  out[2] = muscle
  out[3] = chest
  out[4] = inner + PLEURA_MM
  out[5] = inner
}

const tops = new Float64Array(6)
/** Heights of the levels at a place. */
const depth = new Float64Array(16)

function heightsAt(field: FieldModel, u: number, v: number, levels: readonly Level[], out: Float64Array): void {
  layersAt(field, u, v, tops)
  for (let k = 0; k < levels.length; k++) {
    const { layer, share } = levels[k]
    out[k] = tops[layer] + (tops[layer + 1] - tops[layer]) * share
  }
}

function isInRib(field: FieldModel, u: number, v: number, w: number): boolean {
  for (const rib of field.ribs) {
    const x = ((v - tableAt(rib.v, u)) * tableAt(rib.cosine, u)) / rib.halfHeight
    const y = (w - tableAt(rib.w, u)) / rib.halfThickness
    if (x * x + y * y < PERIOSTEUM * PERIOSTEUM) return true
  }
  return false
}
