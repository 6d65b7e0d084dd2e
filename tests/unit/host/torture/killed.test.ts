import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'vite'
import { expect, it } from 'vitest'
import type { RequestInput, RequestName, RequestOutput } from '../../../../core/contract/requests.ts'
import { writeFiles } from '../hosted.ts'
import { miniFiles } from '../minipack.ts'
import { asJson, type Begun, begin, chunkOf, recordOf } from '../records/play.ts'
import { tempFolder } from '../tempfolder.ts'

const ROUNDS = 50
/** Chunks of each session before its record. */
const CHUNKS = 4
const TOKEN = 'torture-token-torture'

type Victim = {
  child: ChildProcess
  ask: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N>>
}

/** The host as one file: it starts four times as fast, which counts when it is started fifty times. */
async function bundleVictim(): Promise<string> {
  const outDir = join(import.meta.dirname, '../../../../build/tests')
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3', 'pino'] },
    build: {
      ssr: join(import.meta.dirname, 'victim.ts'),
      outDir,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'victim.mjs' } },
    },
  })
  return join(outDir, 'victim.mjs')
}

async function startVictim(program: string, root: string): Promise<Victim> {
  const child = spawn(process.execPath, [program, root, TOKEN], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'compiled') },
  })
  const [port] = await once(createInterface({ input: child.stdout! }), 'line')
  return {
    child,
    async ask(name, input) {
      const response = await fetch(`http://127.0.0.1:${port}/api/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'x-sina-contract': '1' },
        body: JSON.stringify(input),
      })
      const body = await response.json()
      if (!response.ok) throw Object.assign(new Error(body.error.code), body.error)
      return body as never
    },
  }
}

/** What the host has acknowledged, as the page would remember it. */
type Promised = { chunks: Map<string, number>; records: Map<string, string> }

/** Plays short sessions without a pause until the host dies under it; `acknowledged` is told of every answer. */
async function playUntilDeath(
  { ask }: Victim,
  traineeId: string,
  promised: Promised,
  acknowledged: () => void,
): Promise<void> {
  try {
    for (;;) {
      const begun: Begun = await begin(ask, traineeId)
      for (let i = 0; i < CHUNKS; i++) {
        await ask('sessions.chunk', { sessionId: begun.sessionId, ...chunkOf(i) })
        promised.chunks.set(begun.sessionId, i + 1)
        acknowledged()
      }
      const record = recordOf(begun, CHUNKS)
      const { recordId } = await ask('sessions.end', { sessionId: begun.sessionId, record: asJson(record) })
      promised.records.set(recordId, record.hash)
      acknowledged()
    }
  } catch {
    // The host is gone: what it had acknowledged until now is what counts.
  }
}

/** Plays, and kills the host at another point each round: after some answers, and a little into the next write. */
async function playAndKill(victim: Victim, traineeId: string, promised: Promised, round: number): Promise<void> {
  const dead = once(victim.child, 'exit')
  const after = 1 + (round % (2 * CHUNKS + 3))
  let answers = 0
  await playUntilDeath(victim, traineeId, promised, () => {
    answers++
    if (answers === after) setTimeout(() => victim.child.kill('SIGKILL'), (round * 7) % 5)
  })
  await dead
}

async function requirePromises({ ask }: Victim, traineeId: string, promised: Promised): Promise<{ resumed: number }> {
  const { records } = await ask('records.list', { limit: 500 })
  const kept = new Map(records.map((record) => [record.recordId, record]))
  const finished = new Set(records.map((record) => record.sessionId))
  for (const [id, hash] of promised.records) expect(kept.get(id)?.recordHash).toBe(hash)
  expect(records.map((record) => record.logIndex).sort((a, b) => a - b)).toEqual(records.map((_, i) => i))
  const { sessions } = await ask('sessions.resumable', { traineeId })
  const open = new Map(sessions.map((session) => [session.sessionId, session.chunks]))
  for (const [sessionId, chunks] of promised.chunks) {
    if (finished.has(sessionId)) continue
    expect(open.get(sessionId)).toBeGreaterThanOrEqual(chunks)
  }
  let resumed = 0
  for (const session of sessions) {
    const { chunks } = await ask('sessions.resume', { sessionId: session.sessionId })
    expect(chunks).toEqual(Array.from({ length: session.chunks }, (_, i) => chunkOf(i)))
    await ask('sessions.abandon', { sessionId: session.sessionId, reason: 'interrupted' })
    promised.chunks.delete(session.sessionId)
    resumed++
  }
  return { resumed }
}

it(`a host killed ${ROUNDS} times while it saves loses nothing that it acknowledged`, {
  timeout: 240_000,
}, async () => {
  const root = tempFolder()
  writeFiles(join(root, 'scenarios', 'mini'), miniFiles())
  const program = await bundleVictim()
  const promised: Promised = { chunks: new Map(), records: new Map() }
  let traineeId = ''
  let resumed = 0
  for (let round = 0; round <= ROUNDS; round++) {
    const victim = await startVictim(program, root)
    if (round === 0) {
      traineeId = (await victim.ask('trainees.create', { name: 'Olim', language: 'uz' })).trainee.id
      await victim.ask('trainees.signIn', { id: traineeId })
    }
    resumed += (await requirePromises(victim, traineeId, promised)).resumed
    await playAndKill(victim, traineeId, promised, round)
  }
  expect(promised.records.size).toBeGreaterThan(20)
  expect(resumed).toBeGreaterThan(10)
})
