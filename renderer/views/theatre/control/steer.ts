import type { Grip } from './grips.ts'

/**
 * Guided steering: the tip rides on the skin under the pointer, depth runs along the shaft, the handle leans. Once the
 * tip is in the body the entry point holds and the pointer swings the handle about it, as a real port does.
 * Nothing here reads the engine, the page or a clock.
 */
export type Steering = {
  /** Where the shaft crosses the skin, field mm. */
  uMm: number
  vMm: number
  /** Tip below the skin along the shaft, mm; negative above it. */
  depthMm: number
  leanU: number
  leanV: number
  roll: number
  /** 0–1. */
  jaw: number
  /** How far "use" has lowered the tip, 0–1. */
  pressed: number
  /** Depth that "use" presses to, mm. */
  workMm: number
}

/** What the devices ask for, summed over mouse, keys and gamepad. Rates are −1 … 1. */
export type Intent = {
  /** Point under the pointer, or null when no pointer steers. */
  aim: { uMm: number; vMm: number } | null
  moveU: number
  moveV: number
  depth: number
  /** Depth asked for by the wheel since the last step, mm. */
  depthStepMm: number
  leanU: number
  leanV: number
  /** Lean asked for by dragging since the last step, degrees. */
  leanStepU: number
  leanStepV: number
  roll: number
  /** 0–1. */
  use: number
  pace: 'normal' | 'fine'
}

/** Fastest that steering moves a tip over the skin, mm/s: a quick hand, well below the engine's limit. */
const FASTEST_MM_S = 420
const MOVE_MM_S = 55
const LEAN_DEG_S = 70
const ROLL_DEG_S = 110
const FINE = 0.22
/** Lean of the handle per mm that the pointer is away from the entry, degrees. */
const SWING_DEG_MM = 0.55
/** Depth from which the entry holds. */
const ENTRY_MM = 6
const MOST_LEAN = 78

/** A tool just picked up, over the point (u, v). */
export function takeUp(grip: Grip, uMm: number, vMm: number): Steering {
  return {
    uMm,
    vMm,
    depthMm: -grip.hoverMm,
    leanU: grip.leanU,
    leanV: grip.leanV,
    roll: grip.roll,
    jaw: 0,
    pressed: 0,
    workMm: lowers(grip) ? grip.use.depthMm : 0,
  }
}

/** Depth of the tip along the shaft with "use" counted in, mm. */
export function tipDepthMm(state: Steering): number {
  const { depthMm, pressed, workMm } = state
  return pressed > 0 ? depthMm + (Math.max(workMm, depthMm) - depthMm) * pressed : depthMm
}

type Lowering = Grip & { use: Extract<Grip['use'], { depthMm: number }> }

/** Whether "use" lowers the tip of this tool. */
function lowers(grip: Grip): grip is Lowering {
  return grip.use.kind === 'press' || grip.use.kind === 'stitch'
}

/** Moves the steering on by `seconds`. Returns a new state. */
export function steer(state: Steering, intent: Intent, grip: Grip, seconds: number): Steering {
  const pace = intent.pace === 'fine' ? FINE : 1
  const next = { ...state }
  const inside = tipDepthMm(state) > ENTRY_MM && !lowers(grip)
  if (intent.aim && !inside) {
    const far = Math.sqrt((intent.aim.uMm - state.uMm) ** 2 + (intent.aim.vMm - state.vMm) ** 2)
    // A first-order follow with a top speed: steady as a hand, and it never jumps.
    const share = far === 0 ? 0 : Math.min(1 - Math.exp(-seconds * 16 * pace), (FASTEST_MM_S * seconds) / far)
    next.uMm += (intent.aim.uMm - state.uMm) * share
    next.vMm += (intent.aim.vMm - state.vMm) * share
  }
  next.uMm += intent.moveU * MOVE_MM_S * pace * seconds
  next.vMm += intent.moveV * MOVE_MM_S * pace * seconds
  const swing = intent.aim && inside && grip.inside === 'swings' ? swingTo(state, intent.aim, grip) : null
  const follow = 1 - Math.exp(-seconds * 9 * pace)
  if (swing) {
    next.leanU += (swing.leanU - state.leanU) * follow
    next.leanV += (swing.leanV - state.leanV) * follow
  }
  next.leanU = limit(next.leanU + intent.leanU * LEAN_DEG_S * pace * seconds + intent.leanStepU, MOST_LEAN)
  next.leanV = limit(next.leanV + intent.leanV * LEAN_DEG_S * pace * seconds + intent.leanStepV, MOST_LEAN)
  next.roll = wrap(state.roll + intent.roll * ROLL_DEG_S * pace * seconds)
  const deeper = intent.depth * grip.pushMmS * pace * seconds + intent.depthStepMm * (intent.pace === 'fine' ? 0.25 : 1)
  use(next, state, intent, grip, deeper, seconds)
  return next
}

function use(next: Steering, state: Steering, intent: Intent, grip: Grip, deeper: number, seconds: number): void {
  if (lowers(grip) && state.pressed > 0.5) {
    next.workMm = Math.max(0, Math.min(grip.deepestMm, state.workMm + deeper))
  } else {
    next.depthMm = Math.max(-60, Math.min(grip.deepestMm, state.depthMm + deeper))
  }
  const towards = (from: number, to: number, rate: number) =>
    from + Math.max(-rate * seconds, Math.min(rate * seconds, to - from))
  const wanted = intent.use > 0.5 ? 1 : 0
  if (grip.use.kind === 'press') next.pressed = towards(state.pressed, wanted, 7)
  if (grip.use.kind === 'jaw') next.jaw = towards(state.jaw, intent.use * grip.use.most, 3)
  if (grip.use.kind === 'stitch') {
    // The jaws close before the tip lifts.
    next.jaw = towards(state.jaw, state.pressed > 0.9 ? wanted : 0, 9)
    next.pressed = towards(state.pressed, wanted === 1 || state.jaw > 0.05 ? 1 : 0, 5)
  }
}

function swingTo(state: Steering, aim: { uMm: number; vMm: number }, grip: Grip): { leanU: number; leanV: number } {
  return {
    leanU: limit(grip.leanU + (aim.uMm - state.uMm) * SWING_DEG_MM, MOST_LEAN),
    leanV: limit(grip.leanV + (aim.vMm - state.vMm) * SWING_DEG_MM, MOST_LEAN),
  }
}

function limit(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value))
}

function wrap(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180
}
