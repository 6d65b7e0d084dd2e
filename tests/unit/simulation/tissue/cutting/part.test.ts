import { describe, expect, it } from 'vitest'
import { createCutter } from '../../../../../core/simulation/tissue/cutting/cutter.ts'
import { separateAlong } from '../../../../../core/simulation/tissue/cutting/dissect.ts'
import { removeCrushed, removeDebris, removeStray } from '../../../../../core/simulation/tissue/cutting/remove.ts'
import { tear } from '../../../../../core/simulation/tissue/cutting/tear.ts'
import { materialNumber } from '../../../../../core/simulation/tissue/materials.ts'
import { COUNT, NONE, OWNER } from '../../../../../core/simulation/tissue/memory.ts'
import { type Mesh, TALLY } from '../../../../../core/simulation/tissue/mesh/mesh.ts'
import { defectsOf, wholeVolume } from '../../../../../core/simulation/tissue/mesh/validate.ts'
import { latticeOf, scanAll } from '../mesh/lattice.ts'
import { removeWithin } from './nibble.ts'
import { cutOnce, patchOf, pieceVolumes, sheet } from './patches.ts'

const STEP = 0.005
const capsule = (...numbers: number[]) => new Float64Array(numbers)
const EVERYWHERE = capsule(0, 0, 0, 0, 0, 0, 1)

/** Stretches the mesh along z. */
function pull({ memory }: Mesh, factor: number): void {
  for (let p = 4; p < memory.counts[COUNT.particles]; p++) memory.position[p * 4 + 2] *= factor
}

describe('removing tissue', () => {
  it('takes what lies within a capsule, frees the faces around it and parks what is left over', () => {
    const mesh = latticeOf(6, 6, 6, STEP)
    const before = wholeVolume(mesh)
    const removed = removeWithin(mesh, capsule(0.015, 0.015, 0.01, 0.015, 0.015, 0.03, 0.006), -1)
    expect(removed).toBeGreaterThan(1e-6)
    expect(wholeVolume(mesh) + removed).toBeCloseTo(before, 10)
    expect(defectsOf(mesh)).toEqual([])
    expect(mesh.tally[TALLY.pieces]).toBe(1)
    const { owner, position, counts } = mesh.memory
    let parked = 0
    for (let p = 4; p < counts[COUNT.particles]; p++) {
      if (owner[p] !== OWNER.none) continue
      parked++
      expect(position[p * 4 + 3]).toBe(0)
    }
    expect(parked).toBeGreaterThan(0)
    for (let i = 0; i < mesh.changes.openedCount; i++) {
      const corner = mesh.changes.opened[i]
      expect(mesh.memory.tetVertex[corner & ~3]).not.toBe(NONE)
      expect(mesh.memory.tetNeighbour[corner]).toBe(NONE)
    }
  })

  it('separates what only touches at a point or an edge afterwards, however it is nibbled', () => {
    const mesh = latticeOf(5, 5, 5, STEP)
    let removed = 0
    for (let i = 0; i < 60; i++) {
      const at = [7, 11, 13].map((prime) => ((i * prime) % 25) / 1000)
      removed += removeWithin(mesh, capsule(...at, ...at, 0.003), -1)
    }
    expect(defectsOf(mesh)).toEqual([])
    expect(wholeVolume(mesh) + removed).toBeCloseTo(125 * STEP ** 3, 9)
  })

  it('takes what would hang on by a point or an edge along where no particle can be doubled', () => {
    const mesh = latticeOf(5, 5, 5, STEP, { particles: 4 + 216, tets: 1000, edges: 4 })
    const { counts } = mesh.memory
    let removed = 0
    for (let i = 0; i < 60; i++) {
      const at = [7, 11, 13].map((prime) => ((i * prime) % 25) / 1000)
      removed += removeWithin(mesh, capsule(...at, ...at, 0.003), -1)
      expect(defectsOf(mesh)).toEqual([])
    }
    expect(counts[COUNT.particles]).toBe(4 + 216)
    expect(wholeVolume(mesh)).toBeGreaterThan(0)
    expect(wholeVolume(mesh) + removed).toBeCloseTo(125 * STEP ** 3, 9)
  })

  it('spares other materials, and can take everything', () => {
    const mesh = latticeOf(3, 3, 4, STEP, undefined, (z) => (z < 2 ? 0 : 1))
    expect(removeWithin(mesh, EVERYWHERE, 1)).toBeCloseTo(18 * STEP ** 3, 9)
    expect(mesh.memory.tetMaterial[0]).toBe(0)
    expect(wholeVolume(mesh)).toBeCloseTo(18 * STEP ** 3, 9)
    removeWithin(mesh, EVERYWHERE, -1)
    expect(defectsOf(mesh)).toEqual([])
    expect(mesh.tally[TALLY.pieces]).toBe(0)
  })
})

describe('what a cut leaves over', () => {
  it('is removed when it is debris or has fallen out of the field, and nothing else is', () => {
    const mesh = latticeOf(3, 4, 4, STEP)
    const cutter = createCutter(mesh)
    // across a corner that belongs to one tetrahedron only
    const at = (x: number, y: number, z: number) => [3 * STEP - x, y, z] as const
    const near = 0.0031
    cutOnce(cutter, patchOf(at(near, -1, 1), at(-1, near, 1), at(1, near, -1), at(near, 1, -1)))
    cutOnce(cutter, sheet(0.0112, 0))
    expect(mesh.tally[TALLY.pieces]).toBe(3)
    const debris = removeDebris(mesh)
    expect(debris).toBeGreaterThan(0)
    expect(debris).toBeLessThan(1e-7)
    expect(mesh.tally[TALLY.pieces]).toBe(2)
    expect(defectsOf(mesh)).toEqual([])
    expect(removeDebris(mesh)).toBe(0)
    expect(removeStray(mesh, 0.1)).toBe(0)
    const upper = mesh.tetPiece[mesh.memory.counts[COUNT.tets] - 1]
    const { tetVertex, position } = mesh.memory
    for (let t = 0; t < mesh.memory.counts[COUNT.tets]; t++) {
      if (mesh.tetPiece[t] === upper) for (let k = 0; k < 4; k++) position[tetVertex[t * 4 + k] * 4 + 1] = -1
    }
    expect(removeStray(mesh, 0.1)).toBeGreaterThan(1e-6)
    expect(mesh.tally[TALLY.pieces]).toBe(1)
    expect(defectsOf(mesh)).toEqual([])
  })
})

