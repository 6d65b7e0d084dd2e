import { MeshoptEncoder } from 'meshoptimizer/encoder'
import { expect, test } from 'vitest'
import { readSystemMesh } from '../../../../renderer/scene/glb.ts'

const scale = 0.5
const positions = new Uint16Array([0, 0, 0, 0, 65535, 0, 0, 0, 0, 65535, 0, 0, 0, 0, 65535, 0])
const normals = new Int8Array([0, 0, 127, 0, 0, 127, 0, 0, 127, 0, 0, 0, 0, -127, 0, 0])
const rows = new Uint16Array([0, 0, 0, 0, 0, 0, 7, 0])
const index = new Uint32Array([0, 1, 2, 0, 2, 3])

/** Writes a GLB as the atlas build does: quantised, compressed. */
async function compressed(): Promise<ArrayBuffer> {
  await MeshoptEncoder.ready
  const parts = [
    { bytes: MeshoptEncoder.encodeVertexBuffer(new Uint8Array(positions.buffer), 4, 8), stride: 8, count: 4 },
    { bytes: MeshoptEncoder.encodeVertexBuffer(new Uint8Array(normals.buffer), 4, 4), stride: 4, count: 4 },
    { bytes: MeshoptEncoder.encodeVertexBuffer(new Uint8Array(rows.buffer), 4, 4), stride: 4, count: 4 },
    { bytes: MeshoptEncoder.encodeIndexBuffer(new Uint8Array(index.buffer), 6, 4), stride: 4, count: 6 },
  ]
  let at = 0
  const bufferViews = parts.map(({ bytes, stride, count }, i) => {
    const byteOffset = at
    at += bytes.byteLength
    const mode = i === 3 ? 'TRIANGLES' : 'ATTRIBUTES'
    const packed = { buffer: 0, byteOffset, byteLength: bytes.byteLength, byteStride: stride, count, mode }
    return {
      buffer: 1,
      byteLength: stride * count,
      ...(i < 3 ? { byteStride: stride } : {}),
      extensions: { EXT_meshopt_compression: packed },
    }
  })
  const accessor = (bufferView: number, componentType: number, count: number, type: string, normalized: boolean) => ({
    bufferView,
    componentType,
    count,
    type,
    normalized,
  })
  const json = JSON.stringify({
    bufferViews,
    accessors: [
      accessor(0, 5123, 4, 'VEC3', true),
      accessor(1, 5120, 4, 'VEC3', true),
      accessor(2, 5123, 4, 'SCALAR', false),
      accessor(3, 5125, 6, 'SCALAR', false),
    ],
    meshes: [{ primitives: [{ attributes: { POSITION: 0, NORMAL: 1, _STRUCTURE: 2 }, indices: 3 }] }],
    nodes: [{ mesh: 0, scale: [scale, scale, scale], translation: [1, 2, 3] }],
  })
  return glb(
    json,
    parts.map(({ bytes }) => bytes),
  )
}

function glb(json: string, parts: readonly Uint8Array[]): ArrayBuffer {
  const text = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 4) * 4))
  const size = parts.reduce((sum, part) => sum + part.byteLength, 0)
  const bytes = new Uint8Array(12 + 8 + text.length + 8 + size)
  const view = new DataView(bytes.buffer)
  const words = [0x46546c67, 2, bytes.length, text.length, 0x4e4f534a]
  for (const [i, word] of words.entries()) view.setUint32(i * 4, word, true)
  bytes.set(text, 20)
  view.setUint32(20 + text.length, size, true)
  view.setUint32(24 + text.length, 0x004e4942, true)
  let at = 28 + text.length
  for (const part of parts) {
    bytes.set(part, at)
    at += part.byteLength
  }
  return bytes.buffer
}

test('a quantised, compressed system is read in metres', async () => {
  const mesh = await readSystemMesh(await compressed())
  expect([...mesh.positions.slice(0, 6)]).toEqual([1, 2, 3, 1.5, 2, 3])
  expect([...mesh.structures]).toEqual([0, 0, 0, 7])
  expect([...mesh.normals.slice(0, 3)]).toEqual([0, 0, 32767])
  expect([...mesh.openness]).toEqual([255, 255, 255, 255])
  const triangles = [...mesh.index]
  expect(triangles).toHaveLength(6)
  expect(new Set(triangles)).toEqual(new Set([0, 1, 2, 3]))
})

test('other bytes are refused', async () => {
  await expect(readSystemMesh(new TextEncoder().encode('<!doctype html>……………').buffer as ArrayBuffer)).rejects.toThrow(
    'atlas/unreadable',
  )
})
