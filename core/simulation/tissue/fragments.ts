/**
 * Fragments keep the motion of the whole and lose what moves within them. In one pass over constraints stiff slivers undo
 * what others did; what is left comes back as speed, and a few that nothing else holds can swing so for ever. In tissue of
 * that size such a swing dies within some hundredths of a second.
 */
import { COUNT, NONE, type TissueMemory } from './memory.ts'
import { type Mesh, nextStamp, TALLY } from './mesh/mesh.ts'
import { readyMoments, solveMoments } from './mesh/shapefit.ts'
import type { Actor } from './solver.ts'

/** A piece of fewer tetrahedra than this is a fragment of what was parted (an estimate, by what came to no rest). */
const FEW = 16
/** Share that a tick leaves of how a fragment's particles move against the whole of it (an estimate). */
const SWINGS = 0.5

/** Particles of the fragments of a mesh, one after the other, and where those of each begin. */
type Fragments = { readonly particles: Uint32Array; readonly first: Uint32Array; count: number }

/** Calms fragments at the end of each tick. @param surface has another version where the mesh is another one */
export function fragmentActor(mesh: Mesh, surface: { readonly version: number }): Actor {
  const { owner, tetMaterial } = mesh.memory
  const fragments = {
    particles: new Uint32Array(owner.length),
    first: new Uint32Array(tetMaterial.length + 1),
    count: 0,
  }
  let known = -1
  return {
    solve() {},
    finish() {
      if (mesh.tally[TALLY.pieces] < 2) return
      if (known !== surface.version) findFragments(mesh, fragments)
      known = surface.version
      for (let f = 0; f < fragments.count; f++) calm(mesh.memory, fragments, f)
    },
  }
}

function findFragments(mesh: Mesh, fragments: Fragments): void {
  const { memory, work, tetPiece } = mesh
  const { tetVertex, counts } = memory
  const { pieceOwner: size } = work
  const stamp = nextStamp(work)
  size.fill(0)
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) if (tetVertex[tet * 4] !== NONE) size[tetPiece[tet]]++
  fragments.count = 0
  fragments.first[0] = 0
  for (let tet = 0; tet < counts[COUNT.tets]; tet++) {
    if (tetVertex[tet * 4] === NONE || work.tetStamp[tet] === stamp || size[tetPiece[tet]] >= FEW) continue
    const end = listPiece(mesh, tet, stamp, fragments)
    fragments.first[++fragments.count] = end
  }
}

/** Lists the particles of the piece of a tetrahedron and stamps it; returns where the list ends. */
function listPiece({ memory, work }: Mesh, tet: number, stamp: number, { particles, first, count }: Fragments): number {
  const { tetVertex, tetNeighbour } = memory
  const { stack, tetStamp, vertexStamp } = work
  let end = first[count]
  let listed = 1
  stack[0] = tet
  tetStamp[tet] = stamp
  for (let i = 0; i < listed; i++) {
    for (let corner = stack[i] * 4; corner < stack[i] * 4 + 4; corner++) {
      const particle = tetVertex[corner]
      if (vertexStamp[particle] !== stamp) particles[end++] = particle
      vertexStamp[particle] = stamp
      const other = tetNeighbour[corner]
      if (other === NONE || tetStamp[other] === stamp) continue
      tetStamp[other] = stamp
      stack[listed++] = other
    }
  }
  return end
}

/** Middle (3, m) and mean velocity (3, m/s) of a fragment, its angular momentum (3), and how fast it turns (3, rad/s). */
const motion = new Float64Array(12)
/** Its moments about the middle: xx, yy, zz, xy, yz, zx, kg·m². */
const moments = new Float64Array(6)

/** Takes a share of what moves within a fragment; of one that is held somewhere, of all that moves. */
function calm(memory: TissueMemory, { particles, first }: Fragments, fragment: number): void {
  const { position, velocity } = memory
  const from = first[fragment]
  const to = first[fragment + 1]
  motion.fill(0)
  let isHeld = false
  for (let i = from; i < to; i++) isHeld ||= position[particles[i] * 4 + 3] === 0
  if (!isHeld) measureMotion(memory, particles, from, to)
  for (let i = from; i < to; i++) {
    const p = particles[i] * 4
    const x = position[p] - motion[0]
    const y = position[p + 1] - motion[1]
    const z = position[p + 2] - motion[2]
    const u = motion[3] + motion[10] * z - motion[11] * y
    const v = motion[4] + motion[11] * x - motion[9] * z
    const w = motion[5] + motion[9] * y - motion[10] * x
    velocity[p] = u + SWINGS * (velocity[p] - u)
    velocity[p + 1] = v + SWINGS * (velocity[p + 1] - v)
    velocity[p + 2] = w + SWINGS * (velocity[p + 2] - w)
  }
}

/** How particles, none of them held, move as one by their inertia: fills `motion`, which is empty. */
function measureMotion({ position, velocity }: TissueMemory, particles: Uint32Array, from: number, to: number): void {
  let whole = 0
  for (let i = from; i < to; i++) {
    const p = particles[i] * 4
    const mass = 1 / position[p + 3]
    whole += mass
    for (let axis = 0; axis < 3; axis++) {
      motion[axis] += mass * position[p + axis]
      motion[3 + axis] += mass * velocity[p + axis]
    }
  }
  for (let i = 0; i < 6; i++) motion[i] /= whole
  moments.fill(0)
  for (let i = from; i < to; i++) {
    const p = particles[i] * 4
    const mass = 1 / position[p + 3]
    const x = position[p] - motion[0]
    const y = position[p + 1] - motion[1]
    const z = position[p + 2] - motion[2]
    moments[0] += mass * (y * y + z * z)
    moments[1] += mass * (z * z + x * x)
    moments[2] += mass * (x * x + y * y)
    moments[3] -= mass * x * y
    moments[4] -= mass * y * z
    moments[5] -= mass * z * x
    motion[6] += mass * (y * velocity[p + 2] - z * velocity[p + 1])
    motion[7] += mass * (z * velocity[p] - x * velocity[p + 2])
    motion[8] += mass * (x * velocity[p + 1] - y * velocity[p])
  }
  // what lies on a line does not tell how it turns
  if (readyMoments(moments, 0)) solveMoments(motion, 6, motion, 9)
}
