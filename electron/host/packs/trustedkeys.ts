import { z } from 'zod'
import type { Database } from '../store/schema.ts'

const KEY = 'packs.trustedKeys'
const keysSchema = z.array(z.string().regex(/^[0-9a-f]{64}$/))

/**
 * Public keys of signers whom the instructor has trusted. A signature alone says only that a pack is as its signer left
 * it: anybody can sign. Trust begins with the instructor's first yes and covers later versions by the same key.
 */
export async function trustedKeys(db: Database): Promise<string[]> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst()
  return row ? keysSchema.parse(JSON.parse(row.value)) : []
}

export async function trustKey(db: Database, publicKey: string): Promise<void> {
  const value = JSON.stringify([...new Set([...(await trustedKeys(db)), publicKey])])
  await db
    .insertInto('meta')
    .values({ key: KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
