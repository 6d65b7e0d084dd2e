import { describe, expect, test } from 'vitest'
import { Runner } from '../../../core/scenario/runner.ts'
import { errorsMade } from '../../../core/scenario/runnerview.ts'
import type { Action, SimEvent, Structure } from '../../../core/simulation/contract.ts'
import type { Observable } from '../../../core/simulation/observables.ts'
import { act, chestDrain, observed } from './fixture.ts'

type See = Partial<Record<Observable, number>>
type Moment = { events?: SimEvent[]; actions?: Action[]; see?: See; seconds?: number }

const source = chestDrain()

/** The errors that a story makes: each moment lasts a tick, or as long as it says. */
function errorsOf(start: string, story: readonly Moment[]): string[] {
  const runner = new Runner({ case: source, start, mode: 'assessment', side: 'left', history: {} })
  let tick = 0
  for (const { events = [], actions = [], see = {}, seconds = 0.01 } of story)
    for (let i = 0; i < Math.round(seconds * 100); i++)
      runner.step(tick++, observed(see), i === 0 ? events : [], i === 0 ? actions : [])
  return errorsMade(runner.ledger).map(({ id }) => id)
}

const inside = { triangleMarginMm: 10, line: 0.4 }
const cut = (more: object = {}): SimEvent =>
  ({ type: 'cut', layer: 'skin', space: 5, lengthMm: 30, depthMm: 6, ribDegrees: 4, ...inside, ...more }) as SimEvent
const entered = (tool: 'forceps' | 'scalpel' | 'trocar-drain' | 'syringe', more: object = {}): SimEvent =>
  ({
    type: 'entered',
    tool,
    structure: 'pleura',
    space: 5,
    aboveLowerRibMm: 6,
    belowUpperRibMm: 6,
    first: 1,
    ...inside,
    ...more,
  }) as SimEvent
const hit = (structure: Structure): SimEvent => ({ type: 'hit', structure, tool: 'forceps', byMm: 1 })
const drain = (what: Extract<SimEvent, { type: 'drain' }>['what']): SimEvent => ({
  type: 'drain',
  what,
  depthMm: 120,
  holesInside: 5,
})
const numbed: SimEvent = { type: 'infiltrated', layer: 'subcutis', ml: 3, mg: 30, intravascular: 0 }
const air: SimEvent = { type: 'aspirated', tool: 'syringe', what: 'air' }
const relieved: SimEvent = { type: 'decompressed', by: 'cannula-long' }

const items = (...lists: string[]) =>
  source.checklists
    .filter(({ id }) => lists.includes(id))
    .flatMap((list) => list.items.map(({ id }) => act('check', id)))

const ready: Record<string, Moment[]> = {
  stable: [
    { actions: [act('declare', 'simple-pneumothorax'), act('side', 'left'), ...items('time-out', 'sterile')] },
    { events: [numbed] },
    { events: [air] },
    { events: [cut()] },
  ],
  tension: [
    {
      actions: [
        act('order', 'oxygen'),
        act('call', 'help'),
        act('declare', 'tension-pneumothorax'),
        act('side', 'left'),
      ],
    },
    { events: [relieved], see: { 'oxygen.on': 1 } },
    { actions: items('short-time-out', 'sterile'), see: { 'oxygen.on': 1 } },
    { events: [cut()], see: { 'oxygen.on': 1 } },
  ],
}
const draining = { 'sweep.degrees': 360, 'oxygen.on': 1 }
const sealed = { ...draining, 'drain.connected': 1, 'drain.holesInside': 5, 'seal.belowChest': 1 }
const wellDone: Moment[] = [
  { events: [entered('forceps')], see: { 'oxygen.on': 1 } },
  { events: [drain('inserted')], see: draining },
  { events: [drain('all-holes-inside')], see: { ...draining, 'drain.holesInside': 5 }, seconds: 20 },
  { events: [drain('sealed')], see: sealed, seconds: 30 },
  { events: [{ type: 'fixed' }], see: sealed },
  { events: [{ type: 'dressed' }], see: sealed, seconds: 60 },
]

