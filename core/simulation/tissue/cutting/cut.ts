/**
 * Cutting along a swept patch. Every crossed edge gets a particle at the crossing in all tetrahedra around it, so there
 * are no cracks whatever is crossed; where the crossing is near an end, that particle itself comes to lie on the cut, so
 * there are no slivers. Faces whose three particles lie on the same cut are opened. What is not yet cut through stays
 * joined at the front, and the next patch goes on from there.
 *
 * Bisecting where the blade crosses: Bielser and Gross 2000, doi:10.1109/PCCGA.2000.883933; snapping against slivers:
 * Nienhuys and van der Stappen 2001, doi:10.1007/3-540-45468-3_18; survey: Wu, Westermann, Dick 2015,
 * doi:10.1111/cgf.12528.
 */
import { COUNT, NONE } from '../memory.ts'
import { starOf } from '../mesh/around.ts'
import { bisectEdge } from '../mesh/bisect.ts'
import { endChange } from '../mesh/mass.ts'
import { type Mesh, nextStamp, TALLY } from '../mesh/mesh.ts'
import { slideParticle } from '../mesh/move.ts'
import { labelOpened } from '../mesh/pieces.ts'
import { openFace, separateOpened } from '../mesh/separate.ts'
import { FACE } from '../mesh/volume.ts'
import { type Cutter, findCrossings } from './cutter.ts'
import { cutEdges } from './edges.ts'
import { heightOver, type Patch, preparePatch } from './patch.ts'

/** A particle that can be slid onto the cut is, when the crossing is this near, as a share of the edge. */
const SLIDE = 0.4
/** One that cannot be slid is taken to lie on the cut when the crossing is this near. */
const SNAP = 0.06
/** One already on this cut stays on it while the patch passes it this near: the tissue moved since. */
const JOIN = 0.6

/** A number for a new cut; its patches go on with each other. */
export function startCut({ tally }: Mesh): number {
  return tally[TALLY.nextCut]++
}

/**
 * Cuts along a patch whose corners are set, as part of cut `cut`. Returns the number of faces opened; what changed is in
 * `mesh.changes`. Throws `simulation/tissue-full` when particles or tetrahedra run out.
 */
export function cutPatch(cutter: Cutter, patch: Patch, cut: number): number {
  const { mesh } = cutter
  if (preparePatch(patch) === 0) return 0
  findCrossings(cutter, patch)
  if (cutter.crossed === 0) return 0
  cutter.touchedCount = 0
  cutter.on = nextStamp(mesh.work)
  const from = mesh.changes.openedCount
  joinFront(cutter, patch, cut)
  slideNear(cutter, cut)
  snapNear(cutter, cut)
  bisectRest(cutter, cut)
  cutEdges(cutter, patch)
  openMarked(cutter, patch, cut)
  separateOpened(mesh, from)
  endChange(mesh)
  const opened = (mesh.changes.openedCount - from) / 2
  if (opened > 0) labelOpened(mesh, from)
  return opened
}

/** Notes that a particle lies on the cut. */
function touch(cutter: Cutter, particle: number, cut: number): void {
  cutter.mesh.work.vertexStamp[particle] = cutter.on
  cutter.mesh.vertexCut[particle] = cut
  cutter.touched[cutter.touchedCount++] = particle
}

/** Whether crossing `i` is settled, because an end of its edge lies on the cut. */
function isSettled({ mesh, from, to, on }: Cutter, i: number): boolean {
  return mesh.work.vertexStamp[from[i]] === on || mesh.work.vertexStamp[to[i]] === on
}

/** Particles of this cut that the patch passes nearby are on it again. Measures the crossed edges. */
function joinFront(cutter: Cutter, patch: Patch, cut: number): void {
  const { mesh, from, to, place, triangle } = cutter
  const { position } = mesh.memory
  let sum = 0
  for (let i = 0; i < cutter.crossed; i++) {
    const k = triangle[i] * 3
    const a = from[i] * 4
    const b = to[i] * 4
    const x = position[b] - position[a]
    const y = position[b + 1] - position[a + 1]
    const z = position[b + 2] - position[a + 2]
    const steep = Math.abs(x * patch.normal[k] + y * patch.normal[k + 1] + z * patch.normal[k + 2])
    const length = Math.sqrt(x * x + y * y + z * z)
    const near = JOIN * length
    sum += length
    const { vertexStamp } = mesh.work
    if (mesh.vertexCut[from[i]] === cut && vertexStamp[from[i]] !== cutter.on && place[i] * steep < near) {
      touch(cutter, from[i], cut)
    }
    if (mesh.vertexCut[to[i]] === cut && vertexStamp[to[i]] !== cutter.on && (1 - place[i]) * steep < near) {
      touch(cutter, to[i], cut)
    }
  }
  cutter.span = sum / cutter.crossed
}

