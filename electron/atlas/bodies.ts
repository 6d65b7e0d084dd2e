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
      window: z.enum(['chest']).optional(),
    }),
  ),
})

const STANDARD: z.input<typeof schema> = {
  bodies: {
    male: { sex: 'male' },
    female: { sex: 'female', adiposity: 2.5 },
    'male-chest': { sex: 'male', window: 'chest' },
    'female-chest': { sex: 'female', adiposity: 2.5, window: 'chest' },
  },
}

/** The bodies that are built: `bodies.yaml` in the assets, else a slim man and an obese woman, whole and as the chest alone. */
export function loadBodies(folder: string): ReadonlyMap<string, Body> {
  let content: unknown = STANDARD
  try {
    content = parse(readFileSync(join(folder, 'bodies.yaml'), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const { bodies } = schema.parse(content)
  return new Map(
    Object.entries(bodies).map(
      ([name, { sex, window, ...params }]) =>
        [name, { sex, params, ...(window ? { window } : {}) }] satisfies [string, Body],
    ),
  )
}
