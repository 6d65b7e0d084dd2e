import { describe, expect, test } from 'vitest'
import { Cells } from '../../../../core/modelling/operative/cells.ts'
import { kept } from '../../../../core/modelling/operative/fill.ts'
import { membraneEdges } from '../../../../core/modelling/operative/membrane.ts'
import { shellOf } from '../../../../core/modelling/operative/shell.ts'
import { layStrand } from '../../../../core/modelling/operative/tube.ts'
import { openScene } from '../../../../core/simulation/scene/scene.ts'
import { sceneSchema } from '../../../../core/simulation/scene/schema.ts'
import { hashField, restoreField, saveField, stepField } from '../../../../core/simulation/tissue/field.ts'
import { type TissueField, toolOf } from '../../../../core/simulation/tissue/fieldtype.ts'
import { SAC } from '../../../../core/simulation/tissue/fluid/memory.ts'
import { followMesh } from '../../../../core/simulation/tissue/followmesh.ts'
import { addParticle, hold, release } from '../../../../core/simulation/tissue/load.ts'
import { COUNT, EDGE_BLOCK, NONE, OWNER } from '../../../../core/simulation/tissue/memory.ts'
import { addEdge } from '../../../../core/simulation/tissue/organs/load.ts'
import { closeBetween } from '../../../../core/simulation/tissue/organs/tubes.ts'
import { packAll } from '../../../../core/simulation/tissue/packall.ts'
import { boxLattice } from '../../../../core/simulation/tissue/shapes.ts'
import { createTissue, substep } from '../../../../core/simulation/tissue/solver.ts'
import { instrumentNumber } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { placeTool, TOOL } from '../../../../core/simulation/tissue/tools/tool.ts'
import { removeWithin } from './cutting/nibble.ts'
import { wasm } from './fixtures.ts'

describe('a membrane of edges', () => {
  test('pulled by 2 % bears what Young’s modulus times thickness and width say', () => {
    const [long, wide, edge] = [32, 8, 0.002]
    const high = (edge * Math.sqrt(3)) / 2
    const stretchNPerM = 200
    const tissue = createTissue(wasm, { particles: 512, tets: 4, edges: 2048 })
    tissue.gravity.fill(0)
    const { memory } = tissue
    const at: number[] = []
    for (let j = 0; j <= wide; j++) for (let i = 0; i <= long; i++) at.push((i + (j & 1) / 2) * edge, j * high, 0)
    const triangles: number[] = []
    const v = (i: number, j: number) => i + (long + 1) * j
    for (let j = 0; j < wide; j++)
      for (let i = 0; i < long; i++)
        if (j & 1) triangles.push(v(i, j), v(i + 1, j), v(i + 1, j + 1), v(i, j), v(i + 1, j + 1), v(i, j + 1))
        else triangles.push(v(i, j), v(i + 1, j), v(i, j + 1), v(i + 1, j), v(i + 1, j + 1), v(i, j + 1))
    const first = memory.counts[COUNT.particles]!
    for (let n = 0; n < at.length; n += 3) {
      const p = addParticle(memory, at[n]!, at[n + 1]!, at[n + 2]!, OWNER.membrane)
      memory.rest[p * 4 + 3] = 1e-4
      release(memory, p)
    }
    for (const { a, b, complianceMPerN } of membraneEdges(at, triangles, stretchNPerM))
      addEdge(memory, first + a, first + b, complianceMPerN)
    packAll(memory)
    for (let p = first; p < memory.counts[COUNT.particles]!; p++) {
      memory.position[p * 4]! *= 1.02
      // As much narrower as a regular net of edges becomes: by a third.
      memory.position[p * 4 + 1]! *= 1 - 0.02 / 3
      const i = (p - first) % (long + 1)
      if (i === 0 || i === long) hold(memory, p)
    }
    for (let n = 0; n < 6000; n++) substep(tissue, 0.001)
    // What crosses the middle, along the pull.
    const middle = (long / 2 + 0.25) * edge * 1.02
    let newton = 0
    for (let e = 0; e < memory.counts[COUNT.edges]!; e++) {
      const [a, b] = [memory.edgeVertex[e * 2]! * 4, memory.edgeVertex[e * 2 + 1]! * 4]
      const [p, q] = [memory.position[a]!, memory.position[b]!]
      if (p < middle === q < middle) continue
      const far = Math.hypot(p - q, memory.position[a + 1]! - memory.position[b + 1]!)
      newton += (((far - memory.edgeLength[e]!) / memory.edgeCompliance[e]!) * Math.abs(p - q)) / far
    }
    expect(newton / (stretchNPerM * wide * high * 0.02)).toBeGreaterThan(0.95)
    expect(newton / (stretchNPerM * wide * high * 0.02)).toBeLessThan(1.05)
  })
})

