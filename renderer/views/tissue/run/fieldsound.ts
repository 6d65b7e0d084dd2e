/** What of a field is heard, read from snapshots: energy, suction, rinsing, drills, jaws, seals, the patient's pulse. Nothing here allocates. */
import { EVENTS } from '../../../../core/simulation/tissue/events.ts'
import { MOST_TOOLS } from '../../../../core/simulation/tissue/fieldtype.ts'
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { INSTRUMENTS } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { TOOL, TOOL_SLOTS } from '../../../../core/simulation/tissue/tools/tool.ts'
import { boneCue, jawCue } from '../../../sound/cues.ts'
import type { StripName } from '../../../sound/desk.ts'
import { instrumentSound, type Use } from '../../../sound/instrument.ts'
import { type Bone, hush, type Steady, silence } from '../../../sound/steady.ts'
import type { Cue } from '../../../sound/strikes.ts'
import type { TheatreSound } from '../../../sound/theatresound.ts'
import { HEAD, type TissueSnapshot } from './snapshot.ts'

export type Heard = Pick<TheatreSound, 'beat' | 'cue' | 'steady'>

/** Strips that an instrument of a field can play. */
const PLAYED = ['energy', 'suction', 'irrigation', 'drill'] as const satisfies readonly StripName[]
type Played = (typeof PLAYED)[number]
/** A field that stood so long is silent, ms. */
const STALE_MS = 300
/** How near a drop must be to a sucker to gurgle in it, m, and how many drops make it all fluid. */
const GURGLE_M = 0.008
const FULL_DROPS = 6
/** Force from which a tip counts as fully in contact, N. */
const CONTACT_N = 0.6
/** Compact bone this near to what lies beneath it is the inner table, m. */
const INNER_M = 0.0019
const SEALED = EVENTS.indexOf('sealed')

/** Jaws of all tools from snapshot to snapshot: which of them clicks. */
export class FieldJaws {
  private readonly jaw = new Float64Array(MOST_TOOLS).fill(Number.NaN)

  /** What a tool's jaws do now; null when they are silent. */
  cue(tools: Float64Array, t: number): Cue | null {
    const at = t * TOOL_SLOTS
    const jaws = tools[at + TOOL.kind] >= 0 ? INSTRUMENTS[tools[at + TOOL.kind]].jaws : undefined
    const before = this.jaw[t]
    const now = tools[at + TOOL.jaw]
    this.jaw[t] = jaws ? now : Number.NaN
    return jaws && !Number.isNaN(before) ? jawCue(jaws.kind, before, now) : null
  }
}

/** Follows a field from snapshot to snapshot and plays it on `heard`. */
export class FieldSound {
  private readonly heard: Heard
  private readonly jaws = new FieldJaws()
  private readonly strips: Readonly<Record<Played, Steady>>
  private readonly scratch = silence()
  private readonly use: { -readonly [K in keyof Use]: Use[K] } = {
    pedal: 0,
    mode: 'cut',
    flow: 'suction',
    contact: 0,
    fluid: 0,
    bone: 'none' as Bone,
    pressN: 0,
    leftMm: 5,
  }
  private readonly bones: Bone[] = new Array<Bone>(MOST_TOOLS).fill('none')
  private tick = -1
  private movedMs = Number.NEGATIVE_INFINITY
  private seals = -1
  private sinceBeatS = 0

  constructor(heard: Heard) {
    this.heard = heard
    this.strips = { energy: silence(), suction: silence(), irrigation: silence(), drill: silence() }
  }

