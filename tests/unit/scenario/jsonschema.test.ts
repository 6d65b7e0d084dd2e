import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { publishedSchemas } from '../../../core/scenario/jsonschema.ts'

const folder = join(import.meta.dirname, '../../../scenarios/schema')

test.each(Object.entries(publishedSchemas()))('%s is current: run node electron/commands/schema.ts', (name, schema) => {
  expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)))
})
