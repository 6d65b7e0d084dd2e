import { z } from 'zod'
import { idMatcher } from './idpatterns.ts'
import type { Vec3 } from './vec.ts'
import { unit } from './vec.ts'

const point = z.tuple([z.number(), z.number(), z.number()])
const direction = point.refine((p) => p.some((c) => c !== 0), { message: 'a direction needs a length' })
const name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

const pattern = z.string().regex(/^[a-z0-9*-]+$/)

const partSchema = z.strictObject({
  id: name,
  /** Id of the twin on the other side, made by x → −x. */
  mirror: name.optional(),
  share: z.array(z.strictObject({ p: point, n: direction, over: z.number().positive() })).min(1),
  /** Ids of the structures that alone go with it; absent: all. */
  only: z.array(pattern).optional(),
  /** Ids of structures that do not go with it, or lists of them; `*` stands for any letters. */
  except: z
    .array(z.union([pattern, z.array(pattern)]))
    .transform((lists) => lists.flat())
    .default([]),
  /** Systems none of whose structures go with it. */
  exceptSystems: z.array(z.string()).default([]),
})
const jointSchema = partSchema.extend({ centre: point })
const shiftSchema = partSchema.extend({ by: point })

const poseSchema = z.strictObject({
  turns: z.array(z.strictObject({ joint: name, axis: direction, degrees: z.number().min(-180).max(180) })),
  /** Turn of the whole body after the joints. */
  whole: z.strictObject({ axis: direction, degrees: z.number(), about: point }).optional(),
})

/** What `assets/rig.yaml` holds. */
export const rigSchema = z.strictObject({
  shifts: z.array(shiftSchema).default([]),
  joints: z.array(jointSchema),
  poses: z.record(name, poseSchema),
})

/** A smooth step from 0 to 1 over `over` mm along the unit vector `n`, one half at `p`. */
export type Step = { readonly p: Vec3; readonly n: Vec3; readonly over: number }

/** What a rig asks about a structure. */
export type Carried = { readonly id: string; readonly system: string }

/** A part of the body: the share of it that a point has is the product of the steps. */
export type Part = {
  readonly id: string
  readonly share: readonly Step[]
  /** Ids of structures that go with it; `*` for any letters. */
  readonly only: readonly string[]
  /** Ids of structures that stay; `*` for any letters. */
  readonly except: readonly string[]
  readonly exceptSystems: readonly string[]
  /** Whether a structure goes with it at all. */
  readonly carries: (structure: Carried) => boolean
}

/** A place where the body bends. Joints nearer the tips stand before those that carry them. */
export type Joint = Part & { readonly centre: Vec3 }

/** A part that stands elsewhere in the body than in its definitions, bones and all. */
export type Shift = Part & { readonly by: Vec3 }

/** Turn of one joint: unit axis in the body frame as defined, degrees, right-handed. */
export type Turn = { readonly joint: string; readonly axis: Vec3; readonly degrees: number }

export type Pose = {
  readonly turns: readonly Turn[]
  readonly whole?: { readonly axis: Vec3; readonly degrees: number; readonly about: Vec3 }
}

export type Rig = {
  /** Made before any turn, in every pose. */
  readonly shifts: readonly Shift[]
  readonly joints: readonly Joint[]
  readonly poses: ReadonlyMap<string, Pose>
}

/** A body that cannot be posed. */
export const NO_RIG: Rig = { shifts: [], joints: [], poses: new Map() }

const flip = ([x, y, z]: Vec3): Vec3 => [-x, y, z]
/** An axis of rotation seen in a mirror. */
const flipAxis = ([x, y, z]: Vec3): Vec3 => [x, -y, -z]

/**
 * Reads a rig: both sides of every pair, unit vectors, and every turn by the joints it means.
 * @throws ZodError, or Error when a pose names a joint that is not there
 */
export function readRig(content: unknown): Rig {
  const raw = rigSchema.parse(content)
  const shifts = raw.shifts.flatMap((shift): Shift[] =>
    pair(shift).map((part, side) => ({ ...part, by: side === 0 ? shift.by : flip(shift.by) })),
  )
  const joints = raw.joints.flatMap((joint): Joint[] =>
    pair(joint).map((part, side) => ({ ...part, centre: side === 0 ? joint.centre : flip(joint.centre) })),
  )
  const known = new Set(joints.map((j) => j.id))
  const poses = Object.entries(raw.poses).map(([id, { turns, whole }]): [string, Pose] => [
    id,
    {
      turns: turns.flatMap((turn) => sides(turn, known, id)),
      ...(whole ? { whole: { ...whole, axis: unit(whole.axis) } } : {}),
    },
  ])
  return { shifts, joints, poses: new Map(poses) }
}

/** A part and, where it has one, its twin. */
function pair({ id, mirror, share, only = ['*'], except, exceptSystems }: z.output<typeof partSchema>): Part[] {
  const steps = share.map((s) => ({ ...s, n: unit(s.n) }))
  const [goes, stays] = [idMatcher(only), idMatcher(except)]
  const carries = (s: Carried) => goes(s.id) && !exceptSystems.includes(s.system) && !stays(s.id)
  const left = { id, share: steps, only, except, exceptSystems, carries }
  if (!mirror) return [left]
  const turned = steps.map(({ p, n, over }) => ({ p: flip(p), n: flip(n), over }))
  return [left, { ...left, id: mirror, share: turned }]
}

function sides(turn: Turn, known: ReadonlySet<string>, pose: string): Turn[] {
  const { joint, degrees } = turn
  const axis = unit(turn.axis)
  if (known.has(joint)) return [{ joint, axis, degrees }]
  const [left, right] = [`${joint}-l`, `${joint}-r`]
  if (!known.has(left) || !known.has(right)) throw new Error(`pose "${pose}": no joint is called "${joint}"`)
  return [
    { joint: left, axis, degrees },
    { joint: right, axis: flipAxis(axis), degrees },
  ]
}
