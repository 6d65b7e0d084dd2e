/** Packing of elements into lanes of the kernel's blocks of four; what cutting adds goes wherever one is free among strangers. */
import { SimulationError } from '../contract.ts'
import { carriedShare, lame, MATERIALS } from './materials.ts'
import { COUNT, EDGE_BLOCK, NONE, TET_BLOCK, type TissueMemory } from './memory.ts'
import { layRest } from './restmatrix.ts'

/** Takes a tetrahedron out of the kernel's work. */
export function clearLane(tissue: TissueMemory, slot: number): void {
  const floats = tissue.tetBlocks
  const words = wordsOf(floats)
  const at = (slot >> 2) * TET_BLOCK + (slot & 3)
  for (let k = 0; k < 4; k++) words[at + k * 4] = slot & 3
  for (let i = 4; i < 10; i++) floats[at + i * 4] = 0
  for (let i = 10; i < 12; i++) floats[at + i * 4] = 1
}

/** Takes an edge out of the kernel's work. */
export function clearEdgeLane(tissue: TissueMemory, slot: number): void {
  const floats = tissue.edgeBlocks
  const words = wordsOf(floats)
  const at = (slot >> 2) * EDGE_BLOCK + (slot & 3)
  words[at] = slot & 3
  words[at + 4] = slot & 3
  floats[at + 8] = 0
  floats[at + 12] = 1
}

const whole = new WeakMap<Float32Array, Uint32Array>()

/** The same memory as words. */
function wordsOf(floats: Float32Array): Uint32Array {
  let words = whole.get(floats)
  if (!words) {
    words = new Uint32Array(floats.buffer, floats.byteOffset, floats.length)
    whole.set(floats, words)
  }
  return words
}

/** Writes a tetrahedron's vertices, rest shape and compliances into a lane. */
export function place(tissue: TissueMemory, tet: number, block: number, lane: number): void {
  const { tetVertex, tetMaterial } = tissue
  const floats = tissue.tetBlocks
  const words = wordsOf(floats)
  const at = block * TET_BLOCK + lane
  const v = tet * 4
  for (let k = 0; k < 4; k++) words[at + k * 4] = tetVertex[v + k]
  const m = at + 16
  const volume = layRest(tissue, tet, floats, m)
  const material = MATERIALS[tetMaterial[tet]]
  const carried = carriedShare(tetMaterial[tet], volume, tissue.substepS) * volume
  floats[m + 24] = 1 / (material.shearPa * carried)
  floats[m + 28] = 1 / ((lame(material) - material.shearPa) * carried)
  tissue.tetSlot[tet] = block * 4 + lane
}

/** Writes an edge's ends, length and compliance into a lane. */
export function placeEdge(tissue: TissueMemory, edge: number, block: number, lane: number): void {
  const { edgeVertex, edgeCompliance, edgeLength } = tissue
  const floats = tissue.edgeBlocks
  const words = wordsOf(floats)
  const at = block * EDGE_BLOCK + lane
  words[at] = edgeVertex[edge * 2]
  words[at + 4] = edgeVertex[edge * 2 + 1]
  floats[at + 8] = edgeLength[edge]
  floats[at + 12] = edgeCompliance[edge]
  tissue.edgeSlot[edge] = block * 4 + lane
}

/**
 * Brings the kernel's blocks up to date after cutting. @param changed tetrahedra whose vertices changed, that are new
 * or that were removed. Throws `simulation/tissue-full` when there is no block left.
 */
export function repack(tissue: TissueMemory, changed: Uint32Array, count: number): void {
  const { counts, tetVertex, tetSlot } = tissue
  for (let i = 0; i < count; i++) {
    const tet = changed[i]
    const slot = tetSlot[tet]
    if (tetVertex[tet * 4] === NONE) {
      if (slot !== NONE) clearLane(tissue, slot)
      tetSlot[tet] = NONE
    } else if (slot !== NONE) place(tissue, tet, slot >> 2, slot & 3)
  }
  for (let i = 0; i < count; i++) {
    const tet = changed[i]
    if (tetVertex[tet * 4] === NONE || tetSlot[tet] !== NONE) continue
    let slot = strangers(tissue, tet)
    if (slot === NONE) {
      const block = counts[COUNT.tetBlocks]
      if ((block + 1) * TET_BLOCK > tissue.tetBlocks.length)
        throw new SimulationError('simulation/tissue-full', 'tetrahedra')
      counts[COUNT.tetBlocks] = block + 1
      for (let lane = 0; lane < 4; lane++) clearLane(tissue, block * 4 + lane)
      slot = block * 4
    }
    place(tissue, tet, slot >> 2, slot & 3)
  }
}

