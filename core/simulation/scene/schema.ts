/** What a scene of living tissue is made of: data that `npm start -- --scene NAME` plays and tests run. */
import { z } from 'zod'
import { MOST_SUBSTEPS, SUBSTEPS } from '../tissue/clock.ts'
import { LIQUIDS } from '../tissue/fluid/liquids.ts'
import { TIPS } from '../tissue/thread/guidewire.ts'
import { ROEDER_LOCKS } from '../tissue/thread/knot/roeder.ts'
import { RODS } from '../tissue/thread/materials.ts'
import { NEEDLE_NAMES } from '../tissue/thread/needle.ts'
import { INSTRUMENTS } from '../tissue/tools/catalogue.ts'
import { boxSchema } from './box.ts'
import { layersSchema } from './layers.ts'
import { organsSchema } from './organs.ts'
import { sacSchema } from './sac.ts'
import { slidingSchema } from './sliding.ts'
import { stoneSchema } from './stone.ts'
import { strandSchema } from './strands.ts'
import { tubeSchema } from './tube.ts'
import { tyingSchema } from './tying.ts'

const point = z.tuple([z.number(), z.number(), z.number()])

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

const strand = {
  material: z.enum(RODS.map(({ name }) => name)),
  segmentMm: z.number().min(0.5).max(10).default(2),
}

/** A thread that lies in the field, straight between two points or along several; behind its needle if it has one. */
const thread = z.strictObject({
  ...strand,
  alongMm: z.array(point).min(1),
  needle: needle.optional(),
  /** Whether its end is held where it is, as by an assistant. */
  anchored: z.boolean().default(false),
  /** Whether it runs through the tissue that it is laid in, as a stitch. */
  sewn: z.boolean().default(false),
  /** A guidewire's tip, at its first point; its shape at rest. */
  tip: z.enum(Object.keys(TIPS) as (keyof typeof TIPS)[]).optional(),
  /** The tool in whose bore it lies. */
  within: z.int().min(0).max(3).optional(),
})

/** A ligating loop on the tip of its tool: which way its knot lies from its middle, and which way it goes from there. */
const loop = z.strictObject({
  ...strand,
  loop: z.strictObject({
    tool: z.int().min(0).max(3),
    radiusMm: z.number().min(2).max(40),
    tailMm: z.number().min(10).max(200),
    out: point,
    side: point,
  }),
})

/** A thread with a loose Roeder knot whose loop lies round something: which way its post goes from there, and its side. */
const slipKnot = z.strictObject({
  ...strand,
  roeder: z.strictObject({
    winds: z.int().min(2).max(4).default(3),
    lock: z.enum(ROEDER_LOCKS).default('loop'),
    /** Middle of the loop. */
    aroundMm: point,
    up: point,
    across: point,
    radiusMm: z.number().min(2).max(40),
    /** From the middle of the loop to where the knot begins; half the distance of the strands in the knot. */
    awayMm: z.number().min(2).max(100),
    halfMm: z.number().min(0.8).max(5),
    postMm: z.number().min(10).max(200),
    tailMm: z.number().min(5).max(200),
  }),
})

/** A vessel's open end from the start: on the free face nearest to a place. */
const bleeding = z.strictObject({
  kind: z.enum(['artery', 'vein', 'ooze']),
  atMm: point,
  boreMm: z.number().min(0.1).max(12),
})

/** Liquid that lies there from the start: a ball of drops that sinks onto what is below. */
const pool = z.strictObject({ liquid: z.enum(LIQUIDS), atMm: point, ml: z.number().min(0.03).max(60) })

const liquids = z.strictObject({
  /** Whose blood it is: a healthy adult, asleep and ventilated; pressures at rest. */
  patient: z
    .strictObject({
      massKg: z.number().min(30).max(200).default(70),
      heartRate: z.number().min(40).max(140).default(75),
      systolicMmHg: z.number().min(80).max(200).default(120),
      diastolicMmHg: z.number().min(40).max(120).default(80),
    })
    .prefault({}),
  bleeding: z.array(bleeding).max(32).default([]),
  pools: z.array(pool).max(16).default([]),
  /** m/s²; only where it is not that of the tissue: liquids run off organs that others bear. */
  gravity: point.optional(),
})

/** What scenes train, in the order in which one learns it. */
export const TECHNIQUES = ['hold', 'cut', 'bleeding', 'thread', 'tube', 'organ'] as const

/** What may be drawn around the tissue of a scene: it is not simulated and never moves. */
export const SURROUNDINGS = ['tray', 'eye'] as const

export const sceneSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  technique: z.enum(TECHNIQUES),
  /** What the tissue lies in: a tray, or the eye whose lens it is, with its middle over the origin. */
  around: z.enum(SURROUNDINGS).default('tray'),
  /** Substeps in a tick of 10 ms: more carry the stiffness of skin, gallbladder or duct, and cost as many times as much. */
  substeps: z.int().min(SUBSTEPS).max(MOST_SUBSTEPS).default(SUBSTEPS),
  /** m/s²; 0 for organs that lie among others as dense as they are. */
  gravity: point.default([0, -9.81, 0]),
  /** Whether tissue is under the tension of a living body, as sheets that lie flat, or at ease. */
  tension: z.enum(['none', 'natural']).default('none'),
  tissue: z
    .array(
      z.discriminatedUnion('shape', [
        boxSchema,
        strandSchema,
        layersSchema,
        tubeSchema,
        sacSchema,
        stoneSchema,
        organsSchema,
      ]),
    )
    .min(1),
  tools: z.array(tool).max(4),
  threads: z
    .array(z.union([thread, loop, slipKnot]))
    .max(8)
    .default([]),
  liquids: liquids.optional(),
  /** Two of the tools tie or draw a knot by what they see; their moves say where they begin. */
  tying: z.discriminatedUnion('kind', [tyingSchema, slidingSchema]).optional(),
  seconds: z.number().min(0.1).max(600),
})

export type Scene = z.infer<typeof sceneSchema>
