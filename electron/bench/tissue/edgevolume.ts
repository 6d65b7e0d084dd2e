/** A soft body of edges and volumes, and the kernel's solver of it: the first race's own entry. */
import type { Kernel } from '../../../core/simulation/kernel/kernel.ts'
import { finish } from '../../../core/simulation/steps.ts'
import { colour } from '../../../core/simulation/tissue/packall.ts'
import { boxLattice } from '../../../core/simulation/tissue/shapes.ts'

/** A block held at its left face. Metres, kilograms. */
export type EdgeVolumeMesh = {
  readonly positions: readonly number[]
  /** 1/kg; 0 for what is held. */
  readonly weights: Float64Array
  readonly edges: Uint32Array
  readonly lengths: Float64Array
  readonly tetrahedra: Uint32Array
  readonly sixVolumes: Float64Array
  /** m/N. */
  readonly edgeCompliance: number
  readonly volumeCompliance: number
  /** A particle of the far lower edge. */
  readonly tip: number
}

/** A body that a rival moves. */
export type RaceBody = {
  /** Moves it by a tick of `ITERATIONS` passes. */
  readonly step: () => void
  /** Coordinates of all particles now, x y z. */
  readonly read: () => Float64Array
}

export const TICK_S = 0.01
/** Passes over all constraints in a tick, each a substep of its own, as jolt does it. */
export const ITERATIONS = 10
export const GRAVITY = -9.81
/** Share of its speed that a particle loses in a second: much, so that bodies hang still when they are compared. */
export const DAMPING = 20

const DENSITY = 1000
const EDGE = 0.004

export function edgeVolumeMesh(cubes: readonly [number, number, number]): EdgeVolumeMesh {
  const { positions, tetrahedra } = boxLattice(cubes, EDGE, [0, 0, 0], 0)
  const count = positions.length / 3
  const masses = new Float64Array(count)
  const sixVolumes = new Float64Array(tetrahedra.length / 4)
  const edges: number[] = []
  const known = new Set<number>()
  for (let t = 0; t < sixVolumes.length; t++) {
    sixVolumes[t] = sixVolume(positions, tetrahedra, t)
    for (let k = 0; k < 4; k++) {
      masses[tetrahedra[t * 4 + k]] += (DENSITY * sixVolumes[t]) / 24
      for (let l = k + 1; l < 4; l++) {
        const [a, b] = [tetrahedra[t * 4 + k], tetrahedra[t * 4 + l]].sort((p, q) => p - q)
        if (known.has(a * count + b)) continue
        known.add(a * count + b)
        edges.push(a, b)
      }
    }
  }
  const far = (e: number, axis: number) => positions[edges[e * 2] * 3 + axis] - positions[edges[e * 2 + 1] * 3 + axis]
  return {
    positions: Array.from(positions),
    weights: masses.map((mass, i) => (positions[i * 3] < EDGE / 2 ? 0 : 1 / mass)),
    edges: Uint32Array.from(edges),
    lengths: Float64Array.from({ length: edges.length / 2 }, (_, e) => Math.hypot(far(e, 0), far(e, 1), far(e, 2))),
    tetrahedra: Uint32Array.from(tetrahedra),
    sixVolumes,
    edgeCompliance: 1e-3,
    volumeCompliance: 0,
    tip: cubes[0],
  }
}

function sixVolume(p: ArrayLike<number>, tetrahedra: ArrayLike<number>, t: number): number {
  const o = tetrahedra[t * 4] * 3
  const e = (k: number, axis: number) => p[tetrahedra[t * 4 + k] * 3 + axis] - p[o + axis]
  return (
    e(1, 0) * (e(2, 1) * e(3, 2) - e(2, 2) * e(3, 1)) +
    e(1, 1) * (e(2, 2) * e(3, 0) - e(2, 0) * e(3, 2)) +
    e(1, 2) * (e(2, 0) * e(3, 1) - e(2, 1) * e(3, 0))
  )
}

