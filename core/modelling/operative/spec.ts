/** What an operative field is made of, as data: `assets/fields.yaml`. Lengths in millimetres. */
import { z } from 'zod'

const point = z.tuple([z.number(), z.number(), z.number()])
const name = z.string().regex(/^[a-z][a-z0-9-]*$/)
const side = z.enum(['left', 'right', 'below', 'above', 'back', 'front'])
/** A shape of the modelling engine, in the frame of the body. */
const shape = z.unknown()

const layer = z.strictObject({
  material: z.string(),
  mm: z.number().min(0.2).max(10),
  /** `attached`: only where the organ is grown to what lies beside it. */
  where: z.enum(['all', 'attached']).default('all'),
})

/** A solid of one material, a bone that never moves, or a hollow organ of thin layers from outside in. */
const region = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('solid'), id: name, structure: name.optional(), shape, material: z.string() }),
  z.strictObject({ kind: z.literal('rigid'), id: name, structure: name.optional(), shape, material: z.string() }),
  z.strictObject({
    kind: z.literal('hollow'),
    id: name,
    structure: name.optional(),
    shape,
    layers: z.array(layer).min(1),
    content: z.strictObject({ liquid: z.enum(['bile', 'pus', 'urine']), mmHg: z.number().min(0).max(60) }).optional(),
  }),
])

const tube = z.strictObject({
  id: name,
  /** Structure of the atlas that is a sweep: its middle line and calibre. */
  structure: name,
  kind: z.enum(['duct', 'artery', 'vein']),
  material: z.string(),
  stepMm: z.number().min(0.5).max(10),
  /** Share of its length that lies in the field. */
  part: z.tuple([z.number(), z.number()]).default([0, 1]),
  /** How often its line is smoothed. */
  smooth: z.int().min(0).max(50).default(4),
  /** Ends that are held, and ends that are grown to a region. */
  held: z.array(z.enum(['first', 'last'])).default([]),
  joined: z.array(z.strictObject({ end: z.enum(['first', 'last']), to: name })).default([]),
  /** A region whose surface it runs along: tied to that where it is nearer than this. */
  tied: z.strictObject({ to: name, withinMm: z.number() }).optional(),
})

/** A layer grown outwards on the free surface of a region: skin on fat. */
const coat = z.strictObject({
  id: name,
  on: name,
  material: z.string(),
  mm: z.number().min(0.2).max(10),
})

/** A layer thinner than the lattice can resolve: on the free surface of a region or coat, or lining a hollow organ. */
const membrane = z.strictObject({
  id: name,
  on: name,
  side: z.enum(['free', 'inner']).default('free'),
  youngPa: z.number().positive(),
  thicknessMm: z.number().positive(),
  source: z.string(),
  review: z.literal(true).optional(),
})

export const operativeFieldSchema = z.strictObject({
  body: z.enum(['male', 'female']),
  window: z.literal('chest').optional(),
  frame: z.strictObject({ origin: point, up: point, along: point }),
  /** Borders on multiples of `coarseMm`. */
  box: z.strictObject({ min: point, max: point }),
  coarseMm: z.number().min(1).max(50),
  fineMm: z.number().min(0.3).max(20),
  /** Cubes near the surface of a shape are no larger than this. */
  fine: z.array(z.strictObject({ shape, withinMm: z.number(), sizeMm: z.number() })),
  /** In order: a place belongs to the first that holds it. */
  regions: z.array(region).min(1),
  coats: z.array(coat).default([]),
  tubes: z.array(tube).default([]),
  membranes: z.array(membrane).default([]),
  /** What its free surface is drawn as: the structures themselves, where the lattice is coarser than these. */
  surface: shape.optional(),
  /** Borders of the box at which tissue goes on: held. */
  held: z.array(side).default([]),
})

export type OperativeFieldSpec = z.output<typeof operativeFieldSchema>
export type Region = OperativeFieldSpec['regions'][0]
export type TubeSpec = OperativeFieldSpec['tubes'][0]
export type BoxSide = z.output<typeof side>
