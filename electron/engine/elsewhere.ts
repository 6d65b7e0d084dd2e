import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
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

/** Runs a task in another Node, when one is on the path, and in Chromium. */
export async function runElsewhere<A>(task: Task): Promise<Elsewhere<A>[]> {
  return [otherNode<A>(task), await chromium<A>(task)]
}

function otherNode<A>({ code, job, script }: Task): Elsewhere<A> {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .find((candidate) => existsSync(candidate) && versionOf(candidate) !== process.version)
  if (path === undefined) return 'another Node'
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
    const answer: A = JSON.parse(execFileSync(path, [join(folder, 'run.mjs')], { encoding: 'utf8' }))
    return { engine: `Node ${versionOf(path).slice(1)}`, answer }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
}

async function chromium<A>({ code, job, script }: Task): Promise<Elsewhere<A>> {
  const { chromium: browsers } = await import('playwright')
  const installed = findBrowser({ platform: process.platform, env: process.env, exists: existsSync })
  const executablePath = installed ?? browsers.executablePath()
  if (!existsSync(executablePath)) return 'Chromium'
  const browser = await browsers.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    // As text: a function would first go through whatever transforms the tests' modules.
    const answer = await page.evaluate<A>(`(async () => {
      const engine = await import(URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: 'text/javascript' })))
      const job = ${JSON.stringify(job)}
      ${script}
      return answer
    })()`)
    return { engine: `Chromium ${browser.version()}`, answer }
  } finally {
    await browser.close()
  }
}
