import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { z } from 'zod'
import { Baked } from './bake.ts'
import type { Library, StructureDefinition } from './definition.ts'
import { DefinitionError, ShapeError } from './definition.ts'
import type { Field } from './field.ts'
import { isEmpty } from './field.ts'
import { loft } from './loft.ts'
import { Displaced } from './noise.ts'
import { Intersection, Offset, Shared, Shell, subtract, Union } from './operators.ts'
import { Box, Cylinder, Ellipsoid, Halfspace, Sphere, Torus } from './primitives.ts'
import { NO_ROTATION, rotationFromDegrees } from './rotation.ts'
import type { ParamNumber, ShapeKind, ShapeNode } from './shapes.ts'
import { shapeSchemas } from './shapes.ts'
import { sheet } from './sheet.ts'
import { type SweepSpec, sweep } from './sweep.ts'
import { Mirrored, Transformed } from './transform.ts'
import type { Vec3 } from './vec.ts'
import { mix } from './vec.ts'

/** What a body is: its sex, and its parameters in standard deviations from the reference. */
export type Body = {
  readonly sex: 'female' | 'male'
  readonly params: { readonly adiposity: number; readonly stature: number }
  /** Only the part within this window, cut clean at its borders; absent: the whole body. */
  readonly window?: 'chest'
}

/** A structure of one body: its definition, and whether it is the mirrored twin of it. */
export type BodyStructure = {
  readonly id: string
  readonly definition: StructureDefinition
  readonly side: 'as-defined' | 'mirrored'
}

export type CompiledBody = {
  readonly structures: readonly BodyStructure[]
  /** The field of a structure or construction. Throws DefinitionError. Compiled once. */
  field(id: string): Field
  /** The sweep that the structure or construction `id` is, when it is nothing else. */
  sweep(id: string): SweepSpec | undefined
  /** Digest of the shape of `id` with parameters put in, and of all that it refers to: what its mesh depends on. */
  closure(id: string): string
}

/** Folders of definitions that are seen through a window. */
const WINDOWS = { chest: 'thorax/' }

const closeness = ({ definition: { variant } }: BodyStructure): number =>
  (variant?.sex ? 1 : 0) + (variant?.window ? 2 : 0)

/** Makes the fields of a body available by id; each is compiled when first asked for. */
export function compileBody(library: Library, body: Body): CompiledBody {
  const byId = new Map<string, BodyStructure>()
  const enter = (id: string, entry: BodyStructure) => {
    const old = byId.get(id)
    if (!old || closeness(entry) > closeness(old)) byId.set(id, entry)
  }
  for (const definition of library.structures) {
    const { sex = body.sex, window = body.window } = definition.variant ?? {}
    if (sex !== body.sex || window !== body.window) continue
    enter(definition.id, { id: definition.id, definition, side: 'as-defined' })
    if (definition.mirror) enter(definition.mirror, { id: definition.mirror, definition, side: 'mirrored' })
  }
  const fields = new Map<string, Field>()
  const closures = new Map<string, string>()
  const open: string[] = []

  const placeOf = (id: string) =>
    byId.get(id)?.definition ?? library.variants[body.sex].get(id) ?? library.constructions.get(id)

  function guarded<T>(id: string, work: () => T): T {
    const place = placeOf(id)
    if (!place) {
      const reason = `nothing is called "${id}"`
      const user = open.length > 0 ? placeOf(open[open.length - 1]) : undefined
      const [file, pointer] = [user?.file ?? '', user?.pointer ?? '']
      const remedy = 'correct the ref, or define it'
      throw new DefinitionError({ code: 'definition/missing-ref', file, pointer, reason, remedy })
    }
    if (open.includes(id)) {
      const reason = [...open.slice(open.indexOf(id)), id].join(' → ')
      const { file, pointer } = place
      const remedy = 'break the circle of refs'
      throw new DefinitionError({ code: 'definition/circular-ref', file, pointer, reason, remedy })
    }
    open.push(id)
    try {
      return work()
    } catch (error) {
      if (error instanceof DefinitionError) throw error
      const reason = error instanceof Error ? error.message : String(error)
      const { file, pointer } = place
      const { code, remedy } =
        error instanceof ShapeError ? error : { code: 'definition/failed' as const, remedy: 'check the numbers' }
      throw new DefinitionError({ code, file, pointer, reason, remedy })
    } finally {
      open.pop()
    }
  }

  function field(id: string): Field {
    const known = fields.get(id)
    if (known) return known
    const made = guarded(id, () => {
      const structure = byId.get(id)
      if (structure?.side === 'mirrored') return new Mirrored(field(structure.definition.id))
      return new Shared(build(withParams(placeOf(id)!.shape, body.params) as ShapeNode, field))
    })
    fields.set(id, made)
    return made
  }

  function closure(id: string): string {
    const known = closures.get(id)
    if (known !== undefined) return known
    const made = guarded(id, () => {
      const structure = byId.get(id)
      if (structure?.side === 'mirrored') return digestOf(`mirror ${closure(structure.definition.id)}`)
      const shape = withParams(placeOf(id)!.shape, body.params)
      return digestOf(
        JSON.stringify(shape, (key, value) => (key === 'ref' && typeof value === 'string' ? closure(value) : value)),
      )
    })
    closures.set(id, made)
    return made
  }

  function sweepOf(id: string): SweepSpec | undefined {
    if (byId.get(id)?.side === 'mirrored') return undefined
    const shape = withParams(placeOf(id)?.shape, body.params) as ShapeNode | undefined
    return shape && 'sweep' in shape ? sweepSpec(shapeSchemas.sweep.parse(shape.sweep) as never) : undefined
  }

  // Structures outside the window are not shown, but those inside may be shaped by them.
  const folder = body.window && WINDOWS[body.window]
  const structures = [...byId.values()].filter((s) => !folder || s.definition.file.startsWith(folder))
  return { structures, field, sweep: sweepOf, closure }
}

const digestOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

/** Replaces every { param, at } by its number for this body. */
export function withParams(value: unknown, params: Body['params']): unknown {
  if (Array.isArray(value)) return value.map((v) => withParams(v, params))
  if (typeof value !== 'object' || value === null) return value
  if ('param' in value && 'at' in value) return paramValue(value as ParamNumber, params)
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withParams(v, params)]))
}

function paramValue({ param, at }: ParamNumber, params: Body['params']): number {
  const x = params[param as keyof Body['params']]
  const points = [...at].sort((a, b) => a[0] - b[0])
  if (x <= points[0][0]) return points[0][1]
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1]
    const [x1, y1] = points[i]
    if (x <= x1) return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)
  }
  return points[points.length - 1][1]
}

type Resolve = (id: string) => Field

/** The field of a checked shape whose parameters are numbers. `resolve` answers references. */
export function build(shape: ShapeNode, resolve: Resolve): Field {
  const [kind, raw] = Object.entries(shape)[0] as [ShapeKind, unknown]
  // Parsing again only fills in defaults: the shape was checked when it was read.
  const body = shapeSchemas[kind].parse(raw) as never
  const make = makers[kind] as (body: never, child: (node: unknown) => Field, resolve: Resolve) => Field
  const field = make(body, (node) => build(node as ShapeNode, resolve), resolve)
  if (isEmpty(field.bounds)) throw new Error(`${kind} has nothing inside`)
  return field
}

type Numbers<T> = T extends ParamNumber
  ? never
  : T extends readonly unknown[] | object
    ? { [K in keyof T]: Numbers<T[K]> }
    : T
type Makers = {
  [K in ShapeKind]: (
    body: Numbers<z.output<(typeof shapeSchemas)[K]>>,
    child: (node: unknown) => Field,
    resolve: Resolve,
  ) => Field
}

const lerp = (a: number, b: number, t: number): number => a + (b - a) * t

