import { z } from 'zod'
import { localeSchema, manifestSchema, signatureSchema } from './manifest.ts'
import { caseSchema } from './schema.ts'

/** The files of `scenarios/schema/`: what an author's editor can check while typing, made from the same schemas. */
export function publishedSchemas(): Readonly<Record<string, object>> {
  const schemas = { pack: manifestSchema, case: caseSchema, locale: localeSchema, signature: signatureSchema }
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      `${name}.json`,
      { title: `Sina ${name}`, ...z.toJSONSchema(schema) },
    ]),
  )
}
