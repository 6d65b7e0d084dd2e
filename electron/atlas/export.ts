import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BodyStructure } from '../../core/modelling/compile.ts'
import { dequantise } from '../../core/modelling/quantise.ts'
import { sizeOf } from '../../core/modelling/warp.ts'
import { loadBodies } from './bodies.ts'
import { describe } from './describe.ts'
import { standardFolders } from './folders.ts'
import { glb } from './glb.ts'
import { type Defect, makeMeshes } from './meshes.ts'
import type { PoolFolders } from './pool.ts'
import { movementOf, posingOf } from './posed.ts'

export const EXPORT_FORMATS = ['stl', 'glb', 'obj'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export type ExportOptions = {
  readonly out: string
  readonly format?: ExportFormat
  /** A pose of `assets/rig.yaml`; the body's own when absent. */
  readonly pose?: string
  readonly body?: string
  readonly folders?: PoolFolders
  readonly workers?: number
}

export type ExportReport = {
  readonly structures: number
  readonly bytes: number
  readonly defects: readonly Defect[]
}

/**
 * Writes one mesh file per structure (mm, body frame, full level) and structures.json, a list, beside them.
 * @throws Error when the rig has no such pose
 */
export async function exportAtlas(options: ExportOptions): Promise<ExportReport> {
  const format = options.format ?? 'stl'
  const folders = options.folders ?? standardFolders()
  const name = options.body ?? 'male'
  const body = loadBodies(folders.assets).get(name)
  const pose = options.pose ?? body?.pose
  const size = sizeOf(body?.params.stature ?? 0)
  const meshes = await makeMeshes({ folders, body: name, workers: options.workers, pose: 'as-defined' })
  const posing = pose === undefined ? undefined : posingOf(meshes.assets, pose)
  mkdirSync(options.out, { recursive: true })
  let bytes = 0
  const rows: object[] = []
  meshes.structures.forEach((structure, index) => {
    const mesh = meshes.mesh(structure.id)
    if (!mesh) return
    const movement = movementOf(structure.id, mesh, posing, meshes.assets)
    const [full] = mesh.levels
    const positions = dequantise(full.q)
    movement?.move(positions)
    if (size !== 1) for (let i = 0; i < positions.length; i++) positions[i] *= size
    const file = `${structure.id}.${format}`
    const data = encoders[format](structure.id, positions, full.indices)
    writeFileSync(join(options.out, file), data)
    bytes += data.length
    const reference = referenceOf(structure)
    const about = describe(structure, index, meshes.assets, mesh, movement)
    rows.push({
      ...about,
      landmarks: about.landmarks.map((landmark) => ({ ...landmark, at: landmark.at.map((metres) => metres * size) })),
      volumeCm3: mesh.volumeCm3 * size ** 3,
      bounds: boundsOf(positions),
      ...(reference ? { reference } : {}),
      file,
      units: format === 'glb' ? 'm' : 'mm',
      pose: pose ?? 'chest-drain',
    })
  })
  writeFileSync(join(options.out, 'structures.json'), JSON.stringify(rows, undefined, 1))
  return { structures: rows.length, bytes, defects: meshes.defects }
}

/** Counterparts in the Human Reference Atlas; the twin's are the same names of the other side. */
function referenceOf({ definition: { reference }, side }: BodyStructure): string[] | undefined {
  if (reference === undefined) return undefined
  const names = [reference].flat()
  return side === 'as-defined' ? names : names.map(otherSide)
}

const SIDES: readonly (readonly [RegExp, string])[] = [
  [/_L(?=_|$)/g, '_R'],
  [/_R(?=_|$)/g, '_L'],
  [/(^|_)left(?=_|$)/g, '$1right'],
  [/(^|_)right(?=_|$)/g, '$1left'],
]

/** The name of the twin of a node on the other side. */
export function otherSide(name: string): string {
  const found = SIDES.find(([from]) => name.search(from) >= 0)
  return found ? name.replace(found[0], found[1]) : name
}

/** Box of points in mm, as metres. */
function boundsOf(p: Float32Array): [number[], number[]] {
  const min = [Infinity, Infinity, Infinity]
  const max = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < p.length; i++) {
    min[i % 3] = Math.min(min[i % 3], p[i] / 1000)
    max[i % 3] = Math.max(max[i % 3], p[i] / 1000)
  }
  return [min, max]
}

/** Positions in mm to a file. */
type Encoder = (id: string, positions: Float32Array, indices: Uint32Array) => Buffer

const encoders: { [K in ExportFormat]: Encoder } = {
  stl: encodeStl,
  obj: encodeObj,
  glb: encodePlainGlb,
}

/** Binary STL in mm. */
export function encodeStl(id: string, p: Float32Array, indices: Uint32Array): Buffer {
  const count = indices.length / 3
  const out = Buffer.alloc(84 + count * 50)
  out.write(`sina ${id}`.slice(0, 79), 0, 'latin1')
  out.writeUInt32LE(count, 80)
  for (let t = 0; t < count; t++) {
    const [a, b, c] = [indices[t * 3] * 3, indices[t * 3 + 1] * 3, indices[t * 3 + 2] * 3]
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

function encodeObj(id: string, p: Float32Array, indices: Uint32Array): Buffer {
  const lines = [`o ${id}`]
  for (let v = 0; v < p.length; v += 3) lines.push(`v ${p[v].toFixed(3)} ${p[v + 1].toFixed(3)} ${p[v + 2].toFixed(3)}`)
  for (let t = 0; t < indices.length; t += 3) {
    lines.push(`f ${indices[t] + 1} ${indices[t + 1] + 1} ${indices[t + 2] + 1}`)
  }
  return Buffer.from(`${lines.join('\n')}\n`)
}

/** Uncompressed GLB in metres, for programs that know no extensions. */
function encodePlainGlb(id: string, p: Float32Array, indices: Uint32Array): Buffer {
  const metres = p.map((mm) => mm / 1000)
  const low = [0, 1, 2].map((c) => metres.reduce((m, x, i) => (i % 3 === c ? Math.min(m, x) : m), Infinity))
  const high = [0, 1, 2].map((c) => metres.reduce((m, x, i) => (i % 3 === c ? Math.max(m, x) : m), -Infinity))
  const document = {
    asset: { version: '2.0', generator: 'sina' },
    buffers: [{ byteLength: metres.byteLength + indices.byteLength }],
    bufferViews: [
      { buffer: 0, byteLength: metres.byteLength, target: 34962 },
      { buffer: 0, byteOffset: metres.byteLength, byteLength: indices.byteLength, target: 34963 },
    ],
    accessors: [
      { bufferView: 0, componentType: 5126, count: metres.length / 3, type: 'VEC3', min: low, max: high },
      { bufferView: 1, componentType: 5125, count: indices.length, type: 'SCALAR' },
    ],
    meshes: [{ name: id, primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
    nodes: [{ name: id, mesh: 0 }],
    scenes: [{ nodes: [0] }],
    scene: 0,
  }
  const bytes = (a: ArrayBufferView) => Buffer.from(a.buffer, a.byteOffset, a.byteLength)
  return glb(Buffer.from(JSON.stringify(document)), Buffer.concat([bytes(metres), bytes(indices)]))
}