const makers: Makers = {
  sphere: ({ c, r }) => new Sphere(c, r),
  ellipsoid: ({ c, r, rotate }) => placed(new Ellipsoid(r), c, rotate),
  capsule: ({ a, b, ra, rb }) =>
    sweep({
      points: [a, b],
      radii: [
        [ra, ra],
        [rb ?? ra, rb ?? ra],
      ],
      caps: 'round',
    }),
  box: ({ c, half, round, rotate }) => placed(new Box(half, round), c, rotate),
  halfspace: ({ p, n }) => new Halfspace(p, n),
  torus: ({ c, n, major, minor }) => new Torus(c, n, major, minor),
  cylinder: ({ a, b, r, round }) => new Cylinder(a, b, r, round),
  sweep: (body) => sweep(sweepSpec(body)),
  loft: ({ stations, u, ends, bulge }) => loft({ stations, u, bulge: ends === 'flat' ? [0, 0] : bulge }),
  sheet: ({ grid, thickness, closed }) => {
    const columns = grid[0].length
    if (grid.some((row) => row.length !== columns)) throw new Error('every row of a sheet needs as many points')
    const table = Array.isArray(thickness) ? thickness : [[thickness]]
    const wide = table.map((row) => spread(row, columns, lerp))
    return sheet({
      grid,
      thickness: spread(wide, grid.length, (a, b, t) => a.map((v, i) => lerp(v, b[i], t))),
      closed,
    })
  },
  union: ({ of }, child) => combine(of.map(child), (f) => new Union(f, 0)),
  'smooth-union': ({ of, k }, child) => combine(of.map(child), (f) => new Union(f, k)),
  intersect: ({ of }, child) => combine(of.map(child), (f) => new Intersection(f, 0)),
  'smooth-intersect': ({ of, k }, child) => combine(of.map(child), (f) => new Intersection(f, k)),
  subtract: ({ from, cut, k }, child) => subtract(child(from), cut.map(child), k ?? 0),
  offset: ({ of, by }, child) => new Offset(child(of), by),
  shell: ({ of, inner, outer }, child) => new Shell(child(of), inner, outer),
  displace: ({ of, ...relief }, child) => new Displaced(child(of), relief),
  transform: ({ of, translate, rotate, scale, about }, child) =>
    new Transformed(child(of), {
      rotation: rotate ? rotationFromDegrees(rotate) : NO_ROTATION,
      scale: Array.isArray(scale) ? scale : [scale ?? 1, scale ?? 1, scale ?? 1],
      about: about ?? [0, 0, 0],
      move: translate ?? [0, 0, 0],
    }),
  mirror: ({ of }, child) => new Mirrored(child(of)),
  bake: ({ of, cell }, child) => new Baked(child(of), cell),
  ref: (id, _child, resolve) => resolve(id),
}

/** A sweep with a pair of radii, and a direction, for each of its points. */
function sweepSpec({ points, radii, up, caps }: Numbers<z.output<typeof shapeSchemas.sweep>>): SweepSpec {
  const pairs = (Array.isArray(radii) ? radii : [radii, radii]).map((r): [number, number] =>
    Array.isArray(r) ? r : [r, r],
  )
  const ups = up && (isPoint(up) ? [up, up] : up)
  const n = points.length
  return {
    points,
    radii: spread(pairs, n, (a, b, t) => [lerp(a[0], b[0], t), lerp(a[1], b[1], t)]),
    up: ups && spread<Vec3>(ups, n, mix),
    caps,
  }
}

const isPoint = (up: readonly unknown[]): up is [number, number, number] => !Array.isArray(up[0])

const combine = (fields: Field[], join: (f: Field[]) => Field): Field =>
  fields.length === 1 ? fields[0] : join(fields)

function placed(field: Field, c: Vec3, rotate: Vec3 | undefined): Field {
  const rotation = rotate ? rotationFromDegrees(rotate) : NO_ROTATION
  return new Transformed(field, { rotation, scale: [1, 1, 1], about: [0, 0, 0], move: c })
}

/** A list drawn out evenly to `n` entries; unchanged where it has n already. */
function spread<T>(list: readonly T[], n: number, mixed: (a: T, b: T, t: number) => T): T[] {
  if (list.length === n) return [...list]
  return Array.from({ length: n }, (_, i) => {
    const at = n === 1 ? 0 : (i * (list.length - 1)) / (n - 1)
    const k = Math.min(list.length - 1, Math.floor(at))
    return k + 1 < list.length ? mixed(list[k], list[k + 1], at - k) : list[k]
  })
}
