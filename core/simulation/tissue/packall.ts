/**
 * Packing of a whole mesh: it is coloured greedily, so that elements of a colour touch nothing of each other, and each
 * colour fills blocks of four.
 */
import { SimulationError } from '../contract.ts'
import { finish, STRETCH, type Steps } from '../steps.ts'
import { COUNT, NONE, type TissueMemory } from './memory.ts'
import { clearEdgeLane, clearLane, place, placeEdge } from './pack.ts'

/** Words of colour marks a particle; 32 colours each. */
const MARKS = 4
/** Elements of a stretch of the mesh; fewer wait for each other, more leave the cache (measured at 13,000 and 98,000). */
const NEAR = 256

/** Packs a freshly loaded mesh: every tetrahedron and edge in use. */
export function packAll(tissue: TissueMemory): void {
  finish(packSteps(tissue))
}

/** What `packAll` does, in steps. */
export function* packSteps(tissue: TissueMemory): Steps {
  const { counts, tetVertex, edgeVertex, size } = tissue
  counts[COUNT.tetBlocks] = yield* colour(tetVertex, 4, counts[COUNT.tets], size.particles, (block, lane, tet) => {
    place(tissue, tet, block, lane)
  })
  counts[COUNT.edgeBlocks] = yield* colour(edgeVertex, 2, counts[COUNT.edges], size.particles, (block, lane, edge) => {
    placeEdge(tissue, edge, block, lane)
  })
  fillFreeLanes(tissue)
}

/**
 * Calls `put` with a block and lane for every element, such that no two of a block share a particle, in steps; returns how
 * many blocks there are. Within a stretch of the mesh, blocks of a colour follow each other: each then waits for nothing that
 * the one before it writes, and what they touch is still near in the cache.
 */
export function* colour(
  vertices: Uint32Array,
  corners: number,
  count: number,
  particles: number,
  put: (block: number, lane: number, element: number) => void,
): Steps<number> {
  const colours: Colours = {
    marks: new Uint32Array(particles * MARKS),
    open: [],
    slotOf: new Uint32Array(count).fill(NONE),
    ranks: [],
  }
  const { slotOf, ranks } = colours
  for (let from = 0; from < count; from += STRETCH) {
    choose(colours, vertices, corners, from, Math.min(count, from + STRETCH))
    yield
  }
  const order = ranks.map((_, block) => block).sort((a, b) => ranks[a] - ranks[b] || a - b)
  const placeOf = new Uint32Array(order.length)
  for (let i = 0; i < order.length; i++) placeOf[order[i]] = i
  for (let from = 0; from < count; from += STRETCH) {
    for (let element = from; element < Math.min(count, from + STRETCH); element++)
      if (slotOf[element] !== NONE) put(placeOf[slotOf[element] >> 2], slotOf[element] & 3, element)
    yield
  }
  return order.length
}

type Colours = {
  readonly marks: Uint32Array
  /** Block and lane that a colour fills now. */
  readonly open: number[]
  readonly slotOf: Uint32Array
  /** For each block where in the order it comes. */
  readonly ranks: number[]
}

/** Gives elements from `from` to before `to` a colour, and with it a lane. */
function choose(
  { marks, open, slotOf, ranks }: Colours,
  vertices: Uint32Array,
  corners: number,
  from: number,
  to: number,
): void {
  for (let element = from; element < to; element++) {
    const at = element * corners
    if (vertices[at] === NONE) continue
    const free = freeColour(marks, vertices, at, corners)
    for (let k = 0; k < corners; k++) marks[vertices[at + k] * MARKS + (free >> 5)] |= 1 << (free & 31)
    let slot = open[free] ?? 0
    if ((slot & 3) === 0) {
      slot = ranks.length * 4
      ranks.push(Math.floor(element / NEAR) * MARKS * 32 + free)
    }
    slotOf[element] = slot
    open[free] = slot + 1
  }
}

function freeColour(marks: Uint32Array, vertices: Uint32Array, at: number, corners: number): number {
  for (let word = 0; word < MARKS; word++) {
    let used = 0
    for (let k = 0; k < corners; k++) used |= marks[vertices[at + k] * MARKS + word]
    if (~used !== 0) return word * 32 + 31 - Math.clz32(~used & -~used)
  }
  throw new SimulationError('simulation/tissue-full', 'more elements at a particle than colours')
}

/** Points every lane that holds nothing at a particle that never moves. */
function fillFreeLanes(tissue: TissueMemory): void {
  const { counts, tetSlot, edgeSlot, tetVertex, edgeVertex } = tissue
  const used = new Uint8Array(Math.max(counts[COUNT.tetBlocks], counts[COUNT.edgeBlocks]) * 4)
  for (let t = 0; t < counts[COUNT.tets]; t++) if (tetVertex[t * 4] !== NONE) used[tetSlot[t]] = 1
  for (let s = 0; s < counts[COUNT.tetBlocks] * 4; s++) if (used[s] === 0) clearLane(tissue, s)
  used.fill(0)
  for (let e = 0; e < counts[COUNT.edges]; e++) if (edgeVertex[e * 2] !== NONE) used[edgeSlot[e]] = 1
  for (let s = 0; s < counts[COUNT.edgeBlocks] * 4; s++) if (used[s] === 0) clearEdgeLane(tissue, s)
}
