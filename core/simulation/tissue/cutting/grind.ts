/**
 * Grinding: a ball wears hard tissue off by fractions of a millimetre in a tick. Free faces within the ball are moved
 * inwards, at rest and now, no further than they wear in that time; a tetrahedron that is worn thin is taken away. So the
 * walls it leaves follow the ball and not the lattice, and nothing is divided: smooth, and cheap.
 */
import { release } from '../load.ts'
import { COUNT, NONE, type TissueMemory } from '../memory.ts'
import { starOf } from '../mesh/around.ts'
import { endChange } from '../mesh/mass.ts'
import { type Mesh, nextStamp, noteMass, noteTet } from '../mesh/mesh.ts'
import { FACE, measured, measureTet } from '../mesh/volume.ts'
import { removeListed } from './remove.ts'

/** Worn flatter than this, a tetrahedron is gone. */
const THIN = 0.2

/** Volume taken, m³; row of the material that the ball lies deepest in, −1 for none; and how deep, m. */
export const ground = new Float64Array(3)

/**
 * Grinds for a tick. @param ball middle and radius, m @param wear by material how deep the ball wears it in a tick, m; 0
 * for what it spares. Writes `ground`. Throws `simulation/tissue-full` when there is no room for doubled particles.
 */
export function grind(mesh: Mesh, ball: Float64Array, wear: Float64Array): void {
  const { tetVertex, tetNeighbour, tetMaterial, counts } = mesh.memory
  ground[0] = 0
  ground[1] = -1
  ground[2] = 0
  taken.count = 0
  taken.stamp = nextStamp(mesh.work)
  for (let corner = 0; corner < counts[COUNT.tets] * 4; corner++) {
    if (tetNeighbour[corner] !== NONE) continue
    const tet = corner >> 2
    if (tetVertex[tet * 4] !== NONE && wear[tetMaterial[tet]] > 0) wearFace(mesh, corner, ball, wear)
  }
  if (ground[1] < 0) return
  if (taken.count > 0) ground[0] += takeListed(mesh, wear)
  else endChange(mesh)
}

/** What is worn through: how many tetrahedra are listed in `work.ring`, and the stamp at their second corner. */
const taken = { count: 0, stamp: 0 }

function take({ work }: Mesh, tet: number): void {
  if (work.cornerStamp[tet * 4 + 1] === taken.stamp) return
  work.cornerStamp[tet * 4 + 1] = taken.stamp
  work.ring[taken.count++] = tet
}

/** Weights of the corners of a face where it is nearest to the ball's middle; the way there, a unit vector, and how far, m. */
const hit = new Float64Array(7)

/** Moves a free face out of the ball, as deep as its material wears. */
function wearFace(mesh: Mesh, corner: number, ball: Float64Array, wear: Float64Array): void {
  const { tetVertex, tetMaterial, position } = mesh.memory
  const tet = corner >> 2
  const k = (corner & 3) * 3
  const a = tetVertex[tet * 4 + FACE[k]]
  const b = tetVertex[tet * 4 + FACE[k + 1]]
  const c = tetVertex[tet * 4 + FACE[k + 2]]
  findHit(position, a * 4, b * 4, c * 4, ball)
  if (!(hit[6] < ball[3])) return
  const deep = Math.min(wear[tetMaterial[tet]], ball[3] - hit[6])
  const whole = deep / (hit[0] * hit[0] + hit[1] * hit[1] + hit[2] * hit[2])
  if (ball[3] - hit[6] > ground[2]) {
    ground[1] = tetMaterial[tet]
    ground[2] = ball[3] - hit[6]
  }
  const moved =
    push(mesh, a, whole * hit[0], wear) + push(mesh, b, whole * hit[1], wear) + push(mesh, c, whole * hit[2], wear)
  // On what is spared no corner can move: it goes at once.
  if (moved === 0) take(mesh, tet)
}

/** Finds where a face is nearest to the ball's middle (near its rim about so); infinitely far where it faces away. */
function findHit(p: Float32Array, a: number, b: number, c: number, ball: Float64Array): void {
  hit[6] = Infinity
  const ux = p[b] - p[a]
  const uy = p[b + 1] - p[a + 1]
  const uz = p[b + 2] - p[a + 2]
  const vx = p[c] - p[a]
  const vy = p[c + 1] - p[a + 1]
  const vz = p[c + 2] - p[a + 2]
  const x = uy * vz - uz * vy
  const y = uz * vx - ux * vz
  const z = ux * vy - uy * vx
  const area2 = x * x + y * y + z * z
  const wx = ball[0] - p[a]
  const wy = ball[1] - p[a + 1]
  const wz = ball[2] - p[a + 2]
  if (!(area2 > 0) || wx * x + wy * y + wz * z <= 0) return
  hit[1] = Math.max(0, (x * (wy * vz - wz * vy) + y * (wz * vx - wx * vz) + z * (wx * vy - wy * vx)) / area2)
  hit[2] = Math.max(0, (x * (uy * wz - uz * wy) + y * (uz * wx - ux * wz) + z * (ux * wy - uy * wx)) / area2)
  hit[0] = Math.max(0, 1 - hit[1] - hit[2])
  const sum = hit[0] + hit[1] + hit[2]
  let far2 = 0
  for (let axis = 0; axis < 3; axis++) {
    hit[3 + axis] = (hit[0] * p[a + axis] + hit[1] * p[b + axis] + hit[2] * p[c + axis]) / sum - ball[axis]
    far2 += hit[3 + axis] * hit[3 + axis]
  }
  const far = Math.sqrt(far2)
  if (!(far > 1e-7)) return
  for (let i = 0; i < 3; i++) {
    hit[i] /= sum
    hit[3 + i] /= far
  }
  hit[6] = far
}

