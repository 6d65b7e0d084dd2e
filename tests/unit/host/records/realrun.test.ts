import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { digestBytes } from '../../../../core/records/digest.ts'
import type { SessionSetup } from '../../../../core/session/setup.ts'
import { verify } from '../../../../electron/commands/verify.ts'
import { appPaths, openHost, sourceRoot } from '../../../../electron/host/index.ts'
import { createWorkshop } from '../../../../electron/host/workshop/real.ts'
import { operatorOf } from '../../../../electron/operators/operators.ts'
import { runOperator } from '../../../../electron/operators/run.ts'
import { kernel } from '../../kernel.ts'
import { asker, signedIn } from '../hosted.ts'
import { tempFolder } from '../tempfolder.ts'
import { asJson } from './play.ts'

it('a real case goes from chart to a saved record that replays to the same', { timeout: 240_000 }, async () => {
  const folder = tempFolder()
  const paths = { ...appPaths(sourceRoot), cache: join(folder, 'cache') }
  const host = openHost({
    paths,
    data: join(folder, 'data'),
    shell: 'serve',
    version: '0.1.0',
    workshop: (bus, report) => createWorkshop(paths, bus, report),
  })
  onTestFinished(() => host.close())
  const ask = asker(host, 'page')
  const traineeId = await signedIn(ask)
  const { packs } = await ask('packs.list', {})
  const { id: packId } = packs.find((pack) => pack.cases.some((one) => one.id === 'chest-drain'))!
  const run = {
    packId,
    caseId: 'chest-drain',
    start: 'tension',
    mode: 'assessment',
    deviceClass: 'mouse',
    tier: 'desktop',
  } as const
  const { sessionId, setup } = await ask('sessions.begin', { traineeId, seed: 3, ...run })

  const entry = operatorOf('chest-drain', 'expert')
  const played = runOperator(
    setup as unknown as SessionSetup,
    entry.operator,
    {
      ...entry,
      seed: 3,
      delayMs: 0,
      marginMm: 0,
    },
    kernel,
  )
  for (const [index, bytes] of played.chunks.entries()) {
    const bytesBase64 = Buffer.from(bytes).toString('base64')
    await ask('sessions.chunk', { sessionId, index, bytesBase64, hash: digestBytes(bytes) })
  }
  const { recordId } = await ask('sessions.end', { sessionId, record: asJson(played.record) })
  expect((await ask('records.list', {})).records[0]).toMatchObject({ recordId, state: 'finished', passed: true })
  expect(await ask('records.verify', { recordId })).toEqual({ same: true, logged: 'proved' })

  const file = join(folder, 'exported.sinarecord')
  writeFileSync(file, (await ask('records.export', { recordId })).text)
  expect(await verify(sourceRoot, file)).toEqual({ same: true })
  const changed = readFileSync(file)
  changed[Math.floor(changed.length / 2)] ^= 1
  writeFileSync(file, changed)
  expect((await verify(sourceRoot, file)).same).toBe(false)

  const history = (await ask('sessions.begin', { traineeId, seed: 4, ...run })).setup.history
  expect(Object.values(history).every((step) => step.unaidedInRow === 1)).toBe(true)
  expect(Object.keys(history).length).toBeGreaterThan(10)
})
