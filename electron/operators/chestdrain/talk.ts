import type { Duty } from '../run.ts'
import type { Work } from '../surgeon.ts'

/** What an operator believes to be right: question → option, field of the note → option. */
export type Beliefs = { readonly answers: Readonly<Record<string, string>>; readonly plan: string }

const HEADS_UP_DEGREES = 40

/** What a well-read doctor answers. */
export const WELL_READ: Beliefs = {
  answers: {
    'not-required': 'tracheal-shift',
    'space-rule': 'count',
    'lidocaine-limit': 'low',
    'transport-clamp': 'open',
    suction: 'later',
  },
  plan: 'watch',
}

/** Listens, percusses, and says what it is. */
export function* examine({ surgeon: s }: Duty): Work {
  yield* s.act('examine', 'breath-sounds')
  yield* s.act('examine', 'percussion')
}

/** Oxygen and help, at once. */
export function* raiseAlarm({ surgeon: s }: Duty): Work {
  yield* s.act('order', 'oxygen')
  yield* s.act('call', 'help')
}

/** Says the diagnosis, from what the chart and the examination told. */
export function* declare({ surgeon: s, start }: Duty): Work {
  yield* s.act('declare', start === 'tension' ? 'tension-pneumothorax' : 'simple-pneumothorax')
}

/** Ticks items of a checklist, one by one. */
export function* tick({ surgeon: s }: Duty, items: readonly string[]): Work {
  for (const item of items) yield* s.act('check', item)
}

/** Side, head up, arm out of the way. */
export function* position({ surgeon: s, sickSide }: Duty): Work {
  yield* s.act('side', sickSide)
  yield* s.act('bed', 'head-up', HEADS_UP_DEGREES)
  yield* s.act('arm', 'abducted')
}

/** Orders a film and waits until it is there. */
export function* film({ surgeon: s, screen }: Duty, which: 'chest-film' | 'check-film'): Work {
  yield* s.act('order', which)
  yield* s.until(() => screen.hasResult(which), 25)
}

/** Answers every question that stands on the screen. */
export function* answer({ surgeon: s, screen }: Duty, beliefs: Beliefs): Work {
  for (let id = screen.takeQuestion(); id !== undefined; id = screen.takeQuestion())
    yield* s.act('answer', id, screen.optionOf(id, beliefs.answers[id]))
}

/** What was done, as far as the operator knows it. */
export type Account = { readonly space: number; readonly swept: 'full' | 'none'; readonly tubeMm: number }

const SPACES: Readonly<Record<number, string>> = { 3: 'third', 4: 'fourth', 5: 'fifth', 6: 'sixth' }

/** Writes the operation note and hands the patient over. */
export function* writeNote({ surgeon: s, screen, start, sickSide }: Duty, did: Account, beliefs: Beliefs): Work {
  const choose = (field: string, option: string) => s.act('note', field, screen.noteOption(field, option))
  yield* choose('diagnosis', start === 'tension' ? 'tension' : 'simple')
  yield* choose('side', sickSide)
  yield* choose('space', SPACES[did.space] ?? 'fifth')
  yield* choose('sweep', did.swept)
  if (start === 'stable') yield* s.act('note', 'dose', Math.round(s.eyes.see('lidocaine.mg')))
  yield* s.act('note', 'depth', Math.round(did.tubeMm))
  yield* choose('seal', s.eyes.see('drain.connected') > 0 ? 'swing' : 'dead')
  yield* choose('complications', s.eyes.see('blood.rateMlMin') > 20 ? 'bleeding' : 'none')
  yield* choose('plan', beliefs.plan)
}
