import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dequantise } from '../../core/modelling/quantise.ts'
import { describe } from './describe.ts'
import { standardFolders } from './folders.ts'
import { glb } from './glb.ts'
import { type Defect, makeMeshes } from './meshes.ts'
import type { PoolFolders } from './pool.ts'
import type { LevelMesh } from './structuremesh.ts'

export const EXPORT_FORMATS = ['stl', 'glb', 'obj'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Poses that a body can be exported in; the atlas itself stands as on the table, arms abducted. */
export const EXPORT_POSES = ['chest-drain'] as const

export type ExportOptions = {
  readonly out: string
  readonly format?: ExportFormat
  readonly pose?: (typeof EXPORT_POSES)[number]
  readonly body?: string
  readonly folders?: PoolFolders
  readonly workers?: number
}

export type ExportReport = {
  readonly structures: number
  readonly bytes: number
  readonly defects: readonly Defect[]
}

/** Writes one mesh file per structure (mm, body frame, full level) and structures.json beside them. */
export async function exportAtlas(options: ExportOptions): Promise<ExportReport> {
  const format = options.format ?? 'stl'
  const meshes = await makeMeshes({
    folders: options.folders ?? standardFolders(),
    body: options.body ?? 'male',
    workers: options.workers,
  })
  mkdirSync(options.out, { recursive: true })
  let bytes = 0
  const rows: object[] = []
  meshes.structures.forEach((structure, index) => {
    const mesh = meshes.mesh(structure.id)
    if (!mesh) return
    const file = `${structure.id}.${format}`
    const data = encoders[format](structure.id, mesh.levels[0])
    writeFileSync(join(options.out, file), data)
    bytes += data.length
    rows.push({ ...describe(structure, index, meshes.assets, mesh), file })
  })
  const about = {
    version: 1,
    units: format === 'glb' ? 'm' : 'mm',
    pose: options.pose ?? 'chest-drain',
    structures: rows,
  }
  writeFileSync(join(options.out, 'structures.json'), JSON.stringify(about, undefined, 1))
  return { structures: rows.length, bytes, defects: meshes.defects }
}

const encoders: { [K in ExportFormat]: (id: string, mesh: LevelMesh) => Buffer } = {
  stl: encodeStl,
  obj: encodeObj,
  glb: encodePlainGlb,
}

/** Binary STL in mm. */
export function encodeStl(id: string, mesh: LevelMesh): Buffer {
  const p = dequantise(mesh.q)
  const count = mesh.indices.length / 3
  const out = Buffer.alloc(84 + count * 50)
  out.write(`sina ${id}`.slice(0, 79), 0, 'latin1')
  out.writeUInt32LE(count, 80)
  for (let t = 0; t < count; t++) {
    const [a, b, c] = [mesh.indices[t * 3] * 3, mesh.indices[t * 3 + 1] * 3, mesh.indices[t * 3 + 2] * 3]
    const u = [0, 1, 2].map((k) => p[b + k] - p[a + k])
    const v = [0, 1, 2].map((k) => p[c + k] - p[a + k])
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
    const l = Math.hypot(n[0], n[1], n[2])
    let o = 84 + t * 50
    for (const x of n) o = out.writeFloatLE(x / l, o)
    for (const k of [a, b, c]) for (let i = 0; i < 3; i++) o = out.writeFloatLE(p[k + i], o)
  }
  return out
}

function encodeObj(id: string, mesh: LevelMesh): Buffer {
  const p = dequantise(mesh.q)
  const lines = [`o ${id}`]
  for (let v = 0; v < p.length; v += 3) lines.push(`v ${p[v].toFixed(3)} ${p[v + 1].toFixed(3)} ${p[v + 2].toFixed(3)}`)
  for (let t = 0; t < mesh.indices.length; t += 3) {
    lines.push(`f ${mesh.indices[t] + 1} ${mesh.indices[t + 1] + 1} ${mesh.indices[t + 2] + 1}`)
  }
  return Buffer.from(`${lines.join('\n')}\n`)
}

/** Uncompressed GLB in metres, for programs that know no extensions. */
function encodePlainGlb(id: string, mesh: LevelMesh): Buffer {
  const p = dequantise(mesh.q).map((mm) => mm / 1000)
  const low = [0, 1, 2].map((c) => p.reduce((m, x, i) => (i % 3 === c ? Math.min(m, x) : m), Infinity))
  const high = [0, 1, 2].map((c) => p.reduce((m, x, i) => (i % 3 === c ? Math.max(m, x) : m), -Infinity))
  const document = {
    asset: { version: '2.0', generator: 'sina' },
    buffers: [{ byteLength: p.byteLength + mesh.indices.byteLength }],
    bufferViews: [
      { buffer: 0, byteLength: p.byteLength, target: 34962 },
      { buffer: 0, byteOffset: p.byteLength, byteLength: mesh.indices.byteLength, target: 34963 },
    ],
    accessors: [
      { bufferView: 0, componentType: 5126, count: p.length / 3, type: 'VEC3', min: low, max: high },
      { bufferView: 1, componentType: 5125, count: mesh.indices.length, type: 'SCALAR' },
    ],
    meshes: [{ name: id, primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
    nodes: [{ name: id, mesh: 0 }],
    scenes: [{ nodes: [0] }],
    scene: 0,
  }
  const bytes = (a: ArrayBufferView) => Buffer.from(a.buffer, a.byteOffset, a.byteLength)
  return glb(Buffer.from(JSON.stringify(document)), Buffer.concat([bytes(p), bytes(mesh.indices)]))
}
