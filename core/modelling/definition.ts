import { z } from 'zod'
import type { ShapeKind, ShapeNode } from './shapes.ts'
import { shapeSchemas } from './shapes.ts'

/** One thing wrong in a definition file: coded, with the place and the remedy. */
export type DefinitionProblem = {
  readonly code:
    | 'definition/not-a-map'
    | 'definition/unknown-key'
    | 'definition/unknown-shape'
    | 'definition/invalid'
    | 'definition/duplicate-id'
    | 'definition/missing-ref'
    | 'definition/circular-ref'
    | 'definition/unbounded'
    | 'definition/failed'
    | 'definition/unknown-term'
    | 'definition/unknown-material'
    | 'definition/missing-parent'
    | 'definition/wrong-unit'
    | 'definition/outside'
    | 'definition/self-intersection'
    | 'definition/empty'
  readonly file: string
  /** JSON pointer into the file. */
  readonly pointer: string
  readonly reason: string
  readonly remedy: string
}

/** Thrown when a definition cannot become a field. */
export class DefinitionError extends Error {
  readonly problem: DefinitionProblem
  constructor(problem: DefinitionProblem) {
    super(`${problem.code} ${problem.file}#${problem.pointer}: ${problem.reason}`)
    this.name = 'DefinitionError'
    this.problem = problem
  }
}

/** A shape that cannot be made, with its own code and remedy; where it stands is added by whoever knows. */
export class ShapeError extends Error {
  readonly code: DefinitionProblem['code']
  readonly remedy: string
  constructor(code: DefinitionProblem['code'], reason: string, remedy: string) {
    super(reason)
    this.name = 'ShapeError'
    this.code = code
    this.remedy = remedy
  }
}

const point = z.tuple([z.number(), z.number(), z.number()])
const sex = z.enum(['female', 'male'])
/** A part of the body shown by itself, cut clean at its borders. */
const window = z.enum(['chest'])

const landmarkSchema = z.strictObject({
  at: point,
  /** The middle of a hole, notch or space: beside the surface, not on it. */
  opening: z.boolean().optional(),
  latin: z.string(),
  english: z.string(),
  russian: z.string(),
  uzbek: z.string(),
  review: z.boolean().optional(),
})

/** How fibres run over a structure, for drawing striation: along a direction, toward a point, or obliquely (degrees). */
const fibreSchema = z.union([
  z.strictObject({ along: point }),
  z.strictObject({ toward: point }),
  z.strictObject({ oblique: z.number() }),
])

const structureSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  material: z.string(),
  /** Size of a meshing cell, mm. */
  cellMm: z.number().min(0.3).max(10),
  /** Largest departure that simplification of the full level may cause, mm. */
  toleranceMm: z.number().min(0).max(3).optional(),
  /** Id of the twin on the other side, made by x → −x. */
  mirror: z.string().optional(),
  /** Only in bodies of this sex, or seen through this window; wins over a definition with less to it. */
  variant: z.strictObject({ sex: sex.optional(), window: window.optional() }).optional(),
  /** Counterpart in the Human Reference Atlas: node or group names, as defined (the twin's are found by side). */
  reference: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  sources: z
    .array(z.strictObject({ cite: z.string().optional(), doi: z.string().optional(), note: z.string().optional() }))
    .default([]),
  review: z.boolean().optional(),
  fibre: fibreSchema.optional(),
  /** Where a muscle is less than twice this thick, mm, it is tendon. */
  tendon: z.number().min(0.3).max(20).optional(),
  landmarks: z.record(z.string(), landmarkSchema).default({}),
  shape: z.unknown(),
})

const fileSchema = z.strictObject({
  structures: z.array(z.unknown()).optional(),
  constructions: z.record(z.string(), z.unknown()).optional(),
  /** Constructions of one sex only; each wins over the one of the same name without a variant. */
  variants: z.partialRecord(sex, z.record(z.string(), z.unknown())).optional(),
})

export type Landmark = z.infer<typeof landmarkSchema>
export type StructureDefinition = Omit<z.infer<typeof structureSchema>, 'shape'> & {
  readonly shape: ShapeNode
  readonly file: string
  readonly pointer: string
}
export type ConstructionDefinition = { readonly shape: ShapeNode; readonly file: string; readonly pointer: string }

export type Constructions = ReadonlyMap<string, ConstructionDefinition>

export type Library = {
  readonly structures: readonly StructureDefinition[]
  readonly constructions: Constructions
  /** Constructions of the bodies of one sex. */
  readonly variants: { readonly female: Constructions; readonly male: Constructions }
  readonly problems: readonly DefinitionProblem[]
}

/**
 * Checks the parsed contents of definition files. A bad structure is left out and reported; the rest stand.
 * Accepts any JSON-like value: nothing in it is trusted.
 */
