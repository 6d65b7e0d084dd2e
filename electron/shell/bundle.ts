import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { engineDigest } from '../engine/digest.ts'

/** Packages with binaries or files of their own: they are loaded from node_modules, not taken into the bundle. */
const OUTSIDE = ['electron', 'better-sqlite3', 'vite', 'pino', 'ws', /^node:/]

/**
 * Bundles the shell for Electron into `build/electron`: `main.mjs`, the sandboxed `preload.cjs` and the workers. Writes
 * the engine's digest beside them, because a packaged app does not carry the sources.
 */
export async function bundleShell(root: string, out = join(root, 'build', 'electron')): Promise<void> {
  const { build } = await import('vite')
  const entries = [
    {
      input: {
        main: join(root, 'electron', 'main.ts'),
        labour: join(root, 'electron', 'host', 'workshop', 'labour.ts'),
      },
      format: 'es',
      name: '[name].mjs',
    },
    { input: { preload: join(root, 'electron', 'preload.ts') }, format: 'cjs', name: '[name].cjs' },
  ] as const
  for (const { input, format, name } of entries) {
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      ssr: { noExternal: format === 'cjs' ? true : undefined },
      build: {
        ssr: true,
        outDir: out,
        emptyOutDir: false,
        target: 'node24',
        minify: false,
        rolldownOptions: { input, external: [...OUTSIDE], output: { format, entryFileNames: name } },
      },
    })
  }
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'engine.txt'), `${engineDigest(root)}\n`)
}
