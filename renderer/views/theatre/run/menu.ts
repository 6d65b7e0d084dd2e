import type { RunnerView } from '../../../../core/scenario/runnerview.ts'
import type { Case } from '../../../../core/scenario/schema.ts'
import type { Observable } from '../../../../core/simulation/observables.ts'

/**
 * Everything that can be said or ordered in a case, as data: the dock on the desktop, the panel in the headset and tests
 * read the same list, so every control is two actions away everywhere.
 */
export type MenuItem = {
  /** Unique within the menu. */
  id: string
  verb: string
  object: string
  value?: number
  /** Text of the pack (`@…`) or key of the theatre namespace. */
  label: string
  params?: Record<string, number>
  state: 'ready' | 'on' | 'waiting' | 'done'
}

export type MenuSection = { id: SectionId; label: string; items: MenuItem[]; news: number }
export type SectionId = 'patient' | 'team' | 'position' | 'checks' | 'drain' | 'questions' | 'note'

export type Reading = (name: Observable) => number

const HEAD_UP = [0, 15, 30, 45, 60]

/** The menu of a case as it stands. `read` gives the observables of the newest snapshot. */
export function menuOf(view: RunnerView, clinical: Case, read: Reading): MenuSection[] {
  return [
    section('patient', [...orders(view, ['examine']), ...diagnoses(view, clinical)]),
    section('team', orders(view, ['order', 'call'])),
    section('position', position(read)),
    section('checks', checks(view)),
    section('drain', drain(read)),
    { ...section('questions', []), news: view.questions.filter(({ answer }) => answer === null).length },
    { ...section('note', []), news: view.note.filter(({ value }) => value === null).length },
  ]
}

function section(id: SectionId, items: MenuItem[]): MenuSection {
  const news = id === 'checks' ? items.filter(({ state }) => state === 'ready').length : 0
  return { id, label: `dock.${id}`, items, news }
}

function orders(view: RunnerView, verbs: readonly string[]): MenuItem[] {
  return view.orders
    .filter(({ order }) => verbs.includes(order.verb))
    .map(({ order, state }) => ({
      id: `${order.verb}-${order.id}`,
      verb: order.verb,
      object: order.id,
      label: order.title,
      state: state === 'here' ? 'done' : state,
    }))
}

function diagnoses(view: RunnerView, clinical: Case): MenuItem[] {
  return clinical.diagnoses.map(({ id, title }) => ({
    id: `declare-${id}`,
    verb: 'declare',
    object: id,
    label: title,
    state: view.declared === id ? 'on' : 'ready',
  }))
}

function checks(view: RunnerView): MenuItem[] {
  return view.checklists.flatMap(({ items }) =>
    items.map(({ id, text, isChecked }) => ({
      id: `check-${id}`,
      verb: 'check',
      object: id,
      label: text,
      state: isChecked ? ('done' as const) : ('ready' as const),
    })),
  )
}

function position(read: Reading): MenuItem[] {
  const item = (verb: string, object: string, label: string, on: boolean): MenuItem => ({
    id: `${verb}-${object}`,
    verb,
    object,
    label,
    state: on ? 'on' : 'ready',
  })
  return [
    item('side', 'left', 'position.sideLeft', false),
    item('side', 'right', 'position.sideRight', false),
    ...HEAD_UP.map((degrees) => ({
      ...item('bed', 'head-up', 'position.headUp', read('bed.headUpDegrees') === degrees),
      id: `bed-${degrees}`,
      value: degrees,
      params: { degrees },
    })),
    item('arm', 'abducted', 'position.armOut', read('arm.abducted') === 1),
    item('arm', 'adducted', 'position.armIn', read('arm.abducted') === 0),
  ]
}

function drain(read: Reading): MenuItem[] {
  const item = (verb: string, object: string, label: string, on = false): MenuItem => ({
    id: `${verb}-${object}`,
    verb,
    object,
    label,
    state: on ? 'on' : 'ready',
  })
  return [
    item('withdraw', 'needle', 'drain.withdrawNeedle'),
    item('withdraw', 'cannula', 'drain.withdrawCannula'),
    item('connect', 'seal', 'drain.connectSeal', read('drain.connected') === 1 && read('drain.suction') === 0),
    item('seal', 'below-chest', 'drain.sealBelow', read('seal.belowChest') === 1),
    item('seal', 'above-chest', 'drain.sealAbove', read('seal.belowChest') === 0),
    item('connect', 'suction', 'drain.connectSuction', read('drain.suction') === 1),
    item('connect', 'open', 'drain.leaveOpen', read('drain.connected') === 0 && read('drain.inserted') === 1),
    item('clamp', 'drain', 'drain.clamp', read('drain.clamped') === 1),
    item('unclamp', 'drain', 'drain.unclamp', read('drain.clamped') === 0 && read('drain.inserted') === 1),
    item('fix', 'drain', 'drain.fix', read('fix.done') === 1),
    item('dress', 'drain', 'drain.dress', read('dressing.done') === 1),
  ]
}
