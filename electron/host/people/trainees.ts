import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { AppError } from '../../../core/contract/errors.ts'
import type { Trainee, traineeCreateSchema, traineeUpdateSchema } from '../../../core/contract/trainees.ts'
import type { Database, Tables } from '../store/schema.ts'
import { hashSecret } from './secrets.ts'

const PREFERENCES_MAX = 16_384

/** The people of this machine. Removal hides a person and keeps their records; `restore` brings them back. */
export function createTrainees(db: Database, now: () => Date) {
  async function row(id: string): Promise<Selectable<Tables['trainees']>> {
    const found = await db.selectFrom('trainees').selectAll().where('id', '=', id).executeTakeFirst()
    if (!found) throw new AppError('trainee/unknown', { params: { id } })
    return found
  }

  async function present(id: string) {
    const found = await row(id)
    if (found.removed_at !== null) throw new AppError('trainee/removed', { params: { id } })
    return found
  }

  return {
    present,
    async get(id: string): Promise<Trainee> {
      return toTrainee(await row(id))
    },
    async list(show: 'present' | 'all'): Promise<Trainee[]> {
      let query = db.selectFrom('trainees').selectAll()
      if (show === 'present') query = query.where('removed_at', 'is', null)
      return (await query.orderBy('created_at').orderBy('id').execute()).map(toTrainee)
    },
    async create(input: z.output<typeof traineeCreateSchema>): Promise<Trainee> {
      const id = randomUUID()
      await db
        .insertInto('trainees')
        .values({
          id,
          kind: input.kind,
          name: input.name,
          team: input.group,
          language: input.language,
          hand: input.hand,
          pin_hash: input.pin === undefined ? null : await hashSecret(input.pin),
          preferences: '{}',
          created_at: now().toISOString(),
          removed_at: null,
        })
        .execute()
      return toTrainee(await row(id))
    },
    async update(input: z.output<typeof traineeUpdateSchema>): Promise<Trainee> {
      await present(input.id)
      const changes: Partial<Tables['trainees']> = {}
      if (input.name !== undefined) {
        changes.name = input.name
        changes.kind = 'named'
      }
      if (input.group !== undefined) changes.team = input.group
      if (input.language !== undefined) changes.language = input.language
      if (input.hand !== undefined) changes.hand = input.hand
      if (input.pin !== undefined) changes.pin_hash = input.pin === null ? null : await hashSecret(input.pin)
      if (input.preferences !== undefined) changes.preferences = preferencesText(input.preferences)
      if (Object.keys(changes).length > 0) {
        await db.updateTable('trainees').set(changes).where('id', '=', input.id).execute()
      }
      return toTrainee(await row(input.id))
    },
    async setRemoved(id: string, state: 'removed' | 'present'): Promise<Trainee> {
      await row(id)
      const removed = state === 'removed' ? now().toISOString() : null
      await db.updateTable('trainees').set({ removed_at: removed }).where('id', '=', id).execute()
      return toTrainee(await row(id))
    },
  }
}

export type Trainees = ReturnType<typeof createTrainees>

function preferencesText(preferences: Record<string, unknown>): string {
  const text = JSON.stringify(preferences)
  if (text.length > PREFERENCES_MAX) throw new AppError('contract/too-large', { params: { limit: PREFERENCES_MAX } })
  return text
}

function toTrainee(row: Selectable<Tables['trainees']>): Trainee {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    group: row.team,
    language: row.language,
    hand: row.hand,
    pin: row.pin_hash === null ? 'none' : 'set',
    preferences: JSON.parse(row.preferences) as Record<string, unknown>,
    createdAt: row.created_at,
    removedAt: row.removed_at,
  }
}
