/** Runs the end-to-end suite and says how many tests passed, failed and were skipped. */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export interface SuiteCount {
  passed: number
  failed: number
  skipped: number
}

/** Plays the suite in the browser that `chromium` names. A suite that could not start counts as one failure. */
export function runE2e(options: { chromium?: string; only?: string[] } = {}): SuiteCount {
  const report = join(root, 'test-results/e2e.json')
  rmSync(report, { force: true })
  const cli = join(root, 'node_modules/playwright/cli.js')
  const result = spawnSync(
    process.execPath,
    [cli, 'test', '-c', join(root, 'tests/e2e/playwright.config.ts'), ...(options.only ?? [])],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...(options.chromium ? { SINA_CHROMIUM: options.chromium } : {}) },
    },
  )
  try {
    const { stats } = JSON.parse(readFileSync(report, 'utf8')) as {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    }
    const failed = stats.unexpected + stats.flaky
    return {
      passed: stats.expected,
      failed: failed === 0 && result.status !== 0 ? 1 : failed,
      skipped: stats.skipped,
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

if (import.meta.main) {
  const count = runE2e({ only: process.argv.slice(2) })
  process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`)
  process.exitCode = count.failed === 0 ? 0 : 1
}
