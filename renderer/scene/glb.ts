import { MeshoptDecoder } from 'meshoptimizer/decoder'
import { z } from 'zod'

/** The meshes of one system as plain arrays: float positions in metres, so that picking and shading need no transform. */
export type SystemMesh = {
  readonly positions: Float32Array
  /** Unit normals as normalised 16-bit integers, four to a vertex (the last is padding). */
  readonly normals: Int16Array
  /** Structure index of every vertex. */
  readonly structures: Uint16Array
  /** Baked openness of every vertex, 255 fully open. */
  readonly openness: Uint8Array
  /** How much of each vertex is tendon, 255 all. */
  readonly tendon: Uint8Array
  readonly index: Uint32Array
}

const MAGIC = 0x46546c67
const JSON_CHUNK = 0x4e4f534a
const BIN_CHUNK = 0x004e4942

const viewSchema = z.object({
  buffer: z.int(),
  byteOffset: z.int().default(0),
  byteLength: z.int(),
  byteStride: z.int().optional(),
  extensions: z
    .object({
      EXT_meshopt_compression: z
        .object({
          buffer: z.int(),
          byteOffset: z.int().default(0),
          byteLength: z.int(),
          byteStride: z.int(),
          count: z.int(),
          mode: z.string(),
          filter: z.string().default('NONE'),
        })
        .optional(),
    })
    .optional(),
})
const accessorSchema = z.object({
  bufferView: z.int(),
  byteOffset: z.int().default(0),
  componentType: z.int(),
  normalized: z.boolean().default(false),
  count: z.int(),
  type: z.string(),
})
const documentSchema = z.object({
  bufferViews: z.array(viewSchema),
  accessors: z.array(accessorSchema),
  meshes: z.array(
    z.object({ primitives: z.array(z.object({ attributes: z.record(z.string(), z.int()), indices: z.int() })) }),
  ),
  nodes: z
    .array(
      z.object({
        mesh: z.int().optional(),
        translation: z.tuple([z.number(), z.number(), z.number()]).default([0, 0, 0]),
        scale: z.tuple([z.number(), z.number(), z.number()]).default([1, 1, 1]),
      }),
    )
    .default([]),
})
type Document = z.infer<typeof documentSchema>
type NumberArray = Int8Array | Uint8Array | Int16Array | Uint16Array | Uint32Array | Float32Array
type Accessor = {
  readonly array: NumberArray
  readonly stride: number
  readonly normalized: boolean
  readonly count: number
}

/**
 * Reads one system's GLB: one primitive, EXT_meshopt_compression or plain, quantised or float.
 * @throws Error `atlas/unreadable` when the bytes are not such a file.
 */
export async function readSystemMesh(bytes: ArrayBuffer): Promise<SystemMesh> {
  await MeshoptDecoder.ready
  const { document, binary } = open(bytes)
  const primitive = document.meshes[0]?.primitives[0]
  if (!primitive) throw new Error('atlas/unreadable')
  const node = document.nodes.find((candidate) => candidate.mesh === 0)
  const read = (name: string) => {
    const at = primitive.attributes[name]
    return at === undefined ? undefined : readAccessor(document, binary, at)
  }
  const position = read('POSITION')
  const normal = read('NORMAL')
  const structure = read('_STRUCTURE')
  if (!position || !normal || !structure) throw new Error('atlas/unreadable')
  const openness = read('_AO')
  const tendon = read('_TENDON')
  return {
    positions: toMetres(position, node?.scale ?? [1, 1, 1], node?.translation ?? [0, 0, 0]),
    normals: packNormals(normal),
    structures: Uint16Array.from({ length: structure.count }, (_, i) => structure.array[i * structure.stride]),
    openness: openness ? toBytes(openness) : new Uint8Array(position.count).fill(255),
    tendon: tendon ? toBytes(tendon) : new Uint8Array(position.count),
    index: Uint32Array.from(readAccessor(document, binary, primitive.indices).array),
  }
}

