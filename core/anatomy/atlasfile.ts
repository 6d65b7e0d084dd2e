import { z } from 'zod'

/**
 * The index that lies beside the meshes of one body (`build/atlas/<body>/atlas.json`). Lengths are metres in the body
 * frame (+X the body's own left, +Y cranial, +Z anterior, y = 0 at the soles).
 */

const point = z.tuple([z.number(), z.number(), z.number()])

export const termsSchema = z.object({
  latin: z.string(),
  english: z.string(),
  russian: z.string(),
  uzbek: z.string(),
})

/** How fibres run over a structure; the renderer draws striation along them. */
export const fibreSchema = z.union([
  z.object({ along: point }),
  z.object({ toward: point }),
  z.object({ oblique: z.number() }),
])

export const structureSchema = z.object({
  id: z.string(),
  index: z.int().min(0),
  terms: termsSchema,
  review: z.boolean().optional(),
  /** Languages whose term is in doubt: shown with Latin beside it, left out of graded naming. */
  doubted: z.array(z.enum(['latin', 'english', 'russian', 'uzbek'])).default([]),
  ta2: z.union([z.string(), z.number()]).nullish(),
  system: z.string(),
  region: z.string(),
  parent: z.string().nullish(),
  side: z.string().nullish(),
  kind: z.string(),
  tier: z.number().nullish(),
  material: z.string(),
  fibre: fibreSchema.nullish(),
  relations: z.array(z.object({ relation: z.string(), object: z.string() })).default([]),
  /** Wholes that their parts show better, and second divisions of what is shown: there to be asked for. */
  first: z.enum(['shown', 'hidden']).default('shown'),
  bounds: z.tuple([point, point]),
  volumeCm3: z.number().optional(),
  landmarks: z.array(z.object({ id: z.string(), at: point, terms: termsSchema.partial() })).default([]),
  lods: z.array(
    z.object({
      system: z.string(),
      lod: z.int().min(0),
      start: z.int().min(0),
      count: z.int().min(0),
      triangles: z.int().min(0).optional(),
    }),
  ),
  sources: z.array(z.object({ cite: z.string().optional(), doi: z.string().optional() }).loose()).default([]),
})

export const atlasFileSchema = z.object({
  version: z.number(),
  body: z.string(),
  engine: z.string().optional(),
  /** Size of the body: meshes, bounds and landmarks are stored at the size of the reference and are multiplied by this. */
  scale: z.number().positive().default(1),
  structures: z.array(structureSchema),
  systems: z.array(
    z.object({
      id: z.string(),
      terms: termsSchema.partial().optional(),
      files: z.array(z.string()),
      /** Digest of all that the system was made from. */
      key: z.string().optional(),
    }),
  ),
  materials: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
})

export type Terms = z.infer<typeof termsSchema>
export type Fibre = z.infer<typeof fibreSchema>
export type AtlasStructure = z.infer<typeof structureSchema>
export type AtlasFile = z.infer<typeof atlasFileSchema>
export type AtlasSystem = AtlasFile['systems'][number]

/** Languages that a term can be shown in. */
export const termLanguages = ['latin', 'english', 'russian', 'uzbek'] as const
export type TermLanguage = (typeof termLanguages)[number]