  step(snapshot: TissueSnapshot, nowMs: number): void {
    const { head, tools, tally } = snapshot
    if (head[HEAD.tick] !== this.tick) this.movedMs = nowMs
    this.tick = head[HEAD.tick]
    if (nowMs - this.movedMs > STALE_MS) {
      this.rest()
      return
    }
    for (const name of PLAYED) hush(this.strips[name])
    for (let t = 0; t < MOST_TOOLS; t++) {
      const cue = this.jaws.cue(tools, t)
      if (cue) this.heard.cue(cue)
      if (tools[t * TOOL_SLOTS + TOOL.kind] >= 0) this.play(snapshot, t)
    }
    for (const name of PLAYED) this.heard.steady(name, this.strips[name])
    if (this.seals >= 0 && tally[SEALED] > this.seals) this.heard.cue('sealed')
    this.seals = tally[SEALED]
    if (head[HEAD.heartRate] > 0 && head[HEAD.sinceBeatS] < this.sinceBeatS)
      this.heard.beat(head[HEAD.saturation] * 100)
    this.sinceBeatS = head[HEAD.sinceBeatS]
  }

  /** Falls silent. */
  rest(): void {
    for (const name of PLAYED) this.heard.steady(name, hush(this.strips[name]))
  }

  private play(snapshot: TissueSnapshot, t: number): void {
    const { use, scratch } = this
    const { tools } = snapshot
    const at = t * TOOL_SLOTS
    const instrument = INSTRUMENTS[tools[at + TOOL.kind]]
    const pressN = forceOf(tools, at)
    use.pedal = tools[at + TOOL.pedal]
    use.mode = instrument.energy === 'ultrasonic' || instrument.edge === undefined ? 'coag' : 'cut'
    use.flow = use.pedal > 0.5 ? 'irrigation' : 'suction'
    const touches = tools[at + TOOL.touched] > 0 || tools[at + TOOL.held] > 0
    use.contact = touches ? Math.max(0.3, Math.min(1, pressN / CONTACT_N)) : 0
    use.fluid = instrument.flow && use.pedal > 0 ? fluidAt(snapshot, at) : 0
    // A sucker in a pool touches what is beneath it, and is not closed by it.
    if (instrument.flow) use.contact *= 1 - use.fluid
    use.bone = instrument.removes && touches ? boneAt(tools, at) : 'none'
    use.leftMm = tools[at + TOOL.left] * 1000
    use.pressN = pressN
    const passed = boneCue(this.bones[t], use.bone)
    this.bones[t] = use.bone
    if (passed) this.heard.cue(passed)
    const strip = instrumentSound(instrument, use, scratch) as Played | null
    if (!strip || loud(scratch) <= loud(this.strips[strip])) return
    Object.assign(this.strips[strip], scratch)
  }
}

/** Which layer of bone a burr is in: the inner table is what is compact and nearly through. @param at where its row begins */
function boneAt(tools: Float64Array, at: number): Bone {
  const layer = tools[at + TOOL.layer]
  if (layer === 0) return 'soft'
  if (MATERIALS[layer - 1].name.startsWith('diploe')) return 'diploe'
  return tools[at + TOOL.left] < INNER_M ? 'inner-table' : 'outer-table'
}

const loud = ({ toneGain, hissGain, crackleGain }: Steady) => toneGain + hissGain + crackleGain

/** Force of tissue on a tool, N. @param at where its row begins */
export function forceOf(tools: Float64Array, at: number): number {
  const x = tools[at + TOOL.forceX]
  const y = tools[at + TOOL.forceY]
  const z = tools[at + TOOL.forceZ]
  return Math.sqrt(x * x + y * y + z * z)
}

/** Share of what a sucker takes that is fluid: how many drops lie at its tip. */
function fluidAt({ head, drop, tools }: TissueSnapshot, at: number): number {
  let near = 0
  for (let d = 0; d < head[HEAD.drops] && near < FULL_DROPS; d++) {
    const x = drop[d * 4] - tools[at + TOOL.ax]
    const y = drop[d * 4 + 1] - tools[at + TOOL.ay]
    const z = drop[d * 4 + 2] - tools[at + TOOL.az]
    if (x * x + y * y + z * z < GURGLE_M * GURGLE_M) near++
  }
  return near / FULL_DROPS
}
