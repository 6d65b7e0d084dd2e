/** What a hand feels of its tool in a field, from snapshots, and the pulses that tell it. Nothing here allocates. */
import { MATERIALS } from '../../../../core/simulation/tissue/materials.ts'
import { INSTRUMENTS } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { TOOL, TOOL_SLOTS } from '../../../../core/simulation/tissue/tools/tool.ts'
import { feel, noFeeling, type Pulse, type Strength, type Touch } from '../../../xr/feel.ts'
import { FieldJaws, forceOf } from './fieldsound.ts'
import type { TissueSnapshot } from './snapshot.ts'

/** How rough wet tissue is under a tool, 0–1, and what is rougher, where the tool knows what it touches (estimates). */
const GRAIN = 0.15
const GRAINS: Readonly<Record<string, number>> = { diploe: 0.9, bone: 0.6, gallstone: 0.6, cartilage: 0.4, skin: 0.3 }
/** By row of the materials; cooked tissue as fresh. */
const GRAIN_OF = Float64Array.from(MATERIALS, ({ name }) => GRAINS[name.split(',')[0]] ?? GRAIN)
/** A tip that jumped so far between two readings has not slid, mm. */
const JUMP_MM = 20
/** Shaking of a burr at work, and of ultrasonic blades on tissue. */
const BUZZ = { burr: 0.7, phaco: 0.3, blades: 0.15 } as const

export class FieldTouch {
  private feeling = noFeeling()
  private readonly jaws = new FieldJaws()
  private readonly before = new Float64Array(3).fill(Number.NaN)
  private readonly touch: Touch = { forceN: 0, slidMm: 0, grain: 0, buzz: 0, cue: null }
  private readonly pulse: Pulse = { amplitude: 0, ms: 0 }
  private tool = -1

  /** The pulse for the hand that holds tool `t` now; valid until the next call. */
  read({ tools }: TissueSnapshot, t: number, nowMs: number, strength: Strength): Pulse {
    const { touch, before } = this
    const at = t * TOOL_SLOTS
    const { removes, energy } = INSTRUMENTS[tools[at + TOOL.kind]]
    if (t !== this.tool) {
      this.tool = t
      this.feeling = noFeeling()
      before.fill(Number.NaN)
    }
    let way = 0
    for (let i = 0; i < 3; i++) {
      way += (tools[at + TOOL.ax + i] - before[i]) ** 2
      before[i] = tools[at + TOOL.ax + i]
    }
    const slidMm = 1000 * Math.sqrt(way)
    const touches = tools[at + TOOL.touched] > 0
    const works = touches && tools[at + TOOL.pedal] > 0.5
    touch.forceN = Math.max(forceOf(tools, at), tools[at + TOOL.held] > 0 ? tools[at + TOOL.grip] : 0)
    touch.slidMm = slidMm < JUMP_MM ? slidMm : 0
    const layer = tools[at + TOOL.layer]
    touch.grain = touches ? (layer > 0 ? GRAIN_OF[layer - 1] : GRAIN) : 0
    touch.buzz = !works ? 0 : removes ? BUZZ[removes] : energy === 'ultrasonic' ? BUZZ.blades : 0
    touch.cue = this.jaws.cue(tools, t)
    return feel(this.feeling, touch, nowMs, strength, this.pulse)
  }
}
