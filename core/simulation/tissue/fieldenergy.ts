/** Energy and clips of a field: heat that instruments give to tissue, seals, and what appliers leave behind. */
import { relax } from '../exactmath.ts'
import { TICK_S } from './clock.ts'
import { note } from './events.ts'
import { CLOCK, type FieldEnergy, type TissueField } from './fieldtype.ts'
import { puff } from './fluid/smoke.ts'
import type { TissueMemory } from './memory.ts'
import { closeBetween } from './organs/tubes.ts'
import { ENERGIES, INSTRUMENTS } from './tools/catalogue.ts'
import { createClips, freeClip, setClip, workClips } from './tools/clips.ts'
import { CLOSED } from './tools/grasp.ts'
import { createHeat, giveHeat, HEAT_TICKS, HEATED_BY, stepHeat } from './tools/heat.ts'
import { clipBetween, coagulateSites, sealBetween, sealMmHg } from './tools/seal.ts'
import { TOOL } from './tools/tool.ts'

/** Heat from metal that is hot still, W/K. */
const LINGERS_W_K = 0.01
/** Metal smokes on tissue from this on, K above the body. */
const SMOKES_K = 60
const MM3 = 1e9
/** A seal that bursts below this is inadequate. */
const ADEQUATE_MMHG = 360

export const createEnergy = (tissue: TissueMemory): FieldEnergy => ({
  heat: createHeat(tissue),
  clips: createClips(),
  burned: { volume: 0, charred: 0 },
  ends: new Float64Array(6),
})

/** Sets a clip when an applier's jaws close, before they move anything. */
export function applyClip(field: TissueField, tool: Float64Array, t: number): void {
  if (tool[TOOL.jaw] > CLOSED || tool[TOOL.jawBefore] <= CLOSED || tool[TOOL.clips] === 0) return
  const { energy, tissue, liquids, events } = field
  const c = freeClip(energy.clips)
  if (c < 0) {
    note(events, 'full', t, 0)
    return
  }
  tool[TOOL.clips]--
  const held = setClip(energy.clips, c, tool, field.mesh, field.bound)
  note(events, held > 0 ? 'clipped' : 'clip-lost', t, tool[TOOL.clips])
  if (held === 0 || !liquids) return
  clipBetween(liquids.fluid.memory, tissue.memory.position, tool)
  closeBetween(field.organs.tubes, liquids.fluid.memory, tissue.memory.position, tool)
}

/** Heats metal and what it touches, and seals what its jaws hold, for a tick. */
export function burnWith(field: TissueField, tool: Float64Array, t: number): void {
  const kind = INSTRUMENTS[tool[TOOL.kind]]
  if (!kind.energy) return
  const energy = ENERGIES[kind.energy]
  const on = tool[TOOL.pedal] > 0.5 && (!kind.jaws || tool[TOOL.jaw] <= CLOSED)
  tool[TOOL.metal] = relax(tool[TOOL.metal], on ? energy.metalC - 37 : 0, TICK_S, on ? energy.warmsS : energy.coolsS)
  const watts = on ? energy.watts : LINGERS_W_K * tool[TOOL.metal]
  const given = (on || tool[TOOL.metal] > 1) && heatAt(field, tool, energy.reach, watts * TICK_S)
  if (given) field.energy.heat.words[HEATED_BY] = t + 1
  if (given && tool[TOOL.metal] > SMOKES_K && field.clock[CLOCK.tick] % HEAT_TICKS === 0) smoke(field, tool)
  sealWith(field, tool, t, given && on)
}

function heatAt({ energy, tissue }: TissueField, tool: Float64Array, reach: number, joules: number): boolean {
  const { ends, heat } = energy
  const { length, edge, jaws } = INSTRUMENTS[tool[TOOL.kind]]
  const share = (edge ?? jaws?.length ?? 0) / length
  for (let i = 0; i < 3; i++) {
    ends[i] = tool[TOOL.ax + i]
    ends[3 + i] = tool[TOOL.ax + i] + (tool[TOOL.bx + i] - tool[TOOL.ax + i]) * share
  }
  return giveHeat(heat, tissue.memory, ends, reach, joules)
}

function smoke({ liquids }: TissueField, tool: Float64Array): void {
  if (liquids)
    puff(liquids.fluid.memory, tool[TOOL.ax], tool[TOOL.ay], tool[TOOL.az], Math.min(1, tool[TOOL.metal] / 250))
}

function sealWith(
  { liquids, tissue, events, organs }: TissueField,
  tool: Float64Array,
  t: number,
  burning: boolean,
): void {
  const energy = ENERGIES[INSTRUMENTS[tool[TOOL.kind]].energy ?? 'monopolar']
  if (!energy.seal) return
  if (burning) {
    tool[TOOL.burnS] += TICK_S
    if (liquids)
      sealBetween(
        liquids.fluid.memory,
        tissue.memory.position,
        tool,
        sealMmHg(energy, tool[TOOL.burnS]),
        energy.seal.widestMm,
      )
  } else if (tool[TOOL.jaw] > CLOSED && tool[TOOL.burnS] > 0) {
    const mmHg = sealMmHg(energy, tool[TOOL.burnS])
    note(events, 'sealed', t, mmHg)
    if (liquids && mmHg >= ADEQUATE_MMHG) closeBetween(organs.tubes, liquids.fluid.memory, tissue.memory.position, tool)
    tool[TOOL.burnS] = 0
  }
}

/** Carries heat on, closes what it coagulates, and notes what clips and burns have come to. */
export function stepEnergy(field: TissueField): void {
  const { energy, tissue, mesh, liquids, events, clock } = field
  const { heat, clips, burned } = energy
  const fell = workClips(clips, tissue.memory, field.bound)
  if (fell > 0) note(events, 'clip-lost', -1, fell)
  if (clock[CLOCK.tick] % HEAT_TICKS !== 0) return
  stepHeat(heat, mesh, HEAT_TICKS * TICK_S, burned)
  const by = heat.words[HEATED_BY] - 1
  if (burned.volume > 0) note(events, 'burned', by, burned.volume * MM3)
  if (burned.charred > 0) note(events, 'charred', by, burned.charred * MM3)
  if (liquids) coagulateSites(liquids.fluid.memory, heat)
}