function open(bytes: ArrayBuffer): { document: Document; binary: Uint8Array } {
  const view = new DataView(bytes)
  if (bytes.byteLength < 20 || view.getUint32(0, true) !== MAGIC) throw new Error('atlas/unreadable')
  let json: unknown
  let binary = new Uint8Array(0)
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const length = view.getUint32(at, true)
    const kind = view.getUint32(at + 4, true)
    const chunk = new Uint8Array(bytes, at + 8, length)
    if (kind === JSON_CHUNK) json = JSON.parse(new TextDecoder().decode(chunk))
    if (kind === BIN_CHUNK) binary = chunk
    at += 8 + length
  }
  return { document: documentSchema.parse(json), binary }
}

function readAccessor(document: Document, binary: Uint8Array, at: number): Accessor {
  const accessor = document.accessors[at]
  const view = document.bufferViews[accessor.bufferView]
  const packed = view.extensions?.EXT_meshopt_compression
  let bytes: Uint8Array
  if (packed) {
    bytes = new Uint8Array(packed.count * packed.byteStride)
    const source = binary.subarray(packed.byteOffset, packed.byteOffset + packed.byteLength)
    MeshoptDecoder.decodeGltfBuffer(bytes, packed.count, packed.byteStride, source, packed.mode, packed.filter)
  } else {
    bytes = binary.slice(view.byteOffset, view.byteOffset + view.byteLength)
  }
  const size = componentBytes(accessor.componentType)
  const parts = accessor.type === 'VEC3' ? 3 : accessor.type === 'VEC4' ? 4 : accessor.type === 'VEC2' ? 2 : 1
  const stride = (packed?.byteStride ?? view.byteStride ?? parts * size) / size
  return {
    array: typed(accessor.componentType, bytes.buffer as ArrayBuffer, bytes.byteOffset + accessor.byteOffset),
    stride,
    normalized: accessor.normalized,
    count: accessor.count,
  }
}

function componentBytes(type: number): number {
  if (type === 5120 || type === 5121) return 1
  return type === 5122 || type === 5123 ? 2 : 4
}

function typed(type: number, buffer: ArrayBuffer, offset: number): NumberArray {
  const length = Math.floor((buffer.byteLength - offset) / componentBytes(type))
  if (type === 5120) return new Int8Array(buffer, offset, length)
  if (type === 5121) return new Uint8Array(buffer, offset, length)
  if (type === 5122) return new Int16Array(buffer, offset, length)
  if (type === 5123) return new Uint16Array(buffer, offset, length)
  return type === 5125 ? new Uint32Array(buffer, offset, length) : new Float32Array(buffer, offset, length)
}

/** What one step of a normalised integer is worth (glTF 2.0, section 3.6.2.2). */
function unitOf(array: NumberArray, normalized: boolean): number {
  if (!normalized) return 1
  if (array instanceof Int8Array) return 1 / 127
  if (array instanceof Uint8Array) return 1 / 255
  return array instanceof Int16Array ? 1 / 32767 : 1 / 65535
}

function toMetres(source: Accessor, scale: readonly number[], translation: readonly number[]): Float32Array {
  const unit = unitOf(source.array, source.normalized)
  const out = new Float32Array(source.count * 3)
  for (let i = 0; i < source.count; i++)
    for (let axis = 0; axis < 3; axis++)
      out[i * 3 + axis] = source.array[i * source.stride + axis] * unit * scale[axis] + translation[axis]
  return out
}

function packNormals(source: Accessor): Int16Array {
  const unit = unitOf(source.array, source.normalized) * 32767
  const out = new Int16Array(source.count * 4)
  for (let i = 0; i < source.count; i++)
    for (let axis = 0; axis < 3; axis++)
      out[i * 4 + axis] = Math.max(-32767, Math.min(32767, Math.round(source.array[i * source.stride + axis] * unit)))
  return out
}

function toBytes(source: Accessor): Uint8Array {
  const scale = unitOf(source.array, source.normalized) * 255
  return Uint8Array.from({ length: source.count }, (_, i) => Math.round(source.array[i * source.stride] * scale))
}
