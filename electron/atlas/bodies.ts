import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Body } from '../../core/modelling/compile.ts'

/** A body as files write it; parameters in standard deviations from the reference. */
export const bodySchema = z.strictObject({
  sex: z.enum(['female', 'male']),
  adiposity: z.number().default(0),
  stature: z.number().default(0),
  window: z.enum(['chest']).optional(),
  pose: z.string().optional(),
})

const schema = z.strictObject({
  bodies: z.record(z.string().regex(/^[a-z0-9-]+$/), bodySchema),
})

const STANDARD: z.input<typeof schema> = {
  bodies: {
    male: { sex: 'male', pose: 'anatomical' },
    'male-chest': { sex: 'male', window: 'chest' },
    'female-chest': { sex: 'female', adiposity: 2.5, window: 'chest' },
    female: { sex: 'female', pose: 'anatomical' },
  },
}

/** A body to build: what it is, and the pose that its files show it in; absent: as it is defined. */
export type BuiltBody = Body & { readonly pose?: string }

/** The bodies that are built: `bodies.yaml` in the assets, else a man and a woman, and the chests of a slim man and an obese woman for the operating table. */
export function loadBodies(folder: string): ReadonlyMap<string, BuiltBody> {
  let content: unknown = STANDARD
  try {
    content = parse(readFileSync(join(folder, 'bodies.yaml'), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const { bodies } = schema.parse(content)
  return new Map(Object.entries(bodies).map(([name, body]) => [name, builtBody(body)]))
}

export function builtBody({ sex, window, pose, ...params }: z.output<typeof bodySchema>): BuiltBody {
  return { sex, params, ...(window ? { window } : {}), ...(pose ? { pose } : {}) }
}
