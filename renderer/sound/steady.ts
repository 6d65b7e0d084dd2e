/**
 * Sounds that last, from what instruments and machines do. Each function turns a state into the settings of one strip
 * (`Steady`) and allocates nothing. The figures are estimates by ear, not measurements; makers differ.
 */

/** Settings of a strip: a tone, a band of noise, crackle, and how the two noises throb. Gains as amplitude 0–1. */
export type Steady = {
  toneHz: number
  toneGain: number
  hissHz: number
  /** Sharpness of the band: centre over width. */
  hissQ: number
  hissGain: number
  crackleGain: number
  throbHz: number
  /** 0 even … 1 down to silence. */
  throbDepth: number
}

export const silence = (): Steady => ({
  toneHz: 440,
  toneGain: 0,
  hissHz: 1000,
  hissQ: 1,
  hissGain: 0,
  crackleGain: 0,
  throbHz: 1,
  throbDepth: 0,
})

/** Takes the sound out of a strip and leaves its pitch, so that it dies away in tune. */
export function hush(out: Steady): Steady {
  out.toneGain = out.hissGain = out.crackleGain = 0
  return out
}

const share = (value: number) => Math.max(0, Math.min(1, value))
const mix = (from: number, to: number, at: number) => from + (to - from) * at

export type EnergyMode = 'cut' | 'coag' | 'bipolar'

/** Tone of the generator and sizzle of tissue: continuous current hisses, interrupted current crackles. */
const ENERGY: Readonly<
  Record<
    EnergyMode,
    { toneHz: number; hissHz: number; hiss: number; crackle: number; throbHz: number; throbDepth: number }
  >
> = {
  cut: { toneHz: 660, hissHz: 4600, hiss: 0.16, crackle: 0.12, throbHz: 24, throbDepth: 0.15 },
  coag: { toneHz: 940, hissHz: 2700, hiss: 0.1, crackle: 0.42, throbHz: 50, throbDepth: 0.6 },
  bipolar: { toneHz: 520, hissHz: 1700, hiss: 0.05, crackle: 0.26, throbHz: 12, throbDepth: 0.35 },
}

/**
 * Electrosurgery: a tone as long as the pedal is down, cut and coag told apart (as IEC 60601-2-2 asks), and sizzle where
 * the tip touches tissue. @param contact 0 in the air … 1 in full contact
 */
export function electrosurgery(mode: EnergyMode | 'off', contact: number, out: Steady): Steady {
  if (mode === 'off') return hush(out)
  const row = ENERGY[mode]
  const touched = share(contact)
  out.toneHz = row.toneHz
  out.toneGain = 0.04
  out.hissHz = row.hissHz
  out.hissQ = 0.4
  out.hissGain = row.hiss * touched
  out.crackleGain = row.crackle * touched
  out.throbHz = row.throbHz
  out.throbDepth = row.throbDepth
  return out
}

/**
 * Suction: rushing air; fluid makes it deep, wet and uneven; a tip closed by tissue leaves a thin whistle.
 * @param vacuum 0–1 @param fluid share of what is taken that is fluid @param closed 0 free … 1 closed by tissue
 */
export function suction(vacuum: number, fluid: number, closed: number, out: Steady): Steady {
  const pull = share(vacuum)
  const wet = share(fluid)
  const free = 1 - share(closed)
  out.hissHz = mix(3000, mix(1500, 430, wet), free)
  out.hissQ = mix(4, mix(0.7, 1.6, wet), free)
  out.hissGain = pull * mix(0.03, mix(0.09, 0.5, wet), free)
  out.crackleGain = pull * wet * free * 0.2
  out.throbHz = mix(3, 11, wet)
  out.throbDepth = wet * free * 0.85
  out.toneHz = 1150
  out.toneGain = pull * (1 - free) * 0.012
  return out
}

/** Irrigation: a bright jet with the beat of its pump. @param flow 0–1 of full flow */
export function irrigation(flow: number, out: Steady): Steady {
  const jet = share(flow)
  out.toneGain = out.crackleGain = 0
  out.hissHz = mix(1900, 3000, jet)
  out.hissQ = 0.8
  out.hissGain = 0.08 * jet
  out.throbHz = 6
  out.throbDepth = 0.25
  return out
}

