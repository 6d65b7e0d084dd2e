import type { Problem } from '../contract/errors.ts'
import { packLimits } from './manifest.ts'
import { pointerOf, problemAt } from './problems.ts'

type Nested = { readonly value: unknown; readonly path: readonly (string | number)[]; readonly depth: number }

/** Counts what the schema would only count after reading it all: steps, conditions and how deep they nest. */
export function limitProblems(source: unknown, file: string): Problem[] {
  return [...stepProblems(source, file), ...conditionProblems(source, file)].slice(0, 1)
}

function stepProblems(source: unknown, file: string): Problem[] {
  const phases = member(source, 'phases')
  if (!Array.isArray(phases)) return []
  let steps = 0
  for (let i = 0; i < phases.length; i++) {
    const list = member(phases[i], 'steps')
    steps += Array.isArray(list) ? list.length : 0
    if (steps > packLimits.steps)
      return [problemAt('pack/too-many', file, `/phases/${i}/steps`, `More than ${packLimits.steps} steps.`)]
  }
  return []
}

/** A condition is any object with an `is`. */
function conditionProblems(source: unknown, file: string): Problem[] {
  const queue: Nested[] = [{ value: source, path: [], depth: 0 }]
  let conditions = 0
  while (queue.length > 0) {
    const { value, path, depth } = queue.pop()!
    if (value === null || typeof value !== 'object') continue
    const isCondition = !Array.isArray(value) && typeof member(value, 'is') === 'string'
    const inner = isCondition ? depth + 1 : depth
    if (isCondition) conditions++
    if (inner > packLimits.conditionDepth)
      return [
        problemAt(
          'pack/too-deep',
          file,
          pointerOf(path),
          `Conditions nest more than ${packLimits.conditionDepth} deep.`,
        ),
      ]
    if (conditions > packLimits.conditionNodes)
      return [problemAt('pack/too-many', file, pointerOf(path), `More than ${packLimits.conditionNodes} conditions.`)]
    for (const [key, part] of Object.entries(value)) queue.push({ value: part, path: [...path, key], depth: inner })
  }
  return []
}

function member(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}
