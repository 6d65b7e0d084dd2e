/**
 * What fills a hollow organ: a liquid that keeps its volume, as one constraint over the inner surface (XPBD; the volume of
 * closed surfaces: Müller et al. 2007, doi:10.1016/j.jvcir.2007.01.005). Once the wall is open it falls in as that leaves.
 */

import type { Cavity } from '../../../modelling/operative/result.ts'
import type { Liquids } from '../fieldtype.ts'
import { type FluidMemory, SAC, SAC_STRIDE } from '../fluid/memory.ts'
import { fillSac, perforateSac } from '../fluid/sacs.ts'
import type { TissueMemory } from '../memory.ts'
import { NONE } from '../memory.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { FACE } from '../mesh/volume.ts'

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
  readonly vertices: Uint32Array
  /** Three places in `vertices` each. */
  readonly triangles: Uint32Array
  readonly restVolume: number
  /** Particles of the inner surface as loaded. */
  readonly isInner: Uint8Array
  readonly gradient: Float64Array
  /** Scratch of a solve: volume, weight, and pressure of the last one in Pa. */
  readonly sums: Float64Array
}

/** Readies a cavity whose lattice was loaded from particle `first` on. */
export function createCavity(
  { triangles, volumeMl }: Cavity,
  first: number,
  sac: number,
  particles: number,
): FilledCavity {
  const places = new Map<number, number>()
  const corners = Uint32Array.from(triangles, (v) => {
    const known = places.get(v)
    if (known !== undefined) return known
    places.set(v, places.size)
    return places.size - 1
  })
  const vertices = Uint32Array.from(places.keys(), (v) => first + v)
  const isInner = new Uint8Array(particles)
  for (const v of vertices) isInner[v] = 1
  return {
    sac,
    vertices,
    triangles: corners,
    restVolume: volumeMl * 1e-6,
    isInner,
    gradient: new Float64Array(vertices.length * 3),
    sums: new Float64Array(3),
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
  const { vertices, triangles, gradient: g, sums, restVolume } = cavity
  sums[2] = 0
  const share = shareOf(cavity, liquids)
  g.fill(0)
  sums[0] = 0
  for (let f = 0; f < triangles.length; f += 3) {
    const i = triangles[f] * 3
    const j = triangles[f + 1] * 3
    const k = triangles[f + 2] * 3
    const a = vertices[triangles[f]] * 4
    const b = vertices[triangles[f + 1]] * 4
    const c = vertices[triangles[f + 2]] * 4
    const ax = position[a]
    const ay = position[a + 1]
    const az = position[a + 2]
    const bx = position[b]
    const by = position[b + 1]
    const bz = position[b + 2]
    const cx = position[c]
    const cy = position[c + 1]
    const cz = position[c + 2]
    const x = by * cz - bz * cy
    const y = bz * cx - bx * cz
    const z = bx * cy - by * cx
    g[i] += x
    g[i + 1] += y
    g[i + 2] += z
    g[j] += cy * az - cz * ay
    g[j + 1] += cz * ax - cx * az
    g[j + 2] += cx * ay - cy * ax
    g[k] += ay * bz - az * by
    g[k + 1] += az * bx - ax * bz
    g[k + 2] += ax * by - ay * bx
    sums[0] += ax * x + ay * y + az * z
  }
  sums[1] = 0
  let steepest = 0
  for (let n = 0; n < vertices.length; n++) {
    const w = position[vertices[n] * 4 + 3]
    const slope2 = (g[n * 3] * g[n * 3] + g[n * 3 + 1] * g[n * 3 + 1] + g[n * 3 + 2] * g[n * 3 + 2]) / 36
    sums[1] += w * slope2
    steepest = Math.max(steepest, w * w * slope2)
  }
  const soft = giveOf(cavity, liquids) / (h * h)
  if (!(sums[1] + soft > 0)) return
  let lambda = (restVolume * share - sums[0] / 6) / (sums[1] + soft)
  const far = Math.abs(lambda) * Math.sqrt(steepest)
  if (far > FARTHEST) lambda *= FARTHEST / far
  sums[2] = lambda / (h * h)
  for (let n = 0; n < vertices.length; n++) {
    const p = vertices[n] * 4
    const go = (position[p + 3] * lambda) / 6
    position[p] += go * g[n * 3]
    position[p + 1] += go * g[n * 3 + 1]
    position[p + 2] += go * g[n * 3 + 2]
  }
}

/** Tells the sac of a cavity how it is squeezed now. */
export function squeezeSac({ sac, sums }: FilledCavity, { fluid }: Liquids): void {
  fluid.memory.sac[sac * SAC_STRIDE + SAC.squeezedMmHg] = Math.max(0, sums[2] / PA_PER_MMHG)
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
