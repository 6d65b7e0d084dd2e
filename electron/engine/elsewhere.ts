import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { findBrowser } from '../shell/findbrowser.ts'

/** The same work for every JavaScript engine of this machine. */
export type Task = {
  /** A self-contained ES module; the script knows it as `engine`. */
  readonly code: string
  /** JSON; the script knows it as `job`. */
  readonly job: unknown
  /** Body of an async function in plain JavaScript that sets `answer`, which must be JSON. */
  readonly script: string
}

/** What an engine answered, or the name of one that is not on this machine. */
export type Elsewhere<A> = { readonly engine: string; readonly answer: A } | string

/** Another Node, when one is on the path, and Chromium, ready for tasks until they are closed. */
export type OtherEngines = {
  /** Both work at the same time. */
  readonly run: <A>(task: Task) => Promise<Elsewhere<A>[]>
  readonly close: () => Promise<void>
}

export async function openElsewhere(): Promise<OtherEngines> {
  const node = otherNode()
  const browser = await openChromium()
  return {
    run: <A>(task: Task) =>
      Promise.all([node ? inNode<A>(node, task) : 'another Node', browser ? inPage<A>(browser, task) : 'Chromium']),
    close: async () => browser?.close(),
  }
}

/** Runs one task in another Node and in Chromium. */
export async function runElsewhere<A>(task: Task): Promise<Elsewhere<A>[]> {
  const engines = await openElsewhere()
  try {
    return await engines.run<A>(task)
  } finally {
    await engines.close()
  }
}

function otherNode(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .find((candidate) => existsSync(candidate) && versionOf(candidate) !== process.version)
}

function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
}

async function inNode<A>(path: string, { code, job, script }: Task): Promise<Elsewhere<A>> {
  const folder = mkdtempSync(join(tmpdir(), 'sina-engine-'))
  try {
    writeFileSync(join(folder, 'engine.mjs'), code)
    writeFileSync(join(folder, 'job.json'), JSON.stringify(job))
    const run = `import { readFileSync } from 'node:fs'
import * as engine from './engine.mjs'
const job = JSON.parse(readFileSync(new URL('./job.json', import.meta.url), 'utf8'))
${script}
process.stdout.write(JSON.stringify(answer))`
    writeFileSync(join(folder, 'run.mjs'), run)
    const { stdout } = await promisify(execFile)(path, [join(folder, 'run.mjs')], { encoding: 'utf8' })
    return { engine: `Node ${versionOf(path).slice(1)}`, answer: JSON.parse(stdout) as A }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Chromium = Awaited<ReturnType<typeof import('playwright')['chromium']['launch']>>

async function openChromium(): Promise<Chromium | undefined> {
  const { chromium: browsers } = await import('playwright')
  const installed = findBrowser({ platform: process.platform, env: process.env, exists: existsSync })
  const executablePath = installed ?? browsers.executablePath()
  if (!existsSync(executablePath)) return undefined
  return browsers.launch({ executablePath, args: ['--no-sandbox'] })
}

async function inPage<A>(browser: Chromium, { code, job, script }: Task): Promise<Elsewhere<A>> {
  const page = await browser.newPage()
  try {
    // As text: a function would first go through whatever transforms the tests' modules.
    const answer = await page.evaluate<A>(`(async () => {
      const engine = await import(URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: 'text/javascript' })))
      const job = ${JSON.stringify(job)}
      ${script}
      return answer
    })()`)
    return { engine: `Chromium ${browser.version()}`, answer }
  } finally {
    await page.close()
  }
}
