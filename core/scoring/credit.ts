import type { Bar } from '../scenario/measure.ts'
import type { InputClass } from '../scenario/primitives.ts'

/** Credit that reaching the bar earns; the rest is for going on to `best`. */
export const BAR_CREDIT = 0.8

/** The bar that may be compared with this class of input, or null: a hand's path says nothing about a mouse. */
export function barFor(bars: readonly Bar[], inputClass: InputClass): Bar | null {
  return (
    bars.find(({ deviceClass }) => deviceClass === inputClass) ??
    bars.find(({ deviceClass }) => deviceClass === 'any') ??
    null
  )
}

/** Whether a figure reaches its bar. */
export function reaches(bar: Bar, value: number): boolean {
  return bar.direction === 'at-most' ? value <= bar.value : value >= bar.value
}

/** Credit 0–1: nothing at `worst`, {@link BAR_CREDIT} at the bar, all at `best`, straight lines between. */
export function creditOf(bar: Bar, value: number): number {
  const sign = bar.direction === 'at-most' ? -1 : 1
  const past = sign * (value - bar.value)
  if (past >= 0) {
    const room = sign * (bar.best - bar.value)
    return room <= 0 ? 1 : BAR_CREDIT + (1 - BAR_CREDIT) * Math.min(1, past / room)
  }
  const fall = sign * (bar.value - bar.worst)
  return fall <= 0 ? 0 : BAR_CREDIT * Math.max(0, 1 + past / fall)
}
