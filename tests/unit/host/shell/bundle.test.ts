import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { sourceRoot } from '../../../../electron/host/index.ts'
import { bundleShell } from '../../../../electron/shell/bundle.ts'

const out = join(sourceRoot, 'build', 'tests', 'electron')

/** Packages that the app itself depends on: a packaged app carries these and no others. */
const { dependencies } = JSON.parse(readFileSync(join(sourceRoot, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
}

const importsOf = (code: string) =>
  [...code.matchAll(/(?:^|\s)(?:from|import)\s*\(?["']([^"'.][^"']*)["']|require\(["']([^"'.][^"']*)["']\)/g)].map(
    (match) => match[1] ?? match[2],
  )

const packageOf = (name: string) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')

beforeAll(() => bundleShell(sourceRoot, out), 120_000)

describe('the bundled shell', () => {
  it('has a preload script that loads Electron and nothing else', () => {
    expect(importsOf(readFileSync(join(out, 'preload.cjs'), 'utf8'))).toEqual(['electron'])
  })

  it('imports only what a packaged app carries', () => {
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => /\.m?js$/.test(name))
    expect(files).toEqual(expect.arrayContaining(['main.mjs', 'labour.mjs']))
    for (const file of files) {
      for (const name of importsOf(readFileSync(join(out, file), 'utf8'))) {
        const known = name.startsWith('node:') || name === 'electron' || Object.hasOwn(dependencies, packageOf(name))
        expect(`${file} imports ${known ? 'known' : name}`).toBe(`${file} imports known`)
      }
    }
  })

  it('has a worker that answers', async () => {
    const worker = new Worker(pathToFileURL(join(out, 'labour.mjs')), { workerData: { root: sourceRoot } })
    const answer = new Promise((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    worker.postMessage({ id: 1, job: { kind: 'verify', file: { record: {}, input: [] }, case: { id: 'x' } } })
    expect(await answer).toMatchObject({ id: 1, result: { same: false } })
    await worker.terminate()
  })

  it('is packaged with every fuse set to the safe side', () => {
    const { electronFuses, asar } = parse(readFileSync(join(sourceRoot, 'electron-builder.yml'), 'utf8'))
    expect(asar).toBe(true)
    expect(electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      enableCookieEncryption: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })
})
