import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { signPack } from '../../../../core/scenario/signature.ts'
import { hosted, signedIn } from '../hosted.ts'
import { json, miniCase, miniFiles, miniZip } from '../minipack.ts'
import { miniRun } from '../records/play.ts'

const base64 = (bytes: Uint8Array) => ({ bytesBase64: Buffer.from(bytes).toString('base64') })
const other = { manifest: { id: 'other-pack', version: '1.0.0' } }

async function teaching() {
  const all = hosted()
  const ask = all.as('teacher')
  await ask('instructor.setPassphrase', { passphrase: 'correct horse' })
  const library = join(all.data, 'packs')
  return { ...all, ask, folders: () => (existsSync(library) ? readdirSync(library).sort() : []) }
}

describe('importing a pack', () => {
  it('adds it, untrusted and with its badges', async () => {
    const { ask, folders, as } = await teaching()
    const { pack } = await ask('packs.import', base64(miniZip(other)))
    expect(pack).toMatchObject({
      id: 'other-pack',
      origin: 'library',
      trust: 'refused',
      badges: ['unsigned', 'not-clinically-reviewed'],
      title: { en: 'Mini (en)', ru: 'Mini (ru)', uz: 'Mini (uz)' },
      cases: [{ id: 'mini', starts: ['stable'] }],
    })
    expect(folders()).toEqual([pack.digest])
    const traineeId = await signedIn(as('page'))
    const run = { traineeId, ...miniRun, packId: 'other-pack' }
    await expect(as('page')('sessions.begin', run)).rejects.toMatchObject({ code: 'pack/unsigned' })
    await ask('packs.trust', { packId: 'other-pack' })
    await as('page')('sessions.begin', run)
    expect((await ask('packs.get', { packId: 'other-pack' })).mediaBase).toBe(`/packs/${pack.digest}/media/`)
  })

  it('again keeps the trust; a changed one loses it and takes the place of the old', async () => {
    const { ask, folders } = await teaching()
    await ask('packs.import', base64(miniZip(other)))
    await ask('packs.trust', { packId: 'other-pack' })
    expect((await ask('packs.import', base64(miniZip(other)))).pack.trust).toBe('trusted')
    const changed = { manifest: { ...other.manifest, version: '1.1.0' } }
    const { pack } = await ask('packs.import', base64(miniZip(changed)))
    expect(pack).toMatchObject({ version: '1.1.0', trust: 'refused' })
    expect(folders()).toEqual([pack.digest])
    await ask('packs.remove', { packId: 'other-pack' })
    expect(folders()).toEqual([])
  })

  it('trusts a signer from the first yes on, and not before', async () => {
    const { ask } = await teaching()
    const key = new Uint8Array(32).fill(7)
    const signed = (version: string) => {
      const files = miniFiles({ manifest: { ...other.manifest, version } })
      return zipSync({ ...files, 'signature.json': json(signPack(new Map(Object.entries(files)), key, 'School')) })
    }
    const first = await ask('packs.import', base64(signed('1.0.0')))
    expect(first.pack).toMatchObject({ trust: 'refused', badges: ['signed', 'not-clinically-reviewed'] })
    await ask('packs.trust', { packId: 'other-pack' })
    expect((await ask('packs.import', base64(signed('1.0.1')))).pack.trust).toBe('signed')
  })

  const bytes = (text: string) => new TextEncoder().encode(text)
  const hostile: Record<string, () => Uint8Array> = {
    'not a zip': () => bytes('hello'),
    'an empty file': () => new Uint8Array(),
    'a path out of the pack': () => zipSync({ ...miniFiles(other), '../../evil.json': bytes('1') }),
    'an absolute path': () => zipSync({ ...miniFiles(other), '/etc/evil': bytes('1') }),
    'a zip bomb': () => miniZip({ ...other, files: { 'media/a.svg': new Uint8Array(30_000_000) } }),
    'broken JSON': () => miniZip({ ...other, files: { 'cases/mini.json': bytes('{"a":') } }),
    'deep nesting': () => miniZip({ ...other, files: { 'cases/mini.json': bytes('['.repeat(20_000)) } }),
    'an unknown key': () => miniZip({ ...other, files: { 'cases/mini.json': json({ ...miniCase, extra: 1 }) } }),
    'a missing locale': () => miniZip({ manifest: other.manifest, files: { 'locales/uz.json': json({}) } }),
    'a newer app': () => miniZip({ manifest: { ...other.manifest, minApp: '99.0.0' } }),
    'a stray program': () => miniZip({ ...other, files: { 'run.js': bytes('alert(1)') } }),
    'a forged signature': () => {
      const files = miniFiles(other)
      const signature = signPack(new Map(Object.entries(files)), new Uint8Array(32).fill(7), 'School')
      return zipSync({ ...files, 'locales/en.json': json({ text: 'x' }), 'signature.json': json(signature) })
    },
  }
  for (const [name, make] of Object.entries(hostile)) {
    it(`with ${name} is refused with its reasons and leaves the library as it was`, async () => {
      const { ask, folders, data } = await teaching()
      await ask('packs.import', base64(miniZip(other)))
      const before = { folders: folders(), packs: await ask('packs.list', {}) }
      const refused = await ask('packs.import', base64(make())).catch((error) => error)
      expect(refused.code).toBe('pack/refused')
      expect(refused.problems.length).toBeGreaterThan(0)
      for (const problem of refused.problems) {
        expect(problem.code).toMatch(/^pack\//)
        expect(problem.reason).not.toBe('')
        expect(problem.remedy).not.toBe('')
      }
      expect({ folders: folders(), packs: await ask('packs.list', {}) }).toEqual(before)
      expect(existsSync(join(data, '..', 'evil.json'))).toBe(false)
      expect(await ask('packs.check', base64(make()))).toMatchObject({ pack: null, problems: refused.problems })
    })
  }

  it('cannot take the place of a built-in pack, nor remove one', async () => {
    const { ask, folders } = await teaching()
    await expect(ask('packs.import', base64(miniZip()))).rejects.toMatchObject({ code: 'pack/built-in' })
    await expect(ask('packs.remove', { packId: 'mini-pack' })).rejects.toMatchObject({ code: 'pack/built-in' })
    expect(folders()).toEqual([])
  })

  it('that somebody changed on the disk is not listed any more', async () => {
    const first = await teaching()
    const { pack } = await first.ask('packs.import', base64(miniZip(other)))
    await first.close()
    writeFileSync(join(first.data, 'packs', pack.digest, 'locales', 'en.json'), '{"text":"changed"}')
    const { packs } = await hosted({ data: first.data }).as('page')('packs.list', {})
    expect(packs.map((one) => one.id)).toEqual(['mini-pack'])
  })
})

describe('media', () => {
  it('of a pack lie in its own folder and nowhere else', async () => {
    const { host, ask } = await teaching()
    const { pack } = await ask('packs.import', base64(miniZip(other)))
    expect(host.folders.media(pack.digest)).toMatch(/media$/)
    expect(host.folders.media('0'.repeat(64))).toBeUndefined()
  })
})
