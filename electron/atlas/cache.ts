import { createHash } from 'node:crypto'
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CompiledBody } from '../../core/modelling/compile.ts'
import type { StructureDefinition } from '../../core/modelling/definition.ts'
import { ENGINE, type LevelMesh, type StructureMesh } from './structuremesh.ts'

/** What a structure's mesh depends on, as one digest: the engine, its shape with all that it refers to, and its cell. */
export function meshDigest(body: CompiledBody, definition: StructureDefinition): string {
  const parts = [
    ENGINE,
    body.closure(definition.id),
    definition.cellMm,
    definition.toleranceMm ?? '',
    definition.tendon ?? '',
  ]
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)
}

/** A folder of finished meshes by digest. Damaged or absent entries read as undefined. */
export class MeshCache {
  private readonly folder: string
  constructor(folder: string) {
    this.folder = folder
    mkdirSync(folder, { recursive: true })
  }

  /** Whether an entry is there and as long as its head says: a cheap look before it is wanted. */
  has(digest: string): boolean {
    let file: number | undefined
    try {
      file = openSync(this.pathOf(digest), 'r')
      const start = Buffer.alloc(512)
      const got = readSync(file, start, 0, start.length, 0)
      const length = start.readUInt32LE(0)
      if (length > got - 4) return false
      const { levels } = JSON.parse(start.subarray(4, 4 + length).toString()) as Head
      const body = levels.reduce((sum, [vertices, count, tendon]) => sum + count * 4 + vertices * (13 + tendon), 0)
      return fstatSync(file).size === 4 + length + body
    } catch {
      return false
    } finally {
      if (file !== undefined) closeSync(file)
    }
  }

  read(digest: string): StructureMesh | undefined {
    try {
      return decode(readFileSync(this.pathOf(digest)))
    } catch {
      return undefined
    }
  }

  write(digest: string, mesh: StructureMesh): void {
    const path = this.pathOf(digest)
    // Written aside and renamed, so that a killed build leaves no half entry.
    writeFileSync(`${path}.${process.pid}`, encode(mesh))
    renameSync(`${path}.${process.pid}`, path)
  }

  private pathOf(digest: string): string {
    return join(this.folder, `${digest}.mesh`)
  }
}

/** What stands before the figures of an entry: vertices and indices of each level, and whether it has tendon. */
type Head = { volumeCm3: number; levels: [number, number, 0 | 1][] }

const bytesOf = (a: ArrayBufferView): Uint8Array => new Uint8Array(a.buffer, a.byteOffset, a.byteLength)

function encode(mesh: StructureMesh): Buffer {
  const levels = mesh.levels.map((l): Head['levels'][0] => [l.q.length / 3, l.indices.length, l.tendon ? 1 : 0])
  const head: Head = { volumeCm3: mesh.volumeCm3, levels }
  const json = Buffer.from(JSON.stringify(head))
  const size = Buffer.alloc(4)
  size.writeUInt32LE(json.length)
  const parts = mesh.levels.flatMap((l) =>
    [l.indices, l.q, l.normals, l.ao, l.tendon ?? new Uint8Array(0)].map(bytesOf),
  )
  return Buffer.concat([size, json, ...parts])
}

function decode(data: Buffer): StructureMesh {
  const length = data.readUInt32LE(0)
  const head = JSON.parse(data.subarray(4, 4 + length).toString()) as Head
  let at = 4 + length
  const take = (bytes: number): ArrayBuffer => {
    if (at + bytes > data.length) throw new Error('the cached mesh is cut short')
    const copy = new Uint8Array(bytes)
    copy.set(data.subarray(at, at + bytes))
    at += bytes
    return copy.buffer
  }
  const levels = head.levels.map(([vertices, count, tendon]): LevelMesh => {
    const indices = new Uint32Array(take(count * 4))
    const q = new Uint16Array(take(vertices * 6))
    const normals = new Int16Array(take(vertices * 6))
    const ao = new Uint8Array(take(vertices))
    return { indices, q, normals, ao, ...(tendon ? { tendon: new Uint8Array(take(vertices)) } : {}) }
  })
  return { volumeCm3: head.volumeCm3, levels }
}
