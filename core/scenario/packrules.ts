import type { Problem } from '../contract/errors.ts'
import { eventFields } from './condition.ts'
import type { CaseFile } from './packmedia.ts'
import { conditionReferences, type Finding, idLists, repeated, unknownReferences } from './packreferences.ts'
import { pointerOf, problemAt } from './problems.ts'
import type { Case } from './schema.ts'
import { walk } from './walk.ts'

/** Rules that reach across fields, which a schema cannot say. Named, so that errors and docs can cite them. */
export const rules: Readonly<Record<string, (source: Case) => Finding[]>> = {
  /** Ids are unique within their list; step, error and checklist item ids within the case. */
  'unique-ids': (source) => idLists(source).flatMap(repeated),
  /** Every id that a case names is one that it defines. */
  'known-references': unknownReferences,
  /** Each condition names what the case defines. */
  'known-in-conditions': conditionReferences,
  /** Steps that wait for each other can never be done. */
  'no-circular-steps': circularSteps,
  /** A question has exactly one right answer, so that "right" means something. */
  'one-right-answer': (source) =>
    source.questions.flatMap(({ options }, i) =>
      options.filter(({ right }) => right === true).length === 1
        ? []
        : [rule(['questions', i, 'options'], 'Exactly one option must be right.')],
    ),
  /** Hints that name the diagnosis come last, so that the ones before can be shown. */
  'telling-hints-last': (source) =>
    source.phases.flatMap(({ steps }, p) =>
      steps.flatMap(({ hints }, s) =>
        hints.some((hint, h) => h > 0 && hint.reveals === undefined && hints[h - 1].reveals !== undefined)
          ? [rule(['phases', p, 'steps', s, 'hints'], 'A hint that reveals stands before one that does not.')]
          : [],
      ),
    ),
  /** Bars run from worst over value to best in the direction they name; a bar without people is provisional. */
  'bars-in-order': (source) =>
    source.metrics.flatMap(({ bars }, m) =>
      bars.flatMap(({ value, best, worst, direction, n, provisional }, b) => {
        const sign = direction === 'at-least' ? 1 : -1
        const isOrdered = sign * (best - value) >= 0 && sign * (value - worst) > 0
        return [
          ...(isOrdered ? [] : [rule(['metrics', m, 'bars', b], 'Worst, value and best are not in order.')]),
          ...(n > 0 || provisional
            ? []
            : [rule(['metrics', m, 'bars', b, 'provisional'], 'Nobody was measured: n is 0.')]),
        ]
      }),
    ),
  /** A metric over events matches an event, and reads a figure that the event has. */
  'event-metrics': eventMetrics,
  /** Every start can be scored and has at least one step. */
  'starts-complete': (source) =>
    source.starts.flatMap(({ id }, i) => {
      const here = (row: { starts?: string[] | undefined }) => row.starts === undefined || row.starts.includes(id)
      const weight = source.metrics.filter(here).reduce((sum, metric) => sum + metric.weight, 0)
      const steps = source.phases.filter(here).flatMap((phase) => phase.steps.filter(here)).length
      return weight > 0 && steps > 0 ? [] : [rule(['starts', i], 'The start has no step or no scored metric.')]
    }),
  /** Ranges hold at least one value. */
  'ranges-not-empty': (source) =>
    walk(source).flatMap((found) => {
      const { atLeast, atMost } = (found.value ?? {}) as { atLeast?: unknown; atMost?: unknown }
      return typeof atLeast === 'number' && typeof atMost === 'number' && atLeast > atMost
        ? [rule(found.path, 'atLeast is greater than atMost.')]
        : []
    }),
  /** Shares of the patients' profiles add up to one. */
  'profile-shares': ({ profiles }) =>
    Math.abs(profiles.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-6
      ? []
      : [rule(['profiles'], 'The shares do not add up to 1.')],
}

/** All that the rules find in the cases of a pack. */
export function caseRules(cases: readonly CaseFile[]): Problem[] {
  const problems = cases.flatMap(({ file, source }) =>
    Object.entries(rules).flatMap(([name, find]) =>
      find(source).map(({ code, path, reason }) => problemAt(code, file, pointerOf(path), `${reason} (${name})`)),
    ),
  )
  const ids = cases.map(({ source }) => source.id)
  cases.forEach(({ file, source }, i) => {
    if (ids.indexOf(source.id) < i)
      problems.push(problemAt('pack/duplicate-id', file, '/id', `Another case has the id "${source.id}".`))
  })
  return problems
}

const rule = (path: Finding['path'], reason: string): Finding => ({ code: 'pack/rule', path, reason })

function circularSteps(source: Case): Finding[] {
  const steps = source.phases.flatMap((phase, p) =>
    phase.steps.map((step, s) => ({
      id: step.id,
      path: ['phases', p, 'steps', s, 'requires'],
      waits: new Set([...(step.requires ?? []), ...(phase.order === 'strict' && s > 0 ? [phase.steps[s - 1].id] : [])]),
    })),
  )
  const free = new Set<string>()
  for (let before = -1; before !== free.size; ) {
    before = free.size
    for (const { id, waits } of steps) if ([...waits].every((wait) => free.has(wait))) free.add(id)
  }
  return steps
    .filter(({ id, waits }) => !free.has(id) && [...waits].every((wait) => steps.some((step) => step.id === wait)))
    .map(({ id, path }) => rule(path, `"${id}" waits for itself.`))
}

function eventMetrics(source: Case): Finding[] {
  return source.metrics.flatMap(({ measure }, i) => {
    if (measure.of !== 'events') return []
    const { is } = measure.match
    if (!Object.hasOwn(eventFields, is))
      return [rule(['metrics', i, 'measure', 'match'], 'Only events can be counted.')]
    if (measure.what === 'count') return []
    const fields: Readonly<Record<string, unknown>> = eventFields[is as keyof typeof eventFields]
    return measure.field !== undefined && Object.hasOwn(fields, measure.field) && fields[measure.field] === 'number'
      ? []
      : [rule(['metrics', i, 'measure', 'field'], `The event has no figure "${measure.field ?? ''}".`)]
  })
}
