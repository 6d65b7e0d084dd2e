import fc from 'fast-check'
import { expect, test } from 'vitest'
import { twinKernel } from '../../../../core/simulation/kernel/kernel.ts'
import { HASH_BYTES, hashBlocks } from '../../../../core/simulation/tissue/hash.ts'
import { wasm } from './fixtures.ts'

const OWN = 80_016
const filled = (bytes: Uint8Array<ArrayBuffer>, seed: number) => {
  for (let i = 0; i < bytes.length; i++) bytes[i] = (Math.imul(i + seed, 2654435761) >>> 24) & 255
  return bytes
}

const anything = [
  fc.nat(),
  fc.integer({ min: 0, max: OWN - 1 }),
  fc.integer({ min: 1, max: 255 }),
  fc.nat({ max: 20_000 }),
] as const

test('one changed byte, in the memory of the kernel or beside it, changes the hash; the twin finds the same', () => {
  fc.assert(
    fc.property(...anything, (seed, place, change, rows) => {
      const hashes = [wasm, twinKernel].map((kernelFor) => {
        const kernel = kernelFor(OWN + HASH_BYTES)
        const own = filled(new Uint8Array(kernel.memory, 0, OWN), seed)
        const beside = filled(new Uint8Array(rows * 16), seed + 1)
        const hash = () => hashBlocks(kernel, OWN, [own, beside])
        const before = hash()
        own[place] ^= change
        const changed = hash()
        expect(changed).not.toBe(before)
        own[place] ^= change
        if (rows > 0) {
          beside[place % beside.length] ^= change
          expect(hash()).not.toBe(before)
          beside[place % beside.length] ^= change
        }
        expect(hash()).toBe(before)
        return [before, changed]
      })
      expect(hashes[0]).toEqual(hashes[1])
    }),
    { numRuns: 40 },
  )
})