describe('blunt dissection', () => {
  const layered = () => latticeOf(4, 4, 4, STEP, undefined, (z) => (z < 2 ? 0 : 1))

  it('opens the plane between two materials where it is stretched, and only near the instrument', () => {
    const mesh = layered()
    const plane = { materials: [0, 1], stretch: 1.2 } as const
    expect(separateAlong(mesh, EVERYWHERE, plane)).toBe(0)
    pull(mesh, 1.3)
    const near = separateAlong(mesh, capsule(0, 0, 0.013, 0, 0.02, 0.013, 0.008), plane)
    expect(near).toBeGreaterThan(0)
    expect(mesh.tally[TALLY.pieces]).toBe(1)
    expect(defectsOf(mesh)).toEqual([])
    expect(near + separateAlong(mesh, EVERYWHERE, plane)).toBe(2 * 16)
    expect(mesh.tally[TALLY.pieces]).toBe(2)
    expect(defectsOf(mesh)).toEqual([])
  })

  it('reports what came off: labels, and the volume of each piece', () => {
    const mesh = layered()
    pull(mesh, 1.3)
    separateAlong(mesh, EVERYWHERE, { materials: [0, 1], stretch: 1.2 })
    const volumes = pieceVolumes(mesh)
    expect([...volumes.keys()].sort()).toEqual([1, 2])
    for (const volume of volumes.values()) expect(volume).toBeCloseTo(32 * STEP ** 3, 9)
  })
})

const none = new Uint8Array(10_000)

describe('tearing', () => {
  it('waits until the failure strain, then splits across the stretch until tissue is apart', () => {
    const liver = materialNumber('liver')
    const mesh = latticeOf(3, 3, 4, STEP, undefined, () => liver)
    pull(mesh, 1.37)
    for (let i = 0; i < 16; i++) expect(tear(mesh, none, scanAll(mesh))).toBe(NONE)
    const { position, counts, rest } = mesh.memory
    // only the layer in the middle is stretched past 0.38
    for (let p = 4; p < counts[COUNT.particles]; p++) {
      const z = rest[p * 4 + 2]
      position[p * 4 + 2] = z + (z > 0.012 ? 0.0025 : 0)
    }
    let torn = 0
    for (let i = 0; i < 400 && mesh.tally[TALLY.pieces] === 1; i++) {
      const copies = mesh.changes.copyCount
      if (tear(mesh, none, scanAll(mesh)) !== NONE) torn++
      expect(mesh.changes.copyCount - copies).toBeLessThan(40)
    }
    expect(torn).toBeGreaterThan(1)
    expect(mesh.tally[TALLY.pieces]).toBeGreaterThan(1)
    expect(defectsOf(mesh)).toEqual([])
    const { opened, openedCount } = mesh.changes
    for (let i = 0; i < openedCount; i++) {
      for (let k = 0; k < 4; k++) {
        if (k === (opened[i] & 3)) continue
        const z = rest[mesh.memory.tetVertex[(opened[i] & ~3) + k] * 4 + 2]
        expect(Math.abs(z - 0.0125)).toBeLessThan(1.6 * STEP)
      }
    }
  })
  it('goes on with less room than a cut needs; without any, what is drawn out past all bearing goes', () => {
    const liver = materialNumber('liver')
    const sized = (particles: number) => latticeOf(3, 3, 4, STEP, { particles, tets: 1000, edges: 4 }, () => liver)
    const turned = new Uint8Array(1000)
    const crushed = (mesh: Mesh) => {
      let volume = 0
      for (let tick = 0; tick < 32; tick++) volume += removeCrushed(mesh, turned.fill(tick < 8 ? 0 : 3), tick)
      return volume
    }
    const roomy = sized(400)
    pull(roomy, 2.6)
    expect(tear(roomy, none, scanAll(roomy))).not.toBe(NONE)
    expect(crushed(roomy)).toBe(0)
    const full = sized(100)
    pull(full, 2.6)
    for (let i = 0; i < 8; i++) expect(tear(full, none, scanAll(full))).toBe(NONE)
    expect(crushed(full)).toBeGreaterThan(0)
    pull(full, 1 / 2)
    expect(defectsOf(full)).toEqual([])
  })
  it('leaves alone what tools pinch, unless it is drawn out past all bearing', () => {
    const liver = materialNumber('liver')
    const mesh = latticeOf(3, 3, 4, STEP, undefined, () => liver)
    const pinched = new Uint8Array(10_000).fill(1)
    pull(mesh, 2)
    for (let i = 0; i < 16; i++) expect(tear(mesh, pinched, scanAll(mesh))).toBe(NONE)
    pull(mesh, 2.6)
    let torn = 0
    for (let i = 0; i < 8; i++) if (tear(mesh, pinched, scanAll(mesh)) !== NONE) torn++
    expect(torn).toBeGreaterThan(1)
    expect(defectsOf(mesh)).toEqual([])
  })
})