describe.each(['stable', 'tension'])('at the start %s', (start) => {
  test('a clean run makes no error', () => expect(errorsOf(start, [...ready[start], ...wellDone])).toEqual([]))

  test.each<[string, Moment[]]>([
    ['below-the-rib', [{ events: [hit('bundle')] }]],
    ['collateral-hit', [{ events: [hit('collateral')] }]],
    ['too-deep-lung', [{ events: [hit('lung')] }]],
    ['too-deep-heart', [{ events: [hit('heart')] }]],
    ['too-low', [{ events: [hit('spleen')] }]],
    ['nerve-cut', [{ events: [hit('long-thoracic')] }]],
    ['side-vessel-cut', [{ events: [hit('lateral-thoracic')] }]],
    ['outside-safe-triangle', [{ events: [cut({ triangleMarginMm: -4 })] }]],
    ['cut-across-ribs', [{ events: [cut({ ribDegrees: 60 })] }]],
    ['wrong-side', [{ actions: [act('side', 'right')], events: [] }]],
    ['no-sweep', [{ events: [drain('inserted')], see: { 'sweep.degrees': 300, 'oxygen.on': 1 } }]],
    ['hole-outside', [{ events: [{ type: 'fixed' }], see: sealed }]],
    ['drain-kinked', [{ see: { ...sealed, 'drain.kinked': 1 }, seconds: 11 }]],
    ['drain-clamped', [{ see: { ...sealed, 'drain.clamped': 1 }, seconds: 21 }]],
    ['no-seal', [{ see: { ...draining, 'drain.holesInside': 3 }, seconds: 61 }]],
    ['seal-too-high', [{ see: { ...sealed, 'seal.belowChest': 0 }, seconds: 21 }]],
    ['trocar', [{ events: [entered('trocar-drain')] }]],
    ['overdose-local', [{ see: { ...draining, 'lidocaine.mgPerKg': 3.1 } }]],
    ['injected-into-vessel', [{ events: [{ ...numbed, intravascular: 1 } as SimEvent] }]],
    ['plunge', [{ events: [{ type: 'plunged', tool: 'forceps', mm: 16 }] }]],
    ['scalpel-into-chest', [{ events: [entered('scalpel')] }]],
    ['routine-suction', [{ events: [drain('suction')] }]],
    ['cardiac-arrest', [{ events: [{ type: 'arrest' }] }]],
    ['wrong-diagnosis', [{ actions: [act('declare', 'asthma')] }]],
  ])('%s is seen', (error, story) => expect(errorsOf(start, [...ready[start], ...story])).toContain(error))

  test('the limits: exactly at the dose, the sweep and the margin there is no error', () => {
    const atLimit: Moment[] = [
      { events: [cut({ triangleMarginMm: -2.9, ribDegrees: 34 })], see: { 'lidocaine.mgPerKg': 3, 'oxygen.on': 1 } },
      { events: [drain('inserted')], see: { 'sweep.degrees': 330, 'oxygen.on': 1 } },
    ]
    expect(errorsOf(start, [...ready[start], ...atLimit])).toEqual([])
  })
})

describe('only under tension', () => {
  test.each<[string, Moment[]]>([
    ['image-first', [{ actions: [act('order', 'chest-film')] }]],
    ['no-oxygen', [{ events: [relieved] }]],
    ['no-oxygen', [{ seconds: 121 }]],
    ['no-help', [{ events: [relieved] }]],
    [
      'short-cannula',
      [
        {
          events: [{ type: 'contact', hand: 0, tool: 'cannula-short', structure: 'muscle', forceN: 1, uMm: 0, vMm: 0 }],
        },
        { seconds: 16 },
      ],
    ],
  ])('%s is seen', (error, story) => expect(errorsOf('tension', story)).toContain(error))

  test('a film after the air is out is right', () =>
    expect(
      errorsOf('tension', [...ready.tension, { actions: [act('order', 'chest-film')], see: { 'oxygen.on': 1 } }]),
    ).toEqual([]))
  test('a stable patient has a film first', () =>
    expect(errorsOf('stable', [{ actions: [act('order', 'chest-film')] }])).toEqual([]))
})

describe('only in the stable patient', () => {
  test.each<[string, Moment[]]>([
    ['no-timeout', [{ events: [numbed] }]],
    ['not-sterile', [{ events: [numbed] }]],
    ['no-local', [{ events: [cut()] }]],
    ['drain-without-air', [{ events: [entered('forceps')] }]],
  ])('%s is seen', (error, story) => expect(errorsOf('stable', story)).toContain(error))

  test('in an emergency they do not hold it up', () => expect(errorsOf('tension', ready.tension)).toEqual([]))
})

test('every error of the case is one of those tried here', () => {
  const tried = `wrong-side below-the-rib collateral-hit too-deep-lung too-deep-heart too-low outside-safe-triangle no-sweep
    hole-outside drain-kinked drain-clamped no-seal seal-too-high trocar overdose-local injected-into-vessel image-first
    no-oxygen no-help short-cannula cardiac-arrest no-timeout not-sterile no-local drain-without-air plunge
    scalpel-into-chest cut-across-ribs nerve-cut side-vessel-cut routine-suction wrong-diagnosis`
  expect(source.errors.map(({ id }) => id).sort()).toEqual(tried.split(/\s+/).sort())
})
