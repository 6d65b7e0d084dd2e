import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError, type Problem } from '../../../core/contract/errors.ts'
import type { PackDetail, PackSummary } from '../../../core/contract/packs.ts'
import { readPack } from '../../../core/scenario/packcheck.ts'
import { type PackFiles, readZip } from '../../../core/scenario/unzip.ts'
import { codedDiskError } from '../store/diskerrors.ts'
import type { Store } from '../store/open.ts'
import { detail, type KnownPack, summarise } from './describe.ts'
import { readFolder } from './reading.ts'
import { trustedKeys, trustKey } from './trustedkeys.ts'

export type LibraryFolders = {
  /** Packs that come with the app, one folder each. */
  builtIn: string
  /** Packs that were imported: `<digest>/` each. */
  imported: string
}

/**
 * All packs that can be practised. An import is checked whole in memory, written to a folder beside the library and
 * renamed into it; only then does the library's row point there. A refused pack leaves nothing behind.
 */
export function createLibrary(store: Store, folders: LibraryFolders, appVersion: string, now: () => Date) {
  const builtIn = new Map<string, KnownPack>()
  const imported = new Map<string, KnownPack>()
  const today = () => now().toISOString().slice(0, 10)

  function loadBuiltIn(): Map<string, KnownPack> {
    if (builtIn.size > 0) return builtIn
    for (const name of existsSync(folders.builtIn) ? readdirSync(folders.builtIn).sort() : []) {
      // The published JSON Schemas lie beside the packs; one of them is called pack.json.
      if (name === 'schema') continue
      const folder = join(folders.builtIn, name)
      if (!existsSync(join(folder, 'pack.json'))) continue
      const reading = readPack(readFolder(folder), appVersion)
      if ('problems' in reading)
        throw new AppError('pack/refused', { params: { pack: name }, problems: reading.problems })
      const { pack, digest, signer } = reading
      builtIn.set(pack.manifest.id, { ...pack, digest, signer, folder, origin: 'built-in', trust: 'built-in' })
    }
    return builtIn
  }

  async function all(): Promise<KnownPack[]> {
    const rows = await store.db.selectFrom('packs').selectAll().orderBy('id').execute()
    const known = rows.flatMap((row) => {
      const pack = loadImported(row.digest)
      return pack ? [{ ...pack, trust: row.trust }] : []
    })
    return [...loadBuiltIn().values(), ...known]
  }

  /** A pack whose folder was damaged by hand is left out: its digest no longer fits. */
  function loadImported(digest: string): KnownPack | undefined {
    const known = imported.get(digest)
    if (known) return known
    const folder = join(folders.imported, digest)
    if (!existsSync(folder)) return undefined
    const reading = readPack(readFolder(folder), appVersion)
    if ('problems' in reading || reading.digest !== digest) return undefined
    const { signer } = reading
    const pack: KnownPack = { ...reading.pack, digest, signer, folder, origin: 'library', trust: 'refused' }
    imported.set(digest, pack)
    return pack
  }

  async function find(id: string): Promise<KnownPack> {
    const pack = (await all()).find((candidate) => candidate.manifest.id === id)
    if (!pack) throw new AppError('pack/unknown', { params: { id } })
    return pack
  }

  /** @throws AppError `pack/refused` with every problem found. */
  async function accept(bytes: Uint8Array): Promise<{ files: PackFiles; pack: KnownPack }> {
    const opened = readZip(bytes)
    if ('problems' in opened) throw refused(opened.problems)
    const reading = readPack(opened.files, appVersion)
    if ('problems' in reading) throw refused(reading.problems)
    const { digest, signer } = reading
    const folder = join(folders.imported, digest)
    const trust = signer !== null && (await trustedKeys(store.db)).includes(signer.publicKey) ? 'signed' : 'refused'
    return { files: opened.files, pack: { ...reading.pack, digest, signer, folder, origin: 'library', trust } }
  }

  return {
    async list(): Promise<PackSummary[]> {
      return (await all()).map((pack) => summarise(pack, today()))
    },
    async detail(id: string): Promise<PackDetail> {
      return detail(await find(id), today())
    },
    /** @throws AppError `pack/unsigned` for a pack that the instructor has not let in. */
    async playable(id: string): Promise<KnownPack> {
      const pack = await find(id)
      if (pack.trust === 'refused') {
        throw new AppError('pack/unsigned', { params: { id }, remedy: 'Ask the instructor to trust this pack.' })
      }
      return pack
    },
    mediaFolder(digest: string): string | undefined {
      const pack = [...loadBuiltIn().values(), ...imported.values()].find((candidate) => candidate.digest === digest)
      return pack && join(pack.folder, 'media')
    },
    async check(bytes: Uint8Array): Promise<{ pack: PackSummary | null; problems: Problem[] }> {
      try {
        return { pack: summarise((await accept(bytes)).pack, today()), problems: [] }
      } catch (error) {
        if (error instanceof AppError && error.problems) return { pack: null, problems: error.problems }
        throw error
      }
    },
    /** Installs a pack; one with the same id is replaced by it. @throws AppError `pack/refused`, `pack/built-in`. */
    async import(bytes: Uint8Array): Promise<PackSummary> {
      const { files, pack } = await accept(bytes)
      const { id, version } = pack.manifest
      if (loadBuiltIn().has(id)) throw new AppError('pack/built-in', { params: { id } })
      install(files, pack.folder)
      const trust = pack.trust === 'signed' ? 'signed' : 'refused'
      const row = { id, version, digest: pack.digest, trust, imported_at: now().toISOString() } as const
      const before = await store.transact(async (db) => {
        const old = await db.selectFrom('packs').select(['digest', 'trust']).where('id', '=', id).executeTakeFirst()
        // The same bytes again keep the trust that the instructor gave them.
        if (old?.digest === row.digest) return undefined
        await db
          .insertInto('packs')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute()
        return old?.digest
      })
      if (before !== undefined) discard(before)
      imported.delete(pack.digest)
      return summarise(await find(id), today())
    },
    async remove(id: string): Promise<void> {
      const pack = await find(id)
      if (pack.origin === 'built-in') throw new AppError('pack/built-in', { params: { id } })
      await store.db.deleteFrom('packs').where('id', '=', id).execute()
      discard(pack.digest)
    },
    async trust(id: string): Promise<PackSummary> {
      const pack = await find(id)
      if (pack.origin === 'built-in' || pack.trust === 'signed') return summarise(pack, today())
      await store.transact(async (db) => {
        await db.updateTable('packs').set({ trust: 'trusted' }).where('id', '=', id).execute()
        if (pack.signer !== null) await trustKey(db, pack.signer.publicKey)
      })
      return summarise(await find(id), today())
    },
  }

  function discard(digest: string): void {
    imported.delete(digest)
    rmSync(join(folders.imported, digest), { recursive: true, force: true })
  }
}

export type Library = ReturnType<typeof createLibrary>

function refused(problems: Problem[]): AppError {
  return new AppError('pack/refused', { params: { count: problems.length }, problems })
}

/** Writes all files beside the place, then renames: the place holds the whole pack or nothing. */
function install(files: PackFiles, folder: string): void {
  if (existsSync(folder)) return
  const draft = `${folder}.draft`
  try {
    rmSync(draft, { recursive: true, force: true })
    for (const [path, bytes] of files) {
      const file = join(draft, ...path.split('/'))
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, bytes)
    }
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw codedDiskError(error)
  }
}
