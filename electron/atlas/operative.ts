/** Lattices of operative fields, built from `assets/fields.yaml` and kept by what they depend on. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { type CompiledBody, compileBody } from '../../core/modelling/compile.ts'
import { buildOperativeField } from '../../core/modelling/operative/build.ts'
import type { OperativeLattice } from '../../core/modelling/operative/result.ts'
import { type OperativeFieldSpec, operativeFieldSchema } from '../../core/modelling/operative/spec.ts'
import { loadAssets } from './library.ts'
import type { PoolFolders } from './pool.ts'

/** Raised whenever a change of the builder changes lattices: kept ones are then made anew. */
const ENGINE = 'operative-6'

const fileSchema = z.strictObject({ fields: z.record(z.string(), operativeFieldSchema) })

/** All operative fields that the assets describe. Throws a ZodError. */
export const operativeFields = (assets: string): Record<string, OperativeFieldSpec> =>
  fileSchema.parse(parse(readFileSync(join(assets, 'fields.yaml'), 'utf8'))).fields

/** The body in which a field lies. */
export function bodyOfField(assets: string, cache: string, { body: sex, window }: OperativeFieldSpec): CompiledBody {
  const params = { adiposity: 0, stature: 0 }
  return compileBody(loadAssets(assets, cache).library, { sex, params, ...(window ? { window } : {}) })
}

/** The lattice of a field: kept, or built in a few seconds. Throws a RangeError for a field that there is none of. */
export function operativeLattice({ assets, cache }: PoolFolders, name: string): OperativeLattice {
  const spec = operativeFields(assets)[name]
  if (!spec) throw new RangeError(`no operative field ${name}`)
  const body = bodyOfField(assets, cache, spec)
  const path = join(cache, 'operative', `${name}-${digestOf(spec, body)}.json`)
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as OperativeLattice
  } catch {
    // not kept yet, or damaged: built anew
  }
  const lattice = buildOperativeField(name, spec, body)
  mkdirSync(join(cache, 'operative'), { recursive: true })
  writeFileSync(`${path}.${process.pid}`, JSON.stringify(lattice))
  renameSync(`${path}.${process.pid}`, path)
  return lattice
}

/** What a lattice depends on: the builder, the field as described, and the shapes of all structures that this names. */
function digestOf(spec: OperativeFieldSpec, body: CompiledBody): string {
  const named = new Set(spec.tubes.map(({ structure }) => structure))
  JSON.stringify(spec, (key, value) => {
    if (key === 'ref' && typeof value === 'string') named.add(value)
    return value
  })
  const parts = [ENGINE, JSON.stringify(spec), ...[...named].sort().map((id) => body.closure(id))]
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)
}
