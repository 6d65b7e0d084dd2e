import type { Condition } from '../../../../core/scenario/condition.ts'
import type { SkillsPad } from '../../../../core/scenario/schema.ts'
import type { SimEvent } from '../../../../core/simulation/contract.ts'

/**
 * Whether one event fulfils a pad task. The pad knows only what happens at the tip of a tool; conditions about the case
 * (answers, errors, other steps) never hold here.
 */
export function fulfils(condition: Condition, event: SimEvent): boolean {
  if (condition.is === 'any') return (condition as { of: Condition[] }).of.some((part) => fulfils(part, event))
  if (condition.is === 'all') return (condition as { of: Condition[] }).of.every((part) => fulfils(part, event))
  if (condition.is !== event.type) return false
  const fields = event as unknown as Record<string, unknown>
  return Object.entries(condition).every(([name, wanted]) => {
    if (name === 'is' || name === 'times') return true
    const value = fields[name]
    if (typeof wanted === 'string') return value === wanted
    if (Array.isArray(wanted)) return (wanted as readonly unknown[]).includes(value)
    const { atLeast, atMost } = wanted as { atLeast?: number; atMost?: number }
    return typeof value === 'number' && value >= (atLeast ?? value) && value <= (atMost ?? value)
  })
}

/** Tasks of a pad done so far, in any order. */
export function padProgress(pad: SkillsPad, events: Iterable<SimEvent>, before: ReadonlySet<string>): Set<string> {
  const done = new Set(before)
  for (const event of events)
    for (const task of pad.tasks) if (!done.has(task.id) && fulfils(task.done, event)) done.add(task.id)
  return done
}