const MM = 0.001

/** A hollow box of gallbladder wall, and beside it a duct that drains it. Lengths mm. */
function hollowScene() {
  const box = boxLattice([6, 6, 6], 4, [-12, 0, -12], 0)
  const whole = new Cells()
  const positions = box.positions as number[]
  for (let n = 0; n < positions.length; n += 3) whole.addVertex(positions[n]!, positions[n + 1]!, positions[n + 2]!)
  const tets = box.tetrahedra as number[]
  for (let t = 0; t < tets.length; t += 4) whole.addTet(tets[t]!, tets[t + 1]!, tets[t + 2]!, tets[t + 3]!)
  const owner = Array.from({ length: whole.tets }, (_, t) => {
    const [x, y, z] = whole.middle(t)
    return Math.max(Math.abs(x), Math.abs(y - 12), Math.abs(z)) < 8 ? 1 : 0
  })
  const inner = shellOf({ cells: whole, owner }, (one) => one === 1)
  const named = new Map<number, number>()
  const { cells } = kept({ cells: whole, owner }, (t) => owner[t] === 0, named)
  const wall = cells.tets
  const line = Array.from({ length: 12 }, (_, i) => ({ c: [16 + i * 2, 12, 0] as const, radius: 2 }))
  const { stations } = layStrand(cells, line, () => undefined)
  const held = cells.around.map((_, v) => v).filter((v) => cells.at[v * 3 + 1]! < 0.01 || cells.at[v * 3]! > 37.9)
  const lattice = {
    name: 'box',
    frame: { origin: [0, 0, 0], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] },
    positions: cells.at.map((mm) => mm * MM),
    tetrahedra: cells.four,
    materialNames: ['gallbladder wall', 'bile duct'],
    materials: Array.from({ length: cells.tets }, (_, t) => (t < wall ? 0 : 1)),
    regionNames: ['box', 'duct'],
    regions: Array.from({ length: cells.tets }, (_, t) => (t < wall ? 0 : 1)),
    held,
    edges: membraneEdges(
      cells.at.map((mm) => mm * MM),
      inner.triangles.map((v) => named.get(v)!),
      500,
    ),
    tubes: [{ id: 'duct', kind: 'duct', calibreMm: 3, radiiMm: stations.map(() => 1.5), stations }],
    cavities: [
      {
        id: 'box',
        liquid: 'bile',
        mmHg: 10,
        triangles: inner.triangles.map((v) => named.get(v)!),
        volumeMl: 4.096,
      },
    ],
  }
  return sceneSchema.parse({
    name: 'hollow',
    technique: 'hold',
    gravity: [0, 0, 0],
    tissue: [{ shape: 'organs', field: 'hollow', lattice }],
    tools: [
      {
        instrument: 'clip-applier',
        up: [0, 0, 1],
        moves: [{ atS: 0, tipMm: [24, 60, 0], towardsMm: [24, 300, 0] }],
      },
      {
        instrument: 'retractor',
        moves: [{ atS: 0, tipMm: [0, 60, 0], towardsMm: [0, 300, 0] }],
      },
    ],
    liquids: {},
    seconds: 2,
  })
}

/** m³ within the inner surface as it is now. */
function volumeOf({ organs, tissue }: TissueField): number {
  const { triangles } = organs.cavities[0]!
  const at = (n: number) => tissue.memory.position.subarray(triangles[n]! * 4, triangles[n]! * 4 + 3)
  let six = 0
  for (let f = 0; f < triangles.length; f += 3) {
    const [a, b, c] = [at(f), at(f + 1), at(f + 2)] as [Float32Array, Float32Array, Float32Array]
    six +=
      a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) +
      a[1]! * (b[2]! * c[0]! - b[0]! * c[2]!) +
      a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!)
  }
  return six / 6
}
const holeOf = ({ liquids }: TissueField): number => liquids!.fluid.memory.sac[SAC.holeMm]!

/** Takes a gap out of the tissue around a place, mm. */
function gap(field: TissueField, x: number, y: number, z: number, radius: number): void {
  const capsule = Float64Array.from([x, y - 4, z, x, y + 4, z, radius].map((mm) => mm * MM))
  expect(removeWithin(field.mesh, capsule, -1)).toBeGreaterThan(0)
  followMesh(field)
}

