import { MeshoptEncoder } from 'meshoptimizer'
import { QUANTUM_ORIGIN_M } from '../../core/modelling/quantise.ts'
import type { LevelMesh } from './structuremesh.ts'

export type Part = { readonly index: number; readonly mesh: LevelMesh }
export type Span = { readonly index: number; readonly start: number; readonly count: number }

type Stream = {
  readonly data: Uint8Array
  readonly count: number
  readonly stride: number
  readonly mode: 'ATTRIBUTES' | 'TRIANGLES'
  readonly filter?: 'OCTAHEDRAL'
}

const [VERTICES, ELEMENTS] = [34962, 34963]
const [UNSIGNED_BYTE, SHORT, UNSIGNED_SHORT, UNSIGNED_INT] = [5121, 5122, 5123, 5125]

/**
 * One system at one level of detail as a GLB: one primitive with POSITION (16-bit quanta, the node's scale and
 * translation give metres), NORMAL, _STRUCTURE, _AO, _TENDON, compressed by EXT_meshopt_compression. Each part's triangles are
 * contiguous; `spans` says where.
 */
export async function encodeGlb(parts: readonly Part[]): Promise<{ bytes: Buffer; spans: Span[] }> {
  await MeshoptEncoder.ready
  const vertices = parts.reduce((n, p) => n + p.mesh.q.length / 3, 0)
  const count = parts.reduce((n, p) => n + p.mesh.indices.length, 0)
  const positions = new Uint16Array(vertices * 4)
  const normals = new Float32Array(vertices * 4)
  const structures = new Uint16Array(vertices * 2)
  // Openness, and how much is tendon; the stride must be a multiple of four.
  const shares = new Uint8Array(vertices * 4)
  const indices = new Uint32Array(count)
  const low = [65535, 65535, 65535]
  const high = [0, 0, 0]
  const spans: Span[] = []
  let vertex = 0
  let at = 0
  for (const { index, mesh } of parts) {
    const order = mesh.indices.slice()
    const [remap] = MeshoptEncoder.reorderMesh(order, true, true)
    for (let v = 0; v < mesh.q.length / 3; v++) {
      const o = vertex + remap[v]
      for (let c = 0; c < 3; c++) {
        const q = mesh.q[v * 3 + c]
        positions[o * 4 + c] = q
        if (q < low[c]) low[c] = q
        if (q > high[c]) high[c] = q
        normals[o * 4 + c] = mesh.normals[v * 3 + c] / 32767
      }
      structures[o * 2] = index
      shares[o * 4] = mesh.ao[v]
      shares[o * 4 + 1] = mesh.tendon?.[v] ?? 0
    }
    for (let i = 0; i < order.length; i++) indices[at + i] = order[i] + vertex
    spans.push({ index, start: at, count: order.length })
    vertex += mesh.q.length / 3
    at += order.length
  }
  const streams: Stream[] = [
    { data: bytesOf(positions), count: vertices, stride: 8, mode: 'ATTRIBUTES' },
    {
      data: MeshoptEncoder.encodeFilterOct(normals, vertices, 8, 10),
      count: vertices,
      stride: 8,
      mode: 'ATTRIBUTES',
      filter: 'OCTAHEDRAL',
    },
    { data: bytesOf(structures), count: vertices, stride: 4, mode: 'ATTRIBUTES' },
    { data: shares, count: vertices, stride: 4, mode: 'ATTRIBUTES' },
    { data: bytesOf(indices), count, stride: 4, mode: 'TRIANGLES' },
  ]
  const accessors = [
    { bufferView: 0, componentType: UNSIGNED_SHORT, count: vertices, type: 'VEC3', min: low, max: high },
    { bufferView: 1, componentType: SHORT, normalized: true, count: vertices, type: 'VEC3' },
    { bufferView: 2, componentType: UNSIGNED_SHORT, count: vertices, type: 'SCALAR' },
    { bufferView: 3, componentType: UNSIGNED_BYTE, normalized: true, count: vertices, type: 'SCALAR' },
    { bufferView: 4, componentType: UNSIGNED_INT, count, type: 'SCALAR' },
    { bufferView: 3, byteOffset: 1, componentType: UNSIGNED_BYTE, normalized: true, count: vertices, type: 'SCALAR' },
  ]
  return { bytes: container(streams, accessors), spans }
}

const bytesOf = (a: ArrayBufferView): Uint8Array => new Uint8Array(a.buffer, a.byteOffset, a.byteLength)

function container(streams: readonly Stream[], accessors: readonly object[]): Buffer {
  const packed = streams.map((s) => MeshoptEncoder.encodeGltfBuffer(s.data, s.count, s.stride, s.mode, 0))
  const pad = (n: number) => (4 - (n % 4)) % 4
  let offset = 0
  let plain = 0
  const bufferViews = streams.map((s, i) => {
    const view = {
      buffer: 1,
      byteOffset: plain,
      byteLength: s.count * s.stride,
      ...(s.mode === 'ATTRIBUTES' ? { byteStride: s.stride } : {}),
      target: s.mode === 'ATTRIBUTES' ? VERTICES : ELEMENTS,
      extensions: {
        EXT_meshopt_compression: {
          buffer: 0,
          byteOffset: offset,
          byteLength: packed[i].length,
          byteStride: s.stride,
          count: s.count,
          mode: s.mode,
          ...(s.filter ? { filter: s.filter } : {}),
        },
      },
    }
    offset += packed[i].length + pad(packed[i].length)
    plain += s.count * s.stride
    return view
  })
  const extensions = ['EXT_meshopt_compression', 'KHR_mesh_quantization']
  const document = {
    asset: { version: '2.0', generator: 'sina' },
    extensionsUsed: extensions,
    extensionsRequired: extensions,
    // The second buffer only says how large the data is once unpacked.
    buffers: [
      { byteLength: offset },
      { byteLength: plain, extensions: { EXT_meshopt_compression: { fallback: true } } },
    ],
    bufferViews,
    accessors,
    meshes: [
      { primitives: [{ attributes: { POSITION: 0, NORMAL: 1, _STRUCTURE: 2, _AO: 3, _TENDON: 5 }, indices: 4 }] },
    ],
    nodes: [{ mesh: 0, scale: [2 ** -15, 2 ** -15, 2 ** -15], translation: QUANTUM_ORIGIN_M }],
    scenes: [{ nodes: [0] }],
    scene: 0,
  }
  const body = Buffer.concat(packed.map((p) => Buffer.concat([p, Buffer.alloc(pad(p.length))])))
  return glb(Buffer.from(JSON.stringify(document)), body)
}

/** A GLB file from its JSON and its binary part. */
export function glb(json: Buffer, body: Buffer): Buffer {
  const text = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4, 0x20)])
  const head = Buffer.alloc(20)
  head.write('glTF', 0, 'latin1')
  head.writeUInt32LE(2, 4)
  head.writeUInt32LE(28 + text.length + body.length, 8)
  head.writeUInt32LE(text.length, 12)
  head.write('JSON', 16, 'latin1')
  const chunk = Buffer.alloc(8)
  chunk.writeUInt32LE(body.length, 0)
  chunk.write('BIN\0', 4, 'latin1')
  return Buffer.concat([head, text, chunk, body])
}
