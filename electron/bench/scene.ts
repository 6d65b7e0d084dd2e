import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { AppError } from '../../core/contract/errors.ts'
import { openHosting } from '../commands/hosting.ts'
import { appPaths, sourceRoot } from '../host/index.ts'
import { buildMissing } from '../shell/buildmissing.ts'
import { ensureChromium } from '../shell/ensurechromium.ts'
import { atMost, type BenchGroup, type BenchRow, figure } from './row.ts'

type Counters = {
  draws: number
  triangles: number
  jsMsPerFrame: number
  pickMs: number
  stateMs: number
  loadMs: number
  heapBytes: number | null
  contextLost: boolean
  picking: string
}

/** Chromium as in the end-to-end tests: software WebGL, so frames are judged by counts and script time, not by rate. */
const ARGUMENTS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']

const PICKS = 40

/** The whole body on screen in a browser. Budgets: DESIGN §7. */
export const benchScene: BenchGroup = async () => {
  const say = (line: string) => process.stderr.write(`${line}\n`)
  await buildMissing(sourceRoot, say)
  const executablePath = await ensureChromium(sourceRoot, say)
  if (executablePath === undefined) throw new AppError('host/not-found', { where: 'chromium' })
  const { chromium } = await import('playwright')
  const folder = mkdtempSync(join(tmpdir(), 'sina-bench-'))
  const hosting = await openHosting({ words: [], options: { data: folder } }, 'serve')
  await hosting.host.workshop.buildAtlas()
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const api = await page.context().request.get(hosting.server.url)
    if (!api.ok()) throw new AppError('contract/unavailable', { where: hosting.server.origin })
    await acceptSafety(hosting)
    const started = performance.now()
    await page.goto(`${hosting.server.origin}/#/atlas`)
    await page.waitForFunction(
      () => {
        const probe = (globalThis as unknown as { __sina?: { counters?(): { triangles: number } } }).__sina
        return (probe?.counters?.().triangles ?? 0) > 0
      },
      undefined,
      { timeout: 180_000 },
    )
    const firstBody = (performance.now() - started) / 1000
    await page.waitForFunction(
      () => {
        const probe = (globalThis as unknown as { __sina?: { counters?(): { picking: string } } }).__sina
        return probe?.counters?.().picking === 'ready'
      },
      undefined,
      { timeout: 180_000 },
    )
    // A pointer that wanders over the whole body: enough picks for a 95th percentile.
    for (let i = 0; i < PICKS; i++) await page.mouse.move(540 + ((i * 37) % 520), 170 + ((i * 53) % 460))
    // The first state is that of a body just opened; what counts is a change made by hand.
    for (const key of ['h', 'Control+z', 'h']) await page.keyboard.press(key)
    const counters = await page.evaluate(() =>
      (globalThis as unknown as { __sina: { counters(): Counters } }).__sina.counters(),
    )
    return [figure('scene: start to first body (software GL)', firstBody, 's'), ...counterRows(counters), initialJs()]
  } finally {
    await browser.close()
    await hosting.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function acceptSafety({ host }: Awaited<ReturnType<typeof openHosting>>): Promise<void> {
  const connection = await host.connections.get('bench')
  const info = (await host.handle('app.info', {}, connection)) as { safety: { version: number } }
  await host.handle('app.acceptSafety', { version: info.safety.version }, connection)
}

function counterRows(counters: Counters): BenchRow[] {
  return [
    atMost('scene: draw calls, whole body', counters.draws, '', 20),
    figure('scene: triangles', counters.triangles, ''),
    figure('scene: script per frame', counters.jsMsPerFrame, 'ms'),
    atMost('scene: pick', counters.pickMs, 'ms', 0.5),
    atMost('scene: hide, fade or select one structure', counters.stateMs, 'ms', 1),
    figure('scene: load of all files', counters.loadMs, 'ms'),
    ...(counters.heapBytes === null ? [] : [atMost('scene: heap', counters.heapBytes / 1e6, 'MB', 350)]),
    atMost('scene: lost contexts', counters.contextLost ? 1 : 0, '', 0),
  ]
}

/** Scripts that the page's own file asks for, compressed as a server would. */
function initialJs(): BenchRow {
  const { page } = appPaths(sourceRoot)
  const html = readFileSync(join(page, 'index.html'), 'utf8')
  const wanted = readdirSync(join(page, 'assets')).filter((name) => name.endsWith('.js') && html.includes(name))
  const bytes = wanted.reduce((sum, name) => sum + gzipSync(readFileSync(join(page, 'assets', name))).length, 0)
  return atMost('page: initial scripts, gzip', bytes / 1000, 'kB', 600)
}
