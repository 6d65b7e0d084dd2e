/**
 * Ducts and vessels that are strands of tissue: where one is cut through or clipped, the segments of its liquid follow. A
 * strand is whole between two stations while their tetrahedra hang together.
 */
import type { TubeLine } from '../../../modelling/operative/result.ts'
import type { Liquids } from '../fieldtype.ts'
import { type FluidMemory, SAC, SAC_STRIDE } from '../fluid/memory.ts'
import { closeSac, perforateSac } from '../fluid/sacs.ts'
import { closeSegment, cutSegment, SEGMENT, type Segment } from '../fluid/vessels.ts'
import { NONE } from '../memory.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { placeInJaws, readyJaws } from '../tools/frame.ts'

/** A duct drains a sac: from its first station on. */
type Duct = { readonly first: number; readonly count: number; readonly sac: number; readonly calibreMm: number }

/** All tubes of a field, their segments one after the other; nothing here changes once loaded. */
export type Tubes = {
  /** Segments of vessels come first: `closeSegment` and `cutSegment` know only these. */
  readonly vessels: Segment[]
  /** Middle particle at either end of each segment, of vessels and ducts. */
  readonly from: number[]
  readonly to: number[]
  readonly ducts: Duct[]
}

export const createTubes = (): Tubes => ({ vessels: [], from: [], to: [], ducts: [] })

/** Adds tubes whose lattice was loaded from particle `first` on. @param sac that ducts drain, −1 for none */
export function addTubes(tubes: Tubes, lines: readonly TubeLine[], first: number, sac: number): void {
  const order = [...lines.filter(({ kind }) => kind !== 'duct'), ...lines.filter(({ kind }) => kind === 'duct')]
  for (const { kind, calibreMm, stations } of order) {
    const start = tubes.from.length
    for (let s = 1; s < stations.length; s++) {
      const [from, to] = [first + stations[s - 1][0], first + stations[s][0]]
      tubes.from.push(from)
      tubes.to.push(to)
      if (kind !== 'duct') tubes.vessels.push({ from, to, parent: s === 1 ? -1 : start + s - 2, calibreMm, kind })
    }
    if (kind === 'duct' && sac >= 0) tubes.ducts.push({ first: start, count: stations.length - 1, sac, calibreMm })
  }
}

/** Finds what was cut through since the mesh changed. */
export function cutTubes({ vessels, from, to, ducts }: Tubes, mesh: Mesh, { fluid: { memory } }: Liquids): void {
  let parted = false
  for (let s = 0; s < from.length; s++) {
    if ((memory.segmentState[s] & SEGMENT.cut) !== 0 || isWhole(mesh, from[s], to[s])) continue
    parted = true
    if (s < vessels.length) cutSegment(memory, vessels, s)
    else memory.segmentState[s] |= SEGMENT.cut
  }
  if (parted) for (const duct of ducts) drain(memory, duct, from, to)
}

function isWhole({ vertexTet, tetPiece }: Mesh, from: number, to: number): boolean {
  const [a, b] = [vertexTet[from], vertexTet[to]]
  return a !== NONE && b !== NONE && tetPiece[a] === tetPiece[b]
}

/** A sac leaks from the first cut of its duct that nothing closes before. */
function drain(memory: FluidMemory, duct: Duct, from: readonly number[], to: readonly number[]): void {
  for (let s = duct.first; s < duct.first + duct.count; s++) {
    if ((memory.segmentState[s] & SEGMENT.closed) !== 0) return
    if ((memory.segmentState[s] & SEGMENT.cut) === 0) continue
    perforateSac(memory, duct.sac, duct.calibreMm, from[s], to[s], to[s])
    return
  }
}

/** Closes the segments that lie between a tool's jaws: by a clip or a seal. Returns how many. */
export function closeBetween(
  { vessels, from, to, ducts }: Tubes,
  memory: FluidMemory,
  position: Float32Array,
  tool: Float64Array,
): number {
  readyJaws(tool)
  let closed = 0
  for (let s = 0; s < from.length; s++) {
    if ((memory.segmentState[s] & SEGMENT.closed) !== 0 || !isBetween(position, tool, from[s], to[s])) continue
    closed++
    if (s < vessels.length) closeSegment(memory, vessels, s)
    else memory.segmentState[s] |= SEGMENT.closed
  }
  if (closed > 0) for (const duct of ducts) stopLeak(memory, duct)
  return closed
}

function isBetween(position: Float32Array, tool: Float64Array, from: number, to: number): boolean {
  for (let i = 0; i < 3; i++) middle[i] = (position[from * 4 + i] + position[to * 4 + i]) / 2
  return placeInJaws(tool, middle, 0, place)
}

const middle = new Float64Array(3)
const place = new Float64Array(3)

/** Stops the leak of a duct's stump when a closure came before it; a hole in the organ itself is wider and leaks on. */
function stopLeak(memory: FluidMemory, duct: Duct): void {
  const hole = memory.sac[duct.sac * SAC_STRIDE + SAC.holeMm]
  if (hole === 0 || hole > duct.calibreMm) return
  for (let s = duct.first; s < duct.first + duct.count; s++) {
    if (memory.segmentState[s] === 0) continue
    if ((memory.segmentState[s] & SEGMENT.closed) !== 0) closeSac(memory, duct.sac)
    return
  }
}
