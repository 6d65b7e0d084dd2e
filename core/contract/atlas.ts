import { z } from 'zod'

/** How far a body's files are. `revision` rises whenever files changed: the page loads them again. */
export const atlasBodySchema = z.object({
  body: z.string(),
  state: z.enum(['missing', 'building', 'ready', 'failed']),
  revision: z.number().int(),
  done: z.number().int(),
  total: z.number().int(),
  structure: z.string().nullable(),
  defects: z.array(z.object({ structure: z.string(), code: z.string(), reason: z.string() })),
  /** Folder of `atlas.json` and the meshes, with a slash at the end. */
  base: z.string(),
})
export type AtlasBody = z.infer<typeof atlasBodySchema>