export function readDefinitions(files: readonly { readonly name: string; readonly content: unknown }[]): Library {
  const problems: DefinitionProblem[] = []
  const structures: StructureDefinition[] = []
  const constructions = new Map<string, ConstructionDefinition>()
  const variants = {
    female: new Map<string, ConstructionDefinition>(),
    male: new Map<string, ConstructionDefinition>(),
  }
  const seen = new Set<string>()
  for (const { name, content } of files) {
    const file = fileSchema.safeParse(content)
    if (!file.success) {
      problems.push(...problemsOf(file.error, name, ''))
      continue
    }
    const enter = (into: Map<string, ConstructionDefinition>, of: Record<string, unknown> | undefined, at: string) => {
      for (const [key, value] of Object.entries(of ?? {})) {
        const pointer = `${at}/${escapePointer(key)}`
        const found = checkShape(value, name, pointer)
        problems.push(...found)
        if (into.has(key)) problems.push(duplicate(name, pointer, key))
        else if (found.length === 0) into.set(key, { shape: value as ShapeNode, file: name, pointer })
      }
    }
    enter(constructions, file.data.constructions, '/constructions')
    enter(variants.female, file.data.variants?.female, '/variants/female')
    enter(variants.male, file.data.variants?.male, '/variants/male')
    file.data.structures?.forEach((value, i) => {
      const pointer = `/structures/${i}`
      const parsed = structureSchema.safeParse(value)
      const shape = (value as { shape?: unknown } | null)?.shape
      const found = [
        ...(parsed.success ? [] : problemsOf(parsed.error, name, pointer)),
        ...checkShape(shape, name, `${pointer}/shape`),
      ]
      problems.push(...found)
      if (!parsed.success || found.length > 0) return
      for (const id of [parsed.data.id, parsed.data.mirror]) {
        if (!id) continue
        const key = `${id} ${parsed.data.variant?.sex ?? ''} ${parsed.data.variant?.window ?? ''}`
        if (seen.has(key)) problems.push(duplicate(name, `${pointer}/id`, id))
        seen.add(key)
      }
      structures.push({ ...parsed.data, shape: shape as ShapeNode, file: name, pointer })
    })
  }
  return { structures, constructions, variants, problems }
}

/** Everything wrong with one shape, children included. */
export function checkShape(node: unknown, file: string, pointer: string): DefinitionProblem[] {
  if (typeof node !== 'object' || node === null || Array.isArray(node) || Object.keys(node).length !== 1) {
    const reason = 'a shape is a map with exactly one key, the kind of shape'
    return [
      { code: 'definition/not-a-map', file, pointer, reason, remedy: `write e.g. sphere: { c: [0, 0, 0], r: 5 }` },
    ]
  }
  const [kind, body] = Object.entries(node)[0]
  const at = `${pointer}/${kind}`
  if (!isShapeKind(kind)) {
    const remedy = `use one of ${Object.keys(shapeSchemas).join(', ')}`
    return [{ code: 'definition/unknown-shape', file, pointer: at, reason: `no shape is called "${kind}"`, remedy }]
  }
  const parsed = shapeSchemas[kind].safeParse(body)
  if (!parsed.success) return problemsOf(parsed.error, file, at)
  const problems: DefinitionProblem[] = []
  for (const [child, where] of childrenOf(body)) problems.push(...checkShape(child, file, `${at}${where}`))
  return problems
}

function childrenOf(body: unknown): [unknown, string][] {
  if (typeof body !== 'object' || body === null) return []
  const out: [unknown, string][] = []
  for (const key of ['of', 'from', 'cut']) {
    const value = (body as Record<string, unknown>)[key]
    if (Array.isArray(value)) for (let i = 0; i < value.length; i++) out.push([value[i], `/${key}/${i}`])
    else if (value !== undefined) out.push([value, `/${key}`])
  }
  return out
}

const isShapeKind = (kind: string): kind is ShapeKind => Object.hasOwn(shapeSchemas, kind)

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

const duplicate = (file: string, pointer: string, id: string): DefinitionProblem => ({
  code: 'definition/duplicate-id',
  file,
  pointer,
  reason: `"${id}" is defined twice`,
  remedy: 'give one of them another id, or a variant',
})

function problemsOf(error: z.ZodError, file: string, pointer: string): DefinitionProblem[] {
  return error.issues.map((issue) => {
    const path = issue.path.map((p) => `/${escapePointer(String(p))}`).join('')
    const unknown = issue.code === 'unrecognized_keys'
    return {
      code: unknown ? 'definition/unknown-key' : 'definition/invalid',
      file,
      pointer: pointer + path,
      reason: issue.message,
      remedy: unknown ? `remove ${issue.keys.join(', ')} or correct the spelling` : 'see docs/definitions.md',
    }
  })
}
