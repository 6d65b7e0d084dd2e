import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AtlasBody } from '../../../../core/contract/atlas.ts'
import type { AtlasBuild } from '../../../../electron/host/atlas/buildprocess.ts'
import { createAtlasKeeper } from '../../../../electron/host/atlas/keeper.ts'
import { createEventBus } from '../../../../electron/host/eventbus.ts'
import { appPaths } from '../../../../electron/host/index.ts'
import { writeFiles } from '../hosted.ts'
import { tempFolder } from '../tempfolder.ts'

function keeping(build: AtlasBuild) {
  const root = tempFolder()
  writeFiles(root, { 'assets/a.yaml': Buffer.from('a: 1'), 'electron/cli.ts': Buffer.from('') })
  const paths = appPaths(root)
  const bus = createEventBus()
  const told: AtlasBody[] = []
  const errors: unknown[] = []
  bus.subscribe((event) => {
    if (event.event === 'atlas.progress') told.push(event.payload)
  })
  const keeper = () => createAtlasKeeper(paths, bus, (error) => errors.push(error), build)
  return { paths, root, told, errors, keeper }
}

function writeIndex(root: string, body: string): void {
  mkdirSync(join(root, 'build', 'atlas', body), { recursive: true })
  writeFileSync(join(root, 'build', 'atlas', body, 'atlas.json'), '{}')
}

describe('the atlas keeper', () => {
  it('builds once for the same sources, again when they change, and tells how far it is', async () => {
    let builds = 0
    const { keeper, told, paths } = keeping(async (at, step) => {
      builds++
      step({ body: 'male', done: 1, total: 2, structure: 'sternum' })
      writeIndex(at, 'male')
      step({ body: 'male', done: 2, total: 2, structure: 'rib-1-l' })
      for (const body of ['male-chest', 'female-chest', 'female']) writeIndex(at, body)
      return { female: [{ structure: 'spleen', code: 'atlas/empty', reason: 'nothing there' }] }
    })
    const first = keeper()
    expect(first.status().map((body) => body.state)).toEqual(['missing', 'missing', 'missing', 'missing'])
    await Promise.all([first.build(), first.build()])
    expect(builds).toBe(1)
    expect(first.status()).toMatchObject([
      { body: 'male', state: 'ready', base: '/atlas/male/', defects: [] },
      { body: 'male-chest', state: 'ready' },
      { body: 'female-chest', state: 'ready' },
      { body: 'female', state: 'ready', defects: [{ structure: 'spleen' }] },
    ])
    const revisions = told.filter((one) => one.body === 'male').map((one) => one.revision)
    expect(revisions.some((revision) => revision > 0)).toBe(true)
    await keeper().build()
    expect(builds).toBe(1)
    appendFileSync(join(paths.assets, 'a.yaml'), '\nb: 2')
    await keeper().build()
    expect(builds).toBe(2)
  })

  it('says so when the build fails, and keeps what there was', async () => {
    const { keeper, errors, root } = keeping(() => Promise.reject(new Error('no memory')))
    writeIndex(root, 'male')
    const failing = keeper()
    await failing.build()
    expect(failing.status().map((body) => body.state)).toEqual(['ready', 'failed', 'failed', 'failed'])
    expect(errors).toHaveLength(1)
  })

  it('builds again when a definition is saved', async () => {
    let builds = 0
    const { keeper, paths } = keeping(async () => {
      builds++
      return {}
    })
    const watching = keeper()
    watching.watch()
    appendFileSync(join(paths.assets, 'a.yaml'), '\nc: 3')
    await expect.poll(() => builds, { timeout: 5000 }).toBe(1)
    watching.stop()
    appendFileSync(join(paths.assets, 'a.yaml'), '\nd: 4')
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(builds).toBe(1)
  })
})
