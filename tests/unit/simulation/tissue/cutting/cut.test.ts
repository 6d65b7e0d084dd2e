import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { nextUnit, seedRandom } from '../../../../../core/simulation/random.ts'
import { cutPatch, startCut } from '../../../../../core/simulation/tissue/cutting/cut.ts'
import { createCutter } from '../../../../../core/simulation/tissue/cutting/cutter.ts'
import { restVolume } from '../../../../../core/simulation/tissue/load.ts'
import { COUNT } from '../../../../../core/simulation/tissue/memory.ts'
import { freeFaces } from '../../../../../core/simulation/tissue/mesh/faces.ts'
import { clearChanges, type Mesh, TALLY } from '../../../../../core/simulation/tissue/mesh/mesh.ts'
import { defectsOf, wholeVolume } from '../../../../../core/simulation/tissue/mesh/validate.ts'
import { latticeOf } from '../mesh/lattice.ts'
import { cutOnce, patchOf, pieceVolumes, randomPatch, sheet } from './patches.ts'

const STEP = 0.005
const ROOM = { particles: 60_000, tets: 60_000, edges: 64 }

function hashOf(mesh: Mesh): string {
  return bytesToHex(sha256(mesh.memory.bytes)) + bytesToHex(sha256(mesh.bytes))
}

describe('a cut right through', () => {
  it.each([
    ['level', 0.0173, 0],
    ['at the height of particles', 0.015, 0],
    ['just beside particles', 0.0151, 0],
    ['oblique', 0.003, 0.4],
    ['steep', -0.02, 1.3],
  ])('leaves two pieces of the right volumes: %s', (_name, z, slope) => {
    const mesh = latticeOf(6, 6, 7, STEP)
    const cutter = createCutter(mesh)
    const before = wholeVolume(mesh)
    expect(cutOnce(cutter, sheet(z, slope))).toBeGreaterThan(50)
    expect(defectsOf(mesh)).toEqual([])
    expect(mesh.tally[TALLY.pieces]).toBe(2)
    expect(Math.abs(wholeVolume(mesh) / before - 1)).toBeLessThan(1e-5)
    if (slope !== 0) return
    const pieces = [...pieceVolumes(mesh).values()].map((v) => v / (36 * STEP * STEP))
    expect(Math.min(...pieces)).toBeCloseTo(Math.min(z, 0.035 - z), 4)
  })

  it('has smooth walls: no particle of them is farther from the patch than a few per cent of an edge', () => {
    const mesh = latticeOf(6, 6, 7, STEP)
    const cutter = createCutter(mesh)
    const slope = 0.37
    cutOnce(cutter, sheet(0.004, slope))
    const { rest } = mesh.memory
    const { opened, openedCount } = mesh.changes
    let sum = 0
    for (let i = 0; i < openedCount; i++) {
      for (let k = 0; k < 4; k++) {
        if (k === (opened[i] & 3)) continue
        const p = mesh.memory.tetVertex[(opened[i] & ~3) + k] * 4
        const height = (rest[p + 2] - 0.004 - (rest[p] + rest[p + 1]) * slope) / Math.sqrt(1 + 2 * slope * slope)
        expect(Math.abs(height)).toBeLessThan(0.07 * STEP)
        sum += Math.abs(height)
      }
    }
    expect(sum / openedCount / 3).toBeLessThan(0.005 * STEP)
  })

  it('keeps materials where they were', () => {
    const mesh = latticeOf(6, 6, 6, STEP, ROOM, (z) => (z < 3 ? 0 : 1))
    cutOnce(createCutter(mesh), sheet(-0.012, 0.9))
    let lower = 0
    for (let t = 0; t < mesh.memory.counts[COUNT.tets]; t++) {
      if (mesh.memory.tetMaterial[t] === 0) lower += restVolume(mesh.memory, t)
    }
    expect(lower / (36 * 3 * STEP ** 3)).toBeCloseTo(1, 5)
  })

  it('doubles a particle that is held fast into two that are', () => {
    const mesh = latticeOf(4, 4, 4, STEP)
    for (let p = 4; p < 29; p++) mesh.memory.position[p * 4 + 3] = 0
    cutOnce(createCutter(mesh), patchOf([0.009, -1, -1], [0.009, 1, -1], [0.009, -1, 1], [0.009, 1, 1]))
    const { position, rest, counts } = mesh.memory
    let held = 0
    for (let p = 4; p < counts[COUNT.particles]; p++) {
      if (rest[p * 4 + 2] === 0) expect(position[p * 4 + 3]).toBe(0)
      if (position[p * 4 + 3] === 0) held++
    }
    expect(held).toBeGreaterThan(29)
  })
})

