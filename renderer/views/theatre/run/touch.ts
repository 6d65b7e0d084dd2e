/** What the two hands of a case touch, from snapshots, as `feel` wants it; and the pulses that follow. */
import { STRUCTURES, type Structure, TOOLS, type Tool } from '../../../../core/simulation/contract.ts'
import { type SnapshotBuffer, TOOL, TOOL_STRIDE } from '../../../../core/simulation/snapshot.ts'
import type { JawKind } from '../../../../core/simulation/tissue/tools/catalogue.ts'
import { jawCue } from '../../../sound/cues.ts'
import type { Cue } from '../../../sound/strikes.ts'
import { feel, noFeeling, type Pulse, type Strength, type Touch } from '../../../xr/feel.ts'

/** Tools whose jaws lock: they are heard and felt. */
const JAWS: Partial<Record<Tool, JawKind>> = { forceps: 'needle-driver', 'needle-driver': 'needle-driver' }

/** Reads the jaws of both hands from snapshot to snapshot and answers what they do. */
export class JawReader {
  private readonly jaws = [0, 0]
  private readonly held = [0, 0]

  cue(hand: 0 | 1, { tools }: SnapshotBuffer): Cue | null {
    const at = hand * TOOL_STRIDE
    const held = tools[at + TOOL.tool]
    const jaw = tools[at + TOOL.jaw]
    const kind = JAWS[TOOLS[held]]
    const cue = kind && held === this.held[hand] ? jawCue(kind, this.jaws[hand], jaw) : null
    this.held[hand] = held
    this.jaws[hand] = jaw
    return cue
  }
}

/** How rough a surface is under a tool, 0–1 (estimates). */
const GRAIN: Partial<Record<Structure, number>> = { skin: 0.25, muscle: 0.35, intercostal: 0.35, rib: 1 }
/** A hand that jumped so far in one reading has not slid, mm. */
const JUMP_MM = 40

type HandMemory = { feeling: ReturnType<typeof noFeeling>; x: number; y: number; z: number }

/** Both hands of a case. */
export class TouchReader {
  private readonly jaws = new JawReader()
  private readonly hands: readonly [HandMemory, HandMemory] = [newHand(), newHand()]
  private readonly touch: Touch = { forceN: 0, slidMm: 0, grain: 0, buzz: 0, cue: null }
  private readonly pulse: Pulse = { amplitude: 0, ms: 0 }

  /** The pulse for a hand now; valid until the next call. */
  read(hand: 0 | 1, snapshot: SnapshotBuffer, nowMs: number, strength: Strength): Pulse {
    const { tools } = snapshot
    const at = hand * TOOL_STRIDE
    const memory = this.hands[hand]
    const { touch } = this
    const holds = tools[at + TOOL.tool] > 0
    touch.forceN = holds ? tools[at + TOOL.force] : 0
    touch.slidMm = slid(memory, tools, at + TOOL.proxy)
    touch.grain = GRAIN[STRUCTURES[tools[at + TOOL.structure]]] ?? 0
    touch.cue = this.jaws.cue(hand, snapshot)
    return feel(memory.feeling, touch, nowMs, strength, this.pulse)
  }
}

function newHand(): HandMemory {
  return { feeling: noFeeling(), x: 0, y: 0, z: 0 }
}

/** Way of a tip since the last reading, mm; remembers where it is. */
function slid(memory: HandMemory, tools: Float32Array, at: number): number {
  const x = tools[at]
  const y = tools[at + 1]
  const z = tools[at + 2]
  const wayMm = 1000 * Math.hypot(x - memory.x, y - memory.y, z - memory.z)
  memory.x = x
  memory.y = y
  memory.z = z
  return wayMm < JUMP_MM ? wayMm : 0
}
