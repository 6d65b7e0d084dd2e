import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { RequestInput, RequestName, RequestOutput } from '../../../core/contract/requests.ts'
import { type Host, openHost } from '../../../electron/host/index.ts'
import type { Workshop } from '../../../electron/host/workshop/workshop.ts'
import { stillClock } from './clock.ts'
import { miniFiles } from './minipack.ts'
import { quickWorkshop } from './quickworkshop.ts'
import { tempFolder } from './tempfolder.ts'

export type HostedOptions = { workshop?: Partial<Workshop>; data?: string; builtIn?: Record<string, Uint8Array> }

/** A host over temporary folders with the mini pack built in, a clock of its own, and a typed way to ask it. */
export function hosted(options: HostedOptions = {}) {
  const folder = tempFolder()
  const root = join(folder, 'app')
  const clock = stillClock()
  const data = options.data ?? join(folder, 'data')
  writeFiles(join(root, 'scenarios', 'mini'), options.builtIn ?? miniFiles())
  writeFiles(join(root, 'page'), { 'index.html': new TextEncoder().encode('<!doctype html>') })
  const paths = {
    root,
    page: join(root, 'page'),
    atlas: join(root, 'atlas'),
    scenarios: join(root, 'scenarios'),
    assets: join(root, 'assets'),
    profiles: join(root, 'profiles'),
    cache: join(root, 'cache'),
  }
  const host = openHost({
    paths,
    data,
    shell: 'serve',
    version: '0.1.0',
    workshop: () => quickWorkshop(options.workshop),
    now: clock.now,
  })
  let open = true
  const close = async () => {
    if (open) await host.close()
    open = false
  }
  onTestFinished(close)
  return { host, clock, data, paths, close, as: (key: string) => asker(host, key) }
}

export function writeFiles(folder: string, files: Record<string, Uint8Array>): void {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
}

export type Ask = <Name extends RequestName>(name: Name, input: RequestInput<Name>) => Promise<RequestOutput<Name>>

/** Asks as one connection. */
export function asker(host: Host, key: string): Ask {
  return async (name, input) => (await host.handle(name, input, await host.connections.get(key))) as never
}

/** Makes a trainee and signs them in on the connection. */
export async function signedIn(ask: Ask, name = 'Olim'): Promise<string> {
  const { trainee } = await ask('trainees.create', { name, language: 'uz' })
  await ask('trainees.signIn', { id: trainee.id })
  return trainee.id
}
