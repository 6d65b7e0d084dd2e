import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppInfo } from '../../core/contract/app.ts'
import {
  appPaths,
  dataFolder,
  type Host,
  openHost,
  type RunningServer,
  sourceRoot,
  startServer,
} from '../host/index.ts'
import { createWorkshop } from '../host/workshop/real.ts'
import { type CommandInput, numberOption, textOption, UsageError } from './command.ts'

export type Hosting = { host: Host; server: RunningServer; close(): Promise<void> }

/** Opens host and loopback server as `start` and `serve` need them. */
export async function openHosting(input: CommandInput, shell: AppInfo['shell']): Promise<Hosting> {
  const paths = appPaths(sourceRoot)
  const port = numberOption(input, 'port', 0, 65_535) ?? 0
  const token = textOption(input, 'token')
  if (token !== undefined && !/^[A-Za-z0-9_-]{16,128}$/.test(token)) {
    throw new UsageError('--token takes 16 to 128 letters, digits, - or _')
  }
  const host = openHost({
    paths,
    data: dataOption(input),
    shell,
    version: appVersion(),
    workshop: (bus, report) => createWorkshop(paths, bus, report),
  })
  try {
    const server = await startServer({
      handle: host.handle,
      connections: host.connections,
      bus: host.bus,
      folders: host.folders,
      port,
      ...(token === undefined ? {} : { token }),
      report: host.report,
    })
    return {
      host,
      server,
      async close() {
        await server.close()
        await host.close()
      },
    }
  } catch (error) {
    await host.close()
    throw error
  }
}

export function dataOption(input: CommandInput): string {
  return textOption(input, 'data') ?? dataFolder(process.platform, process.env)
}

export function appVersion(): string {
  const manifest = JSON.parse(readFileSync(join(sourceRoot, 'package.json'), 'utf8')) as { version: string }
  return manifest.version
}

/** Resolves when the process is asked to end. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
