import { BufferAttribute, BufferGeometry } from 'three'
import { MeshBVH, type SerializedBVH } from 'three-mesh-bvh'

export type BvhRequest = {
  readonly positions: Float32Array
  readonly index: Uint32Array
  readonly parts: readonly { readonly row: number; readonly start: number; readonly count: number }[]
}
export type BvhReply = { readonly trees: readonly { readonly row: number; readonly tree: SerializedBVH }[] }

self.onmessage = ({ data }: MessageEvent<BvhRequest>) => {
  const position = new BufferAttribute(data.positions, 3)
  const buffers: ArrayBuffer[] = []
  const trees = data.parts.map(({ row, start, count }) => {
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', position)
    geometry.setIndex(new BufferAttribute(data.index.subarray(start, start + count), 1))
    const tree = MeshBVH.serialize(new MeshBVH(geometry, { indirect: true, targetLeafSize: 12 }), {
      cloneBuffers: false,
    })
    buffers.push(...(tree.roots as ArrayBuffer[]))
    if (tree.indirectBuffer) buffers.push(tree.indirectBuffer.buffer as ArrayBuffer)
    // The page has the triangles already.
    return { row, tree: { ...tree, index: null } as unknown as SerializedBVH }
  })
  self.postMessage({ trees } satisfies BvhReply, { transfer: buffers })
}
