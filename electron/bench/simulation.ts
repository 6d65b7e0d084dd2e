import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RequestInput, RequestName, RequestOutput } from '../../core/contract/requests.ts'
import { fromBase64 } from '../../core/records/base64.ts'
import { digestBytes } from '../../core/records/digest.ts'
import { decodeChunk } from '../../core/records/inputlog.ts'
import { replayChunk } from '../../core/session/replay.ts'
import { createSession } from '../../core/session/session.ts'
import type { KernelFor } from '../../core/simulation/kernel/kernel.ts'
import { appVersion } from '../commands/hosting.ts'
import { simulateWith } from '../commands/simulate.ts'
import { kernelFor } from '../engine/kernel.ts'
import { findBuiltInCase, operatorSetup } from '../engine/setups.ts'
import { appPaths, openHost, sourceRoot } from '../host/index.ts'
import { createWorkshop } from '../host/workshop/real.ts'
import { atLeast, atMost, type BenchGroup, type BenchRow, figure, percentile } from './row.ts'

const CASE = 'chest-drain'
const SEED = 1

/** The expert's run of the chest drain: cost of a tick, replay against real time, saving of a second of input. */
export const benchSimulation: BenchGroup = async () => {
  const setup = operatorSetup(sourceRoot, findBuiltInCase(sourceRoot, CASE), { seed: SEED })
  const kernel = await kernelFor(sourceRoot)
  const { file } = simulateWith(setup, { operator: 'expert', seed: SEED }, kernel)
  const chunks = file.input.map((text) => fromBase64(text) ?? new Uint8Array())
  return [...tickRows(setup, chunks, kernel), ...(await saveRows(chunks))]
}

function tickRows(
  setup: Parameters<typeof createSession>[0],
  chunks: readonly Uint8Array[],
  kernel: KernelFor,
): BenchRow[] {
  const session = createSession(setup, kernel)
  const ticks: number[] = []
  const begun = performance.now()
  for (const bytes of chunks) {
    const chunk = decodeChunk(bytes)
    let last = performance.now()
    replayChunk(session, chunk, () => {
      const now = performance.now()
      ticks.push(now - last)
      last = performance.now()
    })
  }
  const seconds = (performance.now() - begun) / 1000
  const mean = ticks.reduce((sum, ms) => sum + ms, 0) / ticks.length
  return [
    atMost('simulation: tick, mean', mean, 'ms', 1.8),
    atMost('simulation: tick, p95', percentile(ticks, 0.95), 'ms', 4),
    atMost('simulation: tick, max', Math.max(...ticks), 'ms', 8),
    atLeast('simulation: replay against real time', ticks.length / 100 / seconds, '×', 5),
    figure('simulation: input of a second', chunks.reduce((sum, one) => sum + one.length, 0) / chunks.length, 'bytes'),
  ]
}

async function saveRows(chunks: readonly Uint8Array[]): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sina-bench-'))
  const paths = { ...appPaths(sourceRoot), cache: join(folder, 'cache') }
  const started = performance.now()
  const host = openHost({
    paths,
    data: join(folder, 'data'),
    shell: 'serve',
    version: appVersion(),
    workshop: (bus, report) => createWorkshop(paths, bus, report),
  })
  const opened = performance.now() - started
  try {
    const ask = async <Name extends RequestName>(name: Name, input: RequestInput<Name>) =>
      (await host.handle(name, input, await host.connections.get('bench'))) as RequestOutput<Name>
    const { trainee } = await ask('trainees.create', { name: 'Bench', language: 'en' })
    await ask('trainees.signIn', { id: trainee.id })
    const run = { start: 'tension', mode: 'practice', deviceClass: 'mouse', tier: 'desktop', seed: SEED } as const
    const { packs } = await ask('packs.list', {})
    const packId = packs.find((pack) => pack.cases.some(({ id }) => id === CASE))?.id ?? ''
    const began = performance.now()
    const { sessionId } = await ask('sessions.begin', { traineeId: trainee.id, packId, caseId: CASE, ...run })
    const beginSeconds = (performance.now() - began) / 1000
    const saves: number[] = []
    for (const [index, bytes] of chunks.entries()) {
      const at = performance.now()
      const bytesBase64 = Buffer.from(bytes).toString('base64')
      await ask('sessions.chunk', { sessionId, index, bytesBase64, hash: digestBytes(bytes) })
      saves.push(performance.now() - at)
    }
    return [
      figure('host: open', opened, 'ms'),
      atMost('host: new patient', beginSeconds, 's', 5),
      figure('host: save a second of input, median', percentile(saves, 0.5), 'ms'),
      atMost('host: save a second of input, p95', percentile(saves, 0.95), 'ms', 20),
    ]
  } finally {
    await host.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
