import type { PackProblemCode } from './problems.ts'
import type { Case } from './schema.ts'
import { walk } from './walk.ts'

export type Path = readonly (string | number)[]

/** What a rule finds: where, and why it is refused. */
export type Finding = { readonly code: PackProblemCode; readonly path: Path; readonly reason: string }

type Listed = { readonly id: string; readonly path: Path }

const listed = (rows: readonly { id: string }[], ...path: Path): Listed[] =>
  rows.map(({ id }, i) => ({ id, path: [...path, i, 'id'] }))

/** The lists of a case in which ids must be unique. */
export function idLists(source: Case): Listed[][] {
  const plain = [
    'drugs',
    'starts',
    'profiles',
    'diagnoses',
    'tools',
    'questions',
    'checklists',
    'phases',
    'errors',
  ] as const
  const more = ['note', 'outcomes', 'drills', 'metrics'] as const
  return [
    ...[...plain, ...more].map((name) => listed(source[name], name)),
    source.phases.flatMap(({ steps }, p) => listed(steps, 'phases', p, 'steps')),
    source.checklists.flatMap(({ items }, c) => listed(items, 'checklists', c, 'items')),
    source.orders.map(({ verb, id }, i) => ({ id: `${verb} ${id}`, path: ['orders', i, 'id'] })),
    ...source.questions.map(({ options }, q) => listed(options, 'questions', q, 'options')),
    listed(source.pad.tasks, 'pad', 'tasks'),
  ]
}

/** Ids that stand twice in a list. */
export function repeated(list: readonly Listed[]): Finding[] {
  const seen = new Set<string>()
  return list.flatMap(({ id, path }) => {
    if (seen.has(id)) return [{ code: 'pack/duplicate-id', path, reason: `"${id}" stands twice.` } as const]
    seen.add(id)
    return []
  })
}

type Reference = { readonly id: string; readonly path: Path; readonly known: readonly string[] }

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

/** Ids named outside conditions, with the list that must know them. */
function references(source: Case): Reference[] {
  const steps = source.phases.flatMap((phase) => idsOf(phase.steps))
  const drills = idsOf(source.drills)
  const starts = idsOf(source.starts)
  const one = (id: string, known: readonly string[], ...path: Path): Reference[] => [{ id, path, known }]
  const many = (ids: readonly string[] | undefined, known: readonly string[], ...path: Path): Reference[] =>
    (ids ?? []).map((id, i) => ({ id, path: [...path, i], known }))
  return [
    ...source.starts.flatMap(({ diagnosis }, i) => one(diagnosis, idsOf(source.diagnoses), 'starts', i, 'diagnosis')),
    ...source.expert.flatMap(({ start }, i) => one(start, starts, 'expert', i, 'start')),
    ...source.metrics.flatMap(({ drill }, i) => one(drill, drills, 'metrics', i, 'drill')),
    ...source.errors.flatMap(({ drill }, i) => one(drill, drills, 'errors', i, 'drill')),
    ...source.errors.flatMap((error, i) => many(error.steps, steps, 'errors', i, 'steps')),
    ...source.pad.tasks.flatMap(({ tool }, i) => one(tool, idsOf(source.tools), 'pad', 'tasks', i, 'tool')),
    ...source.phases.flatMap((phase, p) =>
      phase.steps.flatMap((step, s) => many(step.requires, steps, 'phases', p, 'steps', s, 'requires')),
    ),
    ...walk(source).flatMap((found) => {
      const path = Array.isArray(found.value) ? found.path : []
      return path.length > 1 && path[path.length - 1] === 'starts' ? many(found.value as string[], starts, ...path) : []
    }),
  ]
}

/** Ids named elsewhere that the case does not define. */
export function unknownReferences(source: Case): Finding[] {
  return references(source).flatMap(unknown)
}

function unknown({ id, path, known }: Reference): Finding[] {
  return known.includes(id) ? [] : [{ code: 'pack/unknown-reference', path, reason: `Nothing is called "${id}".` }]
}

/** Ids that conditions name and the case does not define. Which list each kind points into, and by which key, is a table. */
export function conditionReferences(source: Case): Finding[] {
  const lists: Readonly<Record<string, { key: string; known: readonly string[] }>> = {
    declared: { key: 'diagnosis', known: idsOf(source.diagnoses) },
    checked: { key: 'items', known: source.checklists.flatMap(({ items }) => idsOf(items)) },
    answered: { key: 'question', known: idsOf(source.questions) },
    noted: { key: 'field', known: idsOf(source.note) },
    done: { key: 'step', known: source.phases.flatMap(({ steps }) => idsOf(steps)) },
    error: { key: 'id', known: idsOf(source.errors) },
    start: { key: 'id', known: idsOf(source.starts) },
  }
  return walk(source).flatMap((found) => {
    const { value } = found
    const condition = (value ?? {}) as Record<string, unknown>
    const list =
      typeof condition.is === 'string' && Object.hasOwn(lists, condition.is) ? lists[condition.is] : undefined
    if (list === undefined) return []
    const named = [condition[list.key] ?? []].flat() as string[]
    return named.flatMap((id) => unknown({ id, path: [...found.path, list.key], known: list.known }))
  })
}
