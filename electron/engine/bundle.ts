import { join } from 'node:path'
import { build } from 'vite'

/** The engine as one self-contained ES module, for a browser, an older Node, or to be kept beside the records. */
export async function bundleEngine(root: string): Promise<string> {
  return bundleModule(root, 'core/session/engine.ts')
}

/** A module of the app, with all it imports, as one ES module. `entry` is relative to the app's root. */
export async function bundleModule(root: string, entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: join(root, entry), formats: ['es'], fileName: 'module' },
    },
  })
  const outputs = Array.isArray(built) ? built : [built]
  for (const result of outputs) if ('output' in result) return result.output[0].code
  throw new Error(`nothing was built of ${entry}`)
}
