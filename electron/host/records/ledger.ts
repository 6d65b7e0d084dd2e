import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { signCheckpoint } from '../../../core/records/checkpoint.ts'
import { digestToBytes } from '../../../core/records/digest.ts'
import type { LogProof } from '../../../core/records/envelope.ts'
import { inclusionProof, leafHash, treeRoot } from '../../../core/records/merkle.ts'
import type { Database, Tables } from '../store/schema.ts'

const KEY = 'log.secretKey'
const ORIGIN = 'log.origin'

export type Entry = { kind: Tables['log']['kind']; subject: string; content: string; at: string }

/**
 * Appends to the log within the caller's transaction. The leaf of a record is its hash as text; of a rating or a note,
 * its canonical JSON. Positions run without gaps from 0.
 */
export async function append(db: Database, entry: Entry): Promise<number> {
  const { next } = await db
    .selectFrom('log')
    .select(sql<number>`coalesce(max(position) + 1, 0)`.as('next'))
    .executeTakeFirstOrThrow()
  await db
    .insertInto('log')
    .values({ position: next, leaf: hex(leafHash(Buffer.from(entry.content, 'utf8'))), ...entry })
    .execute()
  return next
}

/** The proof that an entry stands in the log as it is now, under a checkpoint signed by this machine. */
export async function prove(db: Database, position: number): Promise<LogProof> {
  const leaves = await leavesOf(db)
  const { origin, secretKey } = await signer(db)
  return {
    index: position,
    path: inclusionProof(leaves, position).map(hex),
    checkpoint: signCheckpoint({ origin, size: leaves.length, root: treeRoot(leaves) }, { name: origin, secretKey }),
  }
}

/** Whether the entry at a position still holds this content. */
export async function holds(db: Database, position: number, content: string): Promise<boolean> {
  const row = await db.selectFrom('log').select(['leaf', 'content']).where('position', '=', position).executeTakeFirst()
  return row?.content === content && row.leaf === hex(leafHash(Buffer.from(content, 'utf8')))
}

/** The positions whose content no longer fits their leaf, or that are missing: a log that was tampered with or damaged. */
export async function brokenEntries(db: Database): Promise<number[]> {
  const rows = await db.selectFrom('log').select(['position', 'leaf', 'content']).orderBy('position').execute()
  return rows
    .filter((row, i) => row.position !== i || row.leaf !== hex(leafHash(Buffer.from(row.content, 'utf8'))))
    .map((row) => row.position)
}

async function leavesOf(db: Database): Promise<Uint8Array[]> {
  const rows = await db.selectFrom('log').select('leaf').orderBy('position').execute()
  return rows.map((row) => digestToBytes(row.leaf))
}

/** This machine's key, made at the first use. It stops accidents, not the machine's owner. */
async function signer(db: Database): Promise<{ origin: string; secretKey: Uint8Array }> {
  const origin = await once(db, ORIGIN, () => `sina/${randomBytes(6).toString('hex')}`)
  const secret = await once(db, KEY, () => randomBytes(32).toString('hex'))
  return { origin, secretKey: Uint8Array.from(Buffer.from(secret, 'hex')) }
}

async function once(db: Database, key: string, make: () => string): Promise<string> {
  const read = () => db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst()
  const known = await read()
  if (known) return known.value
  await db
    .insertInto('meta')
    .values({ key, value: make() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await read())?.value ?? once(db, key, make)
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