describe('a cut in the deformed shape', () => {
  it('runs where the tissue is, not where it was at rest', () => {
    const mesh = latticeOf(6, 6, 7, STEP)
    const { position, counts } = mesh.memory
    for (let p = 4; p < counts[COUNT.particles]; p++) position[p * 4 + 2] *= 2
    cutOnce(createCutter(mesh), sheet(0.0346, 0))
    const pieces = [...pieceVolumes(mesh).values()].map((v) => v / (36 * STEP * STEP))
    expect(Math.min(...pieces)).toBeCloseTo(0.0173, 4)
  })
})

describe('a progressive cut', () => {
  it('ends in the same pieces as one cut, and stays joined until it is through', () => {
    const slope = 0.31
    const once = latticeOf(6, 6, 7, STEP)
    cutOnce(createCutter(once), sheet(0.006, slope))
    const mesh = latticeOf(6, 6, 7, STEP)
    const cutter = createCutter(mesh)
    const cut = startCut(mesh)
    const steps = 40
    for (let i = 0; i < steps; i++) {
      const from = -0.001 + (0.032 * i) / steps
      cutPatch(cutter, sheet(0.006, slope, from, from + 0.032 / steps), cut)
      if (i === steps - 10) {
        expect(mesh.tally[TALLY.pieces]).toBe(1)
        expect(mesh.changes.copyCount).toBeGreaterThan(0)
        expect(defectsOf(mesh)).toEqual([])
      }
    }
    expect(defectsOf(mesh)).toEqual([])
    expect(mesh.tally[TALLY.pieces]).toBe(2)
    const [a, b] = [once, mesh].map((m) => [...pieceVolumes(m).values()].sort())
    for (let i = 0; i < 2; i++) expect(Math.abs(b[i] / a[i] - 1)).toBeLessThan(0.01)
  })

  it('that comes back finishes what it left, though it is another cut', () => {
    const mesh = latticeOf(6, 6, 7, STEP)
    const cutter = createCutter(mesh)
    cutOnce(cutter, sheet(0.0173, 0, -1, 0.016))
    expect(mesh.tally[TALLY.pieces]).toBe(1)
    cutOnce(cutter, sheet(0.0173, 0, 0.012, 1))
    expect(mesh.tally[TALLY.pieces]).toBe(2)
    expect(defectsOf(mesh)).toEqual([])
  })

  it('joins its front though the tissue moved a little between ticks', () => {
    const mesh = latticeOf(6, 6, 7, STEP)
    const cutter = createCutter(mesh)
    const cut = startCut(mesh)
    const { position, counts } = mesh.memory
    for (let i = 0; i < 32; i++) {
      cutPatch(cutter, sheet(0.0173, 0, -0.001 + 0.001 * i - 0.0003, 0.001 * i), cut)
      for (let p = 4; p < counts[COUNT.particles]; p++) position[p * 4 + 2] += i % 2 === 0 ? 0.0002 : -0.0002
    }
    expect(mesh.tally[TALLY.pieces]).toBe(2)
    expect(defectsOf(mesh)).toEqual([])
  })
})

