/** An operative field as plain data: metres in its own frame, rounded to micrometres, the same on every machine. */
import type { Vec3 } from '../vec.ts'
import type { OperativeFrame } from './frame.ts'

export type TubeLine = {
  readonly id: string
  readonly kind: 'duct' | 'artery' | 'vein'
  readonly calibreMm: number
  /** Of each station. */
  readonly radiiMm: readonly number[]
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

/** Signed distances from the surface that is drawn. */
export type SurfaceGrid = {
  readonly stepMm: number
  /** Where its first point lies in the field. */
  readonly minMm: Vec3
  /** Points along x, y and z. */
  readonly counts: Vec3
  /** Hundredths of a millimetre, negative inside, clamped where the surface is far; x runs fastest. */
  readonly distances: readonly number[]
}

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
  readonly surface?: SurfaceGrid
}
