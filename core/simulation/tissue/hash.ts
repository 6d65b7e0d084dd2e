/** The hash of a field's state: megabytes in a millisecond, so that it may be taken while an operation goes on. */
import { SUMS_BYTES } from '../kernel/digest.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { hashBlock } from '../state.ts'

/** Bytes of the kernel's memory through which foreign blocks are read; the sums stand after them. */
const WINDOW = 65536

/** Bytes of the kernel's memory that hashing takes. */
export const HASH_BYTES = WINDOW + SUMS_BYTES

/**
 * SHA-256 of the sums of all blocks (`kernel/digest.ts`), as hex. The kernel's own memory is read where it lies, other
 * blocks go through the window at `at`. Lengths are multiples of 16.
 */
export function hashBlocks(kernel: Kernel, at: number, blocks: readonly Uint8Array<ArrayBuffer>[]): string {
  const sumsAt = at + WINDOW
  const sums = new Uint8Array(kernel.memory, sumsAt, SUMS_BYTES)
  const window = new Uint8Array(kernel.memory, at, WINDOW)
  sums.fill(0)
  for (const block of blocks) {
    if (block.buffer === kernel.memory) {
      kernel.digest(block.byteOffset, block.length >> 4, sumsAt)
      continue
    }
    for (let from = 0; from < block.length; from += WINDOW) {
      const part = block.subarray(from, from + WINDOW)
      window.set(part)
      kernel.digest(at, part.length >> 4, sumsAt)
    }
  }
  return hashBlock(sums)
}
