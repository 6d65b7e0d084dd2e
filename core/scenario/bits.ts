/** Numbers as little-endian bits, on any machine; −0 becomes +0 so that equal states have equal hashes. */
export function packNumbers(...blocks: readonly Float64Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(blocks.reduce((sum, block) => sum + block.byteLength, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const block of blocks)
    for (let i = 0; i < block.length; i++, at += 8) view.setFloat64(at, block[i] === 0 ? 0 : block[i], true)
  return bytes
}

/** Fills the blocks from what {@link packNumbers} made. Returns false, and changes nothing, on another length. */
export function unpackNumbers(bytes: Uint8Array, ...blocks: readonly Float64Array[]): boolean {
  if (bytes.byteLength !== blocks.reduce((sum, block) => sum + block.byteLength, 0)) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  for (const block of blocks) for (let i = 0; i < block.length; i++, at += 8) block[i] = view.getFloat64(at, true)
  return true
}
