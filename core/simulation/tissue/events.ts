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
  'pierced',
  'emerged',
  'torn-out',
  'knot',
  'knot-slipped',
  'tied',
  'entered',
  'aspirated',
  'injected',
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
  /** Where it was, m, and with what force, N: only of events that `noteAt` noted, else 0. */
  readonly place: Float64Array
  readonly force: Float64Array
  count: number
}

const MOST = 64

export const createEvents = (): TissueEvents => ({
  code: new Uint8Array(MOST),
  tool: new Int8Array(MOST),
  figure: new Float64Array(MOST),
  place: new Float64Array(MOST * 3),
  force: new Float64Array(MOST),
  count: 0,
})

/**
 * Notes an event. Figures: particles grasped or left in the jaws after one slipped, faces cut, tetrahedron torn, m³
 * removed, pieces there are now, mm³ burned, mm³ charred, mmHg that a seal withstands, clips left (twice), faces spread
 * apart; number of the bite that a needle has begun, ended, or that tore out; a knot as `knotFigure` packs it, drawn tight
 * or given way; mm of a ligating loop that has
 * closed; row of the material that a hollow needle has come into, −1 for none; what it draws (`ASPIRATED`); mL injected
 * there. More than fit in one tick are counted by the last row only.
 */
export function note(events: TissueEvents, name: EventName, tool: number, figure: number): void {
  const at = Math.min(events.count, MOST - 1)
  events.code[at] = CODE[name]
  events.tool[at] = tool
  events.figure[at] = figure
  events.place.fill(0, at * 3, at * 3 + 3)
  events.force[at] = 0
  events.count = at + 1
}

/** The same at a place: x y z at `from` in `place`, m, with a force in N. */
export function noteAt(
  events: TissueEvents,
  name: EventName,
  tool: number,
  figure: number,
  place: ArrayLike<number>,
  from: number,
  force: number,
): void {
  note(events, name, tool, figure)
  const at = events.count - 1
  for (let axis = 0; axis < 3; axis++) events.place[at * 3 + axis] = place[from + axis]
  events.force[at] = force
}
