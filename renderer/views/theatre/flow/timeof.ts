/** Ticks as minutes and seconds. */
export function timeOf(tick: number): string {
  const seconds = Math.floor(tick / 100)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