/** How far the tip hangs, m, and by how much the greatest error of a volume, as a share. */
export function judge(
  mesh: EdgeVolumeMesh,
  p: ArrayLike<number>,
): { readonly sag: number; readonly volumeError: number } {
  let all = 0
  let rest = 0
  for (let t = 0; t < mesh.sixVolumes.length; t++) {
    all += Math.abs(sixVolume(p, mesh.tetrahedra, t) - mesh.sixVolumes[t])
    rest += mesh.sixVolumes[t]
  }
  return { sag: mesh.positions[mesh.tip * 3 + 1] - p[mesh.tip * 3 + 1], volumeError: all / rest }
}

/** Words of a block of four edges and of four volumes. */
const EDGE_BLOCK = 16
const VOLUME_BLOCK = 24
/** Particles that free lanes work on. */
const IDLE = 4

/** The body in the kernel's memory. */
export function kernelBody(mesh: EdgeVolumeMesh, kernelFor: (bytes: number) => Kernel): RaceBody {
  const count = mesh.weights.length
  const rows = (count + IDLE + 3) & ~3
  const edgeWords = new Float32Array((mesh.edges.length / 2) * EDGE_BLOCK)
  const volumeWords = new Float32Array(mesh.sixVolumes.length * VOLUME_BLOCK)
  const edgeBlocks = pack(mesh.edges, 2, count, edgeWords, EDGE_BLOCK, (e) => [mesh.lengths[e], mesh.edgeCompliance])
  const volumeBlocks = pack(mesh.tetrahedra, 4, count, volumeWords, VOLUME_BLOCK, (t) => [
    mesh.sixVolumes[t],
    mesh.volumeCompliance,
  ])
  const edgesAt = rows * 64
  const volumesAt = edgesAt + edgeBlocks * EDGE_BLOCK * 4
  const kernel = kernelFor(volumesAt + volumeBlocks * VOLUME_BLOCK * 4)
  const position = new Float32Array(kernel.memory, 0, rows * 4)
  const rest = new Float32Array(kernel.memory, rows * 48, rows * 4)
  for (let p = 0; p < count; p++) {
    const at = (p + IDLE) * 4
    for (let i = 0; i < 3; i++) position[at + i] = mesh.positions[p * 3 + i]
    position[at + 3] = mesh.weights[p]
    rest[at + 3] = mesh.weights[p] > 0 ? 1 / mesh.weights[p] : 0
  }
  new Float32Array(kernel.memory, edgesAt).set(edgeWords.subarray(0, edgeBlocks * EDGE_BLOCK))
  new Float32Array(kernel.memory, volumesAt).set(volumeWords.subarray(0, volumeBlocks * VOLUME_BLOCK))
  const h = TICK_S / ITERATIONS
  const perStep = 1 / (h * h)
  return {
    step() {
      for (let i = 0; i < ITERATIONS; i++) {
        kernel.predict(0, rows * 16, rows * 32, rows * 48, rows, 0, GRAVITY, 0, h)
        kernel.solveVolumes(volumesAt, volumeBlocks, 0, perStep)
        kernel.solveEdges(edgesAt, edgeBlocks, 0, perStep, 1)
        kernel.finish(0, rows * 16, rows * 32, rows, h, 1 - DAMPING * h, 500)
      }
    },
    read: () => Float64Array.from({ length: count * 3 }, (_, i) => position[(Math.floor(i / 3) + IDLE) * 4 + (i % 3)]),
  }
}

/** Fills blocks of four: rows of vertices, then the two numbers of each element. Free lanes work on the idle particles. */
function pack(
  vertices: Uint32Array,
  corners: number,
  particles: number,
  floats: Float32Array,
  words: number,
  numbers: (element: number) => readonly [number, number],
): number {
  const indices = new Uint32Array(floats.buffer)
  for (let at = 0; at < floats.length; at += words)
    for (let lane = 0; lane < 4; lane++) {
      for (let k = 0; k < corners; k++) indices[at + k * 4 + lane] = lane
      floats[at + corners * 4 + 4 + lane] = 1
    }
  const steps = colour(vertices, corners, vertices.length / corners, particles, (block, lane, element) => {
    const at = block * words + lane
    for (let k = 0; k < corners; k++) indices[at + k * 4] = vertices[element * corners + k] + IDLE
    const [rest, compliance] = numbers(element)
    floats[at + corners * 4] = rest
    floats[at + corners * 4 + 4] = compliance
  })
  return finish(steps)
}
