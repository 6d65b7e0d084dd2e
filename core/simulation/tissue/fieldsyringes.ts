/**
 * Hollow needles on a syringe: they resist going in, give way from layer to layer, draw what is at their point and press
 * what is in their barrel into tissue. The pedal injects past halfway and draws below it.
 */

import { TICK_S } from './clock.ts'
import { noteAt } from './events.ts'
import { fillPocket } from './fieldpockets.ts'
import { MOST_TOOLS, type TissueField } from './fieldtype.ts'
import { LIQUIDS } from './fluid/liquids.ts'
import { FLUID_COUNT } from './fluid/memory.ts'
import { suck } from './fluid/suction.ts'
import { MATERIALS } from './materials.ts'
import type { Actor } from './solver.ts'
import { cuttingForce, dragForce, POINTS } from './thread/piercing.ts'
import { tetAt } from './thread/walk.ts'
import { type Bore, INSTRUMENTS } from './tools/catalogue.ts'
import { givePush, PUSH, push, readyPush, straighten } from './tools/motion.ts'
import { TOOL } from './tools/tool.ts'
import { swell } from './weal.ts'

/** What a syringe draws. */
export const ASPIRATED = [...LIQUIDS, 'air', 'nothing'] as const
const AIR = LIQUIDS.length
const NOTHING = AIR + 1

/** Speed of the plunger, mL/s (estimates). */
const DRAWS_ML_S = 1
const INJECTS_ML_S = 0.4
/** Liquid within this of the point is drawn, m. */
const REACH = 3e-3
const M3_PER_ML = 1e-6
/** In its lumen there is blood. */
const artery = MATERIALS.findIndex(({ name }) => name === 'artery')

const tip = new Float64Array(3)
const bary = new Float64Array(4)

export function syringeActor(field: TissueField): Actor {
  const { each, tissue } = field
  const { memory } = tissue
  /** Scratch of `swell`. */
  const changed = new Uint32Array(memory.tetMaterial.length)
  const moved = new Uint8Array(memory.owner.length)

  /** Presses `ml` into the plane that the point is in, or else into the tissue around it; returns whether it went in. */
  function inject(t: number, tet: number, ml: number): boolean {
    const went = fillPocket(field, t, tip, ml)
    if (went !== 'none') return went === 'filled'
    if (tet < 0) return false
    swell(memory, tet, bary, ml * M3_PER_ML, changed, moved)
    return true
  }

  return {
    solve(h: number): void {
      for (let t = 0; t < MOST_TOOLS; t++) {
        const bore = each[t][TOOL.kind] >= 0 ? INSTRUMENTS[each[t][TOOL.kind]].bore : undefined
        if (bore && each[t][TOOL.layer] > 0) resist(each[t], bore, h)
      }
    },
    finish(): void {
      for (let t = 0; t < MOST_TOOLS; t++) {
        const tool = each[t]
        const bore = tool[TOOL.kind] >= 0 ? INSTRUMENTS[tool[TOOL.kind]].bore : undefined
        if (!bore) continue
        for (let i = 0; i < 3; i++) tip[i] = tool[TOOL.ax + i]
        const tet = tetAt(memory, tip, bary)
        goThrough(field, tool, t, bore, tet < 0 ? -1 : memory.tetMaterial[tet])
        if (tool[TOOL.pedal] > 0.5) {
          const ml = Math.min(tool[TOOL.barrel], INJECTS_ML_S * TICK_S)
          if (ml > 0 && inject(t, tet, ml)) {
            tool[TOOL.barrel] -= ml
            noteAt(field.events, 'injected', t, ml, tip, 0, 0)
          }
        } else if (tool[TOOL.pedal] > 0) draw(field, tool, t, bore, tet < 0 ? -1 : memory.tetMaterial[tet])
        if (tool[TOOL.pedal] === 0) tool[TOOL.found] = 0
      }
    },
  }
}

