import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { AtlasBody } from '../../../core/contract/atlas.ts'
import { AppError } from '../../../core/contract/errors.ts'

export type AtlasStep = { body: string; done: number; total: number; structure: string | null }
export type AtlasDefects = Record<string, AtlasBody['defects']>

/** Builds all bodies; `step` hears of each structure. Answers with what could not be made, by body. */
export type AtlasBuild = (root: string, step: (at: AtlasStep) => void, stop: AbortSignal) => Promise<AtlasDefects>

const stepSchema = z.object({
  body: z.string(),
  done: z.number().int(),
  total: z.number().int(),
  structure: z.string().nullable(),
})

const reportSchema = z.object({
  defects: z.array(
    z.looseObject({
      body: z.string().optional(),
      structure: z.string(),
      code: z.string(),
      reason: z.string(),
      remedy: z.string(),
    }),
  ),
})

/**
 * Runs `sina atlas build` as a process of its own: its threads and memory go when it is done, and the host stays quick.
 * Progress comes as JSON lines on stderr, the report on stdout.
 */
export async function runAtlasBuild(
  root: string,
  step: (at: AtlasStep) => void,
  signal: AbortSignal,
): Promise<AtlasDefects> {
  // Inside Electron the program is Electron; the starter names the Node that it was itself started with.
  const node = process.env.SINA_NODE ?? process.execPath
  const child = spawn(node, [join(root, 'electron', 'cli.ts'), 'atlas', 'build', '--json', '--progress'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = () => child.kill()
  process.once('exit', stop)
  signal.addEventListener('abort', stop, { once: true })
  let output = ''
  let failure = ''
  child.stdout.on('data', (part) => {
    output += String(part)
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    const parsed = line.startsWith('{') ? stepSchema.safeParse(JSON.parse(line)) : undefined
    if (parsed?.success) step(parsed.data)
    else failure = line
  })
  const code = await new Promise<number>((resolve) => {
    child.once('close', (exit) => resolve(exit ?? 1))
    child.once('error', () => resolve(1))
  })
  process.off('exit', stop)
  signal.removeEventListener('abort', stop)
  const parsed = reportSchema.safeParse(code === 0 ? JSON.parse(output) : undefined)
  if (!parsed.success) throw new AppError('atlas/failed', { params: { code, line: failure.slice(0, 300) } })
  const defects: AtlasDefects = {}
  for (const { body = 'male', structure, code: kind, reason, remedy } of parsed.data.defects) {
    defects[body] ??= []
    defects[body].push({ structure, code: kind, reason: `${reason}; ${remedy}` })
  }
  return defects
}
