/** What happened in a tick, without allocation: rows that are written anew in each. */

export const EVENTS = [
  'grasped',
  'slipped',
  'cut',
  'torn',
  'removed',
  'freed',
  'full',
  'burned',
  'charred',
  'sealed',
  'clipped',
  'clip-lost',
  'spread',
  'stone-taken',
  'stone-lost',
] as const
export type EventName = (typeof EVENTS)[number]

const CODE = Object.fromEntries(EVENTS.map((name, code) => [name, code])) as Record<EventName, number>

/** Events of the present tick: name by code, tool (−1 for none), and a figure: see `note`. */
export type TissueEvents = {
  readonly code: Uint8Array
  readonly tool: Int8Array
  readonly figure: Float64Array
  count: number
}

const MOST = 64

export const createEvents = (): TissueEvents => ({
  code: new Uint8Array(MOST),
  tool: new Int8Array(MOST),
  figure: new Float64Array(MOST),
  count: 0,
})

/**
 * Notes an event. Figures: particles grasped or left in the jaws after one slipped, faces cut, tetrahedron torn, m³
 * removed, pieces there are now, mm³ burned, mm³ charred, mmHg that a seal withstands, clips left (twice), faces spread
 * apart. More than fit in one tick are counted by the last row only.
 */
export function note(events: TissueEvents, name: EventName, tool: number, figure: number): void {
  const at = Math.min(events.count, MOST - 1)
  events.code[at] = CODE[name]
  events.tool[at] = tool
  events.figure[at] = figure
  events.count = at + 1
}
