import { z } from 'zod'

/** A number that follows a body parameter: piecewise linear through (parameter, value) pairs, constant beyond them. */
export type ParamNumber = { readonly param: string; readonly at: readonly (readonly [number, number])[] }

const param = z.strictObject({
  param: z.enum(['adiposity', 'stature']),
  at: z.array(z.tuple([z.number(), z.number()])).min(1),
})
const num = z.union([z.number(), param], { error: 'expected a number or { param, at }' })
const point = z.tuple([num, num, num])
const node = z.unknown()
const nodes = z.array(node).min(1)
const radius = z.union([num, z.tuple([num, num])])

/** The body of every kind of shape. Lengths mm, angles degrees, body frame. `docs/definitions.md` shows each. */
export const shapeSchemas = {
  sphere: z.strictObject({ c: point, r: num }),
  ellipsoid: z.strictObject({ c: point, r: point, rotate: point.optional() }),
  capsule: z.strictObject({ a: point, b: point, ra: num, rb: num.optional() }),
  box: z.strictObject({ c: point, half: point, round: num.default(0), rotate: point.optional() }),
  halfspace: z.strictObject({ p: point, n: point }),
  torus: z.strictObject({ c: point, n: point, major: num, minor: num }),
  cylinder: z.strictObject({ a: point, b: point, r: num, round: num.default(0) }),
  sweep: z.strictObject({
    points: z.array(point).min(2),
    radii: z.union([num, z.array(radius).min(2)]),
    up: z.union([point, z.array(point).min(2)]).optional(),
    caps: z.enum(['round', 'flat']).default('round'),
  }),
  loft: z.strictObject({
    stations: z.array(z.strictObject({ c: point, n: point, r: z.array(num).min(4), u: point.optional() })).min(2),
    u: point.optional(),
    ends: z.enum(['round', 'flat']).default('round'),
    bulge: z.tuple([num, num]).optional(),
  }),
  sheet: z.strictObject({
    grid: z.array(z.array(point).min(2)).min(2),
    thickness: z.union([num, z.array(z.array(num).min(1)).min(1)]),
    closed: z.enum(['none', 'u', 'v']).default('none'),
  }),
  union: z.strictObject({ of: nodes }),
  'smooth-union': z.strictObject({ k: num, of: nodes }),
  intersect: z.strictObject({ of: nodes }),
  'smooth-intersect': z.strictObject({ k: num, of: nodes }),
  subtract: z.strictObject({ from: node, cut: nodes, k: num.optional() }),
  offset: z.strictObject({ of: node, by: num }),
  shell: z.strictObject({ of: node, inner: num, outer: num }),
  displace: z.strictObject({
    of: node,
    amp: num,
    scale: num,
    octaves: z.int().min(1).max(5).default(1),
    seed: z.int().default(1),
    form: z.enum(['smooth', 'ridged']).default('smooth'),
    along: point.optional(),
    stretch: num.default(6),
  }),
  transform: z.strictObject({
    of: node,
    translate: point.optional(),
    rotate: point.optional(),
    scale: z.union([num, point]).optional(),
    about: point.optional(),
  }),
  mirror: z.strictObject({ of: node }),
  bake: z.strictObject({ of: node, cell: num.default(4) }),
  ref: z.string(),
} as const

export type ShapeKind = keyof typeof shapeSchemas

/** A shape as written: a map with one key. Checked by `checkShape`; children are shapes again. */
export type ShapeNode = { readonly [K in ShapeKind]?: z.input<(typeof shapeSchemas)[K]> }