/** Brings tetrahedra under tension up to date whose faces were opened. @param opened tetrahedron × 4 + vertex opposite */
export function repackOpened(tissue: TissueMemory, opened: Uint32Array, count: number): void {
  if (tissue.tension.length === 0) return
  for (let i = 0; i < count; i++) {
    const tet = opened[i] >> 2
    const slot = tissue.tetSlot[tet]
    if (tissue.tetVertex[tet * 4] !== NONE && slot !== NONE) place(tissue, tet, slot >> 2, slot & 3)
  }
}

/** What `repack` does, for edges. Throws `simulation/tissue-full` when there is no block left. */
export function repackEdges(tissue: TissueMemory, changed: Uint32Array, count: number): void {
  const { counts, edgeVertex, edgeSlot } = tissue
  for (let i = 0; i < count; i++) {
    const edge = changed[i]
    const slot = edgeSlot[edge]
    if (slot === NONE) continue
    if (edgeVertex[edge * 2] === NONE) {
      clearEdgeLane(tissue, slot)
      edgeSlot[edge] = NONE
    } else placeEdge(tissue, edge, slot >> 2, slot & 3)
  }
  for (let i = 0; i < count; i++) {
    const edge = changed[i]
    if (edgeVertex[edge * 2] === NONE || edgeSlot[edge] !== NONE) continue
    let slot = edgeStrangers(tissue, edge)
    if (slot === NONE) {
      const block = counts[COUNT.edgeBlocks]
      if ((block + 1) * EDGE_BLOCK > tissue.edgeBlocks.length)
        throw new SimulationError('simulation/tissue-full', 'edges')
      counts[COUNT.edgeBlocks] = block + 1
      for (let lane = 0; lane < 4; lane++) clearEdgeLane(tissue, block * 4 + lane)
      slot = block * 4
    }
    placeEdge(tissue, edge, slot >> 2, slot & 3)
  }
}

/** A free lane in a block that has neither of the edge's particles, the last such one; NONE if there is none. */
function edgeStrangers(tissue: TissueMemory, edge: number): number {
  const words = wordsOf(tissue.edgeBlocks)
  const a = tissue.edgeVertex[edge * 2]
  const b = tissue.edgeVertex[edge * 2 + 1]
  for (let block = tissue.counts[COUNT.edgeBlocks] - 1; block >= 0; block--) {
    const at = block * EDGE_BLOCK
    let free = NONE
    for (let lane = 0; lane < 4; lane++) if (words[at + lane] === lane) free = block * 4 + lane
    if (free === NONE) continue
    let met = false
    for (let i = 0; i < 8 && !met; i++) met = words[at + i] === a || words[at + i] === b
    if (!met) return free
  }
  return NONE
}

/** A free lane in a block that has none of the tetrahedron's particles, the last such one; NONE if there is none. */
function strangers(tissue: TissueMemory, tet: number): number {
  const words = wordsOf(tissue.tetBlocks)
  const { counts, tetVertex } = tissue
  const v = tet * 4
  for (let block = counts[COUNT.tetBlocks] - 1; block >= 0; block--) {
    const at = block * TET_BLOCK
    let free = NONE
    for (let lane = 0; lane < 4; lane++) if (words[at + lane] === lane) free = block * 4 + lane
    if (free === NONE) continue
    let met = false
    for (let i = 0; i < 16 && !met; i++) {
      const w = words[at + i]
      met = w === tetVertex[v] || w === tetVertex[v + 1] || w === tetVertex[v + 2] || w === tetVertex[v + 3]
    }
    if (!met) return free
  }
  return NONE
}
