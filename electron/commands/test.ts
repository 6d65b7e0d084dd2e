import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../core/contract/errors.ts'
import { sourceRoot } from '../host/index.ts'
import { installedElectron } from '../shell/electronbinary.ts'
import { ensureChromium } from '../shell/ensurechromium.ts'
import { type CommandInput, type CommandOutcome, choiceOption } from './command.ts'

type Count = { passed: number; failed: number; skipped: number }
type Part = 'types' | 'lint' | 'unit' | 'e2e'

const PARTS: Record<Part, () => Promise<Count>> = {
  types: async () => tool('tsc', ['--noEmit']),
  lint: async () => tool('biome', ['check', '.']),
  unit,
  e2e,
}

/** Everything that says whether the project is well: types, style, units and properties, and the app in a browser. */
export async function test(input: CommandInput): Promise<CommandOutcome> {
  if (!existsSync(join(sourceRoot, 'tests'))) throw new AppError('host/not-found', { where: 'tests' })
  const only = choiceOption(input, 'only', ['types', 'lint', 'unit', 'e2e'])
  const parts: Part[] = only === undefined ? ['types', 'lint', 'unit', 'e2e'] : [only]
  const counts: Partial<Record<Part, Count>> = {}
  for (const part of parts) {
    process.stderr.write(`\n— ${part} —\n`)
    counts[part] = await PARTS[part]()
  }
  if (installedElectron(sourceRoot) === undefined)
    process.stderr.write('\nelectron: not run, its binary is not on this machine\n')
  const total = sum(Object.values(counts))
  for (const part of parts) process.stderr.write(`${part}: ${line(counts[part]!)}\n`)
  return { exit: total.failed === 0 ? 0 : 1, text: line(total), json: { ...total, parts: counts } }
}

function line({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function sum(counts: readonly Count[]): Count {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const count of counts) {
    total.passed += count.passed
    total.failed += count.failed
    total.skipped += count.skipped
  }
  return total
}

/** A check that says yes or no: it counts as one test. */
function tool(name: string, words: readonly string[]): Count {
  const program = join(sourceRoot, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
  const { status } = spawnSync(program, words, {
    cwd: sourceRoot,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

async function unit(): Promise<Count> {
  const report = join(sourceRoot, 'test-results', 'unit.json')
  mkdirSync(join(sourceRoot, 'test-results'), { recursive: true })
  rmSync(report, { force: true })
  const cli = join(sourceRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const words = [cli, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = spawnSync(process.execPath, words, { cwd: sourceRoot, stdio: ['ignore', 2, 2] })
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const found = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    numTodoTests: number
  }
  // A file that cannot be loaded fails without failing any test of its own.
  const failed = found.numFailedTests === 0 && status !== 0 ? 1 : found.numFailedTests
  return { passed: found.numPassedTests, failed, skipped: found.numPendingTests + found.numTodoTests }
}

async function e2e(): Promise<Count> {
  const chromium = await ensureChromium(sourceRoot, (text) => process.stderr.write(`${text}\n`))
  if (chromium === undefined) {
    process.stderr.write(
      'No Chromium was found, and none could be installed. Install Chromium or Chrome, or name one with SINA_BROWSER.\n',
    )
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const run = spawn(process.execPath, [join(sourceRoot, 'tests', 'e2e', 'run.ts')], {
    cwd: sourceRoot,
    stdio: ['ignore', 'pipe', 2],
    env: { ...process.env, SINA_CHROMIUM: chromium },
  })
  // Each play takes minutes: what is done is shown as it is done.
  let output = ''
  run.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    process.stderr.write(chunk)
  })
  const [status] = (await once(run, 'close')) as [number | null]
  const counted = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(output)
  if (!counted) return { passed: 0, failed: 1, skipped: 0 }
  const [passed, failed, skipped] = counted.slice(1).map(Number)
  return { passed, failed: failed === 0 && status !== 0 ? 1 : failed, skipped }
}
