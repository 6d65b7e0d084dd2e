// Called by electron-builder, with Node 24: builds everything that goes into the package.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildAtlas } from '../atlas/index.ts'
import { operativeField } from '../engine/fields.ts'
import { buildMissing } from './buildmissing.ts'
import { bundleShell } from './bundle.ts'

export default async function beforePack() {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
  await buildMissing(root, (line) => process.stderr.write(`${line}\n`))
  await bundleShell(root)
  await buildAtlas()
  for (const sex of ['male', 'female']) for (const side of ['left', 'right']) operativeField(root, sex, side)
}
