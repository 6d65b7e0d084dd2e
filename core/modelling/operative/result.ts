/** An operative field as plain data: metres in its own frame, rounded to micrometres, the same on every machine. */
import type { OperativeFrame } from './frame.ts'

export type TubeLine = {
  readonly id: string
  readonly kind: 'duct' | 'artery' | 'vein'
  readonly calibreMm: number
  /** Vertices of each station, the one on the middle line first. */
  readonly stations: readonly (readonly number[])[]
}

export type Cavity = {
  readonly id: string
  readonly liquid: 'bile' | 'pus' | 'urine'
  readonly mmHg: number
  /** Three vertices each; anticlockwise from outside the cavity. */
  readonly triangles: readonly number[]
  readonly volumeMl: number
}

/** An edge that bears load like the membrane, or the tie, that it stands for. */
export type ElasticEdge = { readonly a: number; readonly b: number; readonly complianceMPerN: number }

export type OperativeLattice = {
  readonly name: string
  readonly frame: OperativeFrame
  readonly positions: readonly number[]
  readonly tetrahedra: readonly number[]
  /** Names of materials, and of each tetrahedron which. */
  readonly materialNames: readonly string[]
  readonly materials: readonly number[]
  /** Names of regions and tubes, and of each tetrahedron which. */
  readonly regionNames: readonly string[]
  readonly regions: readonly number[]
  readonly held: readonly number[]
  readonly edges: readonly ElasticEdge[]
  readonly tubes: readonly TubeLine[]
  readonly cavities: readonly Cavity[]
}