/** N with which a needle's point and sides resist in a material. */
function resistanceIn(bore: Bore, depth: number, material: number): number {
  const { shearPa } = MATERIALS[material]
  const share = POINTS.find(({ name }) => name === bore.point)?.share ?? 1
  return share * cuttingForce(bore.radius, shearPa) + dragForce(bore.radius, shearPa, depth)
}

/** Holds a tool back along its needle as far as tissue does (Coulomb): forwards all of it, backwards its sides only. */
function resist(tool: Float64Array, bore: Bore, h: number): void {
  const { length } = INSTRUMENTS[tool[TOOL.kind]]
  measureWay(tool, length)
  const material = tool[TOOL.layer] - 1
  const most =
    way[0] > 0
      ? resistanceIn(bore, tool[TOOL.depth], material)
      : dragForce(bore.radius, MATERIALS[material].shearPa, tool[TOOL.depth])
  push[PUSH.share] = 0
  readyPush(tool)
  const lambda = Math.min(most * h * h, Math.abs(way[0]) / push[PUSH.light])
  push[PUSH.lambda] = way[0] > 0 ? lambda : -lambda
  push[PUSH.x] = (tool[TOOL.bx] - tool[TOOL.ax]) / length
  push[PUSH.y] = (tool[TOOL.by] - tool[TOOL.ay]) / length
  push[PUSH.z] = (tool[TOOL.bz] - tool[TOOL.az]) / length
  givePush(tool)
  straighten(tool)
  measureWay(tool, length)
  tool[TOOL.depth] = Math.max(0, Math.min(bore.length, tool[TOOL.depth] + way[0]))
  tool[TOOL.touched]++
}

/** How far a tool's tip went forwards along its shaft in this substep, m. */
const way = new Float64Array(1)

function measureWay(tool: Float64Array, length: number): void {
  way[0] = 0
  for (let i = 0; i < 3; i++)
    way[0] += ((tool[TOOL.ax + i] - tool[TOOL.bx + i]) / length) * (tool[TOOL.ax + i] - tool[TOOL.pax + i])
}

/** Notes that the point came into another layer, with the force that it took up to there. */
function goThrough({ events }: TissueField, tool: Float64Array, t: number, bore: Bore, material: number): void {
  const before = tool[TOOL.layer] - 1
  if (material === before) return
  const force = before < 0 ? 0 : resistanceIn(bore, tool[TOOL.depth], before)
  tool[TOOL.layer] = material + 1
  if (material < 0) tool[TOOL.depth] = 0
  noteAt(events, 'entered', t, material, tip, 0, force)
}

/** Draws what is at the point, and notes what it is when that is another thing than before. */
function draw({ events, liquids }: TissueField, tool: Float64Array, t: number, bore: Bore, material: number): void {
  const room = bore.ml - tool[TOOL.barrel] - tool[TOOL.drawn]
  let found = material < 0 ? AIR : material === artery ? 0 : NOTHING
  let ml = found === 0 ? DRAWS_ML_S * TICK_S : 0
  if (liquids && material < 0) {
    const { memory } = liquids.fluid
    const row = nearestLiquid(memory.position, memory.liquid, memory.count[FLUID_COUNT.particles])
    if (row >= 0) {
      found = row
      ml = suck(memory, liquids.fluid.surface, tip[0], tip[1], tip[2], REACH, DRAWS_ML_S)
    }
  }
  tool[TOOL.drawn] += Math.max(0, Math.min(room, ml))
  if (tool[TOOL.found] === found + 1) return
  tool[TOOL.found] = found + 1
  noteAt(events, 'aspirated', t, found, tip, 0, 0)
}

/** Row of the liquid of the drop nearest to the point, −1 when none is within reach. */
function nearestLiquid(position: Float32Array, liquid: Uint8Array, count: number): number {
  let least = REACH * REACH
  let row = -1
  for (let p = 0; p < count; p++) {
    const x = position[p * 3] - tip[0]
    const y = position[p * 3 + 1] - tip[1]
    const z = position[p * 3 + 2] - tip[2]
    const d2 = x * x + y * y + z * z
    if (d2 >= least) continue
    least = d2
    row = liquid[p]
  }
  return row
}
