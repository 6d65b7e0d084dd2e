import { OBSERVABLE_INDEX } from '../../../../core/simulation/observables.ts'
import { HEADER, type SnapshotBuffer, WAVE_LENGTH, WAVES } from '../../../../core/simulation/snapshot.ts'

/** A trace of the monitor: which ring it reads, colour, and the range drawn from bottom to top. */
export type Trace = {
  wave: (typeof WAVES)[number]
  colour: string
  low: number
  high: number
}

/** Colours of the default setting: ECG green, arterial red, SpO₂ cyan, CO₂ yellow, airway violet (not standardised: a setting). */
export const monitorColours = {
  ecg: '#5fe07f',
  arterial: '#ff6b5e',
  pleth: '#4fd8e8',
  co2: '#f2d24b',
  resp: '#e9eef0',
  airway: '#c9a6ff',
}

/** One row each, in the order of the numbers beside them; the airway's, which only a ventilator measures, is the last. */
const TRACES: readonly Trace[] = [
  { wave: 'ecg', colour: monitorColours.ecg, low: -0.6, high: 1.4 },
  { wave: 'arterial', colour: monitorColours.arterial, low: 30, high: 170 },
  { wave: 'pleth', colour: monitorColours.pleth, low: -0.1, high: 1.15 },
  { wave: 'co2', colour: monitorColours.co2, low: -4, high: 60 },
  { wave: 'impedance', colour: monitorColours.resp, low: -0.1, high: 1.1 },
  { wave: 'airway', colour: monitorColours.airway, low: -2, high: 42 },
]

/** Whether a ventilator breathes for the patient of a snapshot. */
export const isVentilated = ({ observed }: SnapshotBuffer): boolean =>
  observed[OBSERVABLE_INDEX['vitals.airwayPeakCmH2O']] > 0

/** Seconds shown from left to right. */
const SWEEP_S = 4.5
/** Width of the gap that wipes the old trace, and up to which age a trace keeps its full light, as shares of the sweep. */
const GAP = 0.05
const BRIGHT = 0.7
/** Air above and below a trace, as a share of its row. */
const AIR = 0.1

/**
 * Draws the traces as a real monitor does: a fixed sweep with a gap that wipes the old trace ahead of the new. What is
 * about to be wiped is dim, so that the rest of an old sweep never looks like a fault; a dot leads the new one.
 *
 * @param width width and height in device pixels of the area, whose top left corner is (0, 0)
 */
export function drawTraces(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  snapshot: SnapshotBuffer,
  width: number,
  height: number,
): void {
  const samples = SWEEP_S * 100
  const tick = snapshot.header[HEADER.tick]
  const known = Math.min(WAVE_LENGTH, tick)
  const rows = TRACES.length - (isVentilated(snapshot) ? 0 : 1)
  const row = height / rows
  context.lineJoin = 'round'
  context.lineWidth = Math.max(1.6, height / 160)
  for (let k = 0; k < rows; k++) {
    const trace = TRACES[k]
    context.strokeStyle = context.fillStyle = trace.colour
    const top = row * (k + AIR)
    const span = row * (1 - 2 * AIR)
    stroke(context, snapshot, trace, width, top, span, samples * BRIGHT, Math.min(known, samples * (1 - GAP)), 0.38)
    stroke(context, snapshot, trace, width, top, span, 0, Math.min(known, samples * BRIGHT), 1)
    if (known === 0) continue
    context.beginPath()
    context.arc(
      ((tick % samples) / samples) * width,
      top + span * (1 - shareOf(snapshot, trace, 0)),
      context.lineWidth * 1.5,
      0,
      7,
    )
    context.fill()
  }
}

/** The part of a trace between two ages, in samples. */
function stroke(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  snapshot: SnapshotBuffer,
  trace: Trace,
  width: number,
  top: number,
  span: number,
  from: number,
  to: number,
  light: number,
): void {
  const samples = SWEEP_S * 100
  const tick = snapshot.header[HEADER.tick]
  context.globalAlpha = light
  context.beginPath()
  let before = Number.POSITIVE_INFINITY
  for (let age = Math.floor(from); age < to; age += 2) {
    const column = (((tick - age) % samples) + samples) % samples
    const x = (column / samples) * width
    const y = top + span * (1 - shareOf(snapshot, trace, age))
    // Going back in time, a column to the right is the other side of the sweep.
    if (column > before || before === Number.POSITIVE_INFINITY) context.moveTo(x, y)
    else context.lineTo(x, y)
    before = column
  }
  context.stroke()
  context.globalAlpha = 1
}

/** Where the ring of each wave begins. */
const ringOf = Object.fromEntries(WAVES.map((wave, k) => [wave, k * WAVE_LENGTH])) as Record<Trace['wave'], number>

/** Height of a trace so many samples ago, 0 at the bottom of its row, 1 at the top. */
function shareOf(snapshot: SnapshotBuffer, trace: Trace, age: number): number {
  const head = snapshot.header[HEADER.waveHead]
  const value = snapshot.waves[ringOf[trace.wave] + ((head - 1 - age + 2 * WAVE_LENGTH) % WAVE_LENGTH)]
  return Math.max(0, Math.min(1, (value - trace.low) / (trace.high - trace.low)))
}
