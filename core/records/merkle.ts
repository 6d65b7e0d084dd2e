import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'

// The Merkle tree of Certificate Transparency: RFC 6962 §2.1, proofs checked as RFC 9162 §2.1.3.2 and §2.1.4.2 write it.

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** Hash of a leaf's content. */
export function leafHash(content: Uint8Array): Uint8Array {
  return sha256(concatBytes(LEAF, content))
}

/** Hash of an inner node. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(NODE, left, right))
}

/** Root of the tree over these leaf hashes; the empty tree has the hash of nothing. */
export function treeRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array())
  if (leaves.length === 1) return leaves[0]
  const split = largestPowerBelow(leaves.length)
  return nodeHash(treeRoot(leaves.slice(0, split)), treeRoot(leaves.slice(split)))
}

/** The sibling hashes that lead from leaf `index` to the root, lowest first. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError(`no leaf ${index}`)
  if (leaves.length === 1) return []
  const split = largestPowerBelow(leaves.length)
  return index < split
    ? [...inclusionProof(leaves.slice(0, split), index), treeRoot(leaves.slice(split))]
    : [...inclusionProof(leaves.slice(split), index - split), treeRoot(leaves.slice(0, split))]
}

/** Whether `proof` shows that `leaf` stands at `index` in the tree of `size` leaves with this root. */
export function provesInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isIndex(index) || !isIndex(size) || index >= size) return false
  let node = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = half(last)
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && sameBytes(hash, root)
}

/** The hashes that show that the tree of the first `size` leaves is a beginning of the whole tree. */
export function consistencyProof(leaves: readonly Uint8Array[], size: number): Uint8Array[] {
  if (!Number.isInteger(size) || size < 1 || size > leaves.length) throw new RangeError(`no tree of ${size} leaves`)
  return subProof(leaves, size, 'whole')
}

function subProof(leaves: readonly Uint8Array[], size: number, subtree: 'whole' | 'part'): Uint8Array[] {
  if (size === leaves.length) return subtree === 'whole' ? [] : [treeRoot(leaves)]
  const split = largestPowerBelow(leaves.length)
  return size <= split
    ? [...subProof(leaves.slice(0, split), size, subtree), treeRoot(leaves.slice(split))]
    : [...subProof(leaves.slice(split), size - split, 'part'), treeRoot(leaves.slice(0, split))]
}

/** Whether `proof` shows that the tree (`oldSize`, `oldRoot`) is a beginning of the tree (`newSize`, `newRoot`). */
export function provesConsistency(
  oldSize: number,
  oldRoot: Uint8Array,
  newSize: number,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isIndex(oldSize) || !isIndex(newSize) || oldSize < 1 || oldSize > newSize) return false
  if (oldSize === newSize) return proof.length === 0 && sameBytes(oldRoot, newRoot)
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : [...proof]
  if (path.length === 0) return false
  let node = oldSize - 1
  let last = newSize - 1
  while (node % 2 === 1) {
    node = half(node)
    last = half(last)
  }
  let oldHash = path[0]
  let newHash = path[0]
  for (const sibling of path.slice(1)) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      oldHash = nodeHash(sibling, oldHash)
      newHash = nodeHash(sibling, newHash)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = half(last)
      }
    } else {
      newHash = nodeHash(newHash, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && sameBytes(oldHash, oldRoot) && sameBytes(newHash, newRoot)
}

function half(value: number): number {
  return Math.floor(value / 2)
}

function isIndex(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function isPowerOfTwo(value: number): boolean {
  return largestPowerBelow(value * 2) === value
}

function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