/** Slides particles close to a crossing onto the cut. */
function slideNear(cutter: Cutter, cut: number): void {
  const { mesh, from, to, place } = cutter
  for (let i = 0; i < cutter.crossed; i++) {
    if (isSettled(cutter, i)) continue
    const t = place[i]
    if (t < SLIDE && slideParticle(mesh, from[i], to[i], t) === 1) touch(cutter, from[i], cut)
    else if (t > 1 - SLIDE && slideParticle(mesh, to[i], from[i], 1 - t) === 1) touch(cutter, to[i], cut)
  }
}

/** Takes particles that are as good as on the cut, but cannot be slid, to lie on it. */
function snapNear(cutter: Cutter, cut: number): void {
  const { from, to, place } = cutter
  for (let i = 0; i < cutter.crossed; i++) {
    if (isSettled(cutter, i)) continue
    if (place[i] < SNAP) touch(cutter, from[i], cut)
    else if (place[i] > 1 - SNAP) touch(cutter, to[i], cut)
  }
}

/** Bisects all other crossed edges; where that would leave slivers, the nearer end goes onto the cut or is taken so. */
function bisectRest(cutter: Cutter, cut: number): void {
  const { mesh, from, to, place } = cutter
  for (let i = 0; i < cutter.crossed; i++) {
    if (isSettled(cutter, i)) continue
    const particle = bisectEdge(mesh, from[i], to[i], place[i])
    cutter.middle[i] = particle
    if (particle === NONE) touch(cutter, slideNearer(cutter, i), cut)
    else for (let p = particle; p < mesh.memory.counts[COUNT.particles]; p++) touch(cutter, p, cut)
  }
}

/** Slides the nearer end of crossed edge `i` onto the cut if that can be; returns that end. */
function slideNearer({ mesh, from, to, place }: Cutter, i: number): number {
  const nearer = place[i] < 0.5 ? from[i] : to[i]
  slideParticle(mesh, nearer, place[i] < 0.5 ? to[i] : from[i], Math.min(place[i], 1 - place[i]))
  return nearer
}

/** Opens all faces at touched particles whose three particles lie on the cut and whose sides lie on either side of it. */
function openMarked(cutter: Cutter, patch: Patch, cut: number): void {
  const { mesh, touched } = cutter
  const { tetVertex, tetNeighbour } = mesh.memory
  const { vertexCut, work } = mesh
  let faces = 0
  for (let i = 0; i < cutter.touchedCount; i++) {
    const n = starOf(mesh, touched[i])
    for (let s = 0; s < n; s++) {
      const tet = work.star[s]
      for (let k = 0; k < 4; k++) {
        const other = tetNeighbour[tet * 4 + k]
        if (other === NONE || other < tet || tetVertex[tet * 4 + k] === touched[i]) continue
        if (vertexCut[tetVertex[tet * 4 + FACE[k * 3]]] !== cut) continue
        if (vertexCut[tetVertex[tet * 4 + FACE[k * 3 + 1]]] !== cut) continue
        if (vertexCut[tetVertex[tet * 4 + FACE[k * 3 + 2]]] !== cut) continue
        if (isBetweenSides(cutter, patch, cut, tet, other)) cutter.faces[faces++] = tet * 4 + k
      }
    }
  }
  for (let i = 0; i < faces; i++) {
    const face = cutter.faces[i]
    if (tetNeighbour[face] !== NONE) openFace(mesh, face >> 2, face & 3)
  }
}

/**
 * Whether neighbours lie on either side of the cut. Their particles off the shared face always do, unless one of them
 * lies on the cut itself: such a flat tetrahedron goes with the side on which its middle lies.
 */
function isBetweenSides({ mesh }: Cutter, patch: Patch, cut: number, tet: number, other: number): boolean {
  if (countOn(mesh, tet, cut) < 4 && countOn(mesh, other, cut) < 4) return true
  return sideOf(mesh, patch, cut, tet) > 0 !== sideOf(mesh, patch, cut, other) > 0
}

function countOn({ memory, vertexCut }: Mesh, tet: number, cut: number): number {
  let count = 0
  for (let k = 0; k < 4; k++) if (vertexCut[memory.tetVertex[tet * 4 + k]] === cut) count++
  return count
}

/** Height over the patch of a tetrahedron's particles that are off the cut, or of all when none is; m, summed. */
function sideOf(mesh: Mesh, patch: Patch, cut: number, tet: number): number {
  const { tetVertex, position } = mesh.memory
  const all = countOn(mesh, tet, cut) === 4
  let sum = 0
  for (let k = 0; k < 4; k++) {
    const p = tetVertex[tet * 4 + k]
    if (!all && mesh.vertexCut[p] === cut) continue
    sum += heightOver(patch, patch.main, position[p * 4], position[p * 4 + 1], position[p * 4 + 2])
  }
  return sum
}
