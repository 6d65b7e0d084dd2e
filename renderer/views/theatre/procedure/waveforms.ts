import { HEADER, type SnapshotBuffer, WAVE_LENGTH, WAVES } from '../../../../core/simulation/snapshot.ts'

/** A trace of the monitor: which ring it reads, colour, and the range drawn from bottom to top. */
export type Trace = {
  wave: (typeof WAVES)[number]
  colour: string
  low: number
  high: number
  top: number
  height: number
}

/** Colours of the default setting: ECG green, arterial red, SpO₂ cyan, CO₂ yellow (not standardised: a setting). */
export const monitorColours = { ecg: '#5fe07f', arterial: '#ff6b5e', pleth: '#4fd8e8', co2: '#f2d24b', resp: '#e9eef0' }

export const traces: readonly Trace[] = [
  { wave: 'ecg', colour: monitorColours.ecg, low: -0.6, high: 1.4, top: 0, height: 0.26 },
  { wave: 'arterial', colour: monitorColours.arterial, low: 20, high: 190, top: 0.26, height: 0.26 },
  { wave: 'pleth', colour: monitorColours.pleth, low: -0.1, high: 1.15, top: 0.52, height: 0.22 },
  { wave: 'co2', colour: monitorColours.co2, low: -2, high: 60, top: 0.76, height: 0.22 },
]

/** Seconds shown from left to right. */
const SWEEP_S = 6
const GAP = 0.03

/**
 * Draws the traces as a real monitor does: a fixed sweep with a gap that wipes the old trace ahead of the new.
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
  const head = snapshot.header[HEADER.waveHead]
  context.lineJoin = 'round'
  for (const trace of traces) {
    const ring = WAVES.indexOf(trace.wave) * WAVE_LENGTH
    context.strokeStyle = trace.colour
    context.lineWidth = Math.max(1.4, height / 190)
    context.beginPath()
    let pen = 'up'
    for (let column = 0; column < samples; column += 2) {
      // The tick whose sample stands at this column of the sweep.
      const age = (((tick - column) % samples) + samples) % samples
      if (age > samples * (1 - GAP) || age >= Math.min(WAVE_LENGTH, tick)) {
        pen = 'up'
        continue
      }
      const value = snapshot.waves[ring + ((head - 1 - age + 2 * WAVE_LENGTH) % WAVE_LENGTH)]
      const share = Math.max(0, Math.min(1, (value - trace.low) / (trace.high - trace.low)))
      const x = (column / samples) * width
      const y = (trace.top + trace.height * (1 - share)) * height
      if (pen === 'up') context.moveTo(x, y)
      else context.lineTo(x, y)
      pen = 'down'
    }
    context.stroke()
  }
}