describe('cuts that meet', () => {
  it('make eight pieces where three planes cross', () => {
    const mesh = latticeOf(6, 6, 6, STEP)
    const cutter = createCutter(mesh)
    const at = 0.0138
    cutOnce(cutter, patchOf([at, -1, -1], [at, 1, -1], [at, -1, 1], [at, 1, 1]))
    cutOnce(cutter, patchOf([-1, at, -1], [1, at, -1], [-1, at, 1], [1, at, 1]))
    cutOnce(cutter, sheet(at, 0))
    expect(defectsOf(mesh)).toEqual([])
    const volumes = [...pieceVolumes(mesh).values()].filter((v) => v > 1e-7)
    expect(volumes.length).toBe(8)
    expect(Math.min(...volumes) / at ** 3).toBeCloseTo(1, 1)
  })

  it('free a piece when they close around it, an edge beyond its corners', () => {
    const mesh = latticeOf(6, 6, 6, STEP)
    const cutter = createCutter(mesh)
    const [low, high, deep, over] = [0.0087, 0.0214, 0.0171, 0.005]
    const ring = [
      [low, low, 1, 0],
      [high, low, 0, 1],
      [high, high, -1, 0],
      [low, high, 0, -1],
    ] as const
    for (let i = 0; i < 4; i++) {
      const [x, y, alongX, alongY] = ring[i]
      const length = high - low + over
      const [u, v] = [x - alongX * over, y - alongY * over]
      const [s, t] = [x + alongX * length, y + alongY * length]
      cutOnce(cutter, patchOf([u, v, deep - over], [u, v, 1], [s, t, deep - over], [s, t, 1]))
      expect(mesh.tally[TALLY.pieces]).toBe(1)
    }
    const [from, to] = [low - over, high + over]
    cutOnce(cutter, patchOf([from, from, deep], [to, from, deep], [from, to, deep], [to, to, deep]))
    expect(defectsOf(mesh)).toEqual([])
    const volumes = [...pieceVolumes(mesh).values()].sort((a, b) => b - a)
    expect(volumes[1] / ((high - low) ** 2 * (0.03 - deep))).toBeCloseTo(1, 1)
  })
})

describe('500 random cuts', () => {
  it.each([1, 2, 3])('leave a valid mesh of the same volume, seed %i', (seed) => {
    const mesh = latticeOf(6, 7, 7, STEP, ROOM)
    const cutter = createCutter(mesh)
    const before = wholeVolume(mesh)
    const random = new Uint32Array(4)
    seedRandom(random, seed)
    for (let i = 0; i < 500; i++) {
      clearChanges(mesh)
      cutOnce(cutter, randomPatch(random, [0.03, 0.03, 0.035], 0.002 + 0.02 * nextUnit(random)))
      if (i % 100 === 99) expect(defectsOf(mesh)).toEqual([])
    }
    expect(Math.abs(wholeVolume(mesh) / before - 1)).toBeLessThan(1e-5)
    expect(mesh.memory.counts[COUNT.tets]).toBeGreaterThan(6000)
    const n = freeFaces(mesh.memory, new Uint32Array(600_000), new Uint32Array(200_000))
    expect(n).toBeGreaterThan(5000)
  })

  it('end in an error, not in silence, when there is no room', () => {
    const mesh = latticeOf(4, 4, 4, STEP, { particles: 300, tets: 600, edges: 4 })
    const cutter = createCutter(mesh)
    const random = new Uint32Array(4)
    seedRandom(random, 1)
    const cutting = () => {
      for (let i = 0; i < 500; i++) cutOnce(cutter, randomPatch(random, [0.02, 0.02, 0.02], 0.02))
    }
    expect(cutting).toThrow('simulation/tissue-full')
  })

  it('give the same bits again, and go on the same from a saved state', () => {
    const cutting = (restoreAt: number) => {
      let mesh = latticeOf(4, 4, 4, STEP, ROOM)
      let cutter = createCutter(mesh)
      const random = new Uint32Array(4)
      seedRandom(random, 7)
      let cut = 0
      for (let i = 0; i < 60; i++) {
        if (i === restoreAt) {
          const other = latticeOf(1, 1, 1, STEP, ROOM)
          other.memory.bytes.set(mesh.memory.bytes)
          other.bytes.set(mesh.bytes)
          mesh = other
          cutter = createCutter(mesh)
        }
        clearChanges(mesh)
        if (i % 2 === 0) cut = startCut(mesh)
        cutPatch(cutter, randomPatch(random, [0.02, 0.02, 0.02], 0.015), cut)
      }
      return hashOf(mesh)
    }
    const whole = cutting(-1)
    expect(cutting(-1)).toBe(whole)
    expect(cutting(31)).toBe(whole)
  })
})
