/** What happens in a field, told as a list: which events, the newest first, read from the tally of snapshots. */
import { EVENTS, type EventName } from '../../../../core/simulation/tissue/events.ts'
import { knotIn } from '../../../../core/simulation/tissue/fieldknots.ts'
import type { KnotKind } from '../../../../core/simulation/tissue/thread/knot/recognise.ts'

/** How an event is told: as what was wanted, what was not, or what just was. Events that are missing are not told. */
export const TONES = {
  grasped: 'plain',
  slipped: 'bad',
  torn: 'bad',
  burned: 'plain',
  charred: 'bad',
  sealed: 'good',
  clipped: 'good',
  'clip-lost': 'bad',
  spread: 'plain',
  pierced: 'plain',
  emerged: 'plain',
  'torn-out': 'bad',
  knot: 'good',
  'knot-slipped': 'bad',
  tied: 'good',
  entered: 'plain',
  aspirated: 'plain',
  'stone-taken': 'good',
  'stone-lost': 'bad',
  full: 'bad',
} as const satisfies Partial<Record<EventName, 'good' | 'plain' | 'bad'>>
export type Told = keyof typeof TONES

export type Happening = {
  readonly event: Told
  /** As the event's, but knots that slip are no success. */
  readonly tone: 'good' | 'plain' | 'bad'
  /** Figure of the last of them: see `note` in the core's events. */
  readonly figure: number
  readonly times: number
}

const MOST = 4
const TOLD = Object.keys(TONES) as Told[]

/** Follows the tally of a field. */
export class Happenings {
  private before = new Float64Array(EVENTS.length)
  private list: readonly Happening[] = []

  /** The last few happenings, the newest first; the same list as before where nothing new happened. */
  read(tally: Float64Array): readonly Happening[] {
    const { before } = this
    this.before = tally.slice(0, EVENTS.length)
    // Fewer than before: the scene began anew, or went back.
    if (EVENTS.some((_, code) => tally[code] < before[code])) this.list = []
    for (const event of TOLD) {
      const code = EVENTS.indexOf(event)
      if (tally[code] > before[code]) this.tell(event, tally[code] - before[code], tally[EVENTS.length + code])
    }
    return this.list
  }

  private tell(event: Told, times: number, figure: number): void {
    const known = this.list.find((one) => one.event === event && (one.figure === figure || !DISTINCT.has(event)))
    const rest = this.list.filter((one) => one !== known)
    const tone = event === 'knot' && SLIPPING.has(knotIn(figure).kind) ? 'bad' : TONES[event]
    this.list = [{ event, tone, figure, times: times + (known?.times ?? 0) }, ...rest].slice(0, MOST)
  }
}

/** Of these another figure is another happening. */
const DISTINCT: ReadonlySet<Told> = new Set(['knot', 'knot-slipped', 'entered', 'aspirated', 'clipped', 'sealed'])
/** Knots that no surgeon leaves. */
const SLIPPING: ReadonlySet<KnotKind> = new Set(['overhand', 'double-throw', 'granny', 'half-hitches', 'other'])
