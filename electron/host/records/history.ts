import type { StepHistory } from '../../../core/contract/sessions.ts'
import type { SessionRecord } from '../../../core/records/envelope.ts'
import { planCase } from '../../../core/scenario/plan.ts'
import type { Case } from '../../../core/scenario/schema.ts'
import type { Database } from '../store/schema.ts'

/** How a step went in one session; `again`: missed, helped, or spoiled by an error. */
export type StepOutcome = 'unaided' | 'again'

/** How many past sessions of a case are looked at; hints fade after two in a row. */
const SESSIONS = 20

/**
 * Unaided successes in a row by step, from the trainee's practice and assessment of a case. A step missed, done with help,
 * or spoiled by an error starts from zero again.
 */
export async function stepHistoryOf(
  db: Database,
  traineeId: string,
  packId: string,
  caseId: string,
): Promise<StepHistory> {
  const rows = await db
    .selectFrom('records')
    .select('steps')
    .where('trainee_id', '=', traineeId)
    .where('pack_id', '=', packId)
    .where('case_id', '=', caseId)
    .where('state', '=', 'finished')
    .orderBy('ended_at', 'desc')
    .limit(SESSIONS)
    .execute()
  return countInRow(rows.map((row) => JSON.parse(row.steps) as Record<string, StepOutcome>))
}

/** Newest session first. A session in which a step did not come up is passed over. */
export function countInRow(sessions: readonly Record<string, StepOutcome>[]): StepHistory {
  const counts = new Map<string, number>()
  const settled = new Set<string>()
  for (const session of sessions) {
    for (const [step, outcome] of Object.entries(session)) {
      if (settled.has(step)) continue
      if (outcome === 'unaided') counts.set(step, (counts.get(step) ?? 0) + 1)
      else settled.add(step)
    }
  }
  return Object.fromEntries([...counts].map(([step, unaidedInRow]) => [step, { unaidedInRow }]))
}

/** How each step of the case's start went: done without help and without an error that concerns it, or not. */
export function stepOutcomes(record: SessionRecord, source: Case): Record<string, StepOutcome> {
  const plan = planCase(source, record.header.start)
  const made = new Set(record.events.filter((event) => event.type === 'error').map((event) => event.id))
  const spoiled = new Set(plan.errors.flatMap((error) => (made.has(error.id) ? error.steps : [])))
  const alone = new Set(
    record.events.filter((event) => event.type === 'step' && event.aided === 0).map((event) => event.id),
  )
  return Object.fromEntries(
    plan.steps.map(({ step }) => [step.id, alone.has(step.id) && !spoiled.has(step.id) ? 'unaided' : 'again']),
  )
}
