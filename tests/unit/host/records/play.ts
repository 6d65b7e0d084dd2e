import { createHash } from 'node:crypto'
import type { RequestOutput } from '../../../../core/contract/requests.ts'
import { type SessionRecord, sealRecord } from '../../../../core/records/envelope.ts'
import type { SessionSetup } from '../../../../core/session/setup.ts'
import { headerOf } from '../../../../core/session/setup.ts'
import type { Ask } from '../hosted.ts'

export type Begun = RequestOutput<'sessions.begin'>

export const miniRun = {
  packId: 'mini-pack',
  caseId: 'mini',
  start: 'stable',
  mode: 'practice',
  deviceClass: 'mouse',
  tier: 'desktop',
} as const

export function begin(ask: Ask, traineeId: string, seed = 7): Promise<Begun> {
  return ask('sessions.begin', { traineeId, seed, ...miniRun })
}

/** A chunk as the page sends it; its content does not matter to the host. */
export function chunkOf(index: number, content = `second ${index}`) {
  const bytes = Buffer.from(content)
  return { index, bytesBase64: bytes.toString('base64'), hash: createHash('sha256').update(bytes).digest('hex') }
}

export async function saveChunks(ask: Ask, sessionId: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await ask('sessions.chunk', { sessionId, ...chunkOf(i) })
}

/** A record that fits its session. */
export function recordOf(begun: Begun, chunks: number, change: Partial<SessionRecord> = {}): SessionRecord {
  const { hash: _, ...body } = {
    header: headerOf(begun.setup as unknown as SessionSetup),
    ticks: chunks * 100,
    chunks: Array.from({ length: chunks }, (_, i) => chunkOf(i).hash),
    states: Array.from({ length: chunks }, () => 'a'.repeat(64)),
    events: [
      { tick: 100, type: 'step', id: 'wait', aided: 0 },
      { tick: 200, type: 'step', id: 'wait-more', aided: 0 },
    ],
    result: {
      ending: { kind: 'finished' as const },
      passed: true,
      score: 91.5,
      errors: [],
      metrics: [{ id: 'steps', value: 100 }],
    },
    overruns: 0,
    hash: '',
    ...change,
  }
  return sealRecord(body)
}

export const asJson = (record: SessionRecord) => JSON.parse(JSON.stringify(record)) as Record<string, unknown>
