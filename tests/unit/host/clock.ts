/** A clock that stands still until it is moved. */
export function stillClock(start = '2026-01-01T00:00:00.000Z') {
  let time = Date.parse(start)
  return {
    now: () => new Date(time),
    pass(ms: number) {
      time += ms
    },
  }
}
