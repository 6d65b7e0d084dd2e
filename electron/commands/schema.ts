import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publishedSchemas } from '../../core/scenario/jsonschema.ts'

/** Writes the published JSON Schemas of packs into a folder; answers the files written. */
export function writeSchemas(folder: string): string[] {
  mkdirSync(folder, { recursive: true })
  return Object.entries(publishedSchemas()).map(([name, schema]) => {
    const file = join(folder, name)
    writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
    return file
  })
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2] ?? join(import.meta.dirname, '../../scenarios/schema')
  process.stdout.write(`${writeSchemas(folder).join('\n')}\n`)
}
