import { describe, expect, it } from 'vitest'
import { createCutter } from '../../../../../core/simulation/tissue/cutting/cutter.ts'
import { closeJaws, createStrokes, liftEdge, strokeEdge } from '../../../../../core/simulation/tissue/cutting/stroke.ts'
import { COUNT } from '../../../../../core/simulation/tissue/memory.ts'
import { TALLY } from '../../../../../core/simulation/tissue/mesh/mesh.ts'
import { defectsOf } from '../../../../../core/simulation/tissue/mesh/validate.ts'
import { latticeOf } from '../mesh/lattice.ts'
import { pieceVolumes } from './patches.ts'

const STEP = 0.005

/**
 * Draws an upright edge along x at `y`, from `z` upwards, in steps of `step` metres, through tissue that moves along y
 * by up to `sway` metres in a tick.
 */
function draw(step: number, y: number, z: number, ticks: number, sway = 0) {
  const mesh = latticeOf(6, 6, 4, STEP)
  const cutter = createCutter(mesh)
  const strokes = createStrokes(2)
  let opened = 0
  for (let i = 0; i < ticks; i++) {
    const x = -0.002 + step * i
    for (let p = 4; p < mesh.memory.counts[COUNT.particles]; p++) {
      mesh.memory.position[p * 4 + 1] += sway * ((i % 7) - 3) * 0.5
    }
    opened += strokeEdge(strokes, cutter, 1, new Float64Array([x, y, z, x, y, 0.05]))
  }
  return { mesh, opened }
}

describe('a stroke of a blade', () => {
  it.each([0.00005, 0.0004, 0.003])('right through leaves two pieces, in steps of %f m', (step) => {
    const { mesh } = draw(step, 0.0137, -0.01, 0.036 / step)
    expect(mesh.tally[TALLY.pieces]).toBe(2)
    expect(defectsOf(mesh)).toEqual([])
  })

  it('goes on from its front though the tissue sways', () => {
    const { mesh } = draw(0.0006, 0.0137, -0.01, 60, 0.0004)
    expect(defectsOf(mesh)).toEqual([])
    const volumes = [...pieceVolumes(mesh).values()]
    expect(volumes.filter((v) => v > 1e-6).length).toBe(2)
    expect(volumes.filter((v) => v <= 1e-6).length).toBeLessThan(3)
  })

  it('to half the depth parts the surface and leaves the floor joined', () => {
    const { mesh, opened } = draw(0.001, 0.0137, 0.0083, 36)
    expect(opened).toBeGreaterThan(10)
    expect(mesh.tally[TALLY.pieces]).toBe(1)
    expect(defectsOf(mesh)).toEqual([])
    const { copies, copyCount } = mesh.changes
    const { rest } = mesh.memory
    let deepest = 1
    for (let i = 0; i < copyCount; i++) {
      expect(rest[copies[i] * 4 + 1]).toBeCloseTo(0.0137, 5)
      deepest = Math.min(deepest, rest[copies[i] * 4 + 2])
    }
    expect(deepest).toBeGreaterThan(0.0083)
    expect(deepest).toBeLessThan(0.0083 + 1.5 * STEP)
  })

  it.each([0.003, 0.006, 0.01])('goes as deep as the blade on the whole, to the size of tetrahedra: %f m', (depth) => {
    let area = 0
    for (const y of [0.0112, 0.0137, 0.0163]) {
      const { mesh } = draw(0.001, y, 4 * STEP - depth, 36)
      const { opened, openedCount } = mesh.changes
      const { rest, tetVertex } = mesh.memory
      for (let i = 0; i < openedCount; i++) {
        const [a, b, c] = [0, 1, 2, 3].filter((k) => k !== (opened[i] & 3)).map((k) => tetVertex[(opened[i] & ~3) + k])
        const along = (p: number, axis: number) => rest[p * 4 + axis] - rest[a * 4 + axis]
        // the wall lies across y, and is there twice
        area += Math.abs(along(b, 0) * along(c, 2) - along(b, 2) * along(c, 0)) / 4
      }
    }
    expect(Math.abs(area / 3 / (6 * STEP) - depth)).toBeLessThan(0.4 * STEP)
  })

  it('cuts nothing where it is set down, and nothing on the way to where it is set down again', () => {
    const mesh = latticeOf(4, 4, 4, STEP)
    const cutter = createCutter(mesh)
    const strokes = createStrokes(2)
    const at = (x: number) => new Float64Array([x, 0.0087, -1, x, 0.0087, 1])
    expect(strokeEdge(strokes, cutter, 1, at(-0.01))).toBe(0)
    liftEdge(strokes, 1)
    expect(strokeEdge(strokes, cutter, 1, at(0.03))).toBe(0)
    expect(mesh.memory.counts[COUNT.topology]).toBe(0)
    expect(strokeEdge(strokes, cutter, 1, at(-0.01))).toBeGreaterThan(0)
  })
})

describe('scissors', () => {
  it('cut a sheet from the pivot on as their jaws close', () => {
    const mesh = latticeOf(6, 6, 1, 0.003)
    const cutter = createCutter(mesh)
    const strokes = createStrokes(1)
    // the jaws lie in the plane y = 0.0079 and close on the sheet from above and below
    const jaws = new Float64Array([-0.004, 0.0079, 0.0015, 0.012, 0.0079, 0.012, 0.012, 0.0079, -0.009])
    let opened = 0
    for (let share = 0; share <= 1; share += 0.05) opened += closeJaws(strokes, cutter, 0, jaws, share)
    expect(opened).toBeGreaterThan(4)
    expect(mesh.tally[TALLY.pieces]).toBe(1)
    expect(defectsOf(mesh)).toEqual([])
    const { rest } = mesh.memory
    let farthest = 0
    for (let i = 0; i < mesh.changes.copyCount; i++) farthest = Math.max(farthest, rest[mesh.changes.copies[i] * 4])
    expect(farthest).toBeGreaterThan(0.007)
    expect(farthest).toBeLessThan(0.0121)
    const further = jaws.map((x, i) => (i % 3 === 0 ? x + 0.012 : x))
    closeJaws(strokes, cutter, 0, further, 1)
    expect(mesh.tally[TALLY.pieces]).toBe(2)
    expect(defectsOf(mesh)).toEqual([])
  })
})
