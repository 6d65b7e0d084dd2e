/** The instruments of a field as an actor of its tissue: they hold, press, and part it. */
import { TICK_S } from './clock.ts'
import { findSurfacePairs } from './contact/surfacecontact.ts'
import { findPairs, solvePairs } from './contact/toolcontact.ts'
import { removeCrushed, removeDebris } from './cutting/remove.ts'
import { tear } from './cutting/tear.ts'
import { note } from './events.ts'
import { applyClip, burnWith, stepEnergy } from './fieldenergy.ts'
import { hideInside, showThreads } from './fieldsurfaces.ts'
import { CLOCK, MOST_TOOLS, type TissueField } from './fieldtype.ts'
import { followMesh } from './followmesh.ts'
import { COUNT, FIRST_PARTICLE, NONE } from './memory.ts'
import { TALLY } from './mesh/mesh.ts'
import { untangle } from './mesh/untangle.ts'
import type { Actor } from './solver.ts'
import { layCapsules, markCapsules } from './tools/capsules.ts'
import { solveClips } from './tools/clips.ts'
import { partWith } from './tools/edges.ts'
import { clearLoads, loseDrawn, solveGrasp, workGrasp } from './tools/grasp.ts'
import { feelTool, pullTool } from './tools/motion.ts'
import { TOOL } from './tools/tool.ts'
import { touchWith } from './tools/touch.ts'
import { sheatheJaws } from './tools/trocar.ts'

/** Height of the tray over the origin of the field, m. */
export const TRAY_M = -0.004

export function toolActor(field: TissueField): Actor {
  const { tissue, surface, contact, capsules, each: all, grasps, pressed, threads } = field
  const { kernel } = tissue
  let surfacePairs = 0
  let threadEdges = 0
  let toolPairs = 0
  /** Share of the tick that is over. */
  const over = new Float64Array(1)
  return {
    prepare(): void {
      const { memory } = tissue
      over[0] = 0
      for (let t = 0; t < MOST_TOOLS; t++) {
        if (all[t][TOOL.kind] < 0) continue
        sheatheJaws(all[t])
        workGrasp(all[t], t, grasps[t], field.mesh, field.bound, field.events)
        applyClip(field, all[t], t)
        all[t][TOOL.touched] = 0
        for (let slot = TOOL.gripX; slot <= TOOL.gripZ; slot++) all[t][slot] = 0
      }
      // What they pinch does not tear.
      pressed.set(field.bound)
      clearLoads(all, grasps)
      layCapsules(capsules, all)
      if (threads) hideInside(threads, memory)
      surfacePairs = findSurfacePairs(contact, tissue, surface)
      if (threads) threadEdges = kernel.findThreadEdges(contact.table, threads.work.table, TICK_S)
      if (threads) showThreads(threads, memory)
      toolPairs = findPairs(contact, tissue, surface, capsules, all, field.bound)
    },
    solve(h: number): void {
      const share = h / TICK_S
      over[0] += share
      markCapsules(capsules)
      for (let t = 0; t < MOST_TOOLS; t++) {
        if (all[t][TOOL.kind] < 0) continue
        pullTool(all[t], over[0], share, h)
        all[t][TOOL.room] = Infinity
        solveGrasp(all[t], grasps[t], tissue.memory, h, share)
      }
      solveClips(field.energy.clips, tissue.memory, h)
      layCapsules(capsules, all)
      if (threads) kernel.weighRods(threads.work.table)
      kernel.solveSurfacePairs(contact.table, surfacePairs)
      kernel.solveThreadEdges(contact.table, threadEdges)
      if (threads) kernel.feelSurfaces(threads.work.table)
      const { position, previous, counts } = tissue.memory
      kernel.solveTray(position.byteOffset, previous.byteOffset, FIRST_PARTICLE, counts[COUNT.particles], TRAY_M)
      solvePairs(contact, toolPairs, tissue, capsules, all, pressed)
    },
    finish(): void {
      const { mesh, events } = field
      const pieces = mesh.tally[TALLY.pieces]
      let busy = false
      for (let t = 0; t < MOST_TOOLS; t++) {
        if (all[t][TOOL.kind] < 0) continue
        partWith(field.edges, all[t], t, events, field.clock[CLOCK.tick])
        burnWith(field, all[t], t)
        feelTool(all[t])
        touchWith(all[t], tissue.memory, surface.corners[contact.met[t]] >> 2)
        busy ||= all[t][TOOL.touched] > 0
      }
      const torn = tear(mesh, pressed, field.scan)
      if (torn !== NONE) note(events, 'torn', -1, torn)
      for (let t = 0; t < MOST_TOOLS; t++) {
        if (all[t][TOOL.held] === 0) continue
        const lost = loseDrawn(all[t], grasps[t], mesh, field.bound)
        if (lost > 0) note(events, 'slipped', t, all[t][TOOL.held])
      }
      // What a tool presses inside out comes back when it lets go; what does not then is gone.
      const crushed = busy ? 0 : removeCrushed(mesh, field.turned, field.clock[CLOCK.tick])
      const debris = mesh.tally[TALLY.pieces] > pieces ? removeDebris(mesh) : 0
      if (crushed + debris > 0) note(events, 'removed', -1, crushed + debris)
      // After that, lest a removal that waits for what stays inside out never sees it.
      untangle(mesh, pressed, field.scan)
      // Faces that come apart before any particle is doubled are free too: as they are after a restore.
      if (mesh.changes.tetCount > 0 || mesh.changes.openedCount > 0) followMesh(field)
      stepEnergy(field)
    },
  }
}
