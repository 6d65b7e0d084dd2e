import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  provesConsistency,
  provesInclusion,
  treeRoot,
} from '../../../core/records/merkle.ts'

// Test vectors of the reference implementation of Certificate Transparency (merkletree tests).
const CONTENTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const leaves = CONTENTS.map((content) => leafHash(hexToBytes(content)))

test('RFC 6962 §2.1: roots of the first eight trees', () => {
  expect(bytesToHex(treeRoot([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  for (let size = 1; size <= 8; size++) expect(bytesToHex(treeRoot(leaves.slice(0, size)))).toBe(ROOTS[size - 1])
})

test('RFC 6962 §2.1.1: every leaf of every tree can be proved, and nowhere else', () => {
  for (let size = 1; size <= 20; size++) {
    const tree = numbered(size)
    const root = treeRoot(tree)
    for (let index = 0; index < size; index++) {
      const proof = inclusionProof(tree, index)
      expect(provesInclusion(tree[index], index, size, proof, root)).toBe(true)
      expect(provesInclusion(tree[index], index + 1, size, proof, root)).toBe(false)
      expect(provesInclusion(leafHash(Uint8Array.of(255)), index, size, proof, root)).toBe(false)
      if (proof.length > 0) {
        expect(provesInclusion(tree[index], index, size, proof.slice(1), root)).toBe(false)
        expect(provesInclusion(tree[index], index, size, [...proof, proof[0]], root)).toBe(false)
      }
    }
  }
})

test('RFC 6962 §2.1.2: every tree continues each of its beginnings, and no other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }), (a, b) => {
      const [oldSize, newSize] = a < b ? [a, b] : [b, a]
      const tree = numbered(newSize)
      const proof = consistencyProof(tree, oldSize)
      const oldRoot = treeRoot(tree.slice(0, oldSize))
      expect(provesConsistency(oldSize, oldRoot, newSize, treeRoot(tree), proof)).toBe(true)
      const changed = numbered(newSize)
      changed[0] = leafHash(Uint8Array.of(9, 9))
      expect(provesConsistency(oldSize, oldRoot, newSize, treeRoot(changed), consistencyProof(changed, oldSize))).toBe(
        false,
      )
    }),
  )
})

function numbered(size: number): Uint8Array[] {
  return Array.from({ length: size }, (_, i) => leafHash(Uint8Array.of(i)))
}
