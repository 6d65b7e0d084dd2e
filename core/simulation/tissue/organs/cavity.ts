/**
 * What fills a hollow organ: a liquid that keeps its volume, as one constraint over the inner surface. Once the wall is open
 * it falls in as that leaves.
 */

import type { Cavity } from '../../../modelling/operative/result.ts'
import type { Liquids } from '../fieldtype.ts'
import { type FluidMemory, SAC, SAC_STRIDE } from '../fluid/memory.ts'
import { fillSac, perforateSac } from '../fluid/sacs.ts'
import type { TissueMemory } from '../memory.ts'
import { NONE } from '../memory.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { FACE } from '../mesh/volume.ts'
import {
  addFace,
  createEnclosure,
  ENCLOSED,
  type Enclosure,
  openEnclosure,
  pushEnclosed,
  weighEnclosed,
} from './enclosure.ts'

const PA_PER_MMHG = 133.322
/** Volume that a pascal makes room for, as a share of the whole: little, so that the constraint stays gentle (a design value). */
const GIVE_PER_PA = 2e-6
/** A particle goes no further for it in a substep, m. */
const FARTHEST = 0.0005
/** A fasting gallbladder's compliance over its volume, 1/mmHg: the order of magnitude of `GALLBLADDER`. */
const COMPLIANCE_PER_MMHG = 0.06
/** Shortest hole that counts, mm, and the widest that a cut opens before it is the same as open. */
const LEAST_HOLE_MM = 0.5
const MOST_HOLE_MM = 12

/** A cavity of a field: never changes after loading but for scratch; what it holds is a sac of the liquids. */
export type FilledCavity = {
  /** Number of its sac. */
  readonly sac: number
  /** Its particles, and three of them for each face. */
  readonly vertices: Uint32Array
  readonly triangles: Uint32Array
  readonly restVolume: number
  /** Particles of the inner surface as loaded. */
  readonly isInner: Uint8Array
  readonly enclosure: Enclosure
  /** Pressure of the last solve, Pa. */
  readonly pressure: Float64Array
}

/** Readies a cavity whose lattice was loaded from particle `first` on. */
export function createCavity(
  { triangles, volumeMl }: Cavity,
  first: number,
  sac: number,
  particles: number,
): FilledCavity {
  const corners = Uint32Array.from(triangles, (v) => first + v)
  const vertices = Uint32Array.from(new Set(corners))
  const isInner = new Uint8Array(particles)
  for (const v of vertices) isInner[v] = 1
  return {
    sac,
    vertices,
    triangles: corners,
    restVolume: volumeMl * 1e-6,
    isInner,
    enclosure: createEnclosure(particles),
    pressure: new Float64Array(1),
  }
}

/** Fills the sac of a cavity. */
export function fillCavity(memory: FluidMemory, { sac }: FilledCavity, { liquid, mmHg, volumeMl }: Cavity): void {
  const complianceMlMmHg = COMPLIANCE_PER_MMHG * volumeMl
  fillSac(memory, sac, { liquid, volumeMl, slackMl: volumeMl - mmHg * complianceMlMmHg, complianceMlMmHg })
}

/** Share of its volume at rest that the content of a cavity has. */
function shareOf({ sac, restVolume }: FilledCavity, liquids: Liquids | undefined): number {
  return liquids ? liquids.fluid.memory.sac[sac * SAC_STRIDE + SAC.volumeMl] / (restVolume * 1e6) : 1
}

/**
 * m³ that a pascal makes room for. The shape at rest is the filled one, so what the wall draws in with is not in its
 * tetrahedra: it is the sac's own compliance, and shows once a hole takes the pressure away.
 */
function giveOf({ sac, restVolume }: FilledCavity, liquids: Liquids | undefined): number {
  const row = sac * SAC_STRIDE
  return liquids && liquids.fluid.memory.sac[row + SAC.holeMm] > 0
    ? (liquids.fluid.memory.sac[row + SAC.complianceMlMmHg] * 1e-6) / PA_PER_MMHG
    : restVolume * GIVE_PER_PA
}

/** Keeps the volume of a cavity, once. @param h s */
export function solveCavity(
  cavity: FilledCavity,
  { position }: TissueMemory,
  liquids: Liquids | undefined,
  h: number,
): void {
  const { vertices, triangles, enclosure, restVolume } = cavity
  const { sums } = enclosure
  const count = vertices.length
  cavity.pressure[0] = 0
  openEnclosure(enclosure, vertices, count)
  for (let f = 0; f < triangles.length; f += 3)
    addFace(enclosure, position, triangles[f], triangles[f + 1], triangles[f + 2])
  weighEnclosed(enclosure, position, vertices, count)
  const soft = giveOf(cavity, liquids) / (h * h)
  const weight = sums[ENCLOSED.weight] + soft
  if (!(weight > 0)) return
  sums[ENCLOSED.lambda] = (restVolume * shareOf(cavity, liquids) - sums[ENCLOSED.six] / 6) / weight
  pushEnclosed(enclosure, position, vertices, count, FARTHEST)
  cavity.pressure[0] = sums[ENCLOSED.lambda] / (h * h)
}

/** Tells the sac of a cavity how it is squeezed now. */
export function squeezeSac({ sac, pressure }: FilledCavity, { fluid }: Liquids): void {
  fluid.memory.sac[sac * SAC_STRIDE + SAC.squeezedMmHg] = Math.max(0, pressure[0] / PA_PER_MMHG)
}

/** Opens the sac of a cavity where a cut or tear went through its wall: at faces that were opened since changes were cleared. */
export function leakWhereOpened({ sac, isInner }: FilledCavity, mesh: Mesh, { fluid }: Liquids): void {
  const { tetVertex, rest } = mesh.memory
  const { opened, openedCount } = mesh.changes
  for (let i = 0; i < openedCount; i++) {
    const v = (opened[i] >> 2) * 4
    if (tetVertex[v] === NONE) continue
    const k = (opened[i] & 3) * 3
    const a = tetVertex[v + FACE[k]]
    const b = tetVertex[v + FACE[k + 1]]
    const c = tetVertex[v + FACE[k + 2]]
    const inner = inside(isInner, a) + inside(isInner, b) + inside(isInner, c)
    if (inner === 0 || inner === 3) continue
    const mm = Math.max(length(rest, a, b), length(rest, b, c), length(rest, c, a)) * 1000
    perforateSac(fluid.memory, sac, Math.min(MOST_HOLE_MM, Math.max(LEAST_HOLE_MM, mm)), a, b, c)
  }
}

const inside = (marks: Uint8Array, p: number): number => (p < marks.length ? marks[p] : 0)

function length(at: Float32Array, a: number, b: number): number {
  const x = at[a * 4] - at[b * 4]
  const y = at[a * 4 + 1] - at[b * 4 + 1]
  const z = at[a * 4 + 2] - at[b * 4 + 2]
  return Math.sqrt(x * x + y * y + z * z)
}
