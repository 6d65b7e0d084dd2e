import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Body } from '../../core/modelling/compile.ts'

const schema = z.strictObject({
  bodies: z.record(
    z.string().regex(/^[a-z0-9-]+$/),
    z.strictObject({
      sex: z.enum(['female', 'male']),
      adiposity: z.number().default(0),
      stature: z.number().default(0),
    }),
  ),
})

const STANDARD: z.input<typeof schema> = {
  bodies: { male: { sex: 'male' }, female: { sex: 'female', adiposity: 2.5 } },
}

/** The bodies that are built: `bodies.yaml` in the assets, else a slim man and an obese woman. */
export function loadBodies(folder: string): ReadonlyMap<string, Body> {
  let content: unknown = STANDARD
  try {
    content = parse(readFileSync(join(folder, 'bodies.yaml'), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const { bodies } = schema.parse(content)
  return new Map(
    Object.entries(bodies).map(([name, { sex, ...params }]) => [name, { sex, params }] satisfies [string, Body]),
  )
}
