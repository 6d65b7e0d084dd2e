/** Checks a mesh against its invariants. For tests and tools: it allocates. */
import { restVolume } from '../load.ts'
import { COUNT, FIRST_PARTICLE, NONE, OWNER } from '../memory.ts'
import { starOf } from './around.ts'
import type { Mesh } from './mesh.ts'
import { FACE } from './volume.ts'

/**
 * All that is wrong with a mesh, each in a few words; empty when it is valid: vertices exist and differ, neighbours are
 * mutual and share a face, volumes at rest are positive, the tetrahedra around a particle hang together, no particle of
 * tissue is without tetrahedra, and the surface is closed (every edge of it is passed as often in one direction as in
 * the other; more than twice only where parts of the surface pinch together).
 */
export function defectsOf(mesh: Mesh): string[] {
  const { memory } = mesh
  const { tetVertex, tetNeighbour, counts, rest, position } = memory
  const defects: string[] = []
  const uses = new Uint32Array(counts[COUNT.particles])
  const balance = new Map<number, number>()
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) {
    const base = tet * 4
    if (tetVertex[base] === NONE) continue
    for (let k = 0; k < 4; k++) {
      const particle = tetVertex[base + k]
      if (!(particle >= FIRST_PARTICLE && particle < counts[COUNT.particles])) defects.push(`vertex ${k} of ${tet}`)
      else uses[particle]++
      for (let l = 0; l < k; l++) if (tetVertex[base + l] === particle) defects.push(`equal vertices in ${tet}`)
      const face = [0, 1, 2].map((i) => tetVertex[base + FACE[k * 3 + i]])
      const other = tetNeighbour[base + k]
      if (other !== NONE) {
        if (!isMutual(mesh, tet, other, face)) defects.push(`neighbour ${k} of ${tet}`)
        continue
      }
      for (let i = 0; i < 3; i++) {
        const from = face[i]
        const to = face[(i + 1) % 3]
        const edge = Math.min(from, to) * 0x4000000 + Math.max(from, to)
        balance.set(edge, (balance.get(edge) ?? 0) + (from < to ? 1 : -1))
      }
    }
    if (!(restVolume(memory, tet) > 0)) defects.push(`volume of ${tet}`)
  }
  for (const [edge, sum] of balance) if (sum !== 0) defects.push(`open surface at edge ${edge}`)
  for (let particle = FIRST_PARTICLE; particle < uses.length; particle++) {
    const n = starOf(mesh, particle)
    if (n !== uses[particle]) defects.push(`around ${particle}: ${n} of ${uses[particle]}`)
    if (n === 0 && (memory.owner[particle] === OWNER.tissue || position[particle * 4 + 3] !== 0)) {
      defects.push(`dangling ${particle}`)
    }
    if (n > 0 && !(rest[particle * 4 + 3] > 0)) defects.push(`mass of ${particle}`)
  }
  return defects
}

function isMutual(mesh: Mesh, tet: number, other: number, face: readonly number[]): boolean {
  const { tetVertex, tetNeighbour } = mesh.memory
  const back = [0, 1, 2, 3].filter((k) => tetNeighbour[other * 4 + k] === tet)
  if (back.length !== 1 || tetVertex[other * 4] === NONE) return false
  const theirs = [0, 1, 2].map((i) => tetVertex[other * 4 + FACE[back[0] * 3 + i]])
  return theirs.every((particle) => face.includes(particle))
}

/** Volume at rest of all tetrahedra together, m³. */
export function wholeVolume(mesh: Mesh): number {
  const { memory } = mesh
  let sum = 0
  for (let tet = 0; tet < memory.counts[COUNT.tets]; tet++) {
    if (memory.tetVertex[tet * 4] !== NONE) sum += restVolume(memory, tet)
  }
  return sum
}
