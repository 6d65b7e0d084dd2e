/** Starts and stops the real host, as `sina serve` does, on a data folder of the test's own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '../../..')

export interface RunningHost {
  /** the address that signs a browser in */
  url: string
  process: ChildProcess
  stop(): Promise<void>
}

/** Resolves when the host serves; what is missing is built first. Throws with the host's own words when it ends before. */
export async function startHost(dataDir: string): Promise<RunningHost> {
  const child = spawn(
    process.execPath,
    [join(root, 'electron/cli.ts'), 'serve', '--no-build', '--json', '--data', dataDir],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  })
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the host ended before it served:\n${said}`)
  })
  ended.catch(() => undefined)
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string]
  const { url } = JSON.parse(line) as { url?: string }
  if (url === undefined) {
    child.kill('SIGTERM')
    throw new Error(`the host did not serve: ${line}\n${said}`)
  }
  return {
    url,
    process: child,
    async stop() {
      if (child.exitCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}