describe('a hollow organ', () => {
  test('keeps its volume when it is pressed, and its pressure rises', () => {
    const { field } = openScene(hollowScene(), wasm)
    for (let tick = 0; tick < 20; tick++) stepField(field)
    expect(volumeOf(field) * 1e6).toBeCloseTo(4.096, 1)
    const { memory } = field.tissue
    // The lid is pressed in by 2 mm and held there.
    for (let p = 4; p < memory.counts[COUNT.particles]!; p++)
      if (memory.rest[p * 4 + 1]! > 0.0235 && Math.abs(memory.rest[p * 4]!) < 0.009) {
        memory.position[p * 4 + 1]! -= 0.002
        hold(memory, p)
      }
    for (let tick = 0; tick < 60; tick++) stepField(field)
    expect(Math.abs((volumeOf(field) * 1e6) / 4.096 - 1)).toBeLessThan(0.03)
    expect(field.liquids!.fluid.memory.sac[SAC.squeezedMmHg]).toBeGreaterThan(0)
  })

  test('leaks where its wall is opened, and falls in as that leaves', () => {
    const { field } = openScene(hollowScene(), wasm)
    for (let tick = 0; tick < 5; tick++) stepField(field)
    expect(holeOf(field)).toBe(0)
    gap(field, 0, 22, 0, 5)
    expect(holeOf(field)).toBeGreaterThan(1)
    const { sac } = field.liquids!.fluid.memory
    const full = sac[SAC.volumeMl]!
    for (let tick = 0; tick < 50; tick++) stepField(field)
    expect(sac[SAC.volumeMl]).toBeLessThan(full)
    expect(volumeOf(field) * 1e6).toBeLessThan(4.096 * 0.95)
  })

  test('is the same from a saved state', () => {
    const scene = hollowScene()
    const one = openScene(scene, wasm).field
    for (let tick = 0; tick < 10; tick++) stepField(one)
    const saved = saveField(one)
    for (let tick = 0; tick < 20; tick++) stepField(one)
    const other = openScene(scene, wasm).field
    restoreField(other, saved)
    for (let tick = 0; tick < 20; tick++) stepField(other)
    expect(hashField(other)).toBe(hashField(one))
  })
})

describe('a duct', () => {
  /** Closes the duct as a clip between jaws at `x` mm does. */
  const clip = (field: TissueField, x: number) => {
    const tool = toolOf(field, 0)
    placeTool(tool, instrumentNumber('clip-applier'), [x * MM, 10 * MM, 0], [x * MM, 300 * MM, 0])
    // The jaws open across the duct.
    tool[TOOL.upX] = 0
    tool[TOOL.upY] = 0
    tool[TOOL.upZ] = 1
    return closeBetween(field.organs.tubes, field.liquids!.fluid.memory, field.tissue.memory.position, tool)
  }

  test('that is cut through leaks what it drains', () => {
    const { field } = openScene(hollowScene(), wasm)
    gap(field, 29, 12, 0, 2.2)
    expect(holeOf(field)).toBe(3)
  })

  test('clipped before the cut does not leak, nor once it is clipped after', () => {
    const { field } = openScene(hollowScene(), wasm)
    expect(clip(field, 22)).toBeGreaterThan(0)
    gap(field, 29, 12, 0, 2.2)
    expect(holeOf(field)).toBe(0)
    const late = openScene(hollowScene(), wasm).field
    gap(late, 29, 12, 0, 2.2)
    expect(clip(late, 22)).toBeGreaterThan(0)
    expect(holeOf(late)).toBe(0)
  })

  test('clipped beyond the cut leaks all the same', () => {
    const { field } = openScene(hollowScene(), wasm)
    expect(clip(field, 34)).toBeGreaterThan(0)
    gap(field, 26, 12, 0, 2.2)
    expect(holeOf(field)).toBe(3)
  })
})

test('edges of membranes follow the mesh into the kernel: each in one lane, none beside another of its particles', () => {
  const { field } = openScene(hollowScene(), wasm)
  gap(field, 0, 22, 0, 5)
  const { memory } = field.tissue
  const words = new Uint32Array(memory.edgeBlocks.buffer, memory.edgeBlocks.byteOffset, memory.edgeBlocks.length)
  const lanes = new Set<number>()
  for (let e = 0; e < memory.counts[COUNT.edges]!; e++) {
    if (memory.edgeVertex[e * 2] === NONE) continue
    const slot = memory.edgeSlot[e]!
    expect(lanes.has(slot)).toBe(false)
    lanes.add(slot)
    const at = (slot >> 2) * EDGE_BLOCK + (slot & 3)
    expect([words[at], words[at + 4]]).toEqual([memory.edgeVertex[e * 2], memory.edgeVertex[e * 2 + 1]])
  }
  expect(lanes.size).toBeGreaterThan(100)
  for (let block = 0; block < memory.counts[COUNT.edgeBlocks]!; block++) {
    const used = [0, 1, 2, 3].filter((lane) => lanes.has(block * 4 + lane))
    const ends = used.flatMap((lane) => [words[block * EDGE_BLOCK + lane], words[block * EDGE_BLOCK + lane + 4]])
    expect(new Set(ends).size).toBe(ends.length)
  }
})
