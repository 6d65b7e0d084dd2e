/** What a scene of living tissue is made of: data that `npm start -- --scene NAME` plays and tests run. */
import { z } from 'zod'
import { MATERIALS } from '../tissue/materials.ts'
import { RODS } from '../tissue/thread/materials.ts'
import { NEEDLE_NAMES } from '../tissue/thread/needle.ts'
import { INSTRUMENTS } from '../tissue/tools/catalogue.ts'
import { organsSchema } from './organs.ts'

const point = z.tuple([z.number(), z.number(), z.number()])
const count = z.int().min(1).max(60)
const material = z.enum(MATERIALS.map(({ name }) => name))

const layer = z.strictObject({ aboveMm: z.number(), material })

/** A block of cubes; lengths in millimetres. */
const box = z.strictObject({
  shape: z.literal('box'),
  cubes: z.tuple([count, count, count]),
  edgeMm: z.number().min(0.5).max(50),
  atMm: point,
  material,
  /** Parts of it that are of another material: everything above a height, mm; the last that holds counts. */
  layer: z.union([layer, z.array(layer)]).optional(),
  /** Faces that are held fast. */
  held: z.array(z.enum(['left', 'right', 'below', 'above', 'back', 'front'])),
})

/** A round strand along a smooth curve: a vessel, a duct, an appendage; lengths in millimetres. */
const strand = z.strictObject({
  shape: z.literal('strand'),
  stations: z.array(z.strictObject({ atMm: point, radiusMm: z.number().min(0.3).max(20) })).min(2),
  /** Cubes across it. */
  across: z.int().min(1).max(8).default(2),
  material,
  /** Ends that are held fast. */
  held: z.array(z.enum(['first', 'last'])),
})

/** What a hand does: where the tip is and where the shaft comes from, at a time; between them it moves evenly. */
const move = z.strictObject({
  atS: z.number().min(0).max(600),
  tipMm: point,
  /** Where the far end points; the instrument's own length is kept. */
  towardsMm: point,
  /** Direction in which jaws open from then on, where it is not the tool's. */
  up: point.optional(),
  jaw: z.number().min(0).max(1).default(1),
  pedal: z.number().min(0).max(1).default(0),
})

const tool = z.strictObject({
  instrument: z.enum(INSTRUMENTS.map(({ name }) => name)),
  trocarMm: point.optional(),
  /** Direction in which jaws open. */
  up: point.default([0, 1, 0]),
  moves: z.array(move).min(1),
})

/** A needle at the start of a thread: in a tool's jaws, at a share of its arc behind its point. */
const needle = z.strictObject({
  shape: z.enum(NEEDLE_NAMES),
  tool: z.int().min(0).max(3),
  grip: z.number().min(0.1).max(0.95),
  /** Which way it leads where it is gripped, and from there to the middle of its arc. */
  leads: point,
  inwards: point,
})

const yarn = {
  material: z.enum(RODS.map(({ name }) => name)),
  segmentMm: z.number().min(0.5).max(10).default(2),
}

/** A thread that lies in the field, straight between two points or along several; behind its needle if it has one. */
const thread = z.strictObject({
  ...yarn,
  alongMm: z.array(point).min(1),
  needle: needle.optional(),
  /** Whether its end is held where it is, as by an assistant. */
  anchored: z.boolean().default(false),
})

/** A ligating loop on the tip of its tool: which way its knot lies from its middle, and which way it goes from there. */
const loop = z.strictObject({
  ...yarn,
  loop: z.strictObject({
    tool: z.int().min(0).max(3),
    radiusMm: z.number().min(2).max(40),
    tailMm: z.number().min(10).max(200),
    out: point,
    side: point,
  }),
})

/** A vessel's open end from the start: on the free face nearest to a place. */
const bleeding = z.strictObject({
  kind: z.enum(['artery', 'vein', 'ooze']),
  atMm: point,
  boreMm: z.number().min(0.1).max(12),
})

const liquids = z.strictObject({
  arterialMmHg: z.number().min(0).max(250).default(93),
  pulseMmHg: z.number().min(0).max(150).default(40),
  heartRate: z.number().min(20).max(220).default(75),
  venousMmHg: z.number().min(0).max(40).default(6),
  bleeding: z.array(bleeding).max(32).default([]),
  /** m/s²; only where it is not that of the tissue: liquids run off organs that others bear. */
  gravity: point.optional(),
})

export const sceneSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** m/s²; 0 for organs that lie among others as dense as they are. */
  gravity: point.default([0, -9.81, 0]),
  /** Whether tissue is under the tension of a living body, as sheets that lie flat, or at ease. */
  tension: z.enum(['none', 'natural']).default('none'),
  tissue: z.array(z.discriminatedUnion('shape', [box, strand, organsSchema])).min(1),
  tools: z.array(tool).max(4),
  threads: z
    .array(z.union([thread, loop]))
    .max(8)
    .default([]),
  liquids: liquids.optional(),
  seconds: z.number().min(0.1).max(600),
})

export type Scene = z.infer<typeof sceneSchema>