const before = new Float64Array(9)

/**
 * Moves a particle of the surface the way in `hit` by `far` metres, where all around it can be worn. Returns 1
 * where it stands in nothing that is spared.
 */
function push(mesh: Mesh, particle: number, far: number, wear: Float64Array): 0 | 1 {
  const { memory, work } = mesh
  const { rest, position, previous, tetMaterial, tetVertex } = memory
  const n = starOf(mesh, particle)
  for (let i = 0; i < n; i++) if (wear[tetMaterial[work.star[i]]] === 0) return 0
  if (!(far > 0)) return 1
  const p = particle * 4
  let lost = volumeOf(mesh, n)
  for (let axis = 0; axis < 3; axis++) {
    before[axis] = rest[p + axis]
    before[3 + axis] = position[p + axis]
    before[6 + axis] = previous[p + axis]
    rest[p + axis] += hit[3 + axis] * far
    position[p + axis] += hit[3 + axis] * far
    previous[p + axis] += hit[3 + axis] * far
  }
  lost -= volumeOf(mesh, n)
  const thin = takeThin(mesh, n)
  if (!(lost > 0) || thin < 0) {
    for (let axis = 0; axis < 3; axis++) {
      rest[p + axis] = before[axis]
      position[p + axis] = before[3 + axis]
      previous[p + axis] = before[6 + axis]
    }
    return 1
  }
  ground[0] += lost
  for (let i = 0; i < n; i++) {
    noteTet(mesh, work.star[i])
    for (let k = 0; k < 4; k++) noteMass(mesh, tetVertex[work.star[i] * 4 + k])
  }
  return 1
}

/** Volume at rest of the first `n` tetrahedra of the star, m³. */
function volumeOf({ memory, work }: Mesh, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) {
    measureTet(memory, memory.rest, work.star[i])
    sum += measured[0]
  }
  return sum
}

/** Lists those of the star that are worn thin; −1 where one is inside out by that. */
function takeThin(mesh: Mesh, n: number): number {
  const { memory, work } = mesh
  let inverted = 0
  for (let i = 0; i < n; i++) {
    measureTet(memory, memory.rest, work.star[i])
    if (measured[1] < THIN) take(mesh, work.star[i])
    if (!(measured[0] > 0)) inverted = -1
  }
  return inverted
}

/** Takes away what was listed; what only hard tissue held is free then. Returns the volume, m³. */
function takeListed(mesh: Mesh, wear: Float64Array): number {
  const { opened, openedCount } = mesh.changes
  const volume = removeListed(mesh, taken.count)
  for (let i = openedCount; i < mesh.changes.openedCount; i++)
    for (let k = 0; k < 3; k++)
      letGo(mesh, mesh.memory.tetVertex[(opened[i] & ~3) + FACE[(opened[i] & 3) * 3 + k]], wear)
  return volume
}

/** A particle that hard tissue held is free once none of it is left around. */
function letGo(mesh: Mesh, particle: number, wear: Float64Array): void {
  const { memory, work } = mesh
  if (memory.position[particle * 4 + 3] !== 0) return
  const n = starOf(mesh, particle)
  for (let i = 0; i < n; i++) if (wear[memory.tetMaterial[work.star[i]]] > 0) return
  if (n > 0) release(memory, particle)
}

/** Thickness of what a ball can wear that is left between it and the nearest of what it spares, m; no more than `most`. */
export function leftUnder(
  { tetVertex, tetNeighbour, tetMaterial, position, counts }: TissueMemory,
  ball: Float64Array,
  wear: Float64Array,
  most: number,
): number {
  let least = most + ball[3]
  for (let corner = 0; corner < counts[COUNT.tets] * 4; corner++) {
    const tet = corner >> 2
    const other = tetNeighbour[corner]
    if (tetVertex[tet * 4] === NONE || other === NONE) continue
    if (wear[tetMaterial[tet]] === 0 || wear[tetMaterial[other]] > 0) continue
    const k = (corner & 3) * 3
    let d2 = 0
    for (let axis = 0; axis < 3; axis++) {
      let middle = 0
      for (let i = 0; i < 3; i++) middle += position[tetVertex[tet * 4 + FACE[k + i]] * 4 + axis] / 3
      d2 += (middle - ball[axis]) * (middle - ball[axis])
    }
    least = Math.min(least, Math.sqrt(d2))
  }
  return Math.max(0, least - ball[3])
}
