import { BufferAttribute, BufferGeometry, Mesh, MeshPhysicalMaterial } from 'three'
import type { Field } from './field.ts'

/** Half sizes of film and gauze, mm, and the grid they are laid on. */
const FILM = { u: 46, v: 40, round: 12 } as const
const GAUZE = { u: 28, v: 23, round: 4, thick: 5 } as const
const CELL_MM = 2
/** How far the dressing may hang below its middle: over the armpit it spans. mm per mm. */
const SAG = 0.55
/** How steeply it climbs, as a share of that: where a fold stands up, the film ends under it. */
const RISE = 0.8

/** The dressing that sticks to the skin: gauze under a clear film, laid over the form of the chest. Field frame, metres. */
export class DressingModel {
  readonly mesh = new Mesh(
    new BufferGeometry(),
    new MeshPhysicalMaterial({
      vertexColors: true,
      transparent: true,
      roughness: 0.55,
      clearcoat: 0.6,
      clearcoatRoughness: 0.35,
      polygonOffset: true,
      polygonOffsetFactor: -2,
    }),
  )
  private readonly field: Field
  private uMm = Number.NaN
  private vMm = Number.NaN

  constructor(field: Field) {
    this.field = field
    this.mesh.visible = false
    this.mesh.receiveShadow = true
  }

  /** Lays it with its middle over (u, v). */
  place(uMm: number, vMm: number): void {
    if (uMm === this.uMm && vMm === this.vMm) return
    this.uMm = uMm
    this.vMm = vMm
    this.mesh.geometry.dispose()
    this.mesh.geometry = patch(this.field, uMm, vMm)
  }
}

function patch(field: Field, uMm: number, vMm: number): BufferGeometry {
  const columns = Math.round((2 * FILM.u) / CELL_MM)
  const rows = Math.round((2 * FILM.v) / CELL_MM)
  const wide = columns + 1
  const heights = new Float32Array(wide * (rows + 1))
  const middle = field.surfaceMm('skin', uMm, vMm)
  const each = (what: (at: number, du: number, dv: number) => void) => {
    for (let j = 0; j <= rows; j++)
      for (let i = 0; i <= columns; i++) what(j * wide + i, i * CELL_MM - FILM.u, j * CELL_MM - FILM.v)
  }
  each((at, du, dv) => {
    const span = SAG * Math.sqrt(du * du + dv * dv)
    const skin = field.surfaceMm('skin', uMm + du, vMm + dv)
    heights[at] = Math.max(middle - span, Math.min(middle + RISE * span, skin))
  })
  for (let pass = 0; pass < 6; pass++) relax(heights, wide, rows)
  const positions = new Float32Array(heights.length * 3)
  const colours = new Float32Array(heights.length * 4)
  each((at, du, dv) => {
    const gauze = inside(du, dv, GAUZE, 2.5)
    positions[at * 3] = (uMm + du) / 1000
    positions[at * 3 + 1] = (vMm + dv) / 1000
    positions[at * 3 + 2] = (heights[at] + 0.5 + GAUZE.thick * gauze) / 1000
    // A weave in the gauze, a cool sheen in the film.
    const weave = 0.9 + 0.05 * Math.sin(du * 2.1) * Math.sin(dv * 2.3)
    colours[at * 4] = gauze > 0 ? weave : 0.86
    colours[at * 4 + 1] = gauze > 0 ? weave * 0.985 : 0.92
    colours[at * 4 + 2] = gauze > 0 ? weave * 0.95 : 0.92
    colours[at * 4 + 3] = Math.max(gauze > 0.02 ? 1 : 0, 0.3 * inside(du, dv, FILM, 1.5))
  })
  const index: number[] = []
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const at = j * wide + i
      index.push(at, at + 1, at + wide, at + 1, at + wide + 1, at + wide)
    }
  }
  const geometry = new BufferGeometry()
  geometry.setAttribute('position', new BufferAttribute(positions, 3))
  geometry.setAttribute('color', new BufferAttribute(colours, 4))
  geometry.setIndex(index)
  geometry.computeVertexNormals()
  return geometry
}

/** 1 inside a rounded box, 0 outside, over `edge` mm. */
function inside(du: number, dv: number, box: { u: number; v: number; round: number }, edge: number): number {
  const x = Math.max(0, Math.abs(du) - (box.u - box.round))
  const y = Math.max(0, Math.abs(dv) - (box.v - box.round))
  return Math.max(0, Math.min(1, (box.round - Math.sqrt(x * x + y * y)) / edge))
}

/** Cloth lies on the skin or above it. */
function relax(heights: Float32Array, wide: number, rows: number): void {
  const before = heights.slice()
  for (let j = 1; j < rows; j++) {
    for (let i = 1; i + 1 < wide; i++) {
      const at = j * wide + i
      const around = (before[at - 1] + before[at + 1] + before[at - wide] + before[at + wide]) / 4
      heights[at] = Math.max(before[at], around)
    }
  }
}