/** What a burr cuts. */
export type Bone = 'none' | 'soft' | 'outer-table' | 'diploe' | 'inner-table'

/** Grinding of each: band, noise and crackle at full load, and the share of speed lost for a newton. */
const BONE: Readonly<Record<Bone, { hissHz: number; q: number; hiss: number; crackle: number; slowsPerN: number }>> = {
  none: { hissHz: 2500, q: 0.7, hiss: 0, crackle: 0, slowsPerN: 0 },
  soft: { hissHz: 700, q: 0.7, hiss: 0.06, crackle: 0.02, slowsPerN: 0.05 },
  'outer-table': { hissHz: 2600, q: 1, hiss: 0.24, crackle: 0.2, slowsPerN: 0.035 },
  diploe: { hissHz: 1300, q: 0.8, hiss: 0.15, crackle: 0.34, slowsPerN: 0.02 },
  'inner-table': { hissHz: 3300, q: 1.6, hiss: 0.26, crackle: 0.16, slowsPerN: 0.035 },
}

/** Whine of the motor running free, Hz (75,000 turns a minute), and the most that load takes of it. */
export const MOTOR_HZ = 1250
const MOST_SLOWED = 0.35
/** Press at which grinding is loudest, N, and the thickness from which the inner table begins to ring, mm. */
const FULL_PRESS_N = 6
const RINGS_MM = 1.2

/**
 * Drill or burr: the motor's whine drops under load; grinding tells what is cut; the inner table rings higher and sharper
 * the thinner it gets; through it, grinding stops and the motor races.
 * @param turning 0–1 of full speed @param pressN force on the bone @param leftMm thickness left under the tip
 */
export function drill(turning: number, bone: Bone, pressN: number, leftMm: number, out: Steady): Steady {
  const speed = share(turning)
  const row = BONE[bone]
  const load = share(pressN / FULL_PRESS_N)
  const thin = bone === 'inner-table' ? share(1 - leftMm / RINGS_MM) : 0
  const slowed = Math.min(MOST_SLOWED, row.slowsPerN * Math.max(0, pressN))
  out.toneHz = Math.max(40, MOTOR_HZ * speed * (1 - slowed))
  out.toneGain = 0.05 * speed
  out.hissHz = row.hissHz * mix(1, 1.7, thin)
  out.hissQ = mix(row.q, 9, thin)
  // A narrow band passes less: louder, so that the ring is heard.
  out.hissGain = row.hiss * load * speed * mix(1, 2.2, thin)
  out.crackleGain = row.crackle * load * speed
  out.throbHz = mix(18, 32, load)
  out.throbDepth = bone === 'none' ? 0 : 0.35
  return out
}

/** A ventilator at the bedside: gas in, gas out, softer. @param litresMin flow to the patient, negative outward */
export function ventilator(litresMin: number, out: Steady): Steady {
  const inward = litresMin > 0
  out.toneGain = out.crackleGain = 0
  out.hissHz = inward ? 850 : 480
  out.hissQ = 0.9
  out.hissGain = (inward ? 0.05 : 0.035) * share(Math.abs(litresMin) / 60)
  out.throbDepth = 0
  return out
}

/** A CO₂ insufflator: gas in pulses, shorter between as more flows. @param litresMin 0–40 */
export function insufflator(litresMin: number, out: Steady): Steady {
  const flow = share(litresMin / 40)
  out.toneGain = out.crackleGain = 0
  out.hissHz = 5200
  out.hissQ = 1.5
  out.hissGain = litresMin > 0 ? mix(0.02, 0.06, flow) : 0
  out.throbHz = mix(0.8, 2, flow)
  out.throbDepth = 1
  return out
}

/** An underwater seal: bubbles, and the steady simmer of suction. @param bubbling 0–1 */
export function underwaterSeal(bubbling: number, suctioned: 'yes' | 'no', out: Steady): Steady {
  const bubbles = share(bubbling)
  out.toneGain = 0
  out.hissHz = 420
  out.hissQ = 2.5
  out.hissGain = 0.2 * bubbles + (suctioned === 'yes' ? 0.02 : 0)
  out.crackleGain = 0.06 * bubbles
  out.throbHz = mix(4, 9, bubbles)
  out.throbDepth = 0.9
  return out
}
